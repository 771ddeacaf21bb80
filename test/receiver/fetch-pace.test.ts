import { expect } from "chai";
import fc from "fast-check";
import { createFetchPace } from "../../src/receiver/fetch-pace.js";
import { checkProperty } from "../support/check-property.js";

/** Fetches over a line that carries so many bytes a second. */
function fetchAll(size: number, line: number, limit: number) {
  const pace = createFetchPace(limit);
  const pieces: number[] = [];
  let paused = 0;
  let time = 0;
  for (let left = size; left > 0; ) {
    const bytes = pace.next(left);
    const took = (bytes / line) * 1000;
    const wait = pace.took(bytes, took);
    pieces.push(took);
    paused += wait;
    time += took + wait;
    left -= bytes;
  }
  return { pieces, paused, time };
}

describe("the pace of fetching", () => {
  it("asks for pieces that an order can wait behind on a narrow line", () => {
    const { pieces } = fetchAll(1_000_000, 32_000, 100_000);
    expect(Math.max(...pieces)).to.be.at.most(400);
    expect(pieces.length).to.be.greaterThan(80);
  });

  it("leaves the narrow line free for as long as it used it", () => {
    const { pieces, paused } = fetchAll(1_000_000, 32_000, 100_000);
    expect(paused).to.be.at.least(pieces.reduce((sum, took) => sum + took, 0) * 0.99);
  });

  it("fetches in few pieces on a wide line, and keeps to the server's rate on average", () => {
    const { pieces, time } = fetchAll(240_000, 10_000_000, 100_000);
    expect(pieces.length).to.be.at.most(2);
    expect(240_000 / (time / 1000)).to.be.at.most(101_000);
  });

  it("asks for less as soon as the line has become narrow", () => {
    const pace = createFetchPace(100_000);
    pace.took(12_000, 2);
    expect(pace.next(1e9)).to.be.greaterThan(200_000);
    pace.took(40_000, pace.patienceMs);
    expect(pace.next(1e9)).to.be.below(12_000);
  });

  it("always asks for something, never for more than is missing", () => {
    checkProperty(
      fc.property(fc.integer({ min: 1, max: 2e7 }), fc.integer({ min: 500, max: 1e8 }), (size, line) => {
        const pace = createFetchPace(100_000);
        for (let left = size, turn = 0; left > 0 && turn < 50; turn++) {
          const bytes = pace.next(left);
          expect(bytes).to.be.within(1, left);
          expect(pace.took(bytes, (bytes / line) * 1000)).to.be.at.least(0);
          left -= bytes;
        }
      }),
    );
  });
});
