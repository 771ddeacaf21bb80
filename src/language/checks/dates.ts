/**
 * Days in a text: in figures (`20/11/2026`, `20-11`, `ngày 20 tháng 11`) and in words (`ngày hai mươi tháng mười một`).
 *
 * @module
 */
import type { LocalDate } from "../../domain/local-time.js";
import { latin } from "../latin.js";
import { matchesIn } from "../matches.js";
import { NUMBER, smallNumber, spaced, words } from "./phrases.js";
import type { View } from "./view.js";

export interface FoundDate {
  readonly start: number;
  readonly end: number;
  /** Undefined when there is no such day. */
  readonly day: LocalDate | undefined;
  /** Whether the year was written; otherwise it is the one that brings the day nearest to today. */
  readonly hasYear: boolean;
}

/** No more dates are looked at than this. */
const MOST_DATES = 500;
const LED =
  "ngày|mùng|mồng|sáng|trưa|chiều|tối|đêm|hôm|thứ \\p{L}{2,4},?|chủ nhật,?|đến|tới|từ|hạn|hết|trước|sau|qua|nay";
const FIGURES = latin(/(?<![\p{L}\p{N}/.,-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}))?(?![\p{L}\p{N}]|[/.,-]\d|-\p{L})/gu);
const LEADING = new RegExp(`(?:${spaced(LED)})(?: \\()?[ \\n(]{1,2}$`, "u");
const IN_WORDS = words(`ngày (${NUMBER}) tháng (${NUMBER})(?:(?:,)? năm (\\d{4}|${NUMBER}))?`);

/** Every day named in the text, in order of place within each way of writing. */
export function datesIn(view: View, today: LocalDate): FoundDate[] {
  const found: FoundDate[] = [];
  for (const match of matchesIn(view.lower, FIGURES)) {
    if (found.length >= MOST_DATES) return found;
    const [whole, day = "", sign, month = "", year] = match;
    const before = view.lower.slice(Math.max(0, match.index - 14), match.index);
    // 1/2 may be a half and 2-3 may be months: without a year only what is led in as a day is one.
    if (year === undefined && (sign !== "/" ? !/ngày[ \n]$/u.test(before) : !LEADING.test(before))) continue;
    const place = { start: match.index, end: match.index + whole.length };
    found.push({
      ...place,
      ...dayOf({ day: Number(day), month: Number(month), year: Number(year) || undefined }, today),
    });
  }
  for (const match of matchesIn(view.lower, IN_WORDS)) {
    if (found.length >= MOST_DATES) return found;
    const [whole, daySaid = "", monthSaid = "", yearSaid] = match;
    const day = smallNumber(daySaid);
    const month = smallNumber(monthSaid);
    if (day === undefined || month === undefined) continue;
    const year = yearSaid !== undefined && /^\d{4}$/u.test(yearSaid) ? Number(yearSaid) : undefined;
    found.push({ start: match.index, end: match.index + whole.length, ...dayOf({ day, month, year }, today) });
  }
  return found;
}

interface Parts {
  readonly day: number;
  readonly month: number;
  readonly year: number | undefined;
}

function dayOf({ day, month, year }: Parts, today: LocalDate): Pick<FoundDate, "day" | "hasYear"> {
  if (year !== undefined) return { day: realDay(year, month, day), hasYear: true };
  const thisYear = Number(today.slice(0, 4));
  const candidates = [thisYear - 1, thisYear, thisYear + 1].flatMap((one) => realDay(one, month, day) ?? []);
  const nearest = candidates.sort((a, b) => Math.abs(daysFrom(a, today)) - Math.abs(daysFrom(b, today)))[0];
  return { day: nearest, hasYear: false };
}

/** How many days lie from `today` to `day`; negative when it is over. */
export const daysFrom = (day: LocalDate, today: LocalDate): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);

function realDay(year: number, month: number, day: number): LocalDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1000 || year > 9999 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10) as LocalDate;
}
