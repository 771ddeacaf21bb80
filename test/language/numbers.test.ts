import { expect } from "chai";
import fc from "fast-check";
import { readDigits, readNumber } from "../../src/language/numbers.js";

describe("readNumber", () => {
  const said: Record<string, string> = {
    "0": "không",
    "5": "năm",
    "10": "mười",
    "11": "mười một",
    "14": "mười bốn",
    "15": "mười lăm",
    "20": "hai mươi",
    "21": "hai mươi mốt",
    "24": "hai mươi tư",
    "25": "hai mươi lăm",
    "101": "một trăm lẻ một",
    "105": "một trăm lẻ năm",
    "115": "một trăm mười lăm",
    "221": "hai trăm hai mươi mốt",
    "1000": "một nghìn",
    "1005": "một nghìn không trăm lẻ năm",
    "2021": "hai nghìn không trăm hai mươi mốt",
    "64132": "sáu mươi tư nghìn một trăm ba mươi hai",
    "1000005": "một triệu không trăm lẻ năm",
    "3822145": "ba triệu tám trăm hai mươi hai nghìn một trăm bốn mươi lăm",
    "2500000000000": "hai nghìn năm trăm tỷ",
  };
  for (const [digits, words] of Object.entries(said)) {
    it(`says ${digits} as “${words}”`, () => {
      expect(readNumber(digits)).to.equal(words);
    });
  }

  it("follows the station's region", () => {
    expect(readNumber("1005", { thousand: "ngàn", and: "linh" })).to.equal("một ngàn không trăm linh năm");
  });

  it("reads a leading zero and a very long number digit by digit", () => {
    expect(readNumber("0263")).to.equal("không hai sáu ba");
    expect(readNumber("1".repeat(19))).to.equal(Array(19).fill("một").join(" "));
    expect(readDigits("19 00")).to.equal("một chín không không");
  });

  it("refuses anything but digits", () => {
    for (const wrong of ["", "-1", "1.5", "٣", "1e3"]) expect(() => readNumber(wrong)).to.throw(RangeError);
  });

  it("says different numbers differently, in words only", () => {
    const number = fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n });
    fc.assert(
      fc.property(number, number, (one, other) => {
        expect(readNumber(String(one))).to.match(/^[\p{Ll} ]+$/u);
        expect(readNumber(String(one)) === readNumber(String(other))).to.equal(one === other);
      }),
    );
  });
});
