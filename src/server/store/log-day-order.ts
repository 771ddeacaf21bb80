/**
 * Whether days of a log stand in each other's place, so that a check can name them.
 *
 * @module
 */
import type { LocalDate } from "../../domain/local-time.js";
import type { DayHead } from "../../protocol/day-head.js";

export interface TwoDays {
  readonly day: LocalDate;
  readonly with: LocalDate;
}

/** The first two days whose closing lines stand in each other's place. @param closed in the order in which they stand */
export function swappedIn(closed: readonly DayHead[]): TwoDays | undefined {
  const days = closed.map(({ day }) => day);
  const right = days.toSorted();
  const at = days.findIndex((day, place) => day !== right[place]);
  const [day, other] = [right[at], days[at]];
  return day === undefined || other === undefined ? undefined : { day, with: other };
}

export interface Displaced {
  /** Where a line stands, and the number that it had when it was written. */
  readonly next: number;
  readonly said: number;
  /** Number before the first line that is looked at. */
  readonly from: number;
  readonly saidAt: ((n: number) => number | undefined) | undefined;
}

/** The line that closes a day is the first of the next: whoever moves a day may take it along or not. */
const WITH_OR_WITHOUT = [0, 1];

/** The two days of which the lines have changed places, where one of them begins at a line that is not in its own. */
export function movedDays(closed: readonly DayHead[], { next, said, from, saidAt }: Displaced): TwoDays | undefined {
  // Of two lines alone that have changed places, the next one is in its own.
  if (saidAt?.(next + 1) !== said + 1) return undefined;
  const [earliest] = closed.toSorted((a, b) => a.first - b.first);
  for (const more of WITH_OR_WITHOUT) {
    const begins = (n: number) => closed.find(({ first }) => first + more === n);
    // An export that begins with another day than the first has lines from before its beginning.
    const [one, other] = said <= from ? [earliest, begins(from + 1)] : [begins(next), begins(said)];
    if (!one || !other || one === other) continue;
    const isBehind = said <= from || saidAt(next + other.last - one.last) === next;
    if (isBehind) return { day: one.day, with: other.day };
  }
  return undefined;
}
