/**
 * Days, times and lengths as people in Viet Nam write them, always in the station's zone.
 *
 * @module
 */
import { language } from "./language.js";

const HOUR = 3600;

/** Made once for each zone and form: an `Intl` format costs more to make than to use. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language.value === "en" ? "en-GB" : "vi-VN";
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone, hourCycle: "h23" });
  formats.set(key, made);
  return made;
}

type Time = string | number;
const at = (time: Time) => (typeof time === "number" ? time : Date.parse(time));

/** `17:05`. */
export const clockTime = (time: Time, zone: string): string =>
  format(zone, { hour: "2-digit", minute: "2-digit" }).format(at(time));

/** `17:05:09`. */
export const exactTime = (time: Time, zone: string): string =>
  format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(at(time));

/** `Thứ Ba, 24/11/2026`. */
export const day = (time: Time, zone: string): string =>
  format(zone, { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" }).format(at(time));

const dayAndMonth = (time: Time, zone: string) =>
  format(zone, { day: "2-digit", month: "2-digit" }).format(at(time)).replace("-", "/");

/** `17:05 24/11`. */
export const shortMoment = (time: Time, zone: string): string => `${clockTime(time, zone)} ${dayAndMonth(time, zone)}`;

/** `17:05:09 24/11/2026`: a line of the log is looked at years later. */
export const exactMoment = (time: Time, zone: string): string =>
  `${exactTime(time, zone)} ${plainDate(localDateOf(at(time), zone))}`;

/** `17:05 24/11/2026`, for what may be years old. */
export const longMoment = (time: Time, zone: string): string =>
  `${clockTime(time, zone)} ${plainDate(localDateOf(at(time), zone))}`;

/** `thứ Ba`. @param date a day as the API writes it, `2026-11-24` */
export function weekdayOf(date: string): string {
  const name = format("UTC", { weekday: "long" }).format(Date.parse(`${date}T00:00:00Z`));
  return language.value === "en" ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** `24/11/2026` of a date as the API writes it. */
export const plainDate = (date: string): string => date.split("-").toReversed().join("/");

/** The date as the API writes it, `2026-11-24`. */
export function localDateOf(time: number, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  return parts.format(time);
}

/** Seconds since local midnight. Days with a change of the clock are drawn as if they had none. */
export function secondOfDay(time: Time, zone: string): number {
  const [hour = 0, minute = 0, second = 0] = exactTime(time, zone).split(":").map(Number);
  return hour * HOUR + minute * 60 + second;
}

/** `1 phút 40 giây`. @param ms length in milliseconds, 0 or more */
export function length(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / HOUR), Math.floor((seconds % HOUR) / 60), seconds % 60];
  const units = language.value === "en" ? ["h", "min", "s"] : ["giờ", "phút", "giây"];
  const parts = [hours, minutes, rest].map((count, unit) => (count > 0 ? `${count} ${units[unit]}` : ""));
  return parts.filter((part) => part !== "").join(" ") || `0 ${units[2]}`;
}

/** How long ago, in words: `2 phút trước`. @param ms since then, milliseconds */
export function ago(ms: number): string {
  const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
    ["second", 1000],
  ];
  const found = units.find(([, size]) => ms >= size) ?? (["second", 1000] as const);
  const relative = new Intl.RelativeTimeFormat(language.value, { numeric: "auto" });
  return relative.format(-Math.max(0, Math.floor(ms / found[1])), found[0]);
}
