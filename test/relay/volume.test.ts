import { expect } from "chai";
import { localTime } from "../../src/domain/local-time.js";
import { policySchema } from "../../src/domain/policy.js";
import { liveClaim } from "../../src/receiver/claims.js";
import { sampleAt } from "../../src/receiver/samples.js";
import { createPaperHouse, MORNING, NIGHT, type PaperHouse, peak } from "./paper-house.js";
import { aCue } from "./yard.js";

const CLIP = "a".repeat(64);

describe("the volume of a loudspeaker", () => {
  /** Confirmed by the station, with a cue that begins in two seconds. */
  const house = (more = {}, cue = {}) => {
    const one = createPaperHouse({ more });
    one.speaker.volume.confirm();
    one.setProgramme([aCue(CLIP, MORNING * 1000 + 2_000_000, { durationMs: 10_000, ...cue })]);
    return one;
  };
  const emergency = (one: PaperHouse, at: number, durationMs: number) =>
    one.order(
      {
        kind: "cue",
        cue: aCue(CLIP, at, { id: "bao@20261123t010000z", class: "emergency", durationMs, notAfter: at + 600e6 }),
      },
      { class: "emergency", confirmedBy: "Chủ tịch" },
    );

  it("is half at most after a start, until the station has confirmed what is configured", async () => {
    const one = createPaperHouse();
    one.setProgramme([aCue(CLIP, MORNING * 1000 + 2_000_000, { durationMs: 60_000 })]);
    expect(peak(await one.play(4_000))).to.be.closeTo(0.5, 1e-3);
    expect(one.speaker.state(undefined).volume).to.equal(50);
    one.speaker.volume.greeted();
    one.clock.advance(0);
    expect(peak(await one.play(4_900))).to.be.closeTo(0.5, 1e-3);
    expect(peak(await one.play(1_000))).to.be.closeTo(0.8, 1e-3);
    expect(one.speaker.state(undefined).volume).to.equal(80);
  });

  it("waits for the newer programme that a station announces, and takes an order of volume at its word", async () => {
    const one = createPaperHouse();
    one.speaker.volume.greeted();
    one.speaker.volume.awaits();
    one.clock.advance(60_000);
    expect(one.speaker.state(undefined).volume).to.equal(50);
    await one.order({ kind: "volume", percent: 70 });
    expect(one.speaker.state(undefined).volume).to.equal(70);
  });

  it("does not sink in the middle of a sound because the link came back", async () => {
    const one = house();
    await one.play(4_000);
    one.speaker.volume.greeted();
    const after = await one.play(2_000);
    expect(Math.min(...after)).to.be.closeTo(0.8, 1e-3);
  });

  it("is back at what is configured only when the last sample of the emergency has sounded, and not before", async () => {
    const one = house({ volume: 20 }, { durationMs: 8_000 });
    await one.play(3_000);
    await emergency(one, MORNING * 1000 + 4_000_000, 2_000);
    const heard = await one.play(6_000);
    // The order came at three seconds; the emergency sounds from four to six.
    const at = (ms: number) => heard[(ms - 3_000) * 48] ?? 0;
    expect(at(3_900)).to.be.closeTo(0.2, 1e-3);
    expect(at(4_060)).to.be.closeTo(1, 1e-3);
    expect(at(5_999)).to.be.closeTo(1, 1e-3);
    expect(at(6_000)).to.equal(0);
    expect(at(6_310)).to.be.closeTo(0.2, 1e-3);
    expect(peak(heard.subarray(3_001 * 48))).to.be.closeTo(0.2, 1e-3);
  });

  it("keeps to the ceiling of the hour and the class, and changes without a click when the hour does", async () => {
    const policy = policySchema.parse({
      area: "phuong",
      volume: [
        { from: localTime("08:00:04"), to: localTime("12:00"), percent: 30 },
        { from: localTime("00:00"), to: localTime("24:00"), percent: 60, class: "emergency" },
      ],
    });
    const one = house({ policies: [policy] }, { durationMs: 4_000 });
    const heard = await one.play(6_000);
    expect(heard[3_900 * 48]).to.be.closeTo(0.8, 1e-3);
    expect(heard[4_200 * 48]).to.be.closeTo(0.3, 1e-3);
    await emergency(one, MORNING * 1000 + 8_000_000, 1_000);
    expect(peak(await one.play(4_000))).to.be.closeTo(0.3, 1e-3);
  });

  it("rises at the start of a sound: no sample jumps", async () => {
    const heard = await house().play(3_000);
    const steps = heard.map((sample, index) => Math.abs(sample - (heard[index - 1] ?? 0)));
    expect(peak(steps)).to.be.below(0.001);
    expect(heard[2_010 * 48]).to.be.closeTo(0.2, 0.01);
    expect(heard[2_155 * 48]).to.be.closeTo(0.5, 0.01);
  });

  it("never cuts off what is longer than anything may be without saying so", async () => {
    const one = house({}, { durationMs: 5 * 3_600_000 });
    await one.play(3_000);
    expect(one.house.head.sounding()?.claim).to.include({ length: 2 * 3_600 * 48_000, capped: true });
  });
});

describe("the test tone", () => {
  it("is as long and as loud as ordered and allowed, once, and leaves no line", async () => {
    const one = createPaperHouse();
    one.speaker.volume.confirm();
    const test = { kind: "test", lengthMs: 500 } as const;
    expect(await one.order(test, { id: "order99999" })).to.include({ ok: true });
    const heard = await one.play(1_000);
    expect(peak(heard)).to.be.closeTo(0.25 * 0.8, 0.002);
    expect(peak(heard.subarray(500 * 48))).to.equal(0);
    expect(await one.order(test, { id: "order99999" })).to.include({ why: "seen" });
    expect(peak(await one.play(1_000))).to.equal(0);
    expect(one.lines).to.deep.equal([]);
  });

  it("is refused in a quiet hour, even when a person confirms it, while muted, without the time, and while something sounds", async () => {
    const test = { kind: "test", lengthMs: 1_000 } as const;
    const night = createPaperHouse({ at: NIGHT });
    expect(await night.order(test, { class: "emergency", confirmedBy: "Chủ tịch" })).to.include({ why: "quiet-hours" });
    const day = createPaperHouse();
    day.setProgramme([aCue(CLIP, MORNING * 1000 + 2_000_000)]);
    await day.play(2_500);
    expect(await day.order(test)).to.include({ ok: false, why: "busy" });
    await day.play(2_000);
    await day.order({ kind: "mute", muted: true });
    expect(await day.order(test)).to.include({ ok: false, why: "muted" });
    day.world.trusted = false;
    expect(await day.order(test)).to.include({ ok: false, why: "untrusted-clock" });
  });

  it("ends where a quiet hour begins, at a stop, and where something begins to sound", async () => {
    const test = { kind: "test", lengthMs: 10_000 } as const;
    // 20:59:58.
    const evening = createPaperHouse({ at: NIGHT - 7_202_000 });
    await evening.order(test);
    const heard = await evening.play(4_000);
    expect(peak(heard.subarray(0, 1_900 * 48))).to.be.above(0.1);
    expect(peak(heard.subarray(2_000 * 48))).to.equal(0);

    const stopped = createPaperHouse();
    await stopped.order(test);
    await stopped.play(500);
    await stopped.order({ kind: "stop", scope: { kind: "all" } }, { class: "emergency" });
    expect(peak((await stopped.play(1_000)).subarray(40 * 48))).to.equal(0);

    const busy = createPaperHouse();
    busy.world.sound = 0;
    busy.setProgramme([aCue(CLIP, MORNING * 1000 + 2_000_000)]);
    await busy.order(test);
    expect(peak((await busy.play(3_000)).subarray(2_060 * 48))).to.equal(0);
  });
});

describe("an order to start anew", () => {
  it("is answered first, then carried out, and never again", async () => {
    const one = createPaperHouse();
    expect(await one.order({ kind: "restart" }, { id: "order88888" })).to.include({ ok: true });
    expect(one.restarts).to.deep.equal([]);
    one.clock.advance(600);
    expect(one.restarts).to.have.length(1);
    expect(await one.order({ kind: "restart" }, { id: "order88888" })).to.include({ why: "seen" });
    one.clock.advance(10_000);
    expect(one.restarts).to.have.length(1);
  });

  it("is refused while something sounds or is about to, and dropped when that begins meanwhile", async () => {
    const one = createPaperHouse();
    one.setProgramme([aCue(CLIP, MORNING * 1000 + 8_000_000, { durationMs: 5_000 })]);
    await one.order({ kind: "restart" });
    const live = { class: "emergency", confirmed: true, by: {}, issuedAt: 0, maxMs: 1_000 } as const;
    one.house.head.offer(liveClaim({ ...live, key: "live-9", start: sampleAt(one.now()) }));
    one.house.head.feed("live-9", 9);
    one.house.head.permit("live-9");
    await one.play(700);
    expect(one.house.head.sounding()?.claim.key).to.equal("live-9");
    expect(one.restarts).to.deep.equal([]);
    await one.play(3_500);
    expect(await one.order({ kind: "restart" })).to.include({ ok: false, why: "busy" });
  });

  it("is refused by one that does not know it, in words of its own", async () => {
    const one = createPaperHouse();
    expect(await one.order({ kind: "dance" } as never)).to.include({ ok: false, why: "unknown-kind" });
  });
});
