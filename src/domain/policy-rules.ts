/**
 * What a place's policy says about an instant. The server asks when saving, planning and firing; the receiver asks the
 * same functions again before every sound (R1).
 *
 * @module
 */
import { type Epoch, epoch } from "../base/units.js";
import { addDays } from "./calendar.js";
import type { Class } from "./class.js";
import { isWithin, type LocalDate, secondsOf, type TimeRange } from "./local-time.js";
import { type Place, policyOn } from "./place.js";
import { zoneOf } from "./zone.js";

/** How far {@link nextQuietChange} looks: a policy that changes later than this is found on a later day. */
const SEARCH_DAYS = 8;

/** From `from` up to, not including, `to`. */
export interface Span {
  readonly from: Epoch;
  readonly to: Epoch;
}

/** The quiet hours of the place on that day. A sensitive place keeps the ordinary ones too, so it is never less quiet. */
export function quietRanges(place: Place, day: LocalDate): readonly TimeRange[] {
  const policy = policyOn(place, day);
  return place.sensitive ? [...policy.quiet, ...policy.quietSensitive] : policy.quiet;
}

/** Whether nothing but a confirmed emergency may sound. The day's own policy judges, also for hours after midnight. */
export function isQuiet(place: Place, at: Epoch): boolean {
  const { date, second } = zoneOf(place.zone).toLocal(at);
  return isInAny(quietRanges(place, date), second);
}

/** Highest volume allowed, percent: the lowest of the ceilings that apply, 100 when none does. */
export function volumeCeiling(place: Place, at: Epoch, of: Class): number {
  const { date, second } = zoneOf(place.zone).toLocal(at);
  return policyOn(place, date)
    .volume.filter((ceiling) => (ceiling.class === undefined || ceiling.class === of) && isWithin(ceiling, second))
    .reduce((lowest, { percent }) => Math.min(lowest, percent), 100);
}

/** Whether most people listen then: the hours that are filled first and counted in the report. */
export function isGolden(place: Place, at: Epoch): boolean {
  const { date, second } = zoneOf(place.zone).toLocal(at);
  return isInAny(policyOn(place, date).golden, second);
}

/**
 * The next instant after `at` from which it is quiet when it was not, or not quiet when it was; undefined when that does
 * not happen within a week.
 */
export function nextQuietChange(place: Place, at: Epoch): Epoch | undefined {
  const { date } = zoneOf(place.zone).toLocal(at);
  const quiet = isQuiet(place, at);
  return changes(place, addDays(date, -1), addDays(date, SEARCH_DAYS)).find(
    (one) => one > at && isQuiet(place, one) !== quiet,
  );
}

/** Whether any moment from `from` up to, not including, `to` is quiet, however short the quiet hour between them is. */
export function touchesQuiet(place: Place, { from, to }: Span): boolean {
  const change = isQuiet(place, from) ? from : nextQuietChange(place, from);
  return change !== undefined && change < to;
}

/** The instant at which the present state, quiet or not, began; undefined when it has lasted longer than a week. */
export function lastQuietChange(place: Place, at: Epoch): Epoch | undefined {
  const { date } = zoneOf(place.zone).toLocal(at);
  const quiet = isQuiet(place, at);
  let begun: Epoch | undefined;
  for (const one of changes(place, addDays(date, -SEARCH_DAYS), addDays(date, 1)).reverse()) {
    if (one > at) continue;
    if (begun !== undefined && isQuiet(place, one) !== quiet) return begun;
    begun = isQuiet(place, one) === quiet ? one : begun;
  }
  return undefined;
}

/** The stretches between the given instants in which `holds` is true, joined; `holds` may change at those instants only. */
export function spansWhere(instants: readonly Epoch[], holds: (at: Epoch) => boolean): Span[] {
  const spans: { from: Epoch; to: Epoch }[] = [];
  for (const [index, from] of instants.entries()) {
    const to = instants[index + 1];
    if (to === undefined || !holds(from)) continue;
    const last = spans.at(-1);
    if (last && last.to === from) last.to = to;
    else spans.push({ from, to });
  }
  return spans;
}

/** Every instant from the start of `from` to the end of `to` at which one of `ranges` of a day may begin or end. */
export function boundaries(
  zone: string,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
  ranges: (day: LocalDate) => readonly TimeRange[],
): Epoch[] {
  const { toEpoch, allEpochs, transitionOn } = zoneOf(zone);
  const instants = new Set<number>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    instants.add(toEpoch(day, 0));
    const change = transitionOn(day);
    if (change !== undefined) instants.add(change);
    for (const second of ranges(day).flatMap((range) => [secondsOf(range.from), secondsOf(range.to)]))
      for (const at of allEpochs(day, second)) instants.add(at);
  }
  instants.add(toEpoch(addDays(to, 1), 0));
  return [...instants].sort((a, b) => a - b).map(epoch);
}

/** Whether a second of the day lies in one of the ranges. */
export const isInAny = (ranges: readonly TimeRange[], second: number): boolean =>
  ranges.some((range) => isWithin(range, second));

const changes = (place: Place, from: LocalDate, to: LocalDate) =>
  boundaries(place.zone, { from, to }, (day) => quietRanges(place, day));
