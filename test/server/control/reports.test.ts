import { createHash } from "node:crypto";
import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import { epoch } from "../../../src/base/units.js";
import type { AirtimeRaise } from "../../../src/domain/airtime-raise.js";
import type { Declaration } from "../../../src/domain/alert-level.js";
import type { Announcement } from "../../../src/domain/announcement.js";
import { areaId, type Sha256, sha256 } from "../../../src/domain/ids.js";
import { localDate, localTime } from "../../../src/domain/local-time.js";
import { reportOf } from "../../../src/domain/report.js";
import type { ReportMatter } from "../../../src/domain/report-matter.js";
import type { PaperMatter } from "../../../src/domain/report-paper.js";
import { monthSchema } from "../../../src/domain/report-period.js";
import type { Submission } from "../../../src/domain/report-submission.js";
import { createReportVerbs } from "../../../src/server/control/reports.js";
import { aCity } from "../../support/a-city-month.js";
import { failureOf } from "../../support/failure-of.js";
import { fakeRecords } from "../../support/fake-records.js";

const month = monthSchema.parse("2026-11");
const by = { name: "Chị Hoa" };
const FIGURES = {
  ...{ days: [], sessions: [], busiest: [], contents: [], coverage: [], reasons: [] },
  ...{ recalls: [], complaints: [], repairs: [], levels: [], vans: [], heads: [] },
};

interface Decided {
  readonly hasLoudspeakers?: boolean;
  readonly declarations?: readonly Declaration[];
  readonly raises?: readonly AirtimeRaise[];
  /** When the log began. */
  readonly began?: string;
}

function start(
  today: string,
  { hasLoudspeakers = true, declarations = [], raises = [], began = "2025-01-01" }: Decided = {},
) {
  const city = aCity({ receivers: 20, perDay: 1, wards: 2 });
  const told: { kind: string; why?: string | undefined; detail?: object | undefined }[] = [];
  const keys = new Set<string>();
  const asked: { matter: ReportMatter; paper: PaperMatter }[] = [];
  const kept = new Map<Sha256, Uint8Array>();
  let changes = 0;
  const state = { now: epoch(Date.parse(`${today}T02:00:00Z`)) };
  const submissions = fakeRecords<string, Submission>(({ number }) => String(number));
  const verbs = createReportVerbs({
    facts: { ...city, name: city.station, areas: new Map(city.areas.map((area) => [area.id, area])) },
    kept: {
      receivers: fakeRecords(() => "", hasLoudspeakers ? city.receivers : []) as never,
      announcements: fakeRecords<Announcement["id"], Announcement>(({ id }) => id),
      declarations: fakeRecords(({ from }) => from, declarations),
      raises: fakeRecords(({ id }) => id, raises),
      complaints: fakeRecords(() => ""),
      submissions,
    },
    settings: {
      ...{ periodEndsOn: 25, draftOn: 23, dueOn: 25, digestAt: localTime("06:00"), symbol: "BC" },
      ...{ signer: { office: "Trưởng đài" }, recipients: [{ name: "Thành ủy", as: "b/c" }] },
    },
    moods: {},
    reporter: {
      report: async (matter) => reportOf(matter, FIGURES, { n: 7, hash: "" }),
      async file(matter, paper) {
        asked.push({ matter, paper });
        return { report: reportOf(matter, FIGURES, { n: 7, hash: "ab" }), bytes: Buffer.from("%PDF thử") };
      },
      night: async () => {
        throw new Fault("unavailable", { vi: "", en: "" });
      },
    },
    papers: {
      async keep(bytes) {
        const hash = sha256(createHash("sha256").update(bytes).digest("hex"));
        kept.set(hash, bytes);
        return hash;
      },
      read: async (hash) => kept.get(hash) ?? Buffer.from(""),
    },
    asRun: {
      event: (line) => void told.push(line),
      eventOnce(key, line) {
        if (keys.has(key)) return false;
        keys.add(key);
        told.push(line);
        return true;
      },
      beganAt: () => Date.parse(`${began}T02:00:00Z`),
    },
    now: () => state.now,
    onChange: () => (changes += 1),
  });
  const setToday = (day: string) => {
    state.now = epoch(Date.parse(`${day}T02:00:00Z`));
  };
  return { verbs, told, asked, kept, submissions, setToday, changes: () => changes };
}

describe("reports", () => {
  it("are listed for this month and the year before, each with where it stands", () => {
    const { verbs } = start("2026-11-24");
    const listed = verbs.reports();

    expect(listed).to.have.length(13);
    expect(listed[0]).to.deep.include({ month: "2026-11", stage: "draft" });
    expect(listed[0]?.words.vi).to.contain("hạn nộp 25/11/2026");
    expect(listed.at(-1)?.month).to.equal("2025-11");
  });

  it("are not late for months that were over before the station's log began, unless one was handed in", async () => {
    const { verbs, told, submissions } = start("2026-11-28", { began: "2026-11-27" });
    const listed = () => verbs.reports().map((one) => `${one.month} ${one.stage}`);
    expect(listed()).to.deep.equal(["2026-12 open"]);
    verbs.remind();
    expect(told).to.deep.equal([]);

    const handed = { number: 1, month, by: "Chị Hoa", at: "2026-11-25T02:00:00.000Z", recipients: [] };
    await submissions.put({
      ...handed,
      sha256: sha256("ab".repeat(32)),
      bytes: 1,
      upTo: 1,
      upToHash: "",
    } as Submission);
    expect(listed()).to.deep.equal(["2026-12 open", "2026-11 submitted"]);
    expect(start("2026-11-28", { began: "2026-11-25" }).verbs.reports()).to.have.length(2);
  });

  it("count a level and a raise that were ended early up to the day of that, and none that never began", async () => {
    const ended = (on: string) => ({
      by: "Ông Bình",
      at: `${on}T08:00:00.000Z`,
      reason: "hết dịch",
      on: localDate(on),
    });
    const { reason: _none, ...levelEnded } = ended("2026-11-10");
    const days = { area: areaId("phuong-1"), from: localDate("2026-11-08"), until: localDate("2026-11-20") };
    const raise = { ...days, reason: "đợt dịch mới", minutesPerDay: 60, decided: { by: "Ông Bình", at: "" } };
    const { verbs, asked } = start("2026-11-24", {
      declarations: [{ ...days, level: "cap-1", reason: "ca mới", by: "Ông Bình", ended: levelEnded }],
      raises: [
        { ...raise, id: "r1", ended: ended("2026-11-08") },
        { ...raise, id: "r2", ended: ended("2026-11-07") },
      ],
    });
    await verbs.submitReport(month, {}, by);
    const matter = asked[0]?.matter;
    expect(matter?.declarations.map(({ from, until }) => [from, until])).to.deep.equal([["2026-11-08", "2026-11-10"]]);
    expect(matter?.raises.map(({ from, until }) => [from, until])).to.deep.equal([["2026-11-08", "2026-11-08"]]);
    expect(JSON.stringify(matter)).to.not.include("decided");
  });

  it("are reminded of once when drafted, once when due, once when late, and not any more when handed in", async () => {
    const { verbs, told, setToday, changes } = start("2026-11-22");
    const reminders = () => told.filter(({ kind }) => kind === "report.reminder").map(({ why }) => why);
    verbs.remind();
    expect(reminders()).to.deep.equal([]);
    for (const day of ["23", "23", "24", "25", "25", "26", "27"]) {
      setToday(`2026-11-${day}`);
      verbs.remind();
    }
    expect(reminders()).to.deep.equal(["draft", "due", "late"]);
    expect(changes()).to.equal(3);

    await verbs.submitReport(month, {}, by);
    setToday("2026-12-24");
    verbs.remind();
    expect(reminders()).to.deep.equal(["draft", "due", "late", "draft"]);
  });

  it("are not asked for by a station without loudspeakers", () => {
    const { verbs, told } = start("2026-11-25", { hasLoudspeakers: false });
    verbs.remind();
    expect(told).to.deep.equal([]);
  });

  it("are handed in with who, when, to whom and the hash of the very document, which is kept", async () => {
    const { verbs, told, kept, asked } = start("2026-11-25");
    const handed = await verbs.submitReport(month, { note: "bản chính" }, by);

    expect(handed).to.deep.include({ number: 1, month, by: "Chị Hoa", upTo: 7, upToHash: "ab", note: "bản chính" });
    expect(handed.at).to.equal("2026-11-25T02:00:00.000Z");
    expect(handed.recipients).to.deep.equal([{ name: "Thành ủy", as: "b/c" }]);
    expect(kept.get(handed.sha256)?.toString()).to.equal("%PDF thử");
    expect((await verbs.submittedReport(1)).toString()).to.equal("%PDF thử");
    expect(told.at(-1)).to.deep.include({ kind: "report.submitted" });
    expect(told.at(-1)?.detail).to.deep.include({ number: 1, sha256: handed.sha256, upTo: 7 });
    expect(verbs.reports()[0]).to.deep.include({ stage: "submitted", submissions: [handed] });
    expect(asked[0]?.paper.letterhead.recipients).to.deep.equal(handed.recipients);
  });

  it("may be handed in again, to others; the first stays", async () => {
    const { verbs, submissions } = start("2026-11-25");
    await verbs.submitReport(month, {}, by);
    const second = await verbs.submitReport(month, { recipients: [{ name: "Sở" }] }, by);

    expect(second.number).to.equal(2);
    expect(submissions.all().map(({ recipients }) => recipients[0]?.name)).to.deep.equal(["Thành ủy", "Sở"]);
  });

  it("of one ward do not stand for the station's", async () => {
    const { verbs } = start("2026-11-25");
    const { area } = await verbs.submitReport(month, { area: areaId("phuong-1") }, by);

    expect(area).to.equal("phuong-1");
    expect(verbs.reports()[0]?.stage).to.equal("due");
  });

  it("are refused before the draft is there, for months to come, for unknown areas and unknown numbers", async () => {
    const { verbs, told, kept } = start("2026-11-22");

    expect(await failureOf(verbs.submitReport(month, {}, by))).to.include({ code: "forbidden", reason: "too-early" });
    expect(await failureOf(verbs.report(monthSchema.parse("2026-12")))).to.include({
      code: "invalid",
      reason: "not-begun",
    });
    expect(await failureOf(verbs.report(month, areaId("khong-co")))).to.include({ code: "not-found" });
    expect(await failureOf(verbs.submittedReport(5))).to.include({ code: "not-found" });
    expect(told).to.deep.equal([]);
    expect(kept.size).to.equal(0);
  });
});
