/**
 * The monthly report: which are due, what they say, in which form, and that they were handed in. And the digest of a morning.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";
import { type Epoch, epoch } from "../../base/units.js";
import { heldDays } from "../../domain/dated.js";
import type { AreaId, Sha256 } from "../../domain/ids.js";
import type { LocalDate, LocalTime } from "../../domain/local-time.js";
import type { EventLine } from "../../domain/log-line.js";
import { type NightDigest, nightBefore } from "../../domain/night-digest.js";
import type { Person } from "../../domain/person.js";
import type { Report } from "../../domain/report.js";
import type { ReportMatter } from "../../domain/report-matter.js";
import type { Letterhead, PaperMatter } from "../../domain/report-paper.js";
import {
  type Month,
  monthAt,
  monthBefore,
  periodOf,
  type ReportDays,
  type ReportStage,
  stageOf,
} from "../../domain/report-period.js";
import type { Recipient, Submission } from "../../domain/report-submission.js";
import { dayWords } from "../../domain/report-words.js";
import { stampOf } from "../../domain/stamp.js";
import { zoneOf } from "../../domain/zone.js";
import type { Kept, StationFacts } from "./knowledge.js";
import type { AsRunLog, Records } from "./ports.js";

/** The forms in which a report comes besides its figures; `sql` counts it again. */
export type ReportForm = "pdf" | "xlsx" | "html" | "sql";

/** A report as a file, with the figures that it was made of. */
export interface ReportFile {
  readonly report: Report;
  readonly bytes: Uint8Array;
}

/** Counts and draws apart from what is on air. @throws Fault "unavailable", or "busy" when too many ask */
export interface Reporter {
  report(matter: ReportMatter): Promise<Report>;
  file(matter: ReportMatter, paper: PaperMatter, form: ReportForm): Promise<ReportFile>;
  night(
    matter: ReportMatter,
    night: { readonly date: LocalDate; readonly from: Epoch; readonly until: Epoch },
  ): Promise<NightDigest>;
}

/** Documents that were handed in, by hash. */
export interface PaperStore {
  /** On disk when the promise resolves. */
  keep(bytes: Uint8Array): Promise<Sha256>;
  /** @throws Fault "not-found" */
  read(sha256: Sha256): Promise<Uint8Array>;
}

export interface ReportSettings extends ReportDays, Letterhead {
  /** When the digest of a morning is made. */
  readonly digestAt: LocalTime;
}

/** What of the station's state a report tells of. */
export type CountedKind = "receivers" | "announcements" | "declarations" | "raises" | "complaints";

/** What a report is counted and drawn with. */
export interface CountingParts {
  readonly facts: Pick<StationFacts, "name" | "zone" | "areas" | "policies" | "levels">;
  readonly kept: { readonly [K in CountedKind]: Pick<Kept[K], "all"> };
  readonly settings: ReportSettings;
  readonly moods: ReportMatter["moods"];
  readonly reporter: Reporter;
  readonly now: () => Epoch;
}

export interface ReportParts extends CountingParts {
  readonly kept: CountingParts["kept"] & { readonly submissions: Records<string, Submission> };
  readonly papers: PaperStore;
  readonly asRun: Pick<AsRunLog, "event"> & {
    eventOnce(key: string, line: EventLine): boolean;
    /** When the log began, civil milliseconds. */
    beganAt(): number | undefined;
  };
  /** Something about reports is new. */
  readonly onChange: () => void;
}

/** Months that are listed: a year back. */
const LISTED = 12;

/** Counts and draws reports, and changes nothing. */
export function createReportCounting({ facts, kept, settings, moods, reporter, now }: CountingParts) {
  const today = () => zoneOf(facts.zone).toLocal(now()).date;
  const matterOf = (month: Month, scope: AreaId | undefined): ReportMatter => {
    if (scope !== undefined && !facts.areas.has(scope)) throw noArea(scope);
    const period = periodOf(month, settings);
    if (period.from > today()) throw notBegun(month, period.from);
    return {
      ...{ period, zone: facts.zone, station: facts.name, moods, countedAt: now() },
      ...(scope === undefined ? {} : { scope }),
      areas: [...facts.areas.values()],
      ...{ policies: facts.policies, levels: facts.levels, declarations: kept.declarations.all().flatMap(heldDays) },
      raises: kept.raises
        .all()
        .flatMap(heldDays)
        .map(({ id: _id, decided: _decided, ...held }) => held),
      receivers: kept.receivers
        .all()
        .map(({ id, name, area, kind, pole }) => ({ id, name, area, kind, ...(pole === undefined ? {} : { pole }) })),
      announcements: kept.announcements
        .all()
        .map(({ id, title, topic, source }) => ({ id, title, topic, ...(source === undefined ? {} : { source }) })),
      complaints: kept.complaints.all().map(({ contact: _kept, ...told }) => told),
    };
  };
  const paperMatter = (recipients: readonly Recipient[] = settings.recipients): PaperMatter => ({
    letterhead: { ...settings, recipients },
    zone: facts.zone,
    levelTitles: Object.fromEntries(facts.levels.map(({ name, title }) => [name, title])),
  });
  return {
    today,
    matterOf,
    paperMatter,
    /** @throws Fault "not-found" for an area that is not there, "invalid" for a month that has not begun */
    report: async (month: Month, area?: AreaId): Promise<Report> => reporter.report(matterOf(month, area)),
    /** @throws Fault as `report` */
    reportFile: async (
      month: Month,
      { area, form }: { readonly area?: AreaId | undefined; readonly form: ReportForm },
    ): Promise<Uint8Array> => (await reporter.file(matterOf(month, area), paperMatter(), form)).bytes,
  };
}

export function createReportVerbs(parts: ReportParts) {
  const { facts, kept, settings, reporter, papers, asRun, now } = parts;
  const { today, matterOf, paperMatter, report: countReport, reportFile } = createReportCounting(parts);
  const submissionsOf = (month: Month, area?: AreaId) =>
    kept.submissions.all().filter((one) => one.month === month && one.area === area);
  const monthView = (month: Month) => {
    const period = periodOf(month, settings);
    const submissions = submissionsOf(month);
    const stage = stageOf(period, today(), submissions.length > 0);
    return {
      ...period,
      stage,
      words: stageWords(stage, period),
      submissions: kept.submissions.all().filter((one) => one.month === month),
    };
  };
  const present = () => monthAt(today(), settings);
  /** Whether there is anything that it could tell: the log had begun before it was over, or somebody handed it in. */
  const isTold = (month: Month): boolean => {
    const beganAt = asRun.beganAt();
    const firstDay = beganAt === undefined ? today() : zoneOf(facts.zone).toLocal(epoch(beganAt)).date;
    return periodOf(month, settings).to >= firstDay || kept.submissions.all().some((one) => one.month === month);
  };

  return {
    /** The present month and the year before, as far as the log goes back, the newest first. */
    reports() {
      const months: Month[] = [];
      for (let month = present(); months.length <= LISTED; month = monthBefore(month)) months.push(month);
      return months.filter((month, at) => at === 0 || isTold(month)).map(monthView);
    },
    reportStage: monthView,

    report: countReport,
    reportFile,

    /**
     * Hands the report in as it is now: the document is kept, and the log says who did, when, to whom, and its hash.
     * @throws Fault "forbidden" before the draft is due
     */
    async submitReport(
      month: Month,
      { area, recipients = settings.recipients, note }: SubmissionWish,
      by: Person,
    ): Promise<Submission> {
      const matter = matterOf(month, area);
      if (today() < matter.period.draftOn) throw tooEarly(matter.period.draftOn);
      const { report, bytes } = await reporter.file(matter, paperMatter(recipients), "pdf");
      const sha256 = await papers.keep(bytes);
      const submission: Submission = {
        number: kept.submissions.all().reduce((most, one) => Math.max(most, one.number), 0) + 1,
        month,
        ...(area === undefined ? {} : { area }),
        ...stampOf(by, new Date(now()).toISOString()),
        recipients: [...recipients],
        ...{ sha256, bytes: bytes.length, upTo: report.upTo.n, upToHash: report.upTo.hash },
        ...(note === undefined ? {} : { note }),
      };
      await kept.submissions.put(submission, 0);
      const { by: _name, at: _at, ...detail } = submission;
      asRun.event({ kind: "report.submitted", area, by, detail, after: detail });
      parts.onChange();
      return submission;
    },

    /** The very document that was handed in. @throws Fault "not-found" */
    async submittedReport(number: number): Promise<Uint8Array> {
      const found = kept.submissions.get(String(number));
      if (!found) throw noSubmission(number);
      return papers.read(found.sha256);
    },
    submission: (number: number) => kept.submissions.get(String(number)),

    /** What did not sound in the day and night before the morning of that date, today when left out. */
    async nightDigest(date: LocalDate = today()): Promise<NightDigest> {
      const night = nightBefore(date, settings.digestAt, zoneOf(facts.zone));
      const matter = matterOf(monthAt(date <= today() ? date : today(), settings), undefined);
      return reporter.night(matter, { date, from: night.from, until: night.until });
    },

    /**
     * Reminds once of each stage of the present report, and of one that is late; not while there are no loudspeakers to report
     * of. Call it now and then.
     */
    remind() {
      if (kept.receivers.all().length === 0) return;
      for (const month of [monthBefore(present()), present()]) {
        const { stage, words, dueOn } = monthView(month);
        if (stage === "open" || stage === "submitted" || daysLate(dueOn, today()) > REMINDED_DAYS) continue;
        if (!isTold(month)) continue;
        const line = { kind: "report.reminder" as const, why: stage, detail: { month, dueOn, words } };
        if (asRun.eventOnce(`report ${month} ${stage}`, line)) parts.onChange();
      }
    },
  };
}

export interface SubmissionWish {
  readonly area?: AreaId | undefined;
  readonly recipients?: readonly Recipient[] | undefined;
  readonly note?: string | undefined;
}

/** A report that nobody wanted for so long is not asked for any more. */
const REMINDED_DAYS = 14;
const daysLate = (dueOn: LocalDate, today: LocalDate) => (Date.parse(today) - Date.parse(dueOn)) / 86_400_000;

function stageWords(stage: ReportStage, { month, draftOn, dueOn }: ReturnType<typeof periodOf>): Words {
  const [year, number] = month.split("-");
  const vi = `Báo cáo tháng ${number}/${year}`;
  const en = `The report of ${month}`;
  switch (stage) {
    case "open":
      return { vi: `${vi}: bản thảo có ngày ${dayWords(draftOn)}.`, en: `${en} is drafted on ${draftOn}.` };
    case "draft":
      return { vi: `${vi}: bản thảo đã có, hạn nộp ${dayWords(dueOn)}.`, en: `${en} is drafted and due on ${dueOn}.` };
    case "due":
      return { vi: `${vi}: hôm nay là hạn nộp.`, en: `${en} is due today.` };
    case "late":
      return { vi: `${vi}: đã quá hạn nộp ${dayWords(dueOn)}.`, en: `${en} was due on ${dueOn}.` };
    case "submitted":
      return { vi: `${vi}: đã nộp.`, en: `${en} was submitted.` };
  }
}

const noArea = (area: AreaId) =>
  new Fault("not-found", {
    vi: `Đài không có địa bàn «${area}». Hãy xem config/areas.json.`,
    en: `The station has no area "${area}". See config/areas.json.`,
  });
const notBegun = (month: Month, from: LocalDate) =>
  new Fault(
    "invalid",
    {
      vi: `Kỳ báo cáo ${month} chưa bắt đầu (từ ngày ${dayWords(from)}). Hãy chọn tháng khác.`,
      en: `The period of ${month} has not begun (from ${from}). Choose another month.`,
    },
    { path: "/path/month", reason: "not-begun" },
  );
const tooEarly = (draftOn: LocalDate) =>
  new Fault(
    "forbidden",
    {
      vi: `Bản thảo có từ ngày ${dayWords(draftOn)}; trước ngày đó chưa nộp được. Chưa có gì được nộp.`,
      en: `It is drafted on ${draftOn} and cannot be handed in before. Nothing was handed in.`,
    },
    { reason: "too-early" },
  );
const noSubmission = (number: number) =>
  new Fault("not-found", { vi: `Không có lần nộp số ${number}.`, en: `There is no submission number ${number}.` });

export type ReportVerbs = ReturnType<typeof createReportVerbs>;
