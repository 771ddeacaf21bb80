import { expect } from "chai";
import { createLog } from "../../src/base/log.js";
import { ms } from "../../src/base/units.js";
import type { LinkReason } from "../../src/protocol/link-reasons.js";
import { createTroubleTeller } from "../../src/relay/link/trouble-teller.js";
import { FakeClock } from "../support/fake-clock.js";

const SERVER = new URL("https://dai.vn/");

describe("what a loudspeaker tells of its link", () => {
  let clock: FakeClock;
  let told: string[];
  const teller = () => {
    clock = new FakeClock();
    told = [];
    return createTroubleTeller({ clock, log: createLog(clock, () => {}), onTold: ({ vi }) => told.push(vi) });
  };
  const met = (to: ReturnType<typeof teller>, reason: LinkReason, after: number) => {
    clock.advance(after);
    to.met(SERVER, { reason, detail: "", words: { vi: reason, en: reason } });
  };

  it("names what kept it away for longest, not what it met first or last", () => {
    const link = teller();
    met(link, "cut", 0);
    for (let time = 0; time < 30; time++) met(link, "captive-portal", 1_000);
    met(link, "full", 1_000);
    clock.advance(ms(2_000));
    expect(link.away()).to.deep.equal({ why: "captive-portal", forMs: 33_000 });
    expect(link.away()).to.deep.equal({ why: "captive-portal", forMs: 33_000 });
    expect(told).to.deep.equal(["cut", "captive-portal", "full"]);
  });

  it("names the only one when there was no more, and nothing when nothing was wrong", () => {
    const link = teller();
    expect(link.away()).to.equal(undefined);
    met(link, "dns", 0);
    expect(link.away()).to.deep.equal({ why: "dns", forMs: 0 });
    clock.advance(ms(500));
    expect(link.away()).to.deep.equal({ why: "dns", forMs: 500 });
    link.connected(SERVER, "s");
    expect(link.away()).to.equal(undefined);
    met(link, "cut", 60_000);
    clock.advance(ms(10));
    expect(link.away()).to.deep.equal({ why: "cut", forMs: 10 });
  });
});
