import { expect } from "chai";
import { normalise } from "../../../src/language/normalise.js";

const taught = (text: string, written: string, spoken: string) => normalise(text, { lexicon: [{ written, spoken }] });

describe("written forms and what a station has taught", () => {
  it("gives way to a reading of the whole form", () => {
    expect(taught("số 88/QĐ-XYZ ngày 5/8", "88/QĐ-XYZ", "tám mươi tám của xưởng")).to.include({
      spoken: "số tám mươi tám của xưởng ngày năm tháng tám",
    });
    expect(taught("vào tokhaiyte.vn", "tokhaiyte.vn", "tờ khai y tế chấm vê nờ").spoken).to.equal(
      "vào tờ khai y tế chấm vê nờ",
    );
  });

  it("does not let a short reading break a longer form", () => {
    expect(taught("16/CT-TTg", "CT", "chương trình").spoken).to.equal("mười sáu, chỉ thị Thủ tướng");
    expect(taught("a@dalat.gov.vn", "gov", "chính quyền").spoken).to.not.include("a@");
  });

  it("takes the station's word for a body in the number of a document, and not for its kind", () => {
    expect(taught("số 45/KH-QWRT", "QWRT", "Ban Quản lý rừng")).to.deep.include({
      spoken: "số bốn mươi lăm, kế hoạch Ban Quản lý rừng",
      unknown: [],
    });
    expect(taught("05-CT/TU", "TU", "Thành ủy").spoken).to.equal("không năm, chỉ thị, Thành ủy");
    const elsewhere = { written: "TU", spoken: "Thành ủy", context: { after: ["họp"] } };
    expect(normalise("05-CT/TU", { lexicon: [elsewhere] }).spoken).to.equal("không năm, chỉ thị, Tỉnh ủy");
  });

  it("marks what it can only guess, and names it once", () => {
    const { unknown, tokens } = normalise("số 45/KH-QWRT, ngày 30/2, giá 12.5, số 45/KH-QWRT");
    expect(unknown).to.deep.equal(["45/KH-QWRT", "30/2", "12.5"]);
    expect(tokens.filter(({ known }) => !known).map(({ kind }) => kind)).to.deep.equal([
      "document",
      "date",
      "number",
      "document",
    ]);
  });

  it("tells what each piece is, so that checks can look for it", () => {
    const kinds = (text: string) =>
      normalise(text)
        .tokens.filter(({ kind }) => kind !== "word" && kind !== "space" && kind !== "punctuation")
        .map(({ source, kind }) => [source, kind]);
    expect(kinds("xe 49A-123.45, gọi 0905 123 456, CCCD 079123456789, ngày 5/8 lúc 8h00")).to.deep.equal([
      ["49A-123.45", "plate"],
      ["0905 123 456", "phone"],
      ["CCCD", "abbreviation"],
      ["079123456789", "identity"],
      ["5/8", "date"],
      ["8h00", "time"],
    ]);
    expect(kinds("50.000đ/kg, 5 km, quý II/2021, mục V, 16/CT-TTg, a@b.vn")).to.deep.equal([
      ["50.000đ/kg", "money"],
      ["5 km", "measure"],
      ["II/2021", "period"],
      ["V", "roman"],
      ["16/CT-TTg", "document"],
      ["a@b.vn", "web"],
    ]);
  });

  it("looks no further back than the line", () => {
    expect(normalise("Gọi ngay\n\n115 hộ ở tổ 3.").spoken).to.include("một trăm mười lăm hộ");
  });
});
