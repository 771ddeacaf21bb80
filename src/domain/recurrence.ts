/**
 * The days on which a schedule sounds: its rule, its validity, days left out and added, and what holidays do to it.
 *
 * @module
 */
import { dateOfDay, dayNumber } from "./calendar.js";
import type { LocalDate } from "./local-time.js";
import { parseRule, type Rule } from "./rule.js";
import { isOnRule } from "./rule-days.js";
import type { Schedule } from "./schedule.js";

/** Rules that are remembered once read, by their text. */
const RULES_LIMIT = 2000;
const rules = new Map<string, Rule>();

/** The part of a schedule that decides about days. */
export type DayPattern = Pick<Schedule, "start" | "until" | "rule" | "except" | "extra" | "holidays">;

/** A day on which a schedule is due. */
export interface ScheduleDay {
  readonly date: LocalDate;
  /** It is due, but it is a holiday and the schedule is silent on those. */
  readonly silenced: boolean;
}

/** First and last day, both included. */
export interface DayRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * The days in the range on which the schedule is due, in order. The last day of its validity counts; a day that is both
 * added and left out is left out; an added day outside the validity is not due.
 *
 * @param holidays the days that are public holidays
 * @throws Fault "invalid" when the rule cannot be used
 */
export function daysOf(pattern: DayPattern, range: DayRange, holidays: ReadonlySet<LocalDate>): ScheduleDay[] {
  const rule = pattern.rule === undefined ? undefined : ruleOf(pattern.rule);
  const start = dayNumber(pattern.start);
  const last = Math.min(dayNumber(range.to), pattern.until === undefined ? Infinity : dayNumber(pattern.until));
  const due: ScheduleDay[] = [];
  for (let day = Math.max(start, dayNumber(range.from)); day <= last; day++) {
    const date = dateOfDay(day);
    const onRule = rule ? isOnRule(rule, start, day) : day === start;
    if ((!onRule && !pattern.extra.includes(date)) || pattern.except.includes(date)) continue;
    if (pattern.holidays === "only" && !holidays.has(date)) continue;
    due.push({ date, silenced: pattern.holidays === "skip" && holidays.has(date) });
  }
  return due;
}

function ruleOf(text: string): Rule {
  const seen = rules.get(text);
  if (seen) return seen;
  const rule = parseRule(text);
  if (rules.size >= RULES_LIMIT) rules.clear();
  rules.set(text, rule);
  return rule;
}
