import { expect } from "chai";
import * as fc from "fast-check";
import { fill } from "../../src/domain/fill-template.js";
import { type Form, formOf, type Template, type TemplateValues, templateSchema } from "../../src/domain/template.js";
import { checkProperty } from "../support/check-property.js";

const label = (vi: string) => ({ vi, en: vi });
const TEMPLATE: Template = templateSchema.parse({
  id: "cup-nuoc",
  title: "Cúp nước",
  class: "priority",
  topic: "cup-nuoc",
  version: 2,
  fields: [
    { name: "area", type: "place", label: label("khu vực") },
    { name: "at", type: "time", label: label("giờ") },
    { name: "source", type: "source", label: label("nguồn") },
    { name: "phone", type: "phone", label: label("điện thoại"), required: false },
  ],
  body: "Theo {{source}}, nước tạm ngừng tại {{area}} từ {{at}}.[[ Cần hỏi, gọi {{phone}}.]]\n\nXin cảm ơn.",
  allClear: {
    title: "Có nước lại",
    class: "ordinary",
    fields: [{ name: "since", type: "time", label: label("giờ có nước") }],
    body: "Tại {{area}} đã có nước lại từ {{since}}. Theo {{source}}.",
  },
});
const form = formOf(TEMPLATE, "body") as Form;
const FULL: TemplateValues = { area: "tổ 5", at: "08:00", source: "công ty cấp nước" };

describe("fill", () => {
  it("pours the values into the holes", () => {
    expect(fill(form, { ...FULL, phone: "115" })).to.deep.equal({
      text: "Theo công ty cấp nước, nước tạm ngừng tại tổ 5 từ 8 giờ. Cần hỏi, gọi 115.\n\nXin cảm ơn.",
      heard: "Theo công ty cấp nước, nước tạm ngừng tại tổ 5 từ 8 giờ. Cần hỏi, gọi 115.\n\nXin cảm ơn.",
      missing: [],
      problems: [],
      source: "công ty cấp nước",
    });
  });

  it("lets an optional part vanish with its sentence", () => {
    expect(fill(form, FULL).text).to.equal("Theo công ty cấp nước, nước tạm ngừng tại tổ 5 từ 8 giờ.\n\nXin cảm ơn.");
    expect(fill(form, { ...FULL, phone: " " }).text).not.to.include("gọi");
  });

  it("shows the label where a value is still to come, and a pause for the ear", () => {
    const { text, heard, missing, problems } = fill(form, { at: "08:00" });

    expect(text).to.equal("Theo «nguồn», nước tạm ngừng tại «khu vực» từ 8 giờ.\n\nXin cảm ơn.");
    expect(heard).to.equal("Theo …, nước tạm ngừng tại … từ 8 giờ.\n\nXin cảm ơn.");
    expect(missing.map(({ name }) => name)).to.deep.equal(["area", "source"]);
    expect(problems).to.deep.equal([]);
  });

  it("shows the label of a value that cannot be used, even in an optional part, and says why", () => {
    const { text, missing, problems } = fill(form, { ...FULL, phone: "12" });

    expect(text).to.include("gọi «điện thoại»");
    expect(missing).to.deep.equal([]);
    expect(problems.map(({ name }) => name)).to.deep.equal(["phone"]);
  });

  it("tells of values that no field takes, and what was probably meant", () => {
    const { problems } = fill(form, { ...FULL, phon: "115", xyz: 1 });

    expect(problems.map(({ name }) => name)).to.deep.equal(["phon", "xyz"]);
    expect(problems[0]?.words.vi).to.include("«phone»");
  });

  it("is not led astray by values that look like holes or names of objects", () => {
    expect(fill(form, { ...FULL, area: "{{at}}" }).problems.map(({ name }) => name)).to.deep.equal(["area"]);
    const odd = JSON.parse('{"__proto__": "x", "constructor": "y"}') as TemplateValues;
    expect(fill(form, odd).missing).to.have.length(3);
  });

  it("takes any values and never leaves a mark of the template in the text", () => {
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.double());
    checkProperty(
      fc.property(
        fc.record({ area: value, at: value, source: value, phone: value }, { requiredKeys: [] }),
        (values) => {
          const { text, heard } = fill(form, values as TemplateValues);
          for (const one of [text, heard]) expect(one).not.to.match(/[{}[\]]| {2}|\n{3}/);
        },
      ),
    );
  });
});

describe("formOf", () => {
  it("gives what follows its own fields and those of the announcement that it uses", () => {
    const clear = formOf(TEMPLATE, "allClear");

    expect(clear?.fields.map(({ name }) => name)).to.deep.equal(["area", "source", "since"]);
    expect(clear).to.include({ title: "Có nước lại", class: "ordinary", topic: "cup-nuoc" });
    expect(formOf(TEMPLATE, "correction")).to.equal(undefined);
  });
});
