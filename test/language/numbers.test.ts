import { expect } from "chai";
import fc from "fast-check";
import { inGroups, readDigits, readNumber, USUAL_WORDS } from "../../src/language/numbers.js";

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

  it("says 24 as the station wishes", () => {
    expect(readNumber("124", { ...USUAL_WORDS, four: "bốn" })).to.equal("một trăm hai mươi bốn");
  });

  it("reads a leading zero digit by digit, and what is beyond a million milliards in groups", () => {
    expect(readNumber("0263")).to.equal("không hai sáu ba");
    expect(readNumber("1000000000000000")).to.equal("một triệu tỷ");
    expect(readNumber("1000000000000001")).to.equal(
      "một, không không không, không không không, không không không, không không không, không không một",
    );
    expect(readDigits("19 00")).to.equal("một chín không không");
  });

  it("cuts a long run of digits for breath, leaving no digit alone", () => {
    expect(inGroups("12345")).to.deep.equal(["123", "45"]);
    expect(inGroups("1234567")).to.deep.equal(["123", "4567"]);
    expect(inGroups("079123456789")).to.deep.equal(["079", "123", "456", "789"]);
    fc.assert(
      fc.property(fc.stringMatching(/^\d{2,40}$/), (digits) => {
        const groups = inGroups(digits);
        expect(groups.join("")).to.equal(digits);
        for (const group of groups) expect(group.length).to.be.within(2, 4);
      }),
    );
  });

  it("refuses anything but digits", () => {
    for (const wrong of ["", "-1", "1.5", "٣", "1e3"]) expect(() => readNumber(wrong)).to.throw(RangeError);
  });

  it("can be understood: what is said leads back to the number, in every region's words", () => {
    const regions = fc.record({
      thousand: fc.constantFrom("nghìn" as const, "ngàn" as const),
      and: fc.constantFrom("lẻ" as const, "linh" as const),
      four: fc.constantFrom("tư" as const, "bốn" as const),
    });
    const number = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 0n, max: 99_999n }));
    fc.assert(
      fc.property(number, regions, (one, words) => {
        const said = readNumber(String(one), words);
        expect(said).to.match(/^[\p{Ll} ]+$/u);
        expect(numberOf(said)).to.equal(one);
      }),
      { numRuns: 2000 },
    );
  });
});

const ONES: Readonly<Record<string, bigint>> = {
  không: 0n,
  một: 1n,
  mốt: 1n,
  hai: 2n,
  ba: 3n,
  bốn: 4n,
  tư: 4n,
  năm: 5n,
  lăm: 5n,
  sáu: 6n,
  bảy: 7n,
  tám: 8n,
  chín: 9n,
};
const UNITS: Readonly<Record<string, bigint>> = { nghìn: 1000n, ngàn: 1000n, triệu: 1_000_000n };

/** What a listener makes of a number: digits gather into a group, and each unit closes what was said before it. */
function numberOf(said: string): bigint {
  let [milliards, below, group, ones] = [0n, 0n, 0n, 0n];
  for (const word of said.split(" ")) {
    const digit = ONES[word];
    const unit = UNITS[word];
    if (digit !== undefined) ones = digit;
    else if (word === "mười") [group, ones] = [group + 10n, 0n];
    else if (word === "mươi") [group, ones] = [group + ones * 10n, 0n];
    else if (word === "trăm") [group, ones] = [group + ones * 100n, 0n];
    else if (unit !== undefined) [below, group, ones] = [below + (group + ones) * unit, 0n, 0n];
    else if (word === "tỷ")
      [milliards, below, group, ones] = [(milliards + below + group + ones) * 1_000_000_000n, 0n, 0n, 0n];
    else if (word !== "lẻ" && word !== "linh") throw new Error(`${word} is no word of a number`);
  }
  return milliards + below + group + ones;
}
