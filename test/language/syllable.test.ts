import { expect } from "chai";
import { isBareSyllable, isSyllable, isSyllableOrToneless } from "../../src/language/syllable.js";

describe("isSyllable", () => {
  it("knows every shape of Vietnamese syllable, in any case", () => {
    const words =
      "Ủy ban nhân dân phường nghiêng khuyên quyết giữ gìn khỏe oản uống yêu xoèn xoẹt khuỷu tay thuở quốc kỳ ngoằn ngoèo " +
      "rượu bưởi muỗi chuyến xuống THÔNG BÁO đề nghị hoãn loạn giếng gì quý ý à ơi huơ vươn";
    for (const word of words.split(" ")) expect(isSyllable(word), word).to.equal(true);
  });

  it("knows none of the short forms and foreign words that need a reading", () => {
    const words = "UBND BTGTU Covid Bluezone NCOVI website XĐĐ VT II Facebook zalo vaccine K b pano straße дом";
    for (const word of words.split(" ")) expect(isSyllable(word), word).to.equal(false);
  });

  it("asks for sắc or nặng where the breath stops", () => {
    for (const word of "họp hóp lúc lục khác sạch dịch mất một quyết thuyết".split(" "))
      expect(isSyllable(word), word).to.equal(true);
    for (const word of "hop hòp hỏp hõp luc khac khàc sach sãch dich mat mot mót̀ HOP".split(" "))
      expect(isSyllable(word), word).to.equal(false);
  });

  it("tells words that only lack that tone from those that are none", () => {
    for (const word of "hop luc sach HOP họp hoa".split(" ")) expect(isSyllableOrToneless(word), word).to.equal(true);
    for (const word of "hòp UBND nguoi zalo".split(" ")) expect(isSyllableOrToneless(word), word).to.equal(false);
  });

  it("knows what is left of a syllable without its accents", () => {
    for (const word of "nguoi duong thong bao HOP khuyen hoa quyet nghieng".split(" "))
      expect(isBareSyllable(word), word).to.equal(true);
    for (const word of "người đi hòa UBND street zalo quyeet".split(" "))
      expect(isBareSyllable(word), word).to.equal(false);
  });

  it("refuses two tones on one syllable", () => {
    expect(isSyllable("bả́")).to.equal(false);
  });
});
