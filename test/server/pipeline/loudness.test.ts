import { expect } from "chai";
import fc from "fast-check";
import {
  firstSetting,
  isUsable,
  type Loudness,
  nextSetting,
  parseSummary,
  type Setting,
} from "../../../src/server/pipeline/loudness.js";

describe("loudness", () => {
  it("is left alone when the clip is right", () => {
    expect(nextSetting({ gainDb: 9, limitDb: -4 }, { lufs: -16.3, peakDb: -1.5 })).to.equal(undefined);
  });

  it("is raised when too low and lowered when too high", () => {
    const setting = { gainDb: 9, limitDb: -4 };
    expect(nextSetting(setting, { lufs: -18, peakDb: -3 })?.gainDb).to.be.above(9);
    expect(nextSetting(setting, { lufs: -14, peakDb: -3 })?.gainDb).to.be.below(9);
  });

  it("gives way to the ceiling: a peak above it lowers the limiter by more than it stood out", () => {
    expect(nextSetting({ gainDb: 9, limitDb: -4 }, { lufs: -16, peakDb: -0.5 })?.limitDb).to.be.below(-5);
  });

  it("comes right within four tries for any sound that a limiter and a codec treat as usual", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: -10, noNaN: true }),
        fc.double({ min: 4, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: 0.05, max: 0.45, noNaN: true }),
        (lufs, crest, overshoot, loss) => {
          const front = { lufs, peakDb: lufs + crest };
          const hear = ({ gainDb, limitDb }: Setting): Loudness => {
            const over = Math.max(0, front.peakDb + gainDb - limitDb);
            return { lufs: lufs + gainDb - loss * over, peakDb: front.peakDb + gainDb - over + overshoot };
          };
          let setting: Setting | undefined = firstSetting(front);
          let heard = hear(setting);
          for (let tries = 0; tries < 3; tries++) {
            setting = nextSetting(setting, heard);
            if (setting === undefined) break;
            heard = hear(setting);
          }
          expect(heard.lufs).to.be.within(-17, -15);
          expect(heard.peakDb).to.be.at.most(-1.5);
        },
      ),
    );
  });

  it("may stay low for a sound of single knocks, never high and never above the ceiling", () => {
    expect(isUsable({ lufs: -22, peakDb: -1.6 })).to.equal(true);
    expect(isUsable({ lufs: -14.9, peakDb: -3 })).to.equal(false);
    expect(isUsable({ lufs: -16, peakDb: -1.4 })).to.equal(false);
    expect(isUsable({ lufs: -30, peakDb: -1.6 })).to.equal(false);
  });

  it("is read from the last summary only, since a file's own tags may imitate one", () => {
    const summary = (lufs: string, peak: string) => `Summary:\n  I:   ${lufs} LUFS\n  Peak:  ${peak} dBFS\n`;
    const log = `  title : ${summary("-16.0", "-2.0")}[ebur128] ${summary("-31.5", "-12.0")}`;
    expect(parseSummary(log)).to.deep.equal({ lufs: -31.5, peakDb: -12 });
    expect(parseSummary(summary("-70.0", "-inf"))).to.deep.equal({ lufs: -Infinity, peakDb: -Infinity });
    expect(parseSummary("Conversion failed!")).to.equal(undefined);
  });
});
