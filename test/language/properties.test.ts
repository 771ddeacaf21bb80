import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { normalise, SHIPPED } from "../../src/language/index.js";
import { checkProperty } from "../support/check-property.js";

/** Everything that the golden readings hold, to be put together anew. */
const written = readdirSync("test/golden/spoken").flatMap((file) =>
  (JSON.parse(readFileSync(`test/golden/spoken/${file}`, "utf8")) as readonly { readonly text: string }[]).map(
    ({ text }) => text,
  ),
);

const signs = fc.oneof(
  fc.string({ unit: "binary", maxLength: 120 }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc.stringMatching(/^[.,:;!?()“”"\n -]{0,20}$/),
);
const anything = fc.oneof(signs, fc.stringMatching(/^[0-9hgđkm%°.,:;/+\-() A-ZĐa-z]{0,80}$/));
/** Sentences of written forms, joined as people join them, and carelessly. */
const formed = fc
  .array(
    fc.tuple(fc.constantFrom(...written), fc.constantFrom(" ", ", ", ". ", " - ", " và ", "; ", " (", ") ", "\n")),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.map(([text, joint]) => text + joint).join(""));

/** A few words and signs with nothing or anything between them. */
const crowded = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."ô Ô Ơ ông TM UBND I V X XI vi Đ số ngày 5 12 và HỌP tổ à k CA TU kg % QĐ 1/2 thứ CN T2".split(" "),
      ),
      fc.constantFrom(...'.,:;!?…()"“”-–/ \n'),
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((pieces) => pieces.join(""));

/** Short forms, numerals, digits and words that touch, with marks of items and of markup before and behind them. */
const glued = fc
  .array(
    fc.tuple(
      fc.constantFrom("", "", "(", "“", "- ", "* ", "1. ", "a) ", "(i) ", "> ", "<", "~"),
      fc.oneof(
        fc.constantFrom(...SHIPPED.map((entry) => entry.written)),
        fc.constantFrom(..."ii|iv|vi|XI|mục|quý|khối|½|²|ⅰ|①|5|12|36|vắc xin|Lang Bian|I-t|CA-l".split("|")),
      ),
      fc.constantFrom("", " ", ")", "”", ".", ". ", ".,", ":", "/", " - ", "~", ">", "#", "\n"),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((pieces) => pieces.map((piece) => piece.join("")).join(""));

describe("what is said", () => {
  it("holds no digit, whatever was written, and is composed", () => {
    fc.assert(
      fc.property(fc.oneof(anything, formed), (text) => {
        const { spoken } = normalise(text);
        expect(spoken).to.not.match(/\p{N}/u);
        expect(spoken).to.equal(spoken.normalize("NFC"));
      }),
      { numRuns: 1000 },
    );
  });

  it("is said in the same way when it is written down and read again", () => {
    fc.assert(
      fc.property(formed, (text) => {
        const { spoken } = normalise(text);
        expect(normalise(spoken).spoken).to.equal(spoken);
      }),
      { numRuns: 600 },
    );
  });

  it("is the same when it is read again, whatever was written, known or not", () => {
    fc.assert(
      fc.property(fc.oneof(anything, crowded), (text) => {
        const { spoken } = normalise(text);
        expect(normalise(spoken).spoken).to.equal(spoken);
      }),
      { numRuns: 3000 },
    );
  });

  it("is the same when it is read again where forms touch each other and marks that are not said", () => {
    // Always the same: what a short form stands for may tell how its neighbour is read, and there are too many pairs to rule that out.
    checkProperty(
      fc.property(glued, (text) => {
        const { spoken } = normalise(text);
        expect(normalise(spoken).spoken).to.equal(spoken);
      }),
      { numRuns: 3000 },
    );
  });

  it("leaves no short form that has a reading", () => {
    fc.assert(
      fc.property(formed, (text) => {
        const again = normalise(normalise(text).spoken).tokens;
        const changed = again.filter(({ kind, source, spoken }) => kind === "abbreviation" && source !== spoken);
        expect(changed.map(({ source }) => source)).to.deep.equal([]);
      }),
      { numRuns: 300 },
    );
  });

  it("says the dash before a number that begins a text, or has a person look at it", () => {
    const amount = fc
      .tuple(fc.integer({ min: 10, max: 9_999 }), fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }))
      .map(([whole, part]) => (part === undefined ? `${whole}` : `${whole},${part}`));
    const counted = fc.constantFrom("", " ca", " hộ", " triệu đồng", "%", " °C", ".", ", tăng");
    fc.assert(
      fc.property(fc.constantFrom("-", "–", "−"), amount, counted, (dash, number, what) => {
        expect(normalise(dash + number + what).spoken).to.match(/^âm /u);
      }),
      { numRuns: 500 },
    );
  });

  it("knows no word that lacks the tone which its end asks for", () => {
    const parts = [
      "b c d đ h kh l m n ng nh ph s t th tr v x".split(" "),
      "a ă â e ê o ô ơ u ư uâ iê uô ươ".split(" "),
      "c p t ch".split(" "),
    ].map((some) => fc.constantFrom(...some));
    const listed = new Set(SHIPPED.map(({ written: form }) => form.toLowerCase()));
    fc.assert(
      fc.property(fc.tuple(...parts), (letters) => {
        const word = letters.join("");
        fc.pre(!listed.has(word));
        expect(normalise(`bà con ${word} nhé`).unknown).to.deep.equal([word]);
      }),
      { numRuns: 500 },
    );
  });

  it("takes time in proportion to the length, also for what looks like the beginning of many forms", function () {
    // Quadratic work on so much would take hours, so the test's own limit is proof enough.
    this.timeout(60_000);
    const units = [
      "1/",
      "1-",
      "5h-",
      "1.",
      "0905 ",
      "A.",
      "a@",
      "+1 ",
      "1:",
      "ngày 1/1, ",
      "I ",
      "1°",
      "0",
      "1, ",
      "-1",
    ];
    for (const unit of units) {
      const { tokens } = normalise(unit.repeat(60_000 / unit.length));
      expect(tokens.length).to.be.at.least(1);
    }
  });
});
