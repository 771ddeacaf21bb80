import { expect } from "chai";
import * as fc from "fast-check";
import { type Field, fieldSchema } from "../../src/domain/template.js";
import { writeValue } from "../../src/domain/template-value.js";
import { checkProperty } from "../support/check-property.js";

const field = (type: string, more: object = {}): Field =>
  fieldSchema.parse({ type, name: "it", label: { vi: "nó", en: "it" }, ...more });
const textOf = (of: Field, value: string | number) => {
  const written = writeValue(of, value);
  return written && "text" in written ? written.text : undefined;
};
const problemOf = (of: Field, value: string | number) => {
  const written = writeValue(of, value);
  return written && "problem" in written ? written.problem.vi : undefined;
};

describe("a value in a template", () => {
  const choices = ["bão", "lũ"];
  const GOOD: [of: Field, value: string | number, text: string][] = [
    [field("number"), 12, "12"],
    [field("number"), "1.250", "1.250"],
    [field("number"), "1250", "1.250"],
    [field("number", { decimals: 1 }), "12,50", "12,5"],
    [field("number", { decimals: 1 }), 12.5, "12,5"],
    [field("number", { min: -10 }), "-3", "-3"],
    [field("case-count"), 0, "0"],
    [field("money"), "50000", "50.000 đồng"],
    [field("money"), 1_250_000, "1.250.000 đồng"],
    [field("date"), "2026-11-05", "ngày 5 tháng 11 năm 2026"],
    [field("date", { weekday: true }), "2026-11-23", "thứ hai, ngày 23 tháng 11 năm 2026"],
    [field("date", { weekday: true }), "2026-11-29", "chủ nhật, ngày 29 tháng 11 năm 2026"],
    [field("time"), "17:30", "17 giờ 30 phút"],
    [field("time"), "05:00", "5 giờ"],
    [field("time"), "24:00", "24 giờ"],
    [field("phone"), "02633822145", "0263.3822.145"],
    [field("choice", { choices }), "lũ", "lũ"],
    [field("text"), "  hai  hộp\nsữa. ", "hai hộp sữa"],
    [field("place"), "cho\u031B\u0323", "chợ"],
  ];
  for (const [of, value, text] of GOOD)
    it(`is written for the ear: ${of.type} ${JSON.stringify(value)}`, () => {
      expect(textOf(of, value)).to.equal(text);
    });

  const BAD: [of: Field, value: string | number, says: string][] = [
    [field("number"), "12.5", "dấu phẩy"],
    [field("number"), "12,5", "số nguyên"],
    [field("number", { decimals: 1 }), "1,25", "nhiều nhất 1"],
    [field("number"), "mười", "phải là một số"],
    [field("number"), Number.NaN, "phải là một số"],
    [field("number"), 1e30, "phải là một số"],
    [field("number", { min: 6, max: 17 }), 18, "từ 6 đến 17"],
    [field("case-count"), -1, "từ 0"],
    [field("case-count"), 1.5, "số nguyên"],
    [field("money", { max: 1000 }), 2000, "từ 0 đến 1.000"],
    [field("date"), "2026-02-30", "ngày có thật"],
    [field("date"), "23/11/2026", "2026-11-23"],
    [field("time"), "25:00", "17:30"],
    [field("time"), "5h30", "17:30"],
    [field("phone"), "12345", "số điện thoại"],
    [field("choice", { choices }), "cháy", "bão; lũ"],
    [field("text", { maxLetters: 3 }), "bốn chữ", "dài quá 3"],
    [field("text"), "nhà {{x}}", "ký hiệu"],
    [field("place"), "chợ [[mới]]", "ký hiệu"],
    [field("text"), "chợ\u202Ecũ", "ký hiệu"],
  ];
  for (const [of, value, says] of BAD)
    it(`is refused with help: ${of.type} ${JSON.stringify(value)}`, () => {
      expect(problemOf(of, value)).to.include(says);
    });

  it("that is blank is no value", () => {
    for (const type of ["text", "number", "date", "phone"])
      for (const blank of ["", "  ", "\n"]) expect(writeValue(field(type), blank), type).to.equal(undefined);
    expect(writeValue(field("text"), undefined)).to.equal(undefined);
    expect(writeValue(field("text"), " . ")).to.equal(undefined);
  });

  it("is judged whatever it is", () => {
    const types = ["text", "place", "source", "number", "case-count", "money", "date", "time", "phone"];
    checkProperty(
      fc.property(fc.constantFrom(...types), fc.oneof(fc.string({ unit: "binary" }), fc.double()), (type, value) => {
        const written = writeValue(field(type), value);
        if (written && "text" in written) expect(written.text).not.to.match(/[{}[\]\n]/);
      }),
    );
  });

  it("of a whole number reads back as the same number", () => {
    checkProperty(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (value) => {
        expect(Number(textOf(field("number"), value)?.replaceAll(".", ""))).to.equal(value);
      }),
    );
  });
});
