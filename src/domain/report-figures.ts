/**
 * What is counted in the log for a report: one list for each query, with the columns that the query names. The queries stand
 * in `server/store/report-queries.ts`; here is what they answer.
 *
 * @module
 */
import type { AnnouncementId, AreaId, OccurrenceId, ReceiverId } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import type { ResultState } from "./ticket.js";

/**
 * The area that a report has a row for: a ward as a rule. Lines of places that no longer are anywhere have none, and are
 * counted under {@link NOWHERE}.
 */
export type UnitId = AreaId;
export const NOWHERE = "" as UnitId;
/** What a report is not about: places for tests, and those outside the area that was asked for. No row is counted under it. */
export const ELSEWHERE = "-" as UnitId;

/** Airings of one class on one day. An airing is an occurrence in a unit: however many loudspeakers, it is counted once. */
export interface DayRow {
  readonly unit: UnitId;
  readonly date: LocalDate;
  readonly class: string;
  readonly airings: number;
  /** The longest that a loudspeaker of the unit heard of each, added up, milliseconds. */
  readonly ms: number;
  /** Of these, inside golden hours. */
  readonly goldenMs: number;
}

/** Sessions of one day: airings with at most five minutes of silence between them. */
export interface SessionRow {
  readonly unit: UnitId;
  readonly date: LocalDate;
  readonly sessions: number;
}

/** The loudspeaker that sounded most on one day, which is what airtime budgets limit. */
export interface BusiestRow {
  readonly unit: UnitId;
  readonly date: LocalDate;
  readonly ms: number;
  readonly sessions: number;
  /** The longest session, milliseconds of sound. */
  readonly longestMs: number;
}

/** What was heard of one announcement in one unit. */
export interface ContentRow {
  readonly unit: UnitId;
  /** Absent where the log does not tell what an airing consisted of. */
  readonly announcement: AnnouncementId | null;
  readonly title: string | null;
  readonly topic: string | null;
  readonly source: string | null;
  readonly airings: number;
  /** Its share of the airings' minutes, milliseconds. */
  readonly ms: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What became of everything that one loudspeaker should have sounded. */
export interface CoverageRow {
  readonly unit: UnitId;
  readonly receiver: ReceiverId;
  /** Results but those that the plan itself had taken back. */
  readonly due: number;
  readonly played: number;
  readonly cut: number;
  readonly recalled: number;
  /** Heard by itself, milliseconds. */
  readonly ms: number;
}

/** Results of one loudspeaker that are not «played», by state and reason. */
export interface ReasonRow {
  readonly unit: UnitId;
  readonly receiver: ReceiverId;
  readonly state: ResultState;
  readonly why: string | null;
  /** 1 when the plan itself gave it up, such as for quiet hours or an airtime budget. */
  readonly byPlan: number;
  readonly times: number;
}

export interface RecallRow {
  readonly announcement: AnnouncementId;
  readonly title: string | null;
  readonly at: number;
  readonly by: string | null;
  readonly why: string | null;
  /** Soundings begun before the recall in this period, and at how many loudspeakers. */
  readonly heardBefore: number;
  readonly receivers: number;
  /** Results that the recall ended or prevented. */
  readonly ended: number;
  /** The announcement that corrects it, where one was made. */
  readonly correction: AnnouncementId | null;
}

/** A complaint that was recorded or closed in the period. */
export interface ComplaintRow {
  readonly unit: UnitId;
  readonly number: number;
  readonly receiver: ReceiverId | null;
  readonly recordedAt: number | null;
  readonly closedAt: number | null;
}

/** A repair that was opened or closed in the period. */
export interface RepairRow {
  readonly unit: UnitId;
  readonly number: number;
  readonly receiver: ReceiverId;
  readonly text: string | null;
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  readonly done: string | null;
}

/** A response level that was declared or ended in the period. */
export interface LevelRow {
  readonly at: number;
  readonly kind: string;
  readonly area: AreaId;
  readonly level: string;
  readonly by: string | null;
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  readonly reason: string | null;
}

/** What vans did: soundings by their own account, and what the log has of missions, stops and notes from the field. */
export interface VanRow {
  readonly unit: UnitId;
  readonly missions: number;
  readonly stops: number;
  readonly notes: number;
  readonly soundings: number;
  readonly ms: number;
}

/** The last day of the period that the log has closed: whoever has its signed head can prove that nothing before it was changed. */
export interface HeadRow {
  readonly date: LocalDate;
  /** The line that closed it. */
  readonly n: number;
  /** Hash of the day's last line. */
  readonly head: string;
  readonly keyId: string | null;
  readonly signature: string | null;
}

/** Everything that is counted. */
export interface ReportFigures {
  readonly days: readonly DayRow[];
  readonly sessions: readonly SessionRow[];
  readonly busiest: readonly BusiestRow[];
  readonly contents: readonly ContentRow[];
  readonly coverage: readonly CoverageRow[];
  readonly reasons: readonly ReasonRow[];
  readonly recalls: readonly RecallRow[];
  readonly complaints: readonly ComplaintRow[];
  readonly repairs: readonly RepairRow[];
  readonly levels: readonly LevelRow[];
  readonly vans: readonly VanRow[];
  /** One, or none while no day is closed. */
  readonly heads: readonly HeadRow[];
}

/** What did not sound as it should have: one occurrence in one unit, for one reason. */
export interface NightRow {
  readonly unit: UnitId;
  readonly occurrence: OccurrenceId;
  readonly title: string | null;
  readonly class: string | null;
  readonly state: ResultState;
  readonly why: string | null;
  readonly byPlan: number;
  readonly receivers: readonly ReceiverId[];
}

/** The line of the log up to which was counted: whoever counts again up to it gets the same. */
export interface LogPoint {
  readonly n: number;
  readonly hash: string;
}
