/**
 * The heads of the log's days that a receiver keeps for its station, against the station itself: who rewrites the log later would
 * have to rewrite every loudspeaker, too.
 *
 * @module
 */
import type { LocalDate } from "../domain/local-time.js";
import { parseDayHead, type SignedDay } from "../protocol/day-head.js";
import { DAYS_KEPT } from "../protocol/limits.js";

/** By the day, the oldest first. */
export type DayHeads = ReadonlyMap<LocalDate, SignedDay>;

/**
 * Those that are held and what came. The first head of a day is kept whatever is said later: that the two differ is what one
 * day proves something. More than {@link DAYS_KEPT} are not kept, and no day is taken that lies before those.
 *
 * @param isTrue whether the signature is the station's
 * @returns `held` itself when nothing is new
 */
export function takeDayHeads(
  held: DayHeads,
  came: readonly SignedDay[],
  isTrue: (signed: SignedDay) => boolean,
): DayHeads {
  const next = new Map(held);
  for (const signed of came) {
    const day = parseDayHead(signed.text)?.day;
    if (day !== undefined && !next.has(day) && isTrue(signed)) next.set(day, signed);
  }
  if (next.size === held.size) return held;
  const sorted = [...next].sort(([one], [other]) => (one < other ? -1 : 1)).slice(-DAYS_KEPT);
  return new Map(sorted);
}

/** The last day that is held. */
export const lastDayOf = (held: DayHeads): LocalDate | undefined => [...held.keys()].at(-1);
