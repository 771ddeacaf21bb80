/**
 * A line of the as-run log: what was heard where, what was not, what was decided, and by whom (R7). How lines are kept and
 * chained is the store's affair.
 *
 * @module
 */
import type { Epoch } from "../base/units.js";
import type { Sides } from "./change.js";
import type { Class } from "./class.js";
import type { AnnouncementId, AreaId, OccurrenceId, ReceiverId } from "./ids.js";
import type { LineKind } from "./line-words.js";
import type { LogFlaw, ToldGap } from "./log-flaw.js";
import type { AccountId, Person } from "./person.js";

/** What the server did or decided. */
export interface EventLine<Kind extends string = LineKind> {
  /** Stable, such as `order.issued` or `occurrence.dropped`. */
  readonly kind: Kind;
  /** When it happened, civil milliseconds; when it is written, when left out. */
  readonly at?: number | undefined;
  readonly receiver?: ReceiverId | undefined;
  readonly area?: AreaId | undefined;
  readonly occurrence?: OccurrenceId | undefined;
  readonly announcements?: readonly AnnouncementId[] | undefined;
  readonly class?: Class | undefined;
  /** Reason code. */
  readonly why?: string | undefined;
  /** Who is behind it: whoever called a verb, or only a name where nobody calls now. */
  readonly by?: string | Person | undefined;
  /**
   * The thing that was changed, whole, as it was and as it is; a side is absent for what was not there, or is no more. The
   * line keeps the fields that differ, without secrets.
   */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  readonly detail?: object | undefined;
}

/** How somebody acted: by which account and session, from which address, and by what they had proven who they are. */
export type Whence = Pick<Person, "account" | "session" | "from" | "factor">;

/** A line as it is read: of the server, or of a receiver's own journal. */
export interface LogLine extends Omit<EventLine, "kind" | "by" | "at"> {
  /** Of another version of the program it may be another than {@link LineKind}. */
  readonly kind: string;
  /** As people are named. */
  readonly by?: string | undefined;
  readonly who?: Whence | undefined;
  /** SHA-256, hex, of the salted words that may hold personal data. They lie beside the chain and can be erased. */
  readonly personal?: string | undefined;
  /** Those words: of the fields that changed. Absent when there are none, or when they were erased. */
  readonly told?: Sides | undefined;
  /** Whether its words, of what changed or of the line itself, were erased. */
  readonly erased?: boolean | undefined;
  readonly n: number;
  /** When it happened, civil milliseconds: on the receiver's trusted clock for what it heard. */
  readonly at: number;
  /** How long it was heard, milliseconds. */
  readonly heardMs?: number | undefined;
  /** SHA-256, hex, over the line and the hash of the one before. */
  readonly hash: string;
}

/** How far somebody sees into the log. Any of these is enough. */
export interface LogSight {
  /** What happened in these areas. */
  readonly within: readonly AreaId[];
  /** What was decided for these, and no loudspeaker's own. */
  readonly around: readonly AreaId[];
  /** What people did with these, where the line has no area. */
  readonly announcements: readonly AnnouncementId[];
  /** What they did themselves. */
  readonly account?: AccountId | undefined;
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
  /** Number of the document that the announcement comes from, as it is written there. */
  readonly directive?: string | undefined;
  /** Account of who is behind it, their name, or a part of that without tones. */
  readonly person?: string | undefined;
  /** Reason code, the reason that a person gave, or a part of that without tones. */
  readonly why?: string | undefined;
  readonly kind?: string | undefined;
  /** Lines after this number. */
  readonly after?: number | undefined;
  /** Of whoever sees only a part of the station. */
  readonly sight?: LogSight | undefined;
}

/** Words with personal data: of one line, or of all that people did with an announcement. */
export type WordsOf = { readonly line: number } | { readonly announcement: AnnouncementId };
/** Those of lines from before an instant, so many at a time, the oldest first. */
export interface OldWords {
  readonly before: number;
  readonly atMost: number;
}

/** What walking the log found. */
export interface LogCheck {
  readonly ok: boolean;
  /** Lines that are missing and that the log itself tells of, in the line `told`. Absent when there are none. */
  readonly gaps?: readonly ToldGap[];
  /** Lines walked that are as they were written. */
  readonly lines: number;
  /** Closed days among them. */
  readonly days: number;
  /** Hash of the last good line: whoever notes it down can later prove that nothing before it was changed or cut off. */
  readonly head: string;
  /** Number of the first line that is not as it was written. */
  readonly brokenAt?: number;
  /** What is wrong there. */
  readonly flaw?: LogFlaw;
}

/** As a table, or as one JSON object a line, which holds everything that is needed to check the chain elsewhere. */
export type LogFormat = "csv" | "ndjson";
