import { expect } from "chai";
import { resultStateOf } from "../../src/protocol/journal-results.js";

describe("a line of a journal", () => {
  for (const [event, why, state] of [
    ["finished", undefined, "played"],
    ["finished", "incomplete", "played"],
    ["cut", "stopped", "cut"],
    ["cut", "recalled", "recalled"],
    ["missed", "late", "missed"],
    ["missed", "recalled", "recalled"],
    ["muted", "muted", "muted"],
    ["refused", "quiet-hours", "refused"],
    ["failed", "no-audio", "missed"],
    ["due", undefined, undefined],
    ["unordered", undefined, undefined],
  ] as const)
    it(`${event}${why ? ` for ${why}` : ""} makes it ${state ?? "nothing"}`, () => {
      expect(resultStateOf(event, why)).to.equal(state);
    });

  it("that refuses to play again what was played says nothing about what was played", () => {
    expect(resultStateOf("refused", "played")).to.equal(undefined);
  });
});
