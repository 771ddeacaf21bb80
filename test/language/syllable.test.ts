import { expect } from "chai";
import { isSyllable } from "../../src/language/syllable.js";

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

  it("refuses two tones on one syllable", () => {
    expect(isSyllable("bả́")).to.equal(false);
  });
});
