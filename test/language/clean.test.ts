import { expect } from "chai";
import fc from "fast-check";
import { clean, cleanTraced } from "../../src/language/clean.js";
import { originOf } from "../../src/language/traced-text.js";

const anyText = fc.string({ unit: "binary", maxLength: 300 });
/** Prose as people paste it: lines with or without marks before and signs after, broken anywhere. */
const line = fc
  .tuple(
    fc.constantFrom("", "", "- ", "+ ", "• ", "* ", "1. ", "a) ", "## ", "> "),
    fc.array(fc.constantFrom("Mời", "bà", "con", "UBND", "phường", "12", "**khẩn**", "Đà", "Lạt", "họp"), {
      minLength: 1,
      maxLength: 20,
    }),
    fc.constantFrom("", "", ".", ",", ";", ":", "!", "...", " ,", ".”", "  "),
  )
  .map(([mark, words, sign]) => `${mark}${words.join(" ")}${sign}`);
const prose = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\n\n", "\r\n", " \n")))
  .map((lines) => lines.flat().join(""));

/** Pieces of office papers in any order. */
const office = fc
  .array(
    fc.constantFrom(
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "Số: 12/TB-UBND",
      "Mẫu, ngày 5 tháng 8 năm 2025",
      "THÔNG BÁO KHẨN",
      "Nơi nhận:",
      "- Như trên;",
      "- Lưu: VT.",
      "TM. ỦY BAN NHÂN DÂN PHÓ CHỦ TỊCH",
      "KT. CHỦ TỊCH",
      "PHÓ CHỦ TỊCH",
      "(Đã ký)",
      "Trần Văn Mẫu",
      "I. MỤC ĐÍCH",
      "1) Hoà giải",
      "o\tthuỷ lợi",
      "- 3 -",
      "*",
      "&amp;nbsp;",
      `&${"amp;".repeat(9)}lt;b> và &amp;amp;`,
      "\\*\\* **",
      "Phßng chèng dÞch ë ph­êng",
      "рhường",
      "bà con cô bác",
      "",
    ),
    { maxLength: 14 },
  )
  .map((lines) => lines.join("\n"));

describe("clean", () => {
  it("composes decomposed letters", () => {
    expect(clean("phường một".normalize("NFD"))).to.equal("phường một");
  });

  it("composes letters that an invisible sign had parted", () => {
    expect(clean("e\u200B\u0302\u0301")).to.equal("ế");
  });

  it("joins lines that were broken inside a sentence, even by an empty line", () => {
    expect(clean("Bà con mang theo thẻ,\n\nHẹn gặp tại nhà văn hóa")).to.equal(
      "Bà con mang theo thẻ, Hẹn gặp tại nhà văn hóa",
    );
    expect(clean("đội ngũ cộng\r\n\r\ntác viên")).to.equal("đội ngũ cộng tác viên");
    const wrapped = "Đoàn công tác của phường sẽ đến thăm từng hộ dân tại khu phố\nĐa Thiện vào sáng mai.";
    expect(clean(wrapped)).to.equal(wrapped.replace("\n", " "));
  });

  it("keeps paragraphs, headings and numbered items apart", () => {
    expect(clean("THÔNG BÁO\nVề việc tiêm chủng\n1. Thời gian\n2. địa điểm")).to.equal(
      "Thông báo\n\nVề việc tiêm chủng\n\n1. Thời gian\n\n2. địa điểm",
    );
    expect(clean("Hết tin.\nxin cảm ơn")).to.equal("Hết tin.\n\nxin cảm ơn");
  });

  it("drops bullets and keeps items apart where the bullets did", () => {
    expect(clean("- Đeo khẩu trang,\n- rửa tay\n+ giữ khoảng cách.")).to.equal(
      "Đeo khẩu trang;\n\nrửa tay;\n\ngiữ khoảng cách.",
    );
    expect(clean("Mang theo\n• thẻ bảo hiểm")).to.equal("Mang theo:\n\nthẻ bảo hiểm");
  });

  it("drops markdown but not a sign between digits", () => {
    expect(clean("## Tin **khẩn**\n\nXem `số` [tại đây](http://a.vn/b), 2*3\n\n---\n\n> Hết")).to.equal(
      "Tin khẩn.\n\nXem số tại đây, 2*3\n\nHết",
    );
  });

  it("drops emoji without gluing words together, and keeps digits", () => {
    expect(clean("Chào👋🏽bà con 👨‍👩‍👧 1️⃣ 🇻🇳!")).to.equal("Chào bà con 1!");
  });

  it("strips control characters, direction marks and lone surrogates", () => {
    expect(clean("a\u0000b\u202Ec\u2066d\uFEFFe\u00ADf\uD800g\u0007")).to.equal("abcdefg");
  });

  it("mends spaces before signs and repeated signs", () => {
    expect(clean("Xin  chào ,\u00A0bà\tcon !!! Rồi..... sao ??")).to.equal("Xin chào, bà con! Rồi… sao?");
  });

  it("takes any text and gives composed text without invisible signs or double spaces", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = clean(text);
        expect(cleaned).to.equal(cleaned.normalize("NFC"));
        expect(cleaned).to.not.match(/[^\P{C}\n]| {2}|^\s|\s$|\n{3}/u);
      }),
    );
  });

  it("changes nothing more in what it has cleaned, whatever it was", () => {
    fc.assert(
      fc.property(fc.oneof(prose, office, anyText), (text) => {
        const once = clean(text);
        expect(clean(once)).to.equal(once);
      }),
      { numRuns: 1000 },
    );
  });

  it("says for every letter where it came from, in rising order and inside the text", () => {
    fc.assert(
      fc.property(fc.oneof(prose, office, anyText), (text) => {
        const { traced, notes } = cleanTraced(text);
        let last = 0;
        for (let at = 0; at < traced.text.length; at++) {
          const origin = originOf(traced, at, text.length);
          expect(origin).to.be.within(last, Math.max(0, text.length - 1));
          last = origin;
        }
        for (const { start, end } of notes) expect(0 <= start && start <= end && end <= text.length).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps letters in the places from which they came", () => {
    fc.assert(
      fc.property(prose, (text) => {
        const { traced } = cleanTraced(text);
        const letters = [...traced.text.matchAll(/[a-zà-ỹđ]/giu)];
        for (const { 0: letter, index } of letters)
          expect(text.charAt(originOf(traced, index, text.length)).toLowerCase()).to.equal(letter.toLowerCase());
      }),
    );
  });
});
