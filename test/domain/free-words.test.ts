import { expect } from "chai";
import * as fc from "fast-check";
import { partWords, withWords } from "../../src/domain/free-words.js";
import { checkProperty as check } from "../support/check-property.js";

const part = (value: unknown) => partWords(value);
const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom("Bà Năm ở ngõ 4", "tin-1", "2026-11-29", "An", "335-CV/ThU", "Chợ", ""),
);
const anyName = fc.constantFrom("title", "reason", "id", "by", "source", "content", "at", "approvedBy", "targets");
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    anyText,
    fc.integer(),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(anyName, tie("value"), { maxKeys: 4 }),
  ),
})).value;

describe("words that people wrote freely", () => {
  it("are apart from what stays, and come back where they stood", () =>
    check(
      fc.property(fc.dictionary(anyName, anyValue, { maxKeys: 5 }), (value) => {
        const { kept, words } = part(value);
        expect(withWords(kept, words)).to.deep.equal(value);
        expect(withWords(JSON.parse(JSON.stringify(kept)), words && JSON.parse(JSON.stringify(words)))).to.deep.equal(
          value,
        );
      }),
    ));

  it("are titles, reasons and names whatever they look like, and else what no id and no code looks like", () => {
    const content = [
      { announcement: "tin-1", title: "Ca", ms: 10 },
      { announcement: "tin-2", title: "Bà Năm", ms: 20 },
    ];
    expect(part({ id: "tin-1", title: "Ca", content, extra: "ở ngõ 4", words: { vi: "a", en: "b" } })).to.deep.equal({
      kept: {
        id: "tin-1",
        content: [
          { announcement: "tin-1", ms: 10 },
          { announcement: "tin-2", ms: 20 },
        ],
        words: {},
      },
      words: {
        title: "Ca",
        content: [{ title: "Ca" }, { title: "Bà Năm" }],
        extra: "ở ngõ 4",
        words: { vi: "a", en: "b" },
      },
    });
  });

  it("leave who acted in office, and the number of a document", () => {
    const value = { approvedBy: "Trần Hoa", authors: [{ name: "Minh" }], source: "Công văn 335-CV/ThU ngày 1/6/2021" };
    expect(part(value)).to.deep.equal({
      kept: { approvedBy: "Trần Hoa", authors: [{ name: "Minh" }], source: "335-CV/ThU" },
      words: { source: "Công văn 335-CV/ThU ngày 1/6/2021" },
    });
  });
});
