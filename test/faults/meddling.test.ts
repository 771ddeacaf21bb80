import { expect } from "chai";
import { type HouseBehindNetwork, openHouseBehindNetwork } from "../support/house-behind-network.js";
import { type MeddlingProxy, openMeddlingProxy, type Passing, seeded } from "../support/meddling-proxy.js";
import type { LogLine } from "../support/process-house.js";
import { soundedSpans } from "../support/sounded-spans.js";
import { pitch, rising, tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";
import { ROUNDS, SEED } from "./length.js";

const ALERT = 2_000;

describe(`a loudspeaker on a line on which somebody meddles with messages (LOA_SEED=${SEED})`, function () {
  this.timeout(120_000 + ROUNDS * 20_000);
  let house: WholeHouse;
  let proxy: MeddlingProxy;
  const random = seeded(SEED);

  beforeEach(async () => {
    house = await openHouse();
    proxy = await openMeddlingProxy(new URL(house.server.url), random);
  });
  afterEach(async () => {
    await house.close();
    await proxy.close();
  });

  const logged = async () =>
    (await house.call<{ lines: (LogLine & { seq?: number })[] }>("GET", "/log?limit=1000")).lines;
  const passed = (time: number) => eventually("the time to come", time - Date.now() + 1_000, () => Date.now() > time);
  /** Sounds something once, and waits until the log says that it is over. */
  const sound = async (id: string, inMs: number): Promise<number> => {
    const at = await house.scheduleOnce(id, inMs);
    await passed(at);
    await eventually(`the end of ${id}`, 25_000, async () =>
      (await logged()).some(({ kind, occurrence }) => kind === "finished" && occurrence?.startsWith(`${id}@`)),
    );
    return at;
  };
  /** Every line of a sounding once; the rules are held against it all when the house is closed. */
  const expectOnce = async (ids: readonly string[]) => {
    const lines = await logged();
    for (const id of ids)
      for (const kind of ["due", "started", "finished"])
        expect(
          lines.filter((line) => line.kind === kind && line.occurrence?.startsWith(`${id}@`)),
          `${kind} of ${id}`,
        ).to.have.length(1);
    expect(lines.filter(({ kind }) => kind === "journal.gap")).to.deep.equal([]);
  };

  it(`sounds each item once and reports each line once, with messages repeated and swapped both ways, ${ROUNDS} times`, async () => {
    Object.assign(proxy.meddling, { repeat: 0.3, swap: 0.2 });
    await house.addRelay("loa-1", { via: proxy.url });
    const ids: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const id = `tin-${round}`;
      ids.push(id);
      await house.record(id, tone(1, 500 + round * 50));
      const at = await sound(id, 5_000);
      expect(rms(stretch(await house.heard("loa-1"), at + 200, 500)), id).to.be.above(0.01);
    }
    await expectOnce(ids);
    expect(Math.min(proxy.counts.repeated, proxy.counts.swapped)).to.be.above(0);
  });

  it("lets no message of a greeting that comes twice do more than end that connection", async () => {
    await house.record("tin", tone(1, 600));
    await house.addRelay("loa-1", { via: proxy.url });
    await house.holdsEverything("loa-1").catch(() => undefined);
    Object.assign(proxy.meddling, { repeat: 0.2, spareGreeting: false });
    await sound("tin", 8_000);
    await expectOnce(["tin"]);
  });

  it("sounds nothing of what is said to it besides, and goes on with what is true", async () => {
    await house.record("tin", tone(1, 600));
    await house.addRelay("loa-1", { via: proxy.url });
    await house.holdsEverything("loa-1").catch(() => undefined);
    proxy.meddling.inject = (seen) => (random() < 0.8 ? mutated(seen, random) : undefined);
    const before = Date.now();
    const at = await sound("tin", ALERT * 4);
    proxy.meddling.inject = undefined;
    const heard = await house.heard("loa-1");

    expect(proxy.counts.injected).to.be.above(5);
    expect(rms(stretch(heard, at + 200, 500))).to.be.above(0.01);
    expect(rms(stretch(heard, before, at - before - 100))).to.equal(0);
    await expectOnce(["tin"]);
  });
});

describe(`a loudspeaker that is fed on a shaky line on which messages come twice and out of order (LOA_SEED=${SEED})`, function () {
  this.timeout(120_000);
  const [FIRST, STEP, LENGTH_S, STOP_S] = [500, 60, 20, 9];
  let run: HouseBehindNetwork;
  let proxy: MeddlingProxy;
  beforeEach(async () => {
    run = await openHouseBehindNetwork("a proxy in this program");
    await run.network.change({ delayMs: 20, jitterMs: 30, loss: 0.05 });
    proxy = await openMeddlingProxy(new URL(run.network.url), seeded(SEED));
  });
  afterEach(async () => {
    await run?.close();
    await proxy?.close();
  });

  it("sounds each moment of an order at its time or not at all, nothing from its stop on, and goes on with the next order", async () => {
    const { house } = run;
    await house.record("dai", rising(LENGTH_S, FIRST, STEP));
    await house.record("khan", tone(2, ALERT), "emergency");
    await run.addLoudspeaker({ via: proxy.url, clipBudget: 0 });
    const at = await house.scheduleOnce("dai", 8_000);
    // A piece of several seconds in which one chunk is out of place is none, so the first must have come as they were sent.
    await run.passed(at + 2_000);
    Object.assign(proxy.meddling, { repeat: 0.4, swap: 0.3 });
    await run.passed(at + STOP_S * 1_000);
    const stopped = Date.now();
    await house.call("POST", "/stop", {});
    // All that was said of the long one until its stop is said again.
    await run.passed(at + LENGTH_S * 1_000 + 2_000);
    Object.assign(proxy.meddling, { repeat: 0, swap: 0 });
    const ordered = Date.now();
    await house.call("POST", "/play", {
      ...{ content: { kind: "announcement", announcement: "khan" }, targets: { areas: ["phuong"] } },
      ...{ class: "emergency", confirmedBy: "Trưởng ca (thử)" },
    });
    await run.passed(ordered + 6_000);

    const heard = await house.heard("loa-1");
    const isOrdered = (from: number, until: number) =>
      (from >= at - 50 && until <= stopped + 1_000) || (from >= ordered && until <= ordered + 6_000);
    expect(soundedSpans("loa-1", heard).filter((it) => !isOrdered(it.at, it.until))).to.deep.equal([]);
    const moments = Array.from({ length: STOP_S * 4 - 2 }, (_, quarter) => quarter / 4 + 0.2)
      .map((second) => ({ second, piece: stretch(heard, at + second * 1_000 - 100, 200) }))
      .filter(({ piece }) => rms(piece) > 0.02);
    expect(moments, "quarters of a second that sounded").to.have.length.above(12);
    const wrong = moments.filter(({ second, piece }) => Math.abs(pitch(piece) - FIRST - STEP * second) > 30);
    expect(wrong.map(({ second, piece }) => `${second} s: ${Math.round(pitch(piece))} Hz`)).to.deep.equal([]);
    const alarm = Array.from({ length: 40 }, (_, index) => stretch(heard, ordered + index * 100, 100));
    expect(alarm.filter((piece) => rms(piece) > 0.02 && Math.abs(pitch(piece) - ALERT) < 100)).to.have.length.above(15);
    expect(Math.min(proxy.counts.repeated, proxy.counts.swapped)).to.be.above(20);
  });
});

/** An earlier message with some of its bytes changed, cut or doubled; or noise of a known or unknown type. */
function mutated(seen: readonly Passing[], random: () => number): Passing {
  const one = seen[Math.floor(random() * seen.length)];
  if (!one || random() < 0.3) {
    const data = Buffer.from(Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)));
    if (data.length > 0) data[0] = [0x01, 0xc1, 0xc2, 0x81, 0xff][Math.floor(random() * 5)] ?? 0;
    return { data, isBinary: random() < 0.7 };
  }
  const data = Buffer.from(one.data);
  for (let change = 0; change < 3; change++) data[Math.floor(random() * data.length)] = Math.floor(random() * 256);
  return { data: random() < 0.3 ? data.subarray(0, Math.floor(random() * data.length)) : data, isBinary: one.isBinary };
}
