import { expect } from "chai";
import { planStep, stretch } from "../../src/receiver/drift.js";

describe("keeping in step", () => {
  it("begins where the clock says, follows in whole blocks, and ignores a sample of wobble", () => {
    expect(planStep({ next: undefined, wanted: 500, count: 960, silent: true })).to.include({ from: 500, take: 960 });
    expect(planStep({ next: 500, wanted: 501, count: 960, silent: false })).to.deep.equal({
      from: 500,
      take: 960,
      seek: false,
    });
  });

  it("takes at most one sample in two hundred more or less while something sounds", () => {
    expect(planStep({ next: 0, wanted: 100, count: 960, silent: false })).to.include({ from: 0, take: 964 });
    expect(planStep({ next: 0, wanted: -100, count: 960, silent: false })).to.include({ from: 0, take: 956 });
    expect(planStep({ next: 0, wanted: 2, count: 960, silent: false })).to.include({ take: 962 });
  });

  it("jumps over what would be heard as an echo, and catches up at once in silence", () => {
    expect(planStep({ next: 0, wanted: 2_401, count: 960, silent: false })).to.include({ from: 2_401, seek: true });
    expect(planStep({ next: 0, wanted: 100, count: 960, silent: true })).to.include({ from: 100, take: 960 });
  });

  it("stays within a sample of a clock that is 200 ppm faster", () => {
    let next = 0;
    let worst = 0;
    for (let block = 0; block < 3_000; block++) {
      const wanted = Math.round(block * 960 * 1.0002);
      const step = planStep({ next, wanted, count: 960, silent: false });
      worst = Math.max(worst, Math.abs(wanted - step.from));
      next = step.from + step.take;
    }
    expect(worst).to.be.at.most(2);
  });

  for (const take of [956, 959, 961, 964])
    it(`fits ${take} samples into 960 so that a tone stays a tone`, () => {
      const pitch = (2 * Math.PI * 1000) / 48_000;
      const heard = new Float32Array(2 * 960);
      for (const block of [0, 1]) {
        const source = Float32Array.from({ length: take }, (_, index) => Math.sin(pitch * (block * take + index)));
        stretch(source, heard.subarray(block * 960, (block + 1) * 960));
      }
      const rest = heard.map((value, index) => value - Math.sin((pitch * index * take) / 960));
      const loudest = Math.max(...rest.map(Math.abs));

      expect(20 * Math.log10(loudest), "what is not the tone, dB").to.be.below(-60);
    });
});
