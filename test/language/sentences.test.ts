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

  it("breaks a long sentence between its clauses, else at a comma, else before a joining word, else at a space", () => {
    expect(texts("bà con cô bác; anh chị em, các cháu nhỏ", 24)).to.deep.equal([
      "bà con cô bác;",
      "anh chị em, các cháu nhỏ",
    ]);
    expect(texts("bà con cô bác, anh chị em các cháu nhỏ", 28)).to.deep.equal([
      "bà con cô bác,",
      "anh chị em các cháu nhỏ",
    ]);
    expect(texts("mang thẻ căn cước đến trạm để tiêm phòng dại", 30)).to.deep.equal([
      "mang thẻ căn cước đến trạm",
      "để tiêm phòng dại",
    ]);
    expect(texts("bà con cô bác", 9)).to.deep.equal(["bà con", "cô bác"]);
  });

  it("pauses longer between clauses than inside them", () => {
    const sentence = "bà con cô bác anh chị, các em nhỏ; mời đi họp";
    expect(splitSentences(sentence, 24).map(({ pause }) => pause)).to.deep.equal(["breath", "clause", "paragraph"]);
  });

  it("makes phrases of about equal length rather than one long and one word", () => {
    const words = Array(30).fill("loa").join(" ");
    const lengths = texts(words, 100).map((phrase) => phrase.length);
    expect(Math.min(...lengths)).to.be.above(40);
  });

  it("takes no breath inside a number", () => {
    const text = "mỗi hộ trong tổ nhận hai mươi lăm ký gạo loại ngon và một trăm hai mươi quả trứng";
    for (let longest = 30; longest < 80; longest++) {
      const phrases = texts(text, longest).join(" | ");
      expect(phrases, `${longest}`).to.contain("hai mươi lăm").and.to.contain("một trăm hai mươi");
    }
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
