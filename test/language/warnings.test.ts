import { expect } from "chai";
import { normalise } from "../../src/language/normalise.js";

const warned = (text: string) =>
  normalise(text).warnings.map(({ kind, start, end, suggestion }) => [kind, text.slice(start, end), suggestion]);

describe("warnings", () => {
  it("show slips with what was probably meant, and change nothing", () => {
    const text = "Trên đại bàn phường, Dình kỳ kiểm tra khôi doanh nghiệp; qu\u00E0 giành cho trẻ.";
    expect(warned(text)).to.deep.equal([
      ["typo", "Trên đại bàn", "Trên địa bàn"],
      ["typo", "Dình kỳ", "Định kỳ"],
      ["typo", "khôi doanh nghiệp", "khối doanh nghiệp"],
      ["typo", "giành cho", "dành cho"],
    ]);
    expect(normalise(text).spoken).to.equal(text);
  });

  it("see a small word that stands twice", () => {
    expect(warned("Kế hoạch của của phường.")).to.deep.equal([["repeated-word", "của của", "của"]]);
  });

  it("leave right words alone that look like slips", () => {
    for (const text of [
      "Dấu hiệu xuất huyết, hồ sơ xuất khẩu, chức năng xuất nhập cảnh.",
      "Đội nhà giành được cúp, quyết tâm để giành chiến thắng.",
      "Tập trung sức dân, suy nghĩ học hỏi, người người, nhà nhà, từ từ thôi.",
      "Gia công xuất khẩu, hiểu kỹ luật giao thông, khôi phục, khôi ngô.",
    ])
      expect(warned(text), text).to.deep.equal([]);
  });

  it("point at a long sentence where it stands in what was written", () => {
    const long = `mời ${"bà con ".repeat(18)}họp.`;
    const text = `**Chú ý.**  \r\n\r\n${long}`;
    expect(warned(text)).to.deep.equal([["long-sentence", long, undefined]]);
    expect(warned(`mời ${"bà con ".repeat(17)}`)).to.deep.equal([]);
  });

  it("are sentences in Vietnamese and English", () => {
    const text = "Nơi nhận:\n- Lưu: VT.\nTrên đại bàn\u202E có рhường.";
    for (const { words, text: shown } of normalise(text).warnings) {
      expect(words.vi).to.match(/\.$|»\.$/u);
      expect(words.en).to.match(/\.$/u).and.not.equal(words.vi);
      expect(shown.length).to.be.within(1, 80);
    }
  });

  it("are no more than a person would read", () => {
    const { warnings } = normalise("trên đại bàn. ".repeat(500));
    expect(warnings).to.have.length(101);
    expect(warnings.filter(({ kind }) => kind === "more")).to.deep.equal(warnings.slice(-1));
    expect(normalise("trên đại bàn. ".repeat(100)).warnings.map(({ kind }) => kind)).to.not.include("more");
  });
});
