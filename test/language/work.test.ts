import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { normalise } from "../../src/language/index.js";
import { checkProperty } from "../support/check-property.js";

const written = readdirSync("test/golden/spoken").flatMap((file) =>
  (JSON.parse(readFileSync(`test/golden/spoken/${file}`, "utf8")) as readonly { readonly text: string }[]).map(
    ({ text }) => text,
  ),
);

/** Units that expressions and searches had to look over, and units that were cut out, while a piece of work was done. */
function looked(work: () => void): number {
  const { exec, test } = RegExp.prototype;
  const { slice, indexOf, lastIndexOf } = String.prototype;
  let units = 0;
  /** An expression that is tied to its place looks at little; every other at all up to what it finds. */
  const over = (pattern: RegExp, text: string, from: number, found: RegExpExecArray | null) => {
    units += pattern.sticky ? 1 : 1 + (found === null ? text.length : found.index) - from;
  };
  const startOf = ({ global, sticky, lastIndex }: RegExp) => (global || sticky ? lastIndex : 0);
  RegExp.prototype.exec = function counted(this: RegExp, text: string) {
    const from = startOf(this);
    const found = exec.call(this, text);
    over(this, text, from, found);
    return found;
  };
  RegExp.prototype.test = function counted(this: RegExp, text: string) {
    return this.exec(text) !== null;
  };
  String.prototype.slice = function counted(this: string, from?: number, to?: number) {
    const piece = slice.call(this, from, to);
    units += 1 + piece.length;
    return piece;
  };
  String.prototype.indexOf = function counted(this: string, wanted: string, from = 0) {
    const found = indexOf.call(this, wanted, from);
    units += 1 + (found < 0 ? this.length : found) - Math.min(from, this.length);
    return found;
  };
  String.prototype.lastIndexOf = function counted(this: string, wanted: string, from = this.length) {
    const found = lastIndexOf.call(this, wanted, from);
    units += 1 + Math.min(from, this.length) - Math.max(found, 0);
    return found;
  };
  try {
    work();
  } finally {
    Object.assign(RegExp.prototype, { exec, test });
    Object.assign(String.prototype, { slice, indexOf, lastIndexOf });
  }
  return units;
}

const unit = fc.oneof(
  fc.constantFrom(...written),
  fc.constantFrom(
    "1/",
    "1-",
    "5h-",
    "1.",
    "0905 ",
    "A.",
    "a@",
    "@",
    "1:",
    "ngày 1/1, ",
    "I ",
    "(",
    "[",
    "\n",
    " ",
    "- a\n",
    "a ",
    "Q",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
  fc.stringMatching(/^[0-9hgđkm%°.,:;/+\-() A-ZĐ\n]{1,8}$/),
);
const mixture = fc.array(unit, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(""));

describe("the work of reading", () => {
  it("is counted", () => {
    expect(looked(() => /b/u.test("aaaa"))).to.equal(5);
    expect(looked(() => "aaaa".slice(1))).to.equal(4);
    expect(looked(() => "aaab".indexOf("b", 1))).to.equal(3);
  });

  it("grows with the length and no faster, whatever is written again and again", function () {
    this.timeout(60_000);
    checkProperty(
      fc.property(mixture, (piece) => {
        const short = piece.repeat(Math.ceil(3_000 / piece.length));
        normalise(short);
        const once = looked(() => normalise(short));
        const fourTimes = looked(() => normalise(short.repeat(4)));
        expect(fourTimes).to.be.at.most(4.3 * once + 3_000);
      }),
      { numRuns: 150 },
    );
  });
});
