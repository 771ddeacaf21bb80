import { expect } from "chai";
import fc from "fast-check";
import { splitSentences } from "../../src/language/sentences.js";

const texts = (text: string, longest?: number) => splitSentences(text, longest).map((phrase) => phrase.text);

describe("splitSentences", () => {
  it("splits at full stops and tells sentences from paragraphs", () => {
    expect(splitSentences("Xin chào. Mời họp!\nHết tin.")).to.deep.equal([
      { text: "Xin chào.", start: 0, end: 9, pause: "sentence" },
      { text: "Mời họp!", start: 10, end: 18, pause: "paragraph" },
      { text: "Hết tin.", start: 19, end: 27, pause: "paragraph" },
    ]);
  });

  for (const whole of [
    "Tại TP. Đà Lạt có mưa.",
    "Bà con P.12 và P. 11 chú ý.",
    "Có 3.500 người, tăng 1.5 lần.",
    "Ngày 10/7/2021 họp.",
    "Gạo, muối, v.v. được cấp miễn phí.",
    "Ông Nguyễn V. An phát biểu.",
    "1. Thời gian họp.",
    "IV. Tổ chức thực hiện.",
    "Mời BS. Hoa tư vấn.",
    "Chờ… rồi đi.",
  ]) {
    it(`keeps “${whole}” in one piece`, () => {
      expect(texts(whole)).to.deep.equal([whole]);
    });
  }

  it("ends a sentence after v.v. when a new one begins", () => {
    expect(texts("Gạo, muối, v.v. Bà con đến nhận.")).to.deep.equal(["Gạo, muối, v.v.", "Bà con đến nhận."]);
  });

  it("keeps closing quotation marks with their sentence", () => {
    expect(texts("Ông nói: “Đúng.” Rồi đi.")).to.deep.equal(["Ông nói: “Đúng.”", "Rồi đi."]);
  });

  it("breaks a long sentence at the last semicolon that fits, else the last comma, else a space", () => {
    expect(texts("một hai ba; bốn năm, sáu bảy tám", 20)).to.deep.equal(["một hai ba;", "bốn năm, sáu bảy tám"]);
    expect(texts("một hai, ba bốn, năm sáu", 18)).to.deep.equal(["một hai, ba bốn,", "năm sáu"]);
    expect(texts("một hai ba bốn", 9)).to.deep.equal(["một hai", "ba bốn"]);
    expect(splitSentences("một hai, ba bốn", 10).map(({ pause }) => pause)).to.deep.equal(["breath", "paragraph"]);
  });

  it("cuts a run without any space, but not through a pair", () => {
    expect(texts("𝐚𝐛𝐜", 3)).to.deep.equal(["𝐚", "𝐛", "𝐜"]);
  });

  it("leaves out what has nothing to say", () => {
    expect(texts("…\n\n- -\n!!! Xin chào.")).to.deep.equal(["Xin chào."]);
  });

  it("never exceeds the limit, loses no letter, and points at what it gives", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc
        .array(fc.constantFrom("bà", "con.", "chú,", "ý;", "12.", "…", "\n", "nguyenvanabcdefghijklmnop"), {
          maxLength: 90,
        })
        .map((w) => w.join(" ")),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, longest) => {
        const phrases = splitSentences(whole, longest);
        for (const { text, start, end } of phrases) {
          expect(text.length).to.be.within(1, longest);
          expect(whole.slice(start, end)).to.equal(text);
        }
        const letters = (part: string) => part.match(/[\p{L}\p{N}]/gu)?.join("") ?? "";
        expect(phrases.map(({ text }) => letters(text)).join("")).to.equal(letters(whole));
      }),
    );
  });
});
