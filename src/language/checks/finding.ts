/**
 * What a check of the wording says about a text, and what it must be told to judge it.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import type { Epoch } from "../../base/units.js";
import type { CheckName, Severities, Severity } from "../../domain/check-severity.js";
import type { Class } from "../../domain/class.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";

/** One place of a text and what is the matter with it. */
export interface Finding {
  readonly check: CheckName;
  readonly severity: Severity;
  /** Where it stands in the text as it was written, UTF-16 units; both 0 when it is about the whole. */
  readonly start: number;
  readonly end: number;
  /** Exactly what stands there, at most {@link LONGEST_FOUND} units; empty when it is about the whole. */
  readonly found: string;
  /** What was found and why it matters. */
  readonly words: Words;
  /** What to write instead, or what to find out. */
  readonly suggestion: Words;
  /** Whether the approver's decision about it must be recorded. */
  readonly decision: boolean;
  /** What was heard that is so alike, beside the words: not everybody may be told of it. */
  readonly heard?: Heard;
}

/** An announcement that was heard. */
export interface Heard {
  readonly announcement: AnnouncementId;
  readonly title: string;
}

/** A finding shows no more of the text than this, UTF-16 units. */
export const LONGEST_FOUND = 160;

/** Something that was heard before. */
export interface Aired extends Heard {
  readonly text: string;
  readonly at: Epoch;
  /** Names of the areas in which it was heard, when they are known. */
  readonly areas?: readonly string[] | undefined;
}

/** What the checks go by. Everything but the day may be left out; what needs it is then not checked. */
export interface CheckContext {
  /** The station's civil day. */
  readonly today: LocalDate;
  /** The station's instant; with it only what was heard in the last 24 hours counts as repeated. */
  readonly now?: Epoch | undefined;
  readonly class?: Class | undefined;
  /** Topic of the announcement, such as `dich-benh`. */
  readonly topic?: string | undefined;
  /** The announcement's source line; it counts as said when the official source is looked for. */
  readonly source?: string | undefined;
  /** Numbers of offices and hotlines, written in any way. */
  readonly publicNumbers?: readonly string[] | undefined;
  /** Bodies whose word counts for case figures, besides the built-in ones. */
  readonly issuingBodies?: readonly string[] | undefined;
  /** Whether figures of cases are those that the health office has confirmed; not looked at when left out. */
  readonly figures?: "confirmed" | "free" | undefined;
  /** What was heard at the same receivers lately. */
  readonly history?: readonly Aired[] | undefined;
  /** How long the text takes to say, seconds; estimated when left out. */
  readonly seconds?: number | undefined;
  /** How long it may take, seconds. */
  readonly slotSeconds?: number | undefined;
  /** What the station's policy says otherwise; see `severityOf`. */
  readonly severities?: Severities | undefined;
}

/** What a single check hands back: a place in the folded text, and words. */
export interface Hit {
  readonly check: CheckName;
  /** In the folded text, UTF-16 units; left out when it is about the whole. */
  readonly span?: readonly [start: number, end: number];
  /** Only when it differs from the usual severity of the check. */
  readonly severity?: Severity;
  readonly words: Words;
  readonly suggestion: Words;
  readonly heard?: Heard;
}

/** Places that one check reports at most. More than fit into an announcement of usual length, so that no gate is lost. */
export const MOST_HITS = 200;
