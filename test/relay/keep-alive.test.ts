import { expect } from "chai";
import { instant } from "../../src/base/units.js";
import { createKeepAlive, LOOK } from "../../src/relay/link/keep-alive.js";

/** Looks from `from` to `to`, ms; returns when a ping was sent, and when the link was found dead. */
function watch(
  { from = 0, to, onAir = false }: { from?: number; to: number; onAir?: boolean },
  keepAlive = createKeepAlive(instant(0)),
) {
  const pings: number[] = [];
  keepAlive.look(instant(from), onAir);
  for (let now = from + LOOK; now <= to; now += LOOK) {
    const finding = keepAlive.look(instant(now), onAir);
    if (finding === "dead") return { pings, deadAt: now };
    if (finding !== "ping") continue;
    pings.push(now);
    keepAlive.pinged(instant(now));
  }
  return { pings, deadAt: undefined };
}

describe("keep-alive of a relay", () => {
  it("pings after 25 s without a word when idle, each second while the answer is late, and gives up within 30 s", () => {
    expect(watch({ to: 60_000 })).to.deep.equal({ pings: [25_000, 26_000, 27_000, 28_000, 29_000], deadAt: 30_000 });
  });

  it("pings after 3 s without a word on air, and gives up within 6 s", () => {
    expect(watch({ to: 60_000, onAir: true })).to.deep.equal({ pings: [3_000, 4_000, 5_000], deadAt: 6_000 });
  });

  it("does not give a quiet link up in the moment in which something begins to sound, but asks at once", () => {
    const keepAlive = createKeepAlive(instant(0));
    watch({ to: 20_000 }, keepAlive);
    expect(keepAlive.look(instant(20_250), true)).to.equal("ping");
    keepAlive.pinged(instant(20_250));
    expect(watch({ from: 20_500, to: 60_000, onAir: true }, keepAlive).deadAt).to.equal(26_000);
  });

  it("pings every 25 s and no more often while each ping is answered", () => {
    const keepAlive = createKeepAlive(instant(0));
    const pings: number[] = [];
    for (let now = 0; now < 3_600_000; now += LOOK) {
      expect(keepAlive.look(instant(now), false)).to.not.equal("dead");
      if (keepAlive.look(instant(now), false) !== "ping") continue;
      pings.push(now);
      keepAlive.pinged(instant(now));
      keepAlive.heard(instant(now + 100));
    }

    expect(pings.length).to.be.within(142, 144);
  });

  it("counts from the side that has been silent for longer: each must know of the other", () => {
    const speaks = createKeepAlive(instant(0));
    watch({ to: 20_000 }, speaks);
    speaks.said(instant(20_000));
    expect(watch({ from: 20_000, to: 25_000 }, speaks).pings).to.deep.equal([25_000]);

    const hears = createKeepAlive(instant(0));
    watch({ to: 20_000 }, hears);
    hears.heard(instant(20_000));
    expect(watch({ from: 20_000, to: 25_000 }, hears).pings).to.deep.equal([25_000]);
  });

  it("needs no ping while both sides speak anyway", () => {
    const keepAlive = createKeepAlive(instant(0));
    for (let now = 0; now <= 100_000; now += 10_000) {
      keepAlive.said(instant(now));
      keepAlive.heard(instant(now + 50));
      expect(watch({ from: now, to: now + 10_000 }, keepAlive)).to.deep.equal({ pings: [], deadAt: undefined });
    }
  });

  it("does not blame the server for the time in which this program slept", () => {
    const keepAlive = createKeepAlive(instant(0));
    keepAlive.look(instant(LOOK), false);

    expect(keepAlive.look(instant(60_000), false)).to.equal("ping");
    expect(watch({ from: 60_000, to: 120_000 }, keepAlive).deadAt).to.equal(90_000 - LOOK);
  });
});
