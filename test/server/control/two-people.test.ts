import { expect } from "chai";
import { accountIdSchema } from "../../../src/domain/person.js";
import { aNewsroom, BY, LEADER } from "./a-newsroom.js";

const PLAIN = "Kính thưa bà con, chiều nay họp tổ.";

describe("the rule of two people", () => {
  it("refuses the author's own approval, keeps the draft, and takes another person's", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);

    const refusal = await room.refusalOf(room.approve(id, BY));

    expect(refusal).to.include({ code: "forbidden", reason: "own-text" });
    expect(room.view(id)).to.include({ stage: "checked", approved: false });
    expect((await room.approve(id, LEADER)).value.approval).to.deep.include({ by: LEADER.name });
    expect(room.view(id).approval).to.not.have.property("alone");
  });

  it("counts everybody who has changed it since the last approval as an author", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    await room.verbs.updateAnnouncement(id, { text: "Chiều mai họp tổ." }, { expected: "*", by: LEADER });
    await room.making.idle();

    expect((await room.refusalOf(room.approve(id, BY))).reason).to.equal("own-text");
    expect((await room.refusalOf(room.approve(id, LEADER))).reason).to.equal("own-text");
    const third = { name: "chị Lan" };
    expect((await room.approve(id, third)).value.authors).to.deep.equal([BY, LEADER]);

    await room.verbs.updateAnnouncement(id, { text: "Chiều kia họp tổ." }, { expected: "*", by: third });
    await room.making.idle();
    expect(room.view(id).authors).to.deep.equal([third]);
    expect((await room.approve(id, BY)).value.approved).to.equal(true);
  });

  it("counts whoever changes its class, its days, its source or its reading while the sound is still being made", async () => {
    for (const change of [
      { class: "priority" },
      { validUntil: "2026-12-01" },
      { source: "Ủy ban nhân dân phường" },
      { topic: "hop-to" },
    ]) {
      const room = aNewsroom();
      const { value } = await room.verbs.createFromText(
        { title: "Họp", class: "ordinary", topic: "khac", text: PLAIN },
        BY,
      );
      await room.verbs.updateAnnouncement(value.id, change as object, { expected: "*", by: LEADER });
      await room.making.idle();
      expect((await room.refusalOf(room.approve(value.id, LEADER))).reason, JSON.stringify(change)).to.equal(
        "own-text",
      );
    }
  });

  it("does not count whoever only mends the title, which nobody hears, nor whoever decides about a finding", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin giữ kín.");
    await room.verbs.updateAnnouncement(id, { title: "Tên khác" }, { expected: "*", by: LEADER });
    const finding = room.view(id).findings?.[0]?.id ?? "";
    await room.verbs.decide(id, { finding, reason: "không nêu tên ai", mayConfirm: false }, LEADER);

    expect((await room.approve(id, LEADER)).value.approved).to.equal(true);
  });

  it("compares accounts where both have one, and names where one has none", async () => {
    const room = aNewsroom();
    const account = (name: string) => accountIdSchema.parse(name);
    const { value } = await room.verbs.createFromText(
      { title: "Họp", class: "ordinary", topic: "khac", text: PLAIN },
      { name: "Hoa", account: account("hoa") },
    );
    await room.making.idle();
    const refused = async (by: Parameters<typeof room.approve>[1]) =>
      (await room.refusalOf(room.approve(value.id, by))).reason;

    expect(await refused({ name: "Hoa Trần", account: account("hoa") })).to.equal("own-text");
    expect(await refused({ name: "Hoa" })).to.equal("own-text");
    expect(await refused({ name: "Hoa", account: account("hoa-2") })).to.equal(undefined);
  });

  it("lets an author approve an emergency, and marks it", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN, { class: "emergency" });

    expect((await room.approve(id, BY)).value.approval).to.include({ by: BY.name, alone: "emergency" });
  });

  it("lets the only officer of a station approve, and marks it in the view and in the log", async () => {
    const room = aNewsroom({ twoPeople: { singleOfficer: true } });
    const id = await room.write(PLAIN);

    const { value } = await room.approve(id, BY);

    expect(value.approval).to.include({ by: BY.name, alone: "single-officer" });
    expect(room.events.find(({ kind }) => kind === "announcement.approved")).to.include({
      by: BY.name,
      why: "single-officer",
    });
  });

  it("marks what a station comes with as brought in", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);

    const { value } = await room.verbs.approveBroughtIn(id, room.version(id), BY);

    expect(value).to.deep.include({ approved: true });
    expect(value.approval).to.include({ alone: "brought-in" });
  });
});

describe("the way to an approval", () => {
  it("goes from draft over checked and submitted to approved", async () => {
    const room = aNewsroom();
    const { value } = await room.verbs.createFromText(
      { title: "Họp", class: "ordinary", topic: "khac", text: PLAIN },
      BY,
    );
    const { id } = value;
    expect(value.stage).to.equal("draft");
    await room.making.idle();
    expect(room.view(id).stage).to.equal("checked");
    expect((await room.verbs.submit(id, room.version(id), BY)).value.stage).to.equal("submitted");
    expect((await room.approve(id)).value)
      .to.include({ stage: "approved" })
      .and.not.have.property("submission");
    expect(
      room.verbs.historyOf(id, { after: 0, limit: 10 }).lines.map(({ what, by }) => `${what} ${by}`),
    ).to.deep.equal(["created chị Hoa", "submitted chị Hoa", "approved anh Minh"]);
  });

  it("refuses to submit what may not be approved, with what is the matter", async () => {
    const room = aNewsroom();
    const id = await room.write("Bà con cài ứng dụng Xyzq.");

    expect((await room.refusalOf(room.verbs.submit(id, room.version(id), BY))).reason).to.equal("unknown-words");
    expect(room.view(id).stage).to.equal("draft");
  });

  it("sends it back with a reason that stays until it is submitted again", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    await room.verbs.submit(id, room.version(id), BY);

    await room.verbs.sendBack(id, { version: room.version(id), reason: "thiếu giờ họp" }, LEADER);
    expect(room.view(id)).to.include({ stage: "returned" });
    expect((await room.refusalOf(room.approve(id))).reason).to.equal("returned");

    await room.verbs.updateAnnouncement(id, { text: "Chiều nay, lúc năm giờ, họp tổ." }, { expected: "*", by: BY });
    await room.making.idle();
    expect(room.view(id)).to.include({ stage: "checked" });
    expect(room.view(id).returned).to.include({ by: LEADER.name, reason: "thiếu giờ họp" });

    await room.verbs.submit(id, room.version(id), BY);
    expect(room.view(id)).to.include({ stage: "submitted" }).and.not.have.property("returned");
    expect(room.events.find(({ kind }) => kind === "announcement.returned")?.why).to.equal("thiếu giờ họp");
  });

  it("returns only what was submitted", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    const verdict = { version: room.version(id), reason: "thiếu giờ họp" };

    expect((await room.refusalOf(room.verbs.sendBack(id, verdict, LEADER))).reason).to.equal("checked");
  });

  it("ends a submission with the first change", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    await room.verbs.submit(id, room.version(id), BY);

    await room.verbs.updateAnnouncement(id, { class: "priority" }, { expected: "*", by: BY });

    expect(room.view(id)).to.include({ stage: "checked" }).and.not.have.property("submission");
  });

  it("takes a submission back without, and an approval only with a reason", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    await room.verbs.submit(id, room.version(id), BY);
    await room.verbs.withdraw(id, {}, BY);
    expect(room.view(id).stage).to.equal("checked");

    await room.approve(id);
    expect(await room.refusalOf(room.verbs.withdraw(id, {}, BY))).to.include({
      code: "invalid",
      path: "/reason",
    });
    await room.verbs.withdraw(id, { reason: "ngày họp đã đổi" }, BY);

    expect(room.view(id)).to.include({ stage: "checked", approved: false });
    expect((await room.refusalOf(room.approve(id, BY))).reason).to.equal("own-text");
  });

  it("takes every change of what is heard, its days or its source with the approval, but not of its title", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    for (const change of [
      { source: "UBND phường" },
      { validUntil: "2026-12-01" },
      { topic: "hop" },
      { voice: { speed: 0.8 } },
    ]) {
      await room.approve(id);
      expect(room.view(id).approved).to.equal(true);
      await room.verbs.updateAnnouncement(id, change as object, { expected: "*", by: BY });
      await room.making.idle();
      expect(room.view(id).approved, JSON.stringify(change)).to.equal(false);
    }
    await room.approve(id);
    await room.verbs.updateAnnouncement(id, { title: "Khác" }, { expected: "*", by: BY });
    expect(room.view(id).approved).to.equal(true);
  });

  it("answers an approval that is asked for once more without a second line in the log", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    await room.approve(id);
    await room.approve(id);

    expect(room.events.filter(({ kind }) => kind === "announcement.approved")).to.have.length(1);
  });

  it("refuses a version that was changed meanwhile, and does not approve the newer one", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    const read = room.version(id);
    await room.verbs.updateAnnouncement(id, { text: "Chiều mai họp tổ." }, { expected: "*", by: BY });
    await room.making.idle();

    expect((await room.refusalOf(room.verbs.approve(id, read, LEADER))).reason).to.equal("other-version");
    expect(room.view(id).approved).to.equal(false);
  });

  it("is over with the last day of its validity", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN, { validUntil: "2026-11-22" });

    expect(room.view(id).stage).to.equal("expired");
    expect((await room.refusalOf(room.approve(id))).reason).to.equal("expired");
  });
});
