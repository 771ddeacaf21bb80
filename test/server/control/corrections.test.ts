import { expect } from "chai";
import { areaId, receiverId, templateId } from "../../../src/domain/ids.js";
import { templateSchema } from "../../../src/domain/template.js";
import { aNewsroom, BY, WATER } from "./a-newsroom.js";

const WATER_WITH_CORRECTION = templateSchema.parse({
  ...WATER,
  correction: {
    title: "Đính chính cúp nước",
    class: "priority",
    fields: [{ name: "right", type: "text", label: { vi: "điều đúng", en: "what is right" } }],
    body: "Xin đính chính tin cúp nước tại {{area}}: {{right}}.",
  },
});
const NINE = Date.UTC(2026, 10, 23, 2);
const PLAIN = "Chiều nay họp tổ.";
const areaOf = (receiver: string) => (receiver === "da-go" ? undefined : areaId("phuong"));

describe("a correction", () => {
  it("is drafted for exactly the places where the announcement was heard and still can be", async () => {
    const room = aNewsroom({ areaOf });
    const id = await room.write(PLAIN);
    const other = await room.write("Chiều mai họp tổ.");
    await room.approve(id);
    for (const receiver of ["loa-1", "xe-1", "da-go"]) room.hear(receiver, [id], NINE);
    room.hear("loa-1", [id], NINE + 60_000);
    room.hear("loa-2", [other], NINE);
    await room.verbs.markRecalled(id, BY);

    const { heard, correction } = room.verbs.hearings(id);
    expect(heard.map(({ receiver, area, times }) => [receiver, area, times])).to.deep.equal([
      ["loa-1", "phuong", 2],
      ["xe-1", "phuong", 1],
      ["da-go", undefined, 1],
    ]);
    expect(heard[0]).to.include({ first: "2026-11-23T02:00:00.000Z", last: "2026-11-23T02:01:00.000Z" });
    expect(correction).to.deep.equal({ from: "text" });

    const { value } = await room.verbs.correct(id, { text: "Giờ họp đúng là năm giờ chiều." }, BY);
    expect(value).to.deep.include({ corrects: id, class: "ordinary", title: "Đính chính: Bản tin" });
    expect(value.targets).to.deep.include({ areas: [], receivers: [receiverId("loa-1"), receiverId("xe-1")] });
    expect(room.view(id).stage).to.equal("recalled");
    await room.making.idle();
    await room.approve(value.id);
    expect(room.view(id).stage).to.equal("corrected");
  });

  it("comes from the template's correction where there is one, with what is known already", async () => {
    const room = aNewsroom({ areaOf, templates: [WATER_WITH_CORRECTION] });
    const values = { source: "Cấp nước", area: "Phường 1" };
    const use = { id: templateId("cup-nuoc"), version: 2, part: "body" as const, values };
    const { value: first } = await room.verbs.createFromTemplate({ template: use }, BY);
    await room.making.idle();
    await room.approve(first.id);
    room.hear("loa-1", [first.id], NINE);

    expect(room.verbs.hearings(first.id).correction).to.deep.equal({
      from: "template",
      template: { ...use, part: "correction", values: { area: "Phường 1" } },
    });
    expect(await room.refusalOf(room.verbs.correct(first.id, {}, BY))).to.include({ reason: "missing-values" });
    const { value } = await room.verbs.correct(first.id, { values: { right: "nước chảy lại lúc chín giờ" } }, BY);
    expect(value).to.deep.include({
      text: "Xin đính chính tin cúp nước tại Phường 1: nước chảy lại lúc chín giờ.",
      class: "priority",
      corrects: first.id,
    });
  });

  it("needs words where no template has any, and somebody who heard it", async () => {
    const room = aNewsroom({ areaOf });
    const id = await room.write(PLAIN);
    await room.approve(id);

    expect((await room.refusalOf(room.verbs.correct(id, { text: "Đúng là mai." }, BY))).reason).to.equal("never-heard");
    await room.verbs.markRecalled(id, BY);
    expect((await room.refusalOf(room.verbs.correct(id, { text: "Đúng là mai." }, BY))).reason).to.equal("never-heard");
    room.hear("loa-1", [id], NINE);
    expect(await room.refusalOf(room.verbs.correct(id, {}, BY))).to.include({ code: "invalid", path: "/text" });
  });

  it("is a draft like any other: its targets may be widened, which is another version", async () => {
    const room = aNewsroom({ areaOf });
    const id = await room.write(PLAIN);
    await room.approve(id);
    room.hear("loa-1", [id], NINE);
    const { value } = await room.verbs.correct(id, { text: "Giờ họp đúng là năm giờ chiều." }, BY);
    await room.making.idle();
    await room.approve(value.id);

    await room.verbs.updateAnnouncement(value.id, { targets: null }, { expected: "*", by: BY });

    expect(room.view(value.id)).to.include({ approved: false }).and.not.have.property("targets");
  });
});
