import { expect } from "chai";
import fc from "fast-check";
import { inOrder, isEnough } from "../../../src/web/panel/approve/enough.js";
import { HIGH, heardShare, WIDE, wavePath } from "../../../src/web/panel/sound/peaks.js";

const played = (...spans: [number, number][]) => ({
  length: spans.length,
  start: (index: number) => spans[index]?.[0] ?? 0,
  end: (index: number) => spans[index]?.[1] ?? 0,
});

describe("an approver's attention", () => {
  const unread = { heard: 0, hasSeenEnd: false, openMs: 0, lengthMs: 30_000 };

  it("is enough when four fifths were heard", () => {
    expect(isEnough({ ...unread, heard: 0.79 })).to.equal(false);
    expect(isEnough({ ...unread, heard: 0.8 })).to.equal(true);
  });

  it("is enough when the text was read to its end, but not faster than anybody reads", () => {
    expect(isEnough({ ...unread, hasSeenEnd: true, openMs: 9_999 })).to.equal(false);
    expect(isEnough({ ...unread, hasSeenEnd: true, openMs: 10_000 })).to.equal(true);
    expect(isEnough({ ...unread, openMs: 600_000 })).to.equal(false);
  });

  it("counts what was heard, not what was skipped", () => {
    expect(heardShare(played([0, 2], [9, 10]), 10)).to.be.closeTo(0.3, 1e-9);
    expect(heardShare(played(), 10)).to.equal(0);
    expect(heardShare(played([0, 1]), Number.NaN)).to.equal(0);
    expect(heardShare(played([0, 10.2]), 10)).to.equal(1);
  });

  it("is first wanted by what sounds first, then by what has waited longest", () => {
    const waiting = [
      { id: "c", submission: { at: "2026-11-24T02:00:00Z" } },
      { id: "b", submission: { at: "2026-11-24T01:00:00Z" } },
      { id: "a", submission: { at: "2026-11-24T03:00:00Z" }, nextAt: "2026-11-24T10:00:00Z" },
    ];
    expect(inOrder(waiting).map(({ id }) => id)).to.deep.equal(["a", "b", "c"]);
  });
});

describe("a waveform in the panel", () => {
  it("stays inside its drawing, whatever the sound", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 2000 }), (peaks) => {
        const numbers = [...wavePath(peaks).matchAll(/M([\d.]+) ([\d.]+)V([\d.]+)/g)].map((bar) =>
          bar.slice(1).map(Number),
        );
        expect(numbers).to.have.length(Math.min(150, peaks.length));
        for (const [x = -1, top = -1, bottom = -1] of numbers) {
          expect(x).to.be.within(0, WIDE);
          expect(top).to.be.within(0, HIGH);
          expect(bottom).to.be.within(top, HIGH);
        }
      }),
    );
  });

  it("shows the loudest of each step", () => {
    const peaks = Array.from({ length: 300 }, (_, step) => (step === 101 ? 255 : 0));
    expect(
      wavePath(peaks)
        .split("M")
        .slice(1)
        .map((bar) => bar.endsWith(`V${HIGH}`))
        .indexOf(true),
    ).to.equal(50);
  });
});
