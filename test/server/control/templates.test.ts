import { expect } from "chai";
import { templateId } from "../../../src/domain/ids.js";
import { aNewsroom, BY, WATER } from "./a-newsroom.js";

const VALUES = { source: "công ty cấp nước", area: "tổ dân phố số năm" };
const use = (more: object = {}) =>
  ({ id: WATER.id, version: 2, part: "body" as const, values: VALUES, ...more }) as const;

describe("an announcement from a template", () => {
  it("has the template's title, class and topic, its text and source, and keeps the values", async () => {
    const room = aNewsroom();

    const { value } = await room.verbs.createFromTemplate({ template: use() }, BY);

    expect(value).to.deep.include({
      id: "cup-nuoc",
      title: "Cúp nước",
      class: "priority",
      topic: "cup-nuoc",
      source: "công ty cấp nước",
      text: "Theo công ty cấp nước, nước tạm ngừng tại tổ dân phố số năm.",
      template: use(),
    });
  });

  it("has its maker's title, class and source where those are given", async () => {
    const room = aNewsroom();
    const own = { title: "Sửa ống", class: "ordinary", source: "giấy mời" } as const;

    const { value } = await room.verbs.createFromTemplate({ ...own, template: use() }, BY);

    expect(value).to.include({ title: "Sửa ống", class: "ordinary", source: "giấy mời", topic: "cup-nuoc" });
  });

  it("may be what follows the announcement", async () => {
    const room = aNewsroom();
    const template = use({ part: "allClear", values: { area: "tổ năm" } });

    const { value } = await room.verbs.createFromTemplate({ template }, BY);

    expect(value).to.include({ title: "Có nước lại", class: "ordinary", text: "Tại tổ năm đã có nước lại." });
  });

  it("can be filled in again: the new text needs a new approval", async () => {
    const room = aNewsroom();
    const { value } = await room.verbs.createFromTemplate({ title: "Sửa ống", template: use() }, BY);
    await room.making.idle();
    await room.approve(value.id);

    const template = use({ values: { ...VALUES, area: "tổ dân phố số sáu" } });
    await room.verbs.updateFromTemplate(value.id, { template }, { expected: "*", by: BY });
    await room.making.idle();

    expect(room.view(value.id)).to.include({ title: "Sửa ống", approved: false });
    expect(room.view(value.id).text).to.include("số sáu");
    expect(room.view(value.id).template?.values).to.include({ area: "tổ dân phố số sáu" });
  });

  it("is its own text once somebody has changed it by hand", async () => {
    const room = aNewsroom();
    const { value } = await room.verbs.createFromTemplate({ template: use() }, BY);
    const as = { expected: "*", by: BY };

    await room.verbs.updateAnnouncement(value.id, { title: "Khác" }, as);
    expect(room.view(value.id).template).not.to.equal(undefined);
    await room.verbs.updateAnnouncement(value.id, { text: "Nước có lại rồi." }, as);

    expect(room.view(value.id).template).to.equal(undefined);
  });

  const BAD: [name: string, more: object, is: object, says: string][] = [
    ["a value is missing", { values: { area: "x" } }, { code: "invalid", path: "/template/values/source" }, "nguồn"],
    [
      "a value is wrong",
      { values: { ...VALUES, phone: "12" } },
      { code: "invalid", path: "/template/values/phone", reason: "wrong-values" },
      "telephone",
    ],
    ["a value is nobody's", { values: { ...VALUES, aera: "x" } }, { path: "/template/values/aera" }, "area"],
    ["the template has changed", { version: 1 }, { code: "conflict", reason: "other-version" }, "version 2"],
    ["the template has no such part", { part: "correction" }, { code: "not-found" }, "correction"],
    ["there is no such template", { id: templateId("cup-nuo") }, { code: "not-found" }, "cup-nuoc"],
  ];
  for (const [name, more, is, says] of BAD)
    it(`is refused when ${name}, and nothing is kept`, async () => {
      const room = aNewsroom();

      const refusal = await room.refusalOf(
        Promise.resolve().then(() => room.verbs.createFromTemplate({ template: use(more) }, BY)),
      );

      expect(refusal).to.include(is);
      expect(refusal.message).to.include(says);
      expect(room.announcements.all()).to.deep.equal([]);
    });
});

describe("the preview of a template", () => {
  const preview = (values: Record<string, string>) =>
    aNewsroom().verbs.previewTemplate(WATER.id, { part: "body", values });

  it("shows what is still to come, for the eye and for the ear", () => {
    const { text, spoken, missing, findings, unknown } = preview({ area: "chợ" });

    expect(text).to.equal("Theo «nguồn», nước tạm ngừng tại chợ.");
    expect(spoken).to.match(/^Theo… nước tạm ngừng tại chợ\.$/u);
    expect(missing.map(({ name }) => name)).to.deep.equal(["source"]);
    expect(unknown).to.deep.equal([]);
    expect(findings).to.equal(undefined);
  });

  it("says what has no reading and what the checks find once it is whole", () => {
    const { unknown, findings, seconds } = preview({ source: "công ty Xyzq", area: "ngõ kín" });

    expect(unknown).to.deep.equal(["Xyzq"]);
    expect(findings?.map(({ found }) => found)).to.deep.equal(["kín"]);
    expect(seconds).to.be.greaterThan(1);
  });
});
