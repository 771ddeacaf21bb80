import { expect } from "chai";
import { type Instant, type Micros, micros } from "../../src/base/units.js";
import { sampleAt } from "../../src/receiver/samples.js";
import { startOutput } from "../../src/relay/sound/output.js";
import { FakeClock } from "../support/fake-clock.js";

describe("the output", () => {
  function start(latency: (now: number, given: number) => number | undefined = () => undefined) {
    const clock = new FakeClock();
    const base = 1_800_000_000_000_000;
    const serverTime = (at: Instant): Micros => micros(base + at * 1000);
    /** Of each block: where on the timeline it was taken from, and which sample of the device it became. */
    const blocks: { from: number; device: number }[] = [];
    const lost: number[] = [];
    let device = 0;
    let from = 0;
    const output = startOutput({
      clock,
      sink: {
        write: (samples) => {
          blocks.push({ from, device });
          device += samples.length;
        },
        skip: (count) => {
          device += count;
        },
        idle: () => {},
        latencyMs: () => latency(clock.now(), device / 48),
        state: () => "ok",
        close: async () => {},
      },
      delayMs: () => 0,
      serverTime,
      render: (at) => {
        from = at;
      },
      isSilent: () => false,
      onStall: (ms) => lost.push(ms),
    });
    const first = sampleAt(micros(base));
    return { clock, blocks, lost, output, apart: () => blocks.map((block) => block.from - first - block.device) };
  }

  it("hands over what the clock says, sample for sample", () => {
    const { clock, apart } = start();
    clock.advance(2_000);
    expect(Math.max(...apart().map(Math.abs))).to.be.at.most(1);
  });

  it("takes the sound as much earlier as the card is measured to be late", () => {
    const begun: number[] = [];
    // The card began 80 ms after it was given its first sample, and wobbles by half a period.
    const { clock, apart } = start((now, given) => {
      begun.push(now);
      return given - (now - (begun[0] ?? now) - 80) + (begun.length % 2 === 0 ? 0.9 : -0.9);
    });
    clock.advance(10_000);
    expect((apart().at(-1) ?? 0) / 48).to.be.closeTo(80, 2);
    const before = apart().at(-1) ?? 0;
    clock.advance(10_000);
    expect(Math.abs((apart().at(-1) ?? 0) - before), "bent again by a wobble").to.be.at.most(1);
  });

  it("goes on as before where nothing can be measured, or only nonsense", () => {
    for (const latency of [() => undefined, () => 90_000, () => Number.NaN]) {
      const { clock, apart } = start(latency);
      clock.advance(10_000);
      expect(Math.max(...apart().map(Math.abs))).to.be.at.most(1);
    }
  });

  it("is in step at once behind a gap that a stalled process left", () => {
    const { clock, lost, apart } = start();
    clock.advance(1_000);
    clock.stall(220);
    clock.advance(500);
    expect(lost).to.have.length(1);
    expect(Math.max(...apart().map(Math.abs))).to.be.at.most(1);
  });
});
