/**
 * The rundown of the coming days, kept fresh.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import { addDays, daysBetween } from "../../domain/calendar.js";
import type { LocalDate } from "../../domain/local-time.js";
import { plan } from "../../domain/plan.js";
import type { PlanInput, Rundown } from "../../domain/rundown.js";
import { zoneOf } from "../../domain/zone.js";

/** From midnight today this many days are planned: receivers then hold at least seven whole days at any hour. */
const DAYS = 8;

export interface TimetableParts {
  readonly zone: string;
  readonly now: () => Epoch;
  /** Everything that is planned with, as it is at this moment. */
  readonly situation: () => Omit<PlanInput, "from" | "until" | "zone">;
}

export interface Timetable {
  /** The rundown from midnight today on. */
  rundown(): Rundown;
  /** What the station holds has changed; the next {@link Timetable.refresh} plans anew. */
  invalidate(): void;
  /** Plans anew when something changed or a new day began. Returns whether it did. */
  refresh(): boolean;
  /** Plans any span, without keeping it. */
  between(from: LocalDate, days: number): Rundown;
  /** From the first midnight to the last. */
  span(from: LocalDate, days: number): { readonly from: Epoch; readonly until: Epoch };
  /** The rundown from that instant to the end of today, at most a week back. */
  since(instant: Epoch): Rundown;
  today(): LocalDate;
}

export function createTimetable({ zone: name, now, situation }: TimetableParts): Timetable {
  const zone = zoneOf(name);
  const today = () => zone.toLocal(now()).date;
  const span = (from: LocalDate, days: number) => ({
    from: zone.toEpoch(from, 0),
    until: zone.toEpoch(addDays(from, days), 0),
  });
  const between = (from: LocalDate, days: number): Rundown => plan({ ...situation(), zone: name, ...span(from, days) });
  let planned: { readonly day: LocalDate; readonly rundown: Rundown } | undefined;

  const refresh = (): boolean => {
    const day = today();
    if (planned?.day === day) return false;
    planned = { day, rundown: between(day, DAYS) };
    return true;
  };

  return {
    rundown() {
      refresh();
      return planned?.rundown ?? between(today(), DAYS);
    },
    invalidate() {
      planned = undefined;
    },
    refresh,
    between,
    span,
    since(instant) {
      const back = Math.min(7, Math.max(0, daysBetween(zone.toLocal(instant).date, today())));
      return between(addDays(today(), -back), back + 1);
    },
    today,
  };
}
