import { expect } from "chai";
import fc from "fast-check";
import { clean, cleanTraced } from "../../../src/language/clean.js";
import { TCVN3, VNI } from "../../../src/language/clean-up/legacy-tables.js";
import { normalise } from "../../../src/language/normalise.js";

const inverse = (table: ReadonlyMap<string, string>) =>
  new Map([...table].reverse().map(([signs, letter]) => [letter, signs]));
const encode = (text: string, table: ReadonlyMap<string, string>): string => {
  const signs = inverse(table);
  return [...text].map((letter) => signs.get(letter) ?? letter).join("");
};
const kinds = (text: string) => cleanTraced(text).notes.map(({ kind }) => kind);

const SENTENCES = [
  "Kính mời bà con đến dự buổi họp tổ dân phố vào tối thứ bảy.",
  "Trạm y tế tổ chức tiêm chủng cho trẻ nhỏ, phụ huynh nhớ mang theo sổ.",
  "Nước sẽ bị cắt từ sáng đến chiều để sửa chữa đường ống ở ngã tư.",
  "Những hộ ở ven suối khẩn trương dọn đồ đạc, phòng khi lũ về ban đêm.",
];

describe("texts of old fonts", () => {
  for (const [name, table] of [
    ["TCVN3 (ABC)", TCVN3],
    ["VNI", VNI],
  ] as const) {
    it(`become Unicode again from ${name}, and the writer is told`, () => {
      for (const sentence of SENTENCES) {
        const old = encode(sentence, table);
        expect(old).to.not.equal(sentence);
        expect(clean(old)).to.equal(sentence);
        expect(cleanTraced(old).notes).to.deep.equal([
          { kind: "legacy-encoding", text: name, start: 0, end: old.length },
        ]);
      }
    });
  }

  it("keep the places of their words", () => {
    const { tokens } = normalise(encode("họp tổ dân phố ngay tối nay nhé, bà con cô bác", VNI));
    expect(tokens.map(({ source }) => source).join("")).to.equal(
      encode("họp tổ dân phố ngay tối nay nhé, bà con cô bác", VNI),
    );
    expect(tokens.find(({ spoken }) => spoken === "phố")?.source).to.equal("phoá");
  });

  it("become words even from capitals", () => {
    expect(clean("THOÂNG BAÙO\nVeà vieäc hoïp toå daân phoá")).to.equal("Thông báo\n\nVề việc họp tổ dân phố");
  });

  it("are converted where they stand among Unicode, and only there", () => {
    const mixed = `Tin đã gõ bằng mã mới: chào bà con.\n${encode(SENTENCES[1] ?? "", TCVN3)}`;
    expect(clean(mixed)).to.equal(`Tin đã gõ bằng mã mới: chào bà con.\n\n${SENTENCES[1]}`);
  });

  it("are left alone with advice when it is not certain what they are", () => {
    const broken = "h\u00E4p kh\u00B8ng t\u00D5t qu\u00A5x xz\u00B5k b\u00B5 con v\u00BB zk\u00A3 m\u00ABi";
    expect(clean(broken)).to.equal(broken);
    expect(kinds(broken)).to.deep.equal(["legacy-unsure"]);
    expect(normalise(broken).warnings[0]?.words.vi).to.contain("Unicode");
  });

  it("are told from text that was destroyed on its way", () => {
    const garbled = "ThÃ´ng bÃ¡o: kÃ\u00ADnh má»\u009Di bÃ\u00A0 con Ä\u0091áº¿n há»\u008Dp";
    expect(kinds(garbled)).to.deep.equal(["garbled-text"]);
  });

  it("are not found in Unicode text with a few foreign words or signs", () => {
    for (const text of [
      "Hãng Citroën và Škoda mời khách; ông Müller đến dự.",
      "Bán kính 5 µm, góc 30°, thương hiệu Loa® và Đài© của ta.",
      "Bà nói: «Chào cô», rồi về. Giá 1½ lần. Ông Björn Ångström, bà Señora.",
    ])
      expect(kinds(text), text).to.deep.equal([]);
  });

  it("are never found in Vietnamese prose in Unicode", () => {
    const words = SENTENCES.join(" ").split(" ");
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 30 }), (some) => {
        expect(kinds(some.join(" "))).to.deep.equal([]);
      }),
    );
  });
});
