import { expect } from "chai";
import { estimateSeconds } from "../../src/language/duration.js";

describe("estimateSeconds", () => {
  const text = "Mời bà con đến nhà văn hóa họp tổ dân phố.";

  it("grows with the text and with its pauses", () => {
    expect(estimateSeconds("")).to.equal(0);
    expect(estimateSeconds(`${text} ${text}`)).to.be.above(2 * estimateSeconds(text));
    expect(estimateSeconds(`${text}\n${text}`)).to.be.above(estimateSeconds(`${text} ${text}`));
  });

  it("halves when the voice speaks twice as fast", () => {
    expect(estimateSeconds(text, 2)).to.be.closeTo(estimateSeconds(text) / 2, 1e-9);
    expect(() => estimateSeconds(text, 0)).to.throw(RangeError);
  });

  it("gives a ward's usual pace, 140 to 190 syllables a minute", () => {
    const paragraph = Array(6).fill(text).join(" ");
    expect((11 * 6) / (estimateSeconds(paragraph) / 60)).to.be.within(140, 190);
  });
});
