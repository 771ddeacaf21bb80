import { expect } from "chai";
import fc from "fast-check";
import { createFetchPace } from "../../src/receiver/fetch-pace.js";
import { checkProperty } from "../support/check-property.js";

interface Line {
  /** Bytes a millisecond. */
  readonly speed: number;
  /** What it lets through at once when it has rested, bytes. */
  readonly burst?: number;
  /** The way there and back, ms. */
  readonly way?: number;
  /** It lets a piece that has begun pass whole, and is in debt for it afterwards. */
  readonly isWhole?: boolean;
}

const CLIP = 240_000;

/** Fetches clips over a line. `waits` is how long an order waits that comes just behind each piece, ms. */
function fetchAll(size: number, { speed, burst = 0, way = 20, isWhole = false }: Line, limit = 125_000) {
  const pace = createFetchPace(limit);
  const [pieces, waits]: [number[], number[]] = [[], []];
  let credit = burst;
  let time = 0;
  const pass = (length: number) => {
    time += length;
    credit = Math.min(burst, credit + length * speed);
  };
  for (let left = size; left > 0; ) {
    const bytes = pace.next(Math.min(left, left % CLIP || CLIP));
    pass(way / 2);
    const before = Math.max(0, -credit / speed);
    credit -= bytes;
    const behind = Math.max(0, -credit / speed);
    const onLine = isWhole ? before : behind;
    pieces.push(bytes);
    waits.push(behind);
    pass(onLine + way / 2);
    pass(pace.took({ bytes, firstMs: way + before + (isWhole ? 0 : Math.min(1, onLine)), ms: way + onLine }));
    left -= bytes;
  }
  return { pieces, waits, time };
}
const inPlace = (numbers: readonly number[], part: number) =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * part)] ?? Number.NaN;

describe("the pace of fetching", () => {
  for (const [kind, line, atMost] of [
    ["that passes byte by byte", { speed: 32 }, 300],
    ["that lets packets through in bursts", { speed: 32, burst: 16_000, way: 60 }, 500],
    ["that lets 64 kB through at once when it has rested", { speed: 32, burst: 64_000, way: 60 }, 800],
    ["that lets a whole piece through and is in debt for it", { speed: 32, burst: 1_600, isWhole: true }, 950],
  ] as const)
    it(`puts little in front of an order on a line of 256 kbit/s ${kind}, and never much`, () => {
      const { waits, time } = fetchAll(4_000_000, line);
      expect(inPlace(waits, 0.95)).to.be.at.most(600);
      expect(inPlace(waits, 0.5)).to.be.at.most(300);
      expect(Math.max(...waits)).to.be.at.most(atMost);
      expect(4_000_000 / time, "bytes a millisecond").to.be.above(12);
    });

  it("leaves a narrow line free for as long as it used it", () => {
    const { pieces, time } = fetchAll(1_000_000, { speed: 32 });
    expect(time).to.be.at.least((pieces.reduce((sum, bytes) => sum + bytes, 0) / 32) * 1.8);
  });

  it("asks for clips in one or two pieces on a wide line once it knows it, however long the way, and keeps to the server's rate", () => {
    for (const way of [2, 100]) {
      const { pieces, time } = fetchAll(20 * CLIP, { speed: 1_250, way });
      expect(pieces.slice(-8).every((bytes) => bytes > 50_000)).to.equal(true);
      expect(pieces.length).to.be.at.most(60);
      expect((20 * CLIP) / (time / 1000)).to.be.within(110_000, 126_000);
    }
  });

  it("asks for less as soon as the line has become narrow, and stays careful", () => {
    const pace = createFetchPace(100_000);
    const quick = () => pace.took({ bytes: pace.next(1e9), firstMs: 10, ms: 20 });
    for (let turn = 0; turn < 20; turn++) quick();
    expect(pace.next(1e9)).to.be.greaterThan(200_000);
    pace.took({ bytes: 40_000, firstMs: 40, ms: pace.patienceMs });
    expect(pace.next(1e9)).to.be.below(12_000);
    for (let turn = 0; turn < 50; turn++) quick();
    expect(pace.next(1e9)).to.be.below(12_000);
  });

  it("always asks for something, never for more than is missing", () => {
    checkProperty(
      fc.property(fc.integer({ min: 1, max: 2e7 }), fc.integer({ min: 500, max: 1e8 }), (size, line) => {
        const pace = createFetchPace(100_000);
        for (let left = size, turn = 0; left > 0 && turn < 50; turn++) {
          const bytes = pace.next(left);
          expect(bytes).to.be.within(1, left);
          expect(pace.took({ bytes, firstMs: 1, ms: (bytes / line) * 1000 })).to.be.at.least(0);
          left -= bytes;
        }
      }),
    );
  });
});
