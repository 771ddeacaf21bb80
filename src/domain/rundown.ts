/**
 * The occurrences of a horizon with their conflicts resolved and explained: what sounds when, what gives way to what and
 * why. These are the planner's words; `plan.ts` fills them.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Epoch } from "../base/units.js";
import type { DatedRaise } from "./airtime-raise.js";
import type { AlertLevel, Declaration } from "./alert-level.js";
import type { Announcement } from "./announcement.js";
import type { AreaTree } from "./area.js";
import type { Chime } from "./chime.js";
import type { Class, Resume } from "./class.js";
import type { Holiday } from "./holiday.js";
import type { AnnouncementId, OccurrenceId, PlaylistId, RadioId, ReceiverId, ScheduleId, Sha256 } from "./ids.js";
import type { Playlist } from "./playlist.js";
import type { Policy } from "./policy.js";
import type { Receiver } from "./receiver.js";
import type { Schedule, Timing } from "./schedule.js";

/** One clip at its place in an occurrence. Silence is what lies between two of them. */
export interface PlannedItem {
  /** Absent for a chime. */
  readonly announcement?: AnnouncementId | undefined;
  readonly sha256: Sha256;
  /** From the start of the occurrence to the first sample of the clip, milliseconds. */
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly gainDb: number;
}

/** Why a line does not air, or not as planned. Stable over versions: the log and the report count by it. */
export const PLAN_REASONS = [
  "quiet-hours",
  "outside-window",
  "weekday",
  "holiday",
  "session-budget",
  "session-minutes",
  "day-minutes",
  "suspended-by-level",
  "superseded",
  "waited-too-long",
  "waits",
  "takes-turns",
  "cut-by-other",
  "too-long",
  "not-approved",
  "not-valid",
  "recalled",
  "blocked",
  "outside-targets",
  "no-audio",
  "no-receiver",
  "disabled",
] as const;
export type PlanReason = (typeof PLAN_REASONS)[number];

/** One occurrence at the receivers that share its fate. The same occurrence may have several lines, with no receiver twice. */
export interface RundownLine {
  readonly occurrence: OccurrenceId;
  readonly schedule: ScheduleId;
  readonly playlist: PlaylistId;
  /** Whose programme is relayed; the items are what sounds while that cannot be heard. */
  readonly radio?: RadioId | undefined;
  readonly title: string;
  readonly class: Class;
  readonly order: number;
  readonly receivers: readonly ReceiverId[];
  /** The instant its schedule names. */
  readonly planned: Epoch;
  /** When it sounds; later than `planned` when it waits. */
  readonly start: Epoch;
  /** When it falls silent: `start` + length, or earlier when it is cut. */
  readonly end: Epoch;
  /** Last instant at which it may still be started. */
  readonly notAfter: Epoch;
  readonly timing: Timing;
  readonly resume: Resume;
  readonly maxMs: number;
  readonly items: readonly PlannedItem[];
  /** Whether it starts inside a golden hour. */
  readonly golden: boolean;
  /** `airs` as planned; `moved` later; `cut` short; `dropped` not at all. */
  readonly fate: "airs" | "moved" | "cut" | "dropped";
  readonly reason?: PlanReason | undefined;
  /** The other occurrence that it gave way to. */
  readonly because?: OccurrenceId | undefined;
  /** The fate in a sentence for ward officers; absent when it airs as planned. */
  readonly explanation?: Words | undefined;
}

/** Everything between `from` (included) and `until` (not included), in order of start. */
export interface Rundown {
  readonly from: Epoch;
  readonly until: Epoch;
  readonly lines: readonly RundownLine[];
}

/** All that the planner knows. Pure data: the same input always gives the same rundown. */
export interface PlanInput {
  /** IANA zone of the station, such as `Asia/Ho_Chi_Minh`. */
  readonly zone: string;
  readonly areas: AreaTree;
  readonly receivers: readonly Receiver[];
  readonly policies: readonly Policy[];
  readonly holidays: readonly Holiday[];
  readonly levels: readonly AlertLevel[];
  readonly declarations: readonly Declaration[];
  readonly raises: readonly DatedRaise[];
  readonly schedules: readonly Schedule[];
  readonly playlists: ReadonlyMap<PlaylistId, Playlist>;
  readonly announcements: ReadonlyMap<AnnouncementId, Announcement>;
  /** The library's recordings (chimes), by file name. */
  readonly chimes: ReadonlyMap<string, Chime>;
  /** The schedules whose relaying is approved as it is now (R2). */
  readonly approvedSlots: readonly ScheduleId[];
  readonly from: Epoch;
  readonly until: Epoch;
}
