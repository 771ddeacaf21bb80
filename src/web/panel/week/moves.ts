/**
 * What becomes of schedules when one sounding is moved to another day or time: it alone, or all that come with it. Pure.
 *
 * @module
 */
import type { Schedule } from "../../../domain/schedule.js";
import { freshId } from "../words/identifiers.js";
import { repeatOf, ruleOf, WEEKDAYS } from "./repeat.js";

/** A day and a time of day in the station's zone: `2026-11-24`, `17:00` or `17:00:30`. */
export interface Moment {
  readonly date: string;
  readonly time: string;
}

export type Scope = "once" | "all";

/** Schedules as they are to be kept: the first is looked ahead with, the others beside it. */
export interface Move {
  /** The schedule itself, changed; absent when it stays as it is. */
  readonly changed: Schedule;
  /** What is made for the moved sounding alone, and for what else that day had. */
  readonly made: readonly Schedule[];
}

interface Wish {
  readonly from: Moment;
  readonly to: Moment;
  /** Names that schedules have. */
  readonly taken: ReadonlySet<string>;
}

/** Which of the two there is; a schedule of a single sounding has no other. */
export function scopesOf(schedule: Schedule, wish: Wish): readonly Scope[] {
  return (["once", "all"] as const).filter((scope) => moveOf(schedule, scope, wish) !== undefined);
}

/** Nothing when it cannot be done that way. */
export function moveOf(schedule: Schedule, scope: Scope, wish: Wish): Move | undefined {
  const { from, to } = wish;
  if (from.date === to.date && from.time === to.time) return undefined;
  return scope === "all" ? moveAll(schedule, wish) : moveOnce(schedule, wish);
}

const sorted = (times: readonly string[]) => [...new Set(times)].toSorted() as Schedule["at"];
const isSingle = ({ rule, extra, at }: Schedule) => rule === undefined && extra.length === 0 && at.length === 1;

function moveAll(schedule: Schedule, { from, to }: Wish): Move | undefined {
  const at = sorted(schedule.at.map((time) => (time === from.time ? to.time : time)));
  if (to.date === from.date) return { changed: { ...schedule, at }, made: [] };
  if (schedule.rule === undefined && schedule.extra.length === 0)
    return { changed: { ...schedule, at, start: to.date as Schedule["start"] }, made: [] };
  const repeat = repeatOf(schedule.rule);
  if (repeat.kind !== "weekly" || !repeat.days.includes(weekdayOf(from.date))) return undefined;
  const others = repeat.days.filter((day) => day !== weekdayOf(from.date));
  const rule = ruleOf({ kind: "weekly", days: [...others, weekdayOf(to.date)] });
  const start = (to.date < schedule.start ? to.date : schedule.start) as Schedule["start"];
  return { changed: { ...schedule, at, start, ...(rule === undefined ? {} : { rule }) }, made: [] };
}

function moveOnce(schedule: Schedule, { from, to, taken }: Wish): Move | undefined {
  if (isSingle(schedule)) return undefined;
  const isExtra = schedule.extra.some((date) => date === from.date);
  const changed: Schedule = {
    ...schedule,
    extra: schedule.extra.filter((date) => date !== from.date),
    except:
      isExtra && schedule.start !== from.date ? schedule.except : [...schedule.except, from.date as Schedule["start"]],
  };
  const stay = schedule.at.filter((time) => time !== from.time);
  const days: (readonly [date: string, at: readonly string[]])[] =
    to.date === from.date
      ? [[to.date, [to.time, ...stay]]]
      : [[to.date, [to.time]], ...(stay.length > 0 ? [[from.date, stay] as const] : [])];
  const names = new Set(taken);
  const made = days.map(([date, at]): Schedule => {
    const id = freshId(schedule.id, names);
    names.add(id);
    const { rule: _rule, until: _until, ...rest } = schedule;
    return {
      ...{ ...rest, id: id as Schedule["id"], title: `${schedule.title} ${short(date)}`.slice(-200) },
      ...{ start: date as Schedule["start"], at: sorted(at), except: [], extra: [], holidays: "ignore" },
    };
  });
  return { changed, made };
}

const short = (date: string) => `${date.slice(8)}/${date.slice(5, 7)}`;

const weekdayOf = (date: string): (typeof WEEKDAYS)[number] =>
  WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? "MO";

/** Minutes of a day, as the grid steps. */
export const STEP_MINUTES = 5;
const DAY_MINUTES = 1440;

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The time of a day that is so many minutes after its beginning, on a step of the grid and within the day. */
export function timeAt(minutes: number): string {
  const within = Math.min(Math.max(0, Math.round(minutes / STEP_MINUTES) * STEP_MINUTES), DAY_MINUTES - STEP_MINUTES);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}
