import { readFileSync } from "node:fs";
import { expect } from "chai";
import { localDate, localTime } from "../../../src/domain/local-time.js";
import { type OfficialTextId, officialTextIdSchema } from "../../../src/domain/official-text.js";
import type { Person } from "../../../src/domain/person.js";
import { templateSchema } from "../../../src/domain/template.js";
import { check } from "../../../src/language/checks/index.js";
import { aNewsroom, BY, LEADER } from "./a-newsroom.js";

const OFFICE = { name: "Cơ quan y tế (thử)" };
const HANDS = officialTextIdSchema.parse("rua-tay");
const TEXT = "Rửa tay bằng xà phòng nhiều lần trong ngày.";
const DRAFT = {
  ...{ title: "Rửa tay", class: "ordinary" as const, topic: "dich-benh", text: TEXT },
  ...{ issuer: "Cơ quan mẫu", number: "12/MAU", date: localDate("2026-11-20") },
};

async function aLibrary() {
  const room = aNewsroom();
  await room.verbs.putOfficialText(HANDS, DRAFT, { expected: undefined, by: OFFICE });
  const take = async (of: OfficialTextId = HANDS, choice = {}) => {
    const { value } = await room.verbs.takeOfficialText(of, choice, BY);
    await room.making.idle();
    return value.id;
  };
  return { ...room, take };
}

describe("an official text", () => {
  it("is taken word for word with its source, and confirmed by the very person who took it", async () => {
    const room = await aLibrary();
    const id = await room.take();

    expect(room.view(id)).to.deep.include({
      ...{ text: TEXT, authors: [OFFICE], source: "Cơ quan mẫu, văn bản số 12/MAU ngày 20/11/2026" },
      official: { id: "rua-tay", issuer: "Cơ quan mẫu", number: "12/MAU", date: "2026-11-20" },
    });
    const { value } = await room.approve(id, BY);
    expect(value.approved).to.equal(true);
    expect(value.approval).to.not.have.property("alone");
  });

  it("is not confirmed by whoever put it into the library", async () => {
    const room = await aLibrary();
    const id = await room.take();

    expect((await room.refusalOf(room.approve(id, OFFICE))).reason).to.equal("own-text");
  });

  it("leaves voice, days and places to the ward, which then confirms again and is still no author", async () => {
    const room = await aLibrary();
    const id = await room.take();
    await room.approve(id, BY);

    await room.verbs.updateAnnouncement(
      id,
      { voice: { speed: 0.8 }, validUntil: localDate("2026-12-01") },
      { expected: "*", by: BY },
    );
    await room.making.idle();

    expect(room.view(id)).to.deep.include({ approved: false, authors: [OFFICE] });
    expect(room.view(id)).to.have.property("official");
    expect((await room.approve(id, BY)).value.approved).to.equal(true);
  });

  it("is an ordinary draft after the first letter of it was changed", async () => {
    for (const change of [{ text: `${TEXT} Nhé.` }, { source: "Nguồn khác" }, { class: "priority" as const }]) {
      const room = await aLibrary();
      const id = await room.take();
      await room.verbs.updateAnnouncement(id, change, { expected: "*", by: BY });
      await room.making.idle();

      expect(room.view(id), JSON.stringify(change)).to.not.have.property("official");
      expect(room.view(id).authors).to.deep.equal([OFFICE, BY]);
      expect((await room.refusalOf(room.approve(id, BY))).reason).to.equal("own-text");
      expect((await room.approve(id, LEADER)).value.approved).to.equal(true);
    }
  });

  it("stays as it was taken when the library changes, and two who edit it there are told of each other", async () => {
    const room = await aLibrary();
    const id = await room.take();
    const { revision } = room.verbs.officialText(HANDS);
    await room.verbs.putOfficialText(HANDS, { ...DRAFT, text: "Khác." }, { expected: revision, by: OFFICE });

    expect(room.view(id).text).to.equal(TEXT);
    const late = room.verbs.putOfficialText(HANDS, DRAFT, { expected: revision, by: BY });
    expect(await room.refusalOf(late)).to.include({ code: "conflict", reason: "stale" });
    const anew = room.verbs.putOfficialText(HANDS, DRAFT, { expected: undefined, by: BY });
    expect((await room.refusalOf(anew)).code).to.equal("conflict");
  });
});

describe("figures of cases", () => {
  const CASES = templateSchema.parse(JSON.parse(readFileSync("config/templates/ca-benh.json", "utf8")));
  const CONFIRMED = {
    ...{
      area: "phường mẫu",
      asOfDate: localDate("2026-11-22"),
      asOfTime: localTime("18:00"),
      newCases: 3,
      recovered: 5,
    },
    source: "Trung tâm Y tế mẫu, báo cáo số 13/BC-TTYT ngày 22/11/2026",
  };
  const gatesOf = (room: ReturnType<typeof aNewsroom>, id: string) =>
    room.view(id).findings?.flatMap(({ check: name, severity }) => (name === "figures.unconfirmed" ? [severity] : []));
  const aRoom = () => aNewsroom({ templates: [CASES], check });
  const use = (values: object) => ({
    id: CASES.id,
    version: CASES.version,
    part: "body" as const,
    values: { ...values },
  });

  it("come from what the health office confirmed, whatever the values say, and then nothing holds them back", async () => {
    const room = aRoom();
    const { id: figures } = await room.verbs.confirmFigures(CONFIRMED, OFFICE);
    const { value } = await room.verbs.createFromTemplate({ template: { ...use({ newCases: 99 }), figures } }, BY);
    await room.making.idle();

    expect(value.text).to.include("3 ca mắc mới").and.include("5 người đã khỏi");
    expect(value.template).to.deep.include({ figures });
    expect(gatesOf(room, value.id)).to.deep.equal([]);
    expect((await room.approve(value.id)).value.approved).to.equal(true);
    expect(room.events.find(({ kind }) => kind === "figures.confirmed")?.detail).to.deep.equal({ id: figures });
  });

  it("that somebody filled in by hand are a gate, to be decided with a reason by whoever may confirm figures", async () => {
    const room = aRoom();
    const { value } = await room.verbs.createFromTemplate({ template: use({ ...CONFIRMED }) }, BY);
    await room.making.idle();
    expect(gatesOf(room, value.id)).to.deep.equal(["gate"]);
    expect((await room.refusalOf(room.approve(value.id))).reason).to.equal("gates");

    for (const { id: finding, decision } of room.view(value.id).findings ?? [])
      if (decision) {
        const decide = (mayConfirm: boolean, by: Person) =>
          room.verbs.decide(value.id, { finding, reason: "đúng với báo cáo", mayConfirm }, by);
        expect(await room.refusalOf(decide(false, LEADER))).to.include({
          code: "forbidden",
          reason: "only-confirmers",
        });
        await decide(true, OFFICE);
      }
    expect((await room.approve(value.id)).value.approved).to.equal(true);
  });

  it("are free again when the text is changed by hand, or the office withdraws them", async () => {
    const room = aRoom();
    const { id: figures } = await room.verbs.confirmFigures(CONFIRMED, OFFICE);
    const make = async () => {
      const { value } = await room.verbs.createFromTemplate({ template: { ...use({}), figures } }, BY);
      await room.making.idle();
      return value.id;
    };
    const [edited, late] = [await make(), await make()];
    const text = room.view(edited).text?.replace("3 ca", "2 ca") ?? "";
    await room.verbs.updateAnnouncement(edited, { text }, { expected: "*", by: BY });
    await room.making.idle();
    expect(gatesOf(room, edited)).to.deep.equal(["gate"]);

    await room.verbs.withdrawFigures(figures, "nhầm địa bàn", OFFICE);
    expect((await room.refusalOf(room.approve(late))).reason).to.equal("gates");
    expect((await room.refusalOf(make())).reason).to.equal("figures-withdrawn");
  });
});
