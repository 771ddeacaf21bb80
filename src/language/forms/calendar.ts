/**
 * Days, months and years: which are real, and how they are said.
 *
 * @module
 */
import { type NumberWords, readNumber } from "../numbers.js";
import { sayCount, sayMonth, sayYear } from "./quantity.js";

/** A date as it was written; without a year when none was given. */
export interface Day {
  readonly day: string;
  readonly month: string;
  readonly year?: string | undefined;
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the calendar has such a day; 29 February without a year is one. */
export function isDay({ day, month, year }: Day): boolean {
  const number = Number(day);
  if (number < 1 || number > (DAYS[Number(month) - 1] ?? 0)) return false;
  return !(number === 29 && Number(month) === 2 && year !== undefined && !isLeap(fullYear(year)));
}

const fullYear = (year: string): number => Number(year.length === 2 ? `20${year}` : year);
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** `mười tháng bảy năm hai nghìn không trăm hai mươi mốt`; the word `ngày` is the caller's. */
export const sayDay = ({ day, month, year }: Day, words: NumberWords): string =>
  `${sayCount(day, words)} tháng ${sayMonth(month, words)}${year === undefined ? "" : ` năm ${sayYear(year, words)}`}`;

/** A day of the lunar calendar: its first and last months have names. */
export function sayLunarDay(day: Day, words: NumberWords): string {
  const names: Readonly<Record<number, string>> = { 1: "giêng", 12: "chạp" };
  const name = names[Number(day.month)];
  const said = sayDay({ ...day, year: undefined }, words).replace(/tháng .*/u, "");
  const year = day.year === undefined ? "" : ` năm ${sayYear(day.year, words)}`;
  return name === undefined ? sayDay(day, words) : `${said}tháng ${name}${year}`;
}

/** What no calendar has, as it stands: `ba mươi trên hai`. */
export const sayParts = (parts: readonly string[], words: NumberWords): string =>
  parts.map((part) => readNumber(part.replace(/^0+(?=\d)/u, ""), words)).join(" trên ");

/** Days that everybody knows by their date, and that streets, schools and hospitals are named after. */
const NAMED_DAYS = new Set(
  "1/5 1/6 2/9 2/4 3/2 8/3 19/5 19/8 20/10 20/11 21/6 22/12 23/9 26/3 27/2 27/7 30/4 10/10 7/5 10/3 23/10 9/1".split(
    " ",
  ),
);
export const isNamedDay = ({ day, month }: Day): boolean => NAMED_DAYS.has(`${Number(day)}/${Number(month)}`);
