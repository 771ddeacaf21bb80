/**
 * The hours of one place over the days of a plan, worked out once: when what class may sound, and what a day allows.
 *
 * @module
 */
import type { Epoch } from "../base/units.js";
import { type Airtime, airtimeOn, type Lifting } from "./airtime.js";
import type { LocalDate, TimeRange } from "./local-time.js";
import type { Place } from "./place.js";
import { boundaries, isInAny, isQuiet, quietRanges, type Span, spansWhere } from "./policy-rules.js";
import type { PlanReason } from "./rundown.js";
import { zoneOf } from "./zone.js";

/** The rules of one place over some days. */
export interface Ground {
  airtime(day: LocalDate): Airtime;
  /** The open stretch around that instant: outside quiet hours and, for ordinary items, inside windows and weekdays. */
  openAt(ordinary: boolean, at: Epoch): Span | undefined;
  /** Why that instant is not open; asked only when it is not. */
  whyClosed(ordinary: boolean, at: Epoch): PlanReason;
  isGolden(at: Epoch): boolean;
}

/** What a ground is made of: the days it covers, and the place that counts on each (areas change over time). */
export interface GroundSource {
  readonly zone: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly placeOn: (day: LocalDate) => Place;
  readonly lifting: Lifting;
}

/** Works the hours out. Instants outside the days count as closed. */
export function createGround({ zone: name, from, to, placeOn, lifting }: GroundSource): Ground {
  const zone = zoneOf(name);
  const days = new Map<LocalDate, Airtime>();
  const airtime = (day: LocalDate): Airtime => {
    const seen = days.get(day);
    if (seen) return seen;
    const made = airtimeOn(placeOn(day), lifting, day);
    days.set(day, made);
    return made;
  };

  const quiet = (at: Epoch) => isQuiet(placeOn(zone.toLocal(at).date), at);
  const offDay = (at: Epoch) => {
    const { date, weekday } = zone.toLocal(at);
    return !airtime(date).weekdays.includes(weekday);
  };
  const offWindow = (at: Epoch) => {
    const { date, second } = zone.toLocal(at);
    const { windows } = airtime(date);
    return windows !== undefined && !isInAny(windows, second);
  };

  const inGolden = (at: Epoch) => {
    const { date, second } = zone.toLocal(at);
    return isInAny(airtime(date).golden, second);
  };

  const rangesOf = (day: LocalDate): TimeRange[] => [
    ...quietRanges(placeOn(day), day),
    ...(airtime(day).windows ?? []),
    ...airtime(day).golden,
  ];
  const instants = boundaries(name, { from, to }, rangesOf);
  const loud = spansWhere(instants, (at) => !quiet(at));
  const ordinaryOpen = spansWhere(instants, (at) => !quiet(at) && !offDay(at) && !offWindow(at));
  const golden = spansWhere(instants, inGolden);

  return {
    airtime,
    openAt: (ordinary, at) => spanAround(ordinary ? ordinaryOpen : loud, at),
    whyClosed(ordinary, at) {
      if (!ordinary || quiet(at)) return "quiet-hours";
      return offDay(at) ? "weekday" : "outside-window";
    },
    isGolden: (at) => spanAround(golden, at) !== undefined,
  };
}

/** The span that holds the instant; spans are in order and apart. */
function spanAround(spans: readonly Span[], at: Epoch): Span | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span && span.to <= at) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span && span.from <= at ? span : undefined;
}
