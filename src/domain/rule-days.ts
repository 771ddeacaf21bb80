/**
 * Whether a day is on a recurrence rule. Every question is answered from the day itself and the first day of the rule.
 *
 * @module
 */
import { dateOfDay, dayNumber, weekdayOfDay } from "./calendar.js";
import type { LocalDate } from "./local-time.js";
import type { Rule, RuleDay } from "./rule.js";

/** Rules whose last day by COUNT is remembered. */
const ENDS_LIMIT = 1000;
/** A COUNT is looked for this far after the first day, then given up: a day that comes once in 40 years does not exist. */
const COUNT_DAYS = 366 * 40;
const ends = new Map<string, number>();

/** A day taken apart. */
interface Parts {
  readonly day: number;
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
  readonly daysInMonth: number;
  readonly weekday: number;
}

/**
 * Whether the day is on the rule of a schedule that starts on `start`.
 *
 * @param start first day, days since 1970-01-01; it also gives what the rule leaves open, such as the weekday
 * @param day the day in question, days since 1970-01-01
 */
export function isOnRule(rule: Rule, start: number, day: number): boolean {
  if (day < start || (rule.until !== undefined && day > rule.until)) return false;
  if (rule.count !== undefined && day > endOfCount(rule, start)) return false;
  return isInPattern(rule, start, day);
}

function isInPattern(rule: Rule, start: number, day: number): boolean {
  if (!isInPeriod(rule, start, day) || !fits(rule, start, day)) return false;
  if (rule.positions.length === 0) return true;
  const set = periodOf(rule, day).filter((other) => fits(rule, start, other));
  const index = set.indexOf(day);
  return rule.positions.some((position) => (position > 0 ? position - 1 : set.length + position) === index);
}

/** Whether the day's period (day, week, month, year) is one of every INTERVAL. */
function isInPeriod(rule: Rule, start: number, day: number): boolean {
  if (rule.interval === 1) return true;
  return (periodIndex(rule, day) - periodIndex(rule, start)) % rule.interval === 0;
}

function periodIndex(rule: Rule, day: number): number {
  const { year, month } = partsOf(day);
  if (rule.frequency === "DAILY") return day;
  if (rule.frequency === "WEEKLY") return Math.floor(weekBegin(rule, day) / 7);
  if (rule.frequency === "MONTHLY") return year * 12 + month;
  return rule.weeks.length > 0 ? weekOf(rule, day).year : year;
}

/** Every day of the period in which BYSETPOS counts. */
function periodOf(rule: Rule, day: number): number[] {
  if (rule.frequency === "WEEKLY") return stretch(weekBegin(rule, day), 7);
  const { year, dayOfMonth, daysInMonth } = partsOf(day);
  if (rule.frequency === "MONTHLY") return stretch(day - dayOfMonth + 1, daysInMonth);
  return stretch(firstOfYear(year), firstOfYear(year + 1) - firstOfYear(year));
}

/** Whether the day fits every BY part, with those that the rule leaves open taken from its first day. */
function fits(rule: Rule, start: number, day: number): boolean {
  const parts = partsOf(day);
  const { months, monthDays, yearDays, weeks, days } = rule;
  if (months.length > 0 && !months.includes(parts.month)) return false;
  if (monthDays.length > 0 && !monthDays.some((one) => one === parts.dayOfMonth || isFromEnd(one, parts))) return false;
  if (yearDays.length > 0 && !yearDays.some((one) => isYearDay(one, parts))) return false;
  if (weeks.length > 0 && !isWeek(rule, day)) return false;
  if (days.length > 0) return days.some((one) => isWeekday(rule, one, parts));
  return isOpenPart(rule, start, parts);
}

function isOpenPart(rule: Rule, start: number, parts: Parts): boolean {
  const { frequency, months, monthDays, yearDays, weeks } = rule;
  const first = partsOf(start);
  if (frequency === "DAILY") return true;
  if (frequency === "WEEKLY" || weeks.length > 0) return parts.weekday === first.weekday;
  if (monthDays.length > 0 || yearDays.length > 0) return true;
  if (parts.dayOfMonth !== first.dayOfMonth) return false;
  return frequency === "MONTHLY" || months.length > 0 || parts.month === first.month;
}

const isFromEnd = (one: number, { dayOfMonth, daysInMonth }: Parts) => one < 0 && dayOfMonth === daysInMonth + one + 1;

function isYearDay(one: number, { day, year }: Parts): boolean {
  return one > 0 ? day === firstOfYear(year) + one - 1 : day === firstOfYear(year + 1) + one;
}

function isWeek(rule: Rule, day: number): boolean {
  const { year, week } = weekOf(rule, day);
  const last = weekOf(rule, firstWeek(rule, year + 1) - 1).week;
  return rule.weeks.some((one) => one === week || (one < 0 && last + one + 1 === week));
}

function isWeekday(rule: Rule, { weekday, nth }: RuleDay, parts: Parts): boolean {
  if (parts.weekday !== weekday) return false;
  if (nth === undefined) return true;
  const inYear = rule.frequency === "YEARLY" && rule.months.length === 0;
  const begin = inYear ? firstOfYear(parts.year) : parts.day - parts.dayOfMonth + 1;
  const length = inYear ? firstOfYear(parts.year + 1) - begin : parts.daysInMonth;
  const index = parts.day - begin;
  return nth > 0 ? Math.floor(index / 7) + 1 === nth : Math.floor((length - 1 - index) / 7) + 1 === -nth;
}

function endOfCount(rule: Rule, start: number): number {
  const key = `${start} ${rule.text}`;
  const seen = ends.get(key);
  if (seen !== undefined) return seen;
  let left = rule.count ?? 0;
  let day = start - 1;
  while (left > 0 && day < start + COUNT_DAYS) if (isInPattern(rule, start, ++day)) left--;
  if (ends.size >= ENDS_LIMIT) ends.clear();
  ends.set(key, day);
  return day;
}

/** First day of the week in which the day lies. */
const weekBegin = (rule: Rule, day: number) => day - ((weekdayOfDay(day) - rule.weekStart + 7) % 7);

/** First day of week 1: the first week with at least four days in the year. */
function firstWeek(rule: Rule, year: number): number {
  return weekBegin(rule, firstOfYear(year) + 3);
}

function weekOf(rule: Rule, day: number): { year: number; week: number } {
  const year = partsOf(weekBegin(rule, day) + 3).year;
  return { year, week: Math.floor((day - firstWeek(rule, year)) / 7) + 1 };
}

const firstOfYear = (year: number) => dayNumber(`${String(year).padStart(4, "0")}-01-01` as LocalDate);

const stretch = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

function partsOf(day: number): Parts {
  const date = dateOfDay(day);
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  return {
    day,
    year,
    month,
    dayOfMonth: Number(date.slice(8, 10)),
    daysInMonth: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    weekday: weekdayOfDay(day),
  };
}
