/**
 * Airtime as it was used against what the rules allowed, and what raises of it changed. What counts is the loudspeaker that
 * sounded most, for that is what the planner's budgets limit.
 *
 * @module
 */
import { type Airtime, airtimeOn } from "./airtime.js";
import { addDays, daysFrom } from "./calendar.js";
import type { LocalDate } from "./local-time.js";
import { placeOf } from "./place.js";
import type { BusiestRow, UnitId } from "./report-figures.js";
import { type Lift, liftsIn, touches } from "./report-lifts.js";
import { COMPARED_DAYS } from "./report-matter.js";
import type { Counted } from "./report-totals.js";

/** One allowance against its use. */
export interface Allowance {
  /** The lowest and the highest limit that held on a day of the period. */
  readonly least: number;
  readonly most: number;
  /** The most that was used in a day, and when first. */
  readonly used: number;
  readonly on?: LocalDate;
  /** Days on which more was used than allowed: emergencies are never refused. */
  readonly daysOver: number;
}

/** Absent where nothing limits. Minutes have fractions. */
export interface AirtimeUse {
  readonly minutesPerDay?: Allowance;
  readonly sessionsPerDay?: Allowance;
  readonly minutesPerSession?: Allowance;
}

/** A raise with what it changed: minutes a day of the loudspeaker that sounded most, on average. */
export interface LiftUse extends Lift {
  readonly unit: UnitId;
  readonly unitName: string;
  /** In the seven days before it, while it held, and in the seven days after it as far as the period reaches. */
  readonly before?: number;
  readonly during?: number;
  readonly after?: number;
}

const MINUTE_MS = 60_000;

const USES = {
  minutesPerDay: ({ ms }: BusiestRow) => ms / MINUTE_MS,
  sessionsPerDay: ({ sessions }: BusiestRow) => sessions,
  minutesPerSession: ({ longestMs }: BusiestRow) => longestMs / MINUTE_MS,
} as const;

export function airtimeUse(unit: UnitId, { figures, matter, areas }: Counted): AirtimeUse {
  if (!areas.has(unit)) return {};
  const rows = new Map(figures.busiest.filter((row) => row.unit === unit).map((row) => [row.date, row]));
  const days = daysFrom(matter.period.from, matter.period.to).map((date) => ({
    date,
    allowed: airtimeOn(placeOf({ ...matter, areas }, unit, date), matter, date),
    row: rows.get(date),
  }));
  const use = Object.keys(USES).flatMap((name) => {
    const limit = name as keyof AirtimeUse;
    const found = allowanceOf(limit, days);
    return found === undefined ? [] : [[limit, found] as const];
  });
  return Object.fromEntries(use);
}

interface Day {
  readonly date: LocalDate;
  readonly allowed: Airtime;
  readonly row: BusiestRow | undefined;
}

function allowanceOf(limit: keyof AirtimeUse, days: readonly Day[]): Allowance | undefined {
  const limited = days.flatMap(({ date, allowed, row }) => {
    const most = allowed[limit];
    return most === undefined ? [] : [{ date, most, used: row === undefined ? 0 : USES[limit](row) }];
  });
  if (limited.length === 0) return undefined;
  const top = limited.reduce((best, day) => (day.used > best.used ? day : best));
  return {
    least: Math.min(...limited.map(({ most }) => most)),
    most: Math.max(...limited.map(({ most }) => most)),
    used: top.used,
    ...(top.used > 0 ? { on: top.date } : {}),
    // A tail of a second is the relay's rounding, not somebody's decision.
    daysOver: limited.filter(({ used, most }) => used > most + TOLERANCE).length,
  };
}

/** A second, in minutes. */
const TOLERANCE = 1 / 60;

/** Raises and levels that touch the period, in each unit where they hold. */
export function liftUse(
  units: readonly { readonly unit: UnitId; readonly name: string }[],
  { figures, matter, areas }: Counted,
): readonly LiftUse[] {
  const { period } = matter;
  return liftsIn(matter, areas).flatMap((lift) =>
    units
      .filter(({ unit }) => areas.has(unit) && touches(areas, lift.area, unit))
      .map(({ unit, name }): LiftUse => {
        const average = (from: LocalDate, to: LocalDate) => averageOf(figures.busiest, unit, daysFrom(from, to));
        const last = lift.until < period.to ? lift.until : period.to;
        const later = addDays(lift.until, COMPARED_DAYS);
        const after = average(addDays(lift.until, 1), later < period.to ? later : period.to);
        const before = average(addDays(lift.from, -COMPARED_DAYS), addDays(lift.from, -1));
        const during = average(lift.from, last);
        return {
          ...{ ...lift, unit, unitName: name },
          ...(before === undefined ? {} : { before }),
          ...(during === undefined ? {} : { during }),
          ...(after === undefined ? {} : { after }),
        };
      }),
  );
}

function averageOf(rows: readonly BusiestRow[], unit: UnitId, days: readonly LocalDate[]): number | undefined {
  if (days.length === 0) return undefined;
  const wanted = new Set(days);
  const ms = rows.reduce((sum, row) => (row.unit === unit && wanted.has(row.date) ? sum + row.ms : sum), 0);
  return ms / MINUTE_MS / days.length;
}
