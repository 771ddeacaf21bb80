import { expect } from "chai";
import fc from "fast-check";
import { latin, withStandIns } from "../../src/language/latin.js";

const PATTERNS = [
  /(?<![\p{L}\p{M}\p{N}])(?:ca|người) \p{L}{1,7}(?![\p{L}\p{M}\p{N}])/gu,
  /\p{Lu}\p{Ll}{1,7}(?: \p{Lu}[^\p{L}\n]?)*/gu,
  /(?<!\p{L})\d{1,2}\/\d[\p{N}½]?/gu,
];
const pieces = fc.constantFrom(
  "ca",
  "Người",
  " ",
  "ế",
  "Đ",
  "́",
  "½",
  "Ж",
  "ж",
  "ຊ",
  "٣",
  "𝔸",
  "🙂",
  "1/2",
  "\n",
  "-",
  "“",
);
const text = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map((all) => all.join("")),
  fc.string({ unit: "grapheme" }),
);

describe("a pattern of Latin letters", () => {
  it("finds in a text with stand-ins what the pattern that knows all letters finds in the text", () => {
    fc.assert(
      fc.property(text, (written) => {
        for (const pattern of PATTERNS) {
          const places = (what: string, by: RegExp) =>
            [...what.matchAll(by)].map(({ 0: found, index }) => [index, found.length]);
          expect(places(withStandIns(written), latin(pattern))).to.deep.equal(places(withStandIns(written), pattern));
        }
      }),
    );
  });

  it("refuses a class left out of a set, which has no ranges", () => {
    expect(() => latin(/[^\P{L}]/u)).to.throw(RangeError, "no ranges");
  });
});

describe("stand-ins", () => {
  it("keep every place, and what sort of character stands there", () => {
    fc.assert(
      fc.property(text, (written) => {
        const seen = withStandIns(written);
        expect(seen.length).to.equal(written.length);
        for (const { 0: sign, index } of written.matchAll(/[\p{L}\p{M}\p{N}]/gu)) {
          for (const sort of [/\p{L}/u, /\p{M}/u, /\p{N}/u, /\p{Lu}/u, /\p{Ll}/u])
            expect(sort.test(seen.charAt(index)), `${sign} ${sort}`).to.equal(sort.test(sign));
        }
      }),
    );
  });

  it("leave a Vietnamese text alone", () => {
    const written = "Ủy ban nhân dân Phường 8 “Đà Lạt” – ½ mẫu, 37,5 °C…";
    expect(withStandIns(written)).to.equal(written);
  });
});
