import { expect } from "chai";
import { templateSchema } from "../../src/domain/template.js";
import { piecesOf, templateProblems } from "../../src/domain/template-body.js";

const field = (name: string, more: object = {}) => ({ name, type: "text", label: { vi: name, en: name }, ...more });
const aTemplate = (more: object) =>
  templateSchema.parse({
    id: "mau",
    title: "Mẫu",
    class: "ordinary",
    topic: "khac",
    version: 1,
    fields: [field("a"), field("b", { required: false })],
    body: "Lời có {{a}}.[[ Và {{b}}.]]",
    ...more,
  });
const told = (more: object) =>
  templateProblems(aTemplate(more)).map(({ path, words }) => `${path.join("/")}: ${words.vi}`);

describe("piecesOf", () => {
  it("cuts a body at its marks", () => {
    expect(piecesOf("A {{x}}[[ B {{y}}.]] C")).to.deep.equal({
      pieces: [
        { kind: "words", text: "A " },
        { kind: "hole", name: "x" },
        {
          kind: "part",
          pieces: [
            { kind: "words", text: " B " },
            { kind: "hole", name: "y" },
            { kind: "words", text: "." },
          ],
        },
        { kind: "words", text: " C" },
      ],
      problems: [],
    });
  });

  for (const body of ["a {{", "a }}", "a ]]", "a [[ b", "a [[ [[ b ]]", "a {{x y}}", "a {{}}"])
    it(`tells of marks that do not fit: ${body}`, () => {
      expect(piecesOf(body).problems).not.to.have.length(0);
    });
});

describe("templateProblems", () => {
  it("finds none in a good template", () => {
    expect(told({})).to.deep.equal([]);
  });

  const BAD: [name: string, more: object, says: string][] = [
    ["a hole without a field", { body: "Lời {{a}} {{c}}.[[ {{b}}.]]" }, "body: không có trường «c»"],
    [
      "a hole without a field in an optional part",
      { body: "Lời {{a}}.[[ {{b}} {{c}}.]]" },
      "body: không có trường «c»",
    ],
    ["a field that may be empty outside a part", { body: "Lời có {{a}} và {{b}}." }, "body: trường «b»"],
    ["a part that never vanishes", { body: "Lời có[[ {{a}}]].[[ {{b}}.]]" }, "body: phần [[ … ]]"],
    ["a part without a hole", { body: "Lời có {{a}}[[ thật]].[[ {{b}}.]]" }, "body: phần [[ … ]]"],
    ["a field that nothing uses", { body: "Chỉ có lời {{a}}." }, "fields/1/name: trường «b» không dùng"],
    ["a field twice", { fields: [field("a"), field("a")], body: "Lời có {{a}}." }, "fields/1/name: «a» đã dùng"],
    ["an emergency without what follows it", { class: "emergency" }, "allClear: thiếu mục này"],
    ["an emergency without its correction", { class: "emergency" }, "correction: thiếu mục này"],
    [
      "limits the wrong way round",
      { fields: [field("a", { type: "number", min: 5, max: 4 })], body: "Lời có {{a}}." },
      "fields/0/max: giới hạn trên",
    ],
    [
      "a follow-up that takes a name again",
      { allClear: { title: "Hết", class: "ordinary", fields: [field("a")], body: "Đã hết {{a}}." } },
      "allClear/fields/0/name: «a» đã dùng",
    ],
    [
      "a follow-up with an unknown hole",
      { correction: { title: "Sửa", class: "ordinary", body: "Xin sửa {{z}}." } },
      "correction/body: không có trường «z»",
    ],
    [
      "a follow-up's own field that it does not use",
      { correction: { title: "Sửa", class: "ordinary", fields: [field("z")], body: "Xin sửa {{a}}." } },
      "correction/fields/0/name: trường «z» không dùng",
    ],
  ];
  for (const [name, more, says] of BAD)
    it(`finds ${name}`, () => {
      expect(
        told(more).some((line) => line.startsWith(says)),
        told(more).join("\n"),
      ).to.equal(true);
    });
});
