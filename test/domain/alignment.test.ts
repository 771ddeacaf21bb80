import { expect } from "chai";
import fc from "fast-check";
import { PIPS_LENGTH_MS, PIPS_MS, type PipsHeard, proposeAlignment, TURN_MS } from "../../src/domain/alignment.js";

const NAMES = { reference: "Loa chợ", other: "Loa trường" };
const heard = (laterMs: number, more: Partial<PipsHeard> = {}): PipsHeard => ({
  ...{ laterMs, spreadMs: 0.2, reference: 6, other: 6 },
  ...more,
});
const propose = (
  laterMs: number,
  present = { outputDelayMs: 0, pathBiasUs: 0 },
  metres = { reference: 10, other: 10 },
) => proposeAlignment(heard(laterMs), metres, { names: NAMES, present, hiddenUs: 20_000 });

describe("aligning two loudspeakers", () => {
  it("lets one that is behind hand its sound over earlier, and puts back the clock of one that is ahead", () => {
    expect(propose(25.53)).to.include({ outputDelayMs: 25.5, pathBiasUs: 0, behindMs: 25.5 });
    expect(propose(-12.3)).to.include({ outputDelayMs: 0, pathBiasUs: -12_300, behindMs: -12.3 });
  });

  it("allows for the way of the sound: 2.9 ms a metre", () => {
    const { distanceMs, behindMs, outputDelayMs } = propose(37.3, undefined, { reference: 6, other: 10 });
    expect([distanceMs, behindMs, outputDelayMs]).to.deep.equal([11.7, 25.6, 25.6]);
  });

  it("takes back a correction of the other sign before it makes one of its own", () => {
    expect(propose(-10, { outputDelayMs: 80, pathBiasUs: 0 })).to.include({ outputDelayMs: 70, pathBiasUs: 0 });
    expect(propose(-10, { outputDelayMs: 4, pathBiasUs: 0 })).to.include({ outputDelayMs: 0, pathBiasUs: -6_000 });
    expect(propose(10, { outputDelayMs: 0, pathBiasUs: -4_000 })).to.include({ outputDelayMs: 6, pathBiasUs: 0 });
  });

  it("blames the line for no more than half a round trip, and the output for the rest", () => {
    expect(propose(-50)).to.include({ outputDelayMs: -30, pathBiasUs: -20_000 });
    expect(propose(50, { outputDelayMs: -30, pathBiasUs: -20_000 })).to.include({ outputDelayMs: 0, pathBiasUs: 0 });
  });

  it("corrects by what was heard, whatever was set before", () => {
    const setting = fc.record({
      outputDelayMs: fc.integer({ min: 0, max: 400 }),
      pathBiasUs: fc.integer({ min: -400_000, max: 400_000 }),
    });
    fc.assert(
      fc.property(setting, fc.double({ min: -400, max: 400, noNaN: true }), (present, later) => {
        fc.pre(Math.abs(later) >= 2);
        const next = propose(later, present);
        const effect = (one: typeof present) => one.outputDelayMs + one.pathBiasUs / 1000;
        expect(effect(next) - effect(present)).to.be.closeTo(later, 0.11);
      }),
    );
  });

  it("leaves alone what nobody hears", () => {
    const { words, ...rest } = propose(1.4, { outputDelayMs: 30, pathBiasUs: 7 });
    expect(rest).to.include({ outputDelayMs: 30, pathBiasUs: 7 });
    expect(words.vi).to.contain("không cần chỉnh");
  });

  it("says in plain words what was heard and that nothing has changed", () => {
    const { words, confidence } = propose(37.3, undefined, { reference: 6, other: 10 });
    expect(confidence).to.equal("good");
    expect(words.vi).to.contain("«Loa trường» nghe muộn hơn «Loa chợ» 37,3 ms");
    expect(words.vi).to.contain("Chưa thay đổi gì cho đến khi xác nhận");
    const fair = proposeAlignment(
      heard(9, { spreadMs: 3 }),
      { reference: 1, other: 1 },
      { names: NAMES, present: { outputDelayMs: 0, pathBiasUs: 0 }, hiddenUs: 0 },
    );
    expect(fair.confidence).to.equal("fair");
  });

  it("lays the pips of both so that they never meet, and end within their cue", () => {
    const all = PIPS_MS.flatMap((at) => [at, at + TURN_MS]).sort((a, b) => a - b);
    const gaps = all.slice(1).map((at, index) => at - (all[index] ?? 0));
    expect(Math.min(...gaps)).to.be.at.least(500);
    expect((all.at(-1) ?? 0) + 1_000).to.be.below(PIPS_LENGTH_MS);
  });
});
