/**
 * Recurrence rules over calendar days (RFC 5545), read by ical.js and judged day by day.
 *
 * A day is asked whether it is on the rule, instead of walking from the first day: a rule that began ten years ago costs
 * nothing, and a rule that no day can fulfil cannot hang the planner.
 *
 * @module
 */
import ICAL from "ical.js";
import { Fault, reasonOf } from "../base/errors.js";
import { dayNumber } from "./calendar.js";
import { localDateSchema } from "./local-time.js";

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
type Frequency = (typeof FREQUENCIES)[number];

/** Parts each frequency understands, as the table of RFC 5545 section 3.3.10 allows for days. */
const PARTS: Record<Frequency, readonly string[]> = {
  DAILY: ["BYMONTH", "BYMONTHDAY", "BYDAY"],
  WEEKLY: ["BYMONTH", "BYDAY", "BYSETPOS"],
  MONTHLY: ["BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"],
  YEARLY: ["BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS"],
};
const ALWAYS = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"];
const LONGEST_RULE = 300;
const MOST_COUNT = 3660;
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** A day of the week, Monday 1 to Sunday 7, or the nth of a month or year; -1 is the last. */
export interface RuleDay {
  readonly weekday: number;
  readonly nth: number | undefined;
}

/** A rule that has been checked. Empty lists mean that the part was left out. */
export interface Rule {
  readonly text: string;
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  /** Last day, as days since 1970-01-01, included. */
  readonly until: number | undefined;
  /** Day on which weeks start, Monday 1 to Sunday 7. */
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly weeks: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  readonly days: readonly RuleDay[];
  readonly positions: readonly number[];
}

/** Reads a rule such as `FREQ=WEEKLY;BYDAY=MO,SU`. @throws Fault "invalid" at `/rule`, naming what is allowed */
export function parseRule(text: string): Rule {
  if (text.length > LONGEST_RULE) throw refused(text, "dài quá 300 ký tự", "it is longer than 300 characters");
  const given = partsOf(text);
  const frequency = FREQUENCIES.find((one) => one === given.get("FREQ"));
  if (!frequency)
    throw refused(
      text,
      "tần suất phải là DAILY, WEEKLY, MONTHLY hoặc YEARLY (giờ phát ghi ở mục giờ)",
      FREQUENCY_WORDS,
    );
  const allowed = [...ALWAYS, ...PARTS[frequency]];
  const strange = [...given.keys()].find((key) => !allowed.includes(key));
  if (strange !== undefined)
    throw refused(
      text,
      `${frequency} không dùng được ${strange}; chỉ dùng ${allowed.join(", ")}`,
      `${frequency} cannot have ${strange}; allowed are ${allowed.join(", ")}`,
    );
  const rule = build(text, frequency, given);
  checkParts(rule);
  return rule;
}

const FREQUENCY_WORDS = "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY; times of day have their own field";

function partsOf(text: string): Map<string, string> {
  const given = new Map<string, string>();
  for (const part of text.trim().toUpperCase().split(";")) {
    const [key = "", value = "", more] = part.split("=");
    if (!key || !value || more !== undefined || given.has(key))
      throw refused(
        text,
        `phần «${part.slice(0, 40)}» sai hoặc lặp lại`,
        `the part "${part.slice(0, 40)}" is wrong or twice`,
      );
    given.set(key, value);
  }
  return given;
}

function build(text: string, frequency: Frequency, given: ReadonlyMap<string, string>): Rule {
  const read = readByLibrary(text, given);
  const numbers = (part: string) => (read[part] ?? []).map(Number);
  return {
    text,
    frequency,
    interval: whole(text, given.get("INTERVAL") ?? "1", 1000),
    count: given.has("COUNT") ? whole(text, given.get("COUNT") ?? "", MOST_COUNT) : undefined,
    until: given.has("UNTIL") ? lastDay(text, given.get("UNTIL") ?? "") : undefined,
    weekStart: WEEKDAYS.indexOf(given.get("WKST") ?? "MO") + 1,
    months: numbers("BYMONTH"),
    weeks: numbers("BYWEEKNO"),
    yearDays: numbers("BYYEARDAY"),
    monthDays: numbers("BYMONTHDAY"),
    days: (read.BYDAY ?? []).map((day) => ruleDay(String(day))),
    positions: numbers("BYSETPOS"),
  };
}

/** ical.js knows the grammar and the range of every BY part. */
function readByLibrary(text: string, given: ReadonlyMap<string, string>): Record<string, (string | number)[]> {
  const kept = [...given].filter(([key]) => key === "FREQ" || key === "WKST" || key.startsWith("BY"));
  try {
    return ICAL.Recur.fromString(kept.map((pair) => pair.join("=")).join(";")).parts as Record<string, string[]>;
  } catch (cause) {
    throw refused(text, `không đọc được (${reasonOf(cause)})`, reasonOf(cause), cause);
  }
}

function ruleDay(text: string): RuleDay {
  const nth = text.slice(0, -2);
  return { weekday: WEEKDAYS.indexOf(text.slice(-2)) + 1, nth: nth === "" ? undefined : Number(nth) };
}

function checkParts(rule: Rule): void {
  const { text, frequency, days, weeks, positions } = rule;
  const nth = days.some((day) => day.nth !== undefined);
  if (nth && (frequency === "DAILY" || frequency === "WEEKLY" || weeks.length > 0))
    throw refused(
      text,
      "thứ mấy trong tháng chỉ dùng với MONTHLY hoặc YEARLY",
      "an nth weekday needs MONTHLY or YEARLY",
    );
  if (positions.length > 0 && (weeks.length > 0 || days.length + rule.monthDays.length + rule.yearDays.length === 0))
    throw refused(
      text,
      "BYSETPOS cần BYDAY, BYMONTHDAY hoặc BYYEARDAY",
      "BYSETPOS needs BYDAY, BYMONTHDAY or BYYEARDAY",
    );
  const lists = [rule.months, weeks, rule.yearDays, rule.monthDays, positions];
  if (lists.some((list) => list.some((value) => !Number.isInteger(value) || value === 0)) || rule.weekStart === 0)
    throw refused(text, "có số không hợp lệ", "a number is out of range");
}

function whole(text: string, value: string, most: number): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most)
    throw refused(text, `INTERVAL và COUNT phải là số từ 1 đến ${most}`, `INTERVAL and COUNT go from 1 to ${most}`);
  return number;
}

function lastDay(text: string, value: string): number {
  const date = localDateSchema.safeParse(value.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"));
  if (!date.success)
    throw refused(text, "UNTIL phải là một ngày, ví dụ 20261231", "UNTIL must be a day such as 20261231");
  return dayNumber(date.data);
}

const refused = (text: string, vi: string, en: string, cause?: unknown): Fault =>
  new Fault(
    "invalid",
    {
      vi: `Quy tắc lặp «${text.slice(0, 60)}» không dùng được: ${vi}. Lịch chưa được lưu.`,
      en: `the recurrence rule "${text.slice(0, 60)}" cannot be used: ${en}; nothing was saved`,
    },
    { path: "/rule", reason: "bad-rule", cause },
  );
