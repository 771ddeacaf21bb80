/**
 * What is decided for days from a first to a last: it ends by itself, or before that by another decision.
 *
 * @module
 */

import { addDays, daysBetween } from "./calendar.js";
import type { LocalDate } from "./local-time.js";

export interface Dated {
  /** First and last day. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** That it was ended early, and the first day on which it is not planned with. */
  readonly ended?: { readonly on: LocalDate } | undefined;
}

/** The days that are planned with it: that of an early end is an ordinary day again. None of what never began. */
export function plannedDays<T extends Dated>({ ended, ...rest }: T): readonly Omit<T, "ended">[] {
  if (!ended) return [rest];
  return ended.on > rest.from ? [{ ...rest, until: earlier(rest.until, addDays(ended.on, -1)) }] : [];
}

/** The days when it held, also in part: what was aired before its end on the day of that was allowed. */
export function heldDays<T extends Dated>({ ended, ...rest }: T): readonly Omit<T, "ended">[] {
  if (!ended) return [rest];
  return ended.on >= rest.from ? [{ ...rest, until: earlier(rest.until, ended.on) }] : [];
}

/** Whether it could still be ended: it holds, or is to come. */
export const isRunning = ({ until, ended }: Dated, today: LocalDate): boolean => !ended && until >= today;

const earlier = (one: LocalDate, other: LocalDate): LocalDate => (one < other ? one : other);

/** Reports look back a year, at most; this is twice as long, in days. */
const KEPT_DAYS = 731;

/** Whether it was over so long ago that only the log still needs it. */
export const isLongOver = ({ until }: { readonly until: LocalDate }, today: LocalDate): boolean =>
  until < today && daysBetween(until, today) > KEPT_DAYS;
