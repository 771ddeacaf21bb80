import { expect } from "chai";
import { announcementSchema } from "../../../src/domain/announcement.js";
import { announcementId } from "../../../src/domain/ids.js";
import { normalise } from "../../../src/language/index.js";
import { aClip } from "../../support/a-station.js";
import { aNewsroom, BY, LEADER } from "./a-newsroom.js";

const PLAIN = "Kính thưa bà con, chiều nay họp tổ.";

describe("an approval", () => {
  it("is given to a text that reads through and in which nothing was found", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);

    expect(room.view(id)).to.include({ state: "ready", spokenText: PLAIN });
    expect(room.view(id).reading?.unknown).to.deep.equal([]);
    expect((await room.approve(id)).value.approved).to.equal(true);
  });

  it("is of a version that keeps what is said otherwise than it is written", async () => {
    const room = aNewsroom();
    const id = await room.write("Họp lúc 7h ở UBND.");
    await room.approve(id);
    expect(room.view(id).reading?.tokens).to.deep.equal([
      { start: 8, end: 10, spoken: "bảy giờ", kind: "time" },
      { start: 13, end: 17, spoken: "Ủy ban nhân dân", kind: "abbreviation" },
    ]);
  });

  it("is refused while words have no reading, and names them", async () => {
    const room = aNewsroom();
    const id = await room.write("Bà con cài ứng dụng Xyzq và Wkrt.");

    const refusal = await room.refusalOf(room.approve(id));

    expect(refusal).to.include({ code: "forbidden", reason: "unknown-words" });
    expect(refusal.message).to.include("«Xyzq»").and.include("«Wkrt»");
    expect(room.view(id).reading?.unknown).to.deep.include({ text: "Xyzq", start: 20, end: 24 });
    expect(room.view(id).approved).to.equal(false);
  });

  it("is refused while a finding that must be decided is not, and names it", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin giữ kín. Xin lưu ý.");

    const refusal = await room.refusalOf(room.approve(id));

    expect(refusal).to.include({ code: "forbidden", reason: "gates" });
    expect(refusal.message).to.include("«kín»").and.not.include("lưu ý");
    expect(room.view(id).findings?.map(({ found }) => found)).to.deep.equal(["kín", "lưu ý"]);
  });

  it("is given once a person has decided, with name and reason on record", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin giữ kín.");
    const finding = room.view(id).findings?.[0]?.id ?? "";

    await room.verbs.decide(id, { finding, reason: "không nêu tên ai", mayConfirm: false }, LEADER);
    const { value } = await room.approve(id);

    expect(value.approved).to.equal(true);
    expect(value.decisions).to.deep.equal([
      { finding, by: "anh Minh", at: "2026-11-23T01:00:00.000Z", reason: "không nêu tên ai" },
    ]);
    expect(room.events.find(({ kind }) => kind === "announcement.decided")).to.deep.include({
      by: "anh Minh",
      why: "không nêu tên ai",
      detail: { id, finding, check: "privacy.name" },
    });
  });

  it("is not opened by the decision of an author, which only explains; the approver decides", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin giữ kín.");
    const finding = room.view(id).findings?.[0]?.id ?? "";
    await room.verbs.decide(id, { finding, reason: "không nêu tên ai", mayConfirm: false }, BY);
    expect((await room.verbs.submit(id, room.version(id), BY)).value.stage).to.equal("submitted");

    const refusal = await room.refusalOf(room.approve(id));
    expect(refusal).to.include({ code: "forbidden", reason: "gates" });
    expect(refusal.message).to.include("«kín»");

    await room.verbs.decide(id, { finding, reason: "đã hỏi lại, đúng", mayConfirm: false }, LEADER);
    expect((await room.approve(id)).value.approved).to.equal(true);
    expect(room.view(id).decisions?.map(({ by }) => by)).to.deep.equal([LEADER.name]);
  });

  it("is not opened by a decision of whoever has changed it since, either", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin giữ kín.");
    const finding = room.view(id).findings?.[0]?.id ?? "";
    await room.verbs.decide(id, { finding, reason: "đúng ý", mayConfirm: false }, LEADER);
    await room.verbs.updateAnnouncement(id, { class: "priority" }, { expected: "*", by: LEADER });

    expect((await room.refusalOf(room.approve(id, { name: "chị Lan" }))).reason).to.equal("gates");
  });

  it("is opened by the only officer of a station, with a mark on the decision and in the log", async () => {
    const room = aNewsroom({ twoPeople: { singleOfficer: true } });
    const id = await room.write("Xin giữ kín.");
    const finding = room.view(id).findings?.[0]?.id ?? "";
    await room.verbs.decide(id, { finding, reason: "không nêu tên ai", mayConfirm: false }, BY);

    expect((await room.approve(id, BY)).value.approved).to.equal(true);
    expect(room.view(id).decisions?.[0]).to.include({ alone: "single-officer" });
    expect(room.events.find(({ kind }) => kind === "announcement.decided")?.detail).to.include({
      alone: "single-officer",
    });
  });

  it("needs a decision about each place, not one for all", async () => {
    const room = aNewsroom();
    const id = await room.write("Giữ kín cửa, giữ kín nguồn nước.");
    const [first] = room.view(id).findings ?? [];

    await room.verbs.decide(id, { finding: first?.id ?? "", reason: "đúng ý", mayConfirm: false }, BY);

    expect((await room.refusalOf(room.approve(id))).reason).to.equal("gates");
  });

  it("is refused when the checks find something today that they did not find when it was written", async () => {
    let strict = false;
    const gate = { check: "date.expired", severity: "gate", start: 0, end: 0, found: "", decision: true } as const;
    const words = { vi: "ngày đã qua", en: "the day is over" };
    const room = aNewsroom({ check: () => (strict ? [{ ...gate, words, suggestion: words }] : []) });
    const id = await room.write(PLAIN);
    strict = true;

    expect((await room.refusalOf(room.approve(id))).message).to.include("the day is over");
    expect(room.verbs.reading(id).findings).to.have.length(1);
  });

  it("is not asked of a recording's words: it has none", async () => {
    const room = aNewsroom();
    const about = { title: "Ghi âm", class: "ordinary", topic: "khac", name: "a.wav" } as const;
    const { value } = await room.verbs.createFromRecording(about, { file: "a.wav" }, BY);

    expect((await room.approve(value.id)).value.approved).to.equal(true);
    expect(room.verbs.reading(value.id)).to.deep.include({ tokens: [], findings: [], isCurrent: true });
  });

  it("of a text that was kept before readings were is given after it was read again", async () => {
    const old = { id: "cu", title: "Cũ", class: "ordinary", topic: "khac", text: PLAIN, spokenText: PLAIN };
    const room = aNewsroom({ first: [announcementSchema.parse({ ...old, clip: aClip(3) })] });
    const id = announcementId("cu");

    expect((await room.refusalOf(room.approve(id))).reason).to.equal("unread");
    await room.making.idle();

    expect((await room.approve(id)).value.approved).to.equal(true);
  });
});

describe("a new text", () => {
  it("stands alone until it has its sound: nothing that was made of the old one is shown beside it", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    await room.approve(id);

    await room.verbs.updateAnnouncement(id, { text: "Chiều mai nghỉ họp." }, { expected: "*", by: BY });

    expect(room.view(id)).to.include({ state: "making", text: "Chiều mai nghỉ họp.", approved: false });
    expect(room.view(id)).to.not.have.any.keys("spokenText", "reading", "clip", "version", "approval", "problem");
    await room.making.idle();
    expect(room.view(id)).to.include({ state: "ready", spokenText: "Chiều mai nghỉ họp." });
  });

  it("has no spoken text of another one either when the voice fails", async () => {
    let isMute = false;
    const speak = async () => {
      if (isMute) throw new Error("mute");
      return { file: "speech.wav", voice: { provider: "espeak", voice: "vi", speed: 1 } };
    };
    const room = aNewsroom({ voices: { speak, list: () => [] } });
    const id = await room.write(PLAIN);
    isMute = true;

    await room.verbs.updateAnnouncement(id, { text: "Chiều mai nghỉ họp." }, { expected: "*", by: BY });
    await room.making.idle();

    expect(room.view(id)).to.include({ state: "failed", spokenText: "Chiều mai nghỉ họp." });
    expect(room.view(id).clip).to.equal(undefined);
  });
});

describe("decisions", () => {
  it("end with the text that they were about", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin giữ kín.");
    await room.verbs.decide(
      id,
      { finding: room.view(id).findings?.[0]?.id ?? "", reason: "đúng ý", mayConfirm: false },
      BY,
    );

    await room.verbs.updateAnnouncement(id, { text: "Xin giữ kín nhé." }, { expected: "*", by: BY });
    await room.making.idle();

    expect(room.view(id).decisions).to.equal(undefined);
    expect((await room.refusalOf(room.approve(id))).reason).to.equal("gates");
  });

  it("outlive a new title and a new class", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin giữ kín.");
    await room.verbs.decide(
      id,
      { finding: room.view(id).findings?.[0]?.id ?? "", reason: "đúng ý", mayConfirm: false },
      LEADER,
    );
    await room.approve(id);

    await room.verbs.updateAnnouncement(id, { title: "Tên khác" }, { expected: "*", by: BY });
    expect(room.view(id).approved).to.equal(true);
    await room.verbs.updateAnnouncement(id, { class: "priority" }, { expected: "*", by: BY });

    expect(room.view(id).approved).to.equal(false);
    expect((await room.approve(id)).value.approved).to.equal(true);
  });

  it("are taken only about what the text has", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);

    const refusal = await room.refusalOf(
      room.verbs.decide(id, { finding: "privacy.name-x", reason: "thôi", mayConfirm: false }, BY),
    );

    expect(refusal).to.include({ code: "not-found", reason: "no-finding" });
  });

  it("replace an earlier one about the same finding", async () => {
    const room = aNewsroom();
    const id = await room.write("Xin giữ kín.");
    const finding = room.view(id).findings?.[0]?.id ?? "";

    await room.verbs.decide(id, { finding, reason: "lần đầu", mayConfirm: false }, BY);
    await room.verbs.decide(id, { finding, reason: "lần hai", mayConfirm: false }, BY);

    expect(room.view(id).decisions?.map(({ reason }) => reason)).to.deep.equal(["lần hai"]);
  });
});

describe("reading again", () => {
  const withReadings = () => {
    const lexicon: { written: string; spoken: string }[] = [];
    const room = aNewsroom({ normalise: (text) => normalise(text, { lexicon }) });
    return { ...room, teach: (written: string, spoken: string) => lexicon.push({ written, spoken }) };
  };

  it("gives the words that were taught meanwhile their sound, and asks for a new approval", async () => {
    const room = withReadings();
    const id = await room.write("Bà con cài ứng dụng Xyzq.");
    room.teach("Xyzq", "ích xì");
    expect(room.verbs.reading(id)).to.deep.include({ isCurrent: false, unknown: [] });

    await room.verbs.readAgain(id, BY);
    expect(room.view(id)).to.include({ state: "making" }).and.not.have.any.keys("spokenText", "reading", "clip");
    await room.making.idle();

    expect(room.view(id).spokenText).to.include("ích xì");
    expect(room.view(id).reading?.unknown).to.deep.equal([]);
    expect((await room.approve(id)).value.approved).to.equal(true);
  });

  it("leaves an approved announcement alone while nobody asks, and withdraws the approval when it then differs", async () => {
    const room = withReadings();
    const id = await room.write("Họp tổ lúc chiều.");
    await room.approve(id);
    room.teach("tổ", "tổ dân phố");
    expect(room.view(id).approved).to.equal(true);

    await room.verbs.readAgain(id, BY);
    await room.making.idle();

    expect(room.view(id)).to.include({ approved: false, spokenText: "Họp tổ dân phố lúc chiều." });
  });

  it("changes nothing that is heard the same, and keeps its approval", async () => {
    const room = withReadings();
    const id = await room.write(PLAIN);
    const { value } = await room.approve(id);

    await room.verbs.readAgain(id, BY);

    expect(room.making.isMaking(id)).to.equal(false);
    expect(room.view(id)).to.include({ approved: true, version: value.version });
  });

  it("is refused for recordings and for what was recalled", async () => {
    const room = aNewsroom();
    const id = await room.write(PLAIN);
    await room.verbs.markRecalled(id, BY);
    const about = { title: "Ghi âm", class: "ordinary", topic: "khac", name: "a.wav" } as const;
    const recording = await room.verbs.createFromRecording(about, { file: "a.wav" }, BY);

    expect((await room.refusalOf(room.verbs.readAgain(id, BY))).reason).to.equal("recalled");
    expect((await room.refusalOf(room.verbs.readAgain(recording.value.id, BY))).reason).to.equal("no-text");
  });
});
