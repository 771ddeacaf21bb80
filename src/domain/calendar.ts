/**
 * Arithmetic over calendar days, without a zone and without a clock.
 *
 * @module
 */
import type { LocalDate } from "./local-time.js";

const DAY_MS = 86_400_000;

/** Days that have been asked for before, by number; a plan of a year touches a few hundred. */
const known = new Map<number, LocalDate>();
const KNOWN_LIMIT = 4000;

/** Days since 1970-01-01, which is day 0. */
export const dayNumber = (date: LocalDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;

/** The day with that number. @throws RangeError before the year 1000 or after 9999: no schedule lives there */
export function dateOfDay(day: number): LocalDate {
  const seen = known.get(day);
  if (seen) return seen;
  const at = new Date(day * DAY_MS);
  const year = at.getUTCFullYear();
  if (!Number.isInteger(day) || !(year >= 1000 && year <= 9999)) throw new RangeError(`${day} is not a calendar day`);
  const date = at.toISOString().slice(0, 10) as LocalDate;
  if (known.size >= KNOWN_LIMIT) known.clear();
  known.set(day, date);
  return date;
}

/** The date `count` days later; earlier when negative. */
export const addDays = (date: LocalDate, count: number): LocalDate => dateOfDay(dayNumber(date) + count);

/** How many days `to` lies after `from`; negative when before. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from);

/** Every day from the first to the last, both included. */
export function daysFrom(from: LocalDate, to: LocalDate): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Monday is 1, Sunday is 7 (ISO 8601). Day 0 was a Thursday. */
export const weekdayOfDay = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Monday is 1, Sunday is 7 (ISO 8601). */
export const weekdayOf = (date: LocalDate): number => weekdayOfDay(dayNumber(date));
