/**
 * Dates and times as people in one place write them, without a zone. The station's zone turns them into instants.
 *
 * @module
 */
import * as z from "zod/mini";

/** A calendar day, `2026-11-23`. */
export const localDateSchema = z
  .string()
  .check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/), z.refine(isRealDate, "no such day"))
  .brand<"local-date">();
export type LocalDate = z.infer<typeof localDateSchema>;

/** A time of day, `05:30` or `05:30:15`; `24:00` is allowed as the end of a range. */
export const localTimeSchema = z
  .string()
  .check(z.regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|24:00)$/))
  .brand<"local-time">();
export type LocalTime = z.infer<typeof localTimeSchema>;

/** From the first instant of `from` up to, not including, `to`; over midnight when `to` is not after `from`. */
export const timeRangeSchema = z.strictObject({ from: localTimeSchema, to: localTimeSchema });
export type TimeRange = z.infer<typeof timeRangeSchema>;

/** @throws ZodError when there is no such day */
export const localDate = (text: string): LocalDate => localDateSchema.parse(text);
/** @throws ZodError when it is not a time of day */
export const localTime = (text: string): LocalTime => localTimeSchema.parse(text);

/** Seconds since midnight. */
export function secondsOf(time: LocalTime): number {
  const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
  return hour * 3600 + minute * 60 + second;
}

/** Whether a time of day, in seconds since midnight, lies in the range. */
export function isWithin(range: TimeRange, second: number): boolean {
  const from = secondsOf(range.from);
  const to = secondsOf(range.to);
  return from < to ? second >= from && second < to : second >= from || second < to;
}

function isRealDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
