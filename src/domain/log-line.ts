/**
 * A line of the as-run log: what was heard where, what was not, what was decided, and by whom (R7). How lines are kept and
 * chained is the store's affair.
 *
 * @module
 */
import type { Epoch } from "../base/units.js";
import type { Class } from "./class.js";
import type { AnnouncementId, AreaId, OccurrenceId, ReceiverId } from "./ids.js";

/** What the server did or decided. */
export interface EventLine {
  /** Stable, such as `order.issued` or `occurrence.dropped`. */
  readonly kind: string;
  readonly receiver?: ReceiverId | undefined;
  readonly area?: AreaId | undefined;
  readonly occurrence?: OccurrenceId | undefined;
  readonly announcements?: readonly AnnouncementId[] | undefined;
  readonly class?: Class | undefined;
  /** Reason code. */
  readonly why?: string | undefined;
  /** The person behind it. */
  readonly by?: string | undefined;
  readonly detail?: object | undefined;
}

/** A line as it is read: of the server, or of a receiver's own journal. */
export interface LogLine extends EventLine {
  readonly n: number;
  /** When it happened, civil milliseconds: on the receiver's trusted clock for what it heard. */
  readonly at: number;
  /** How long it was heard, milliseconds. */
  readonly heardMs?: number | undefined;
  /** SHA-256, hex, over the line and the hash of the one before. */
  readonly hash: string;
}

/** Which lines are meant; all that are given must hold. */
export interface LogQuery {
  /** From this instant on, and up to but not including that. */
  readonly from?: Epoch | undefined;
  readonly until?: Epoch | undefined;
  readonly area?: AreaId | undefined;
  /** One of these areas: a ward with everything below it. */
  readonly areas?: readonly AreaId[] | undefined;
  readonly receiver?: ReceiverId | undefined;
  readonly occurrence?: OccurrenceId | undefined;
  readonly announcement?: AnnouncementId | undefined;
  readonly kind?: string | undefined;
  /** Lines after this number. */
  readonly after?: number | undefined;
}

/** What walking the chain of the log found. */
export interface LogCheck {
  readonly ok: boolean;
  /** Lines walked. */
  readonly lines: number;
  /** Hash of the last good line: whoever notes it down can later prove that nothing before it was changed or cut off. */
  readonly head: string;
  /** Number of the first line that is not as it was written. */
  readonly brokenAt?: number;
}

/** As a table, or as one JSON object a line, which holds everything that is needed to check the chain elsewhere. */
export type LogFormat = "csv" | "ndjson";
