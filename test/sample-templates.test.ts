import { expect } from "chai";
import { fill } from "../src/domain/fill-template.js";
import { localDate } from "../src/domain/local-time.js";
import { type Field, type Form, formOf, templatePartSchema } from "../src/domain/template.js";
import { check } from "../src/language/checks/index.js";
import { normalise } from "../src/language/index.js";
import { loadStation } from "../src/server/config.js";

const { templates, firstStart } = loadStation(".", { env: {} });
const forms = templates.flatMap((template) =>
  templatePartSchema.options.flatMap((part) => {
    const form = formOf(template, part);
    return form ? [{ name: `${template.id}/${part}`, form }] : [];
  }),
);

/** A plausible value, as an officer would fill it in. */
function filledAs(field: Field): string | number {
  switch (field.type) {
    case "choice":
      return field.choices[0] ?? "";
    case "number":
      return field.min;
    case "case-count":
    case "money":
      return 1250;
    case "date":
      return "2026-11-30";
    case "time":
      return "17:30";
    case "phone":
      return "02633822145";
    case "place":
      return "nhà sinh hoạt cộng đồng";
    case "source":
      return "Thông báo số 12/TB-TTYT ngày 20/11/2026 của Trung tâm Y tế";
    case "text":
      return "việc chung của khu phố";
  }
}
const valuesOf = ({ fields }: Form, wanted: (field: Field) => boolean) =>
  Object.fromEntries(fields.filter(wanted).map((field) => [field.name, filledAs(field)]));
const gatesIn = (text: string, about: Pick<Form, "class" | "topic"> & { source?: string | undefined }) =>
  check(normalise(text), { today: localDate("2026-11-23"), ...about }).filter(({ decision }) => decision);

describe("the sample templates", () => {
  it("cover what wards announce, and are marked as samples", () => {
    expect(templates.length).to.be.at.least(14);
    for (const { title } of forms.map(({ form }) => form)) expect(title).to.match(/\(bản mẫu\)$/);
    expect(new Set(templates.flatMap(({ fields }) => fields.map(({ type }) => type)))).to.include.members([
      ...["text", "place", "source", "number", "case-count", "date", "time", "phone", "choice"],
    ]);
  });

  it("ask a case bulletin for new and recovered cases, the instant of the figures and their source", () => {
    const cases = templates.filter(({ fields }) => fields.some(({ type }) => type === "case-count"));

    expect(cases).to.have.length(1);
    const required = cases[0]?.fields.filter((field) => field.required).map(({ name }) => name);
    expect(required).to.include.members(["source", "asOfTime", "asOfDate", "newCases", "recovered"]);
  });

  it("have an all-clear and a correction for every emergency", () => {
    const emergencies = templates.filter((template) => template.class === "emergency");

    expect(emergencies.length).to.be.at.least(3);
    for (const { id, allClear, correction } of emergencies) {
      expect(allClear?.body, id).to.match(/trở về|bình thường/);
      expect(correction?.body, id).to.include("đính chính");
    }
  });

  it("invent no names and no numbers", () => {
    for (const { name, form } of forms) expect(form.body, name).not.to.match(/\d/);
    for (const { name, form } of forms) expect(form.body, name).to.equal(form.body.normalize("NFC"));
  });

  for (const { name, form } of forms) {
    it(`${name} reads through, whole and with the least filled in, and passes every gate`, () => {
      for (const wanted of [() => true, (field: Field) => field.required]) {
        const { text, missing, problems, source } = fill(form, valuesOf(form, wanted));
        const { unknown, spoken, seconds } = normalise(text);

        expect([...missing, ...problems]).to.deep.equal([]);
        expect(text).not.to.match(/[«»{}[\]]| {2}|[.?!]\s+\p{Ll}|\.\./u);
        expect(unknown).to.deep.equal([]);
        expect(spoken).not.to.match(/\d/);
        expect(seconds).to.be.lessThan(90);
        expect(gatesIn(text, { ...form, source })).to.deep.equal([]);
      }
    });
  }
});

describe("the announcements that a station brings along", () => {
  for (const { id, text = "", class: of, topic, source } of firstStart?.announcements ?? [])
    it(`${id} can be approved: every word has a reading, and nothing waits for a decision`, () => {
      expect(normalise(text).unknown).to.deep.equal([]);
      expect(gatesIn(text, { class: of, topic, source })).to.deep.equal([]);
    });
});
