/**
 * One value of a form: judged, and written as it stands in the text. What is written so is read right by any voice, and
 * looks right to whoever reads it.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { weekdayOf } from "./calendar.js";
import { localDateSchema, localTimeSchema } from "./local-time.js";
import { readPhone } from "./phone.js";
import type { Field } from "./template.js";

/** A value as it stands in the text, or why it cannot. */
export type Written = { readonly text: string } | { readonly problem: Words };

/** @returns `undefined` when the field is empty */
export function writeValue(field: Field, value: string | number | undefined): Written | undefined {
  const said = typeof value === "number" ? value : value?.normalize("NFC").replace(/\s+/gu, " ").trim();
  if (said === undefined || said === "") return undefined;
  switch (field.type) {
    case "number":
      return writeNumber(said, field);
    case "case-count":
      return writeNumber(said, { min: 0, max: field.max, decimals: 0 });
    case "money":
      return more(writeNumber(said, { ...field, decimals: 0 }), " đồng");
    case "date":
      return writeDate(String(said), field.weekday);
    case "time":
      return writeTime(String(said));
    case "phone":
      return readPhone(String(said)) ?? { problem: noPhone };
    case "choice":
      return field.choices.includes(String(said)) ? { text: String(said) } : { problem: notAmong(field.choices) };
    default:
      return writeWords(String(said), field.maxLetters);
  }
}

/** The sentence goes on after a value, so its last full stop or comma is the template's to write. */
function writeWords(said: string, maxLetters: number): Written | undefined {
  const text = said.replace(/[\s.,;:]+$/u, "");
  if (text === "") return undefined;
  if (text.length > maxLetters) return { problem: tooLong(maxLetters) };
  return /[\p{C}{}[\]]/u.test(text) ? { problem: strangeSigns } : { text };
}

/** 1250, `1250`, `1.250` and `12,5`; a decimal point would be read as thousands, so it is refused. */
const WRITTEN_NUMBER = /^(-?)(\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,(\d{1,6}))?$/;

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
}

function writeNumber(said: string | number, { min, max, decimals }: Bounds): Written {
  const found = WRITTEN_NUMBER.exec(typeof said === "number" ? String(said).replace(".", ",") : said);
  if (found === null) return { problem: noNumber };
  const [, sign = "", whole = "", fraction = ""] = found;
  const places = fraction.replace(/0+$/, "");
  if (places.length > decimals) return { problem: tooFine(decimals) };
  const value = Number(`${sign}${whole.replaceAll(".", "")}.${places || "0"}`);
  if (value < min || value > max) return { problem: outside(min, max) };
  return { text: grouped(value) };
}

/** 1250.5 is `1.250,5`. */
function grouped(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const parted = whole.replace(/\B(?=(?:\d{3})+$)/g, ".");
  return fraction === undefined ? parted : `${parted},${fraction}`;
}

const WEEKDAYS = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];

function writeDate(said: string, weekday: boolean): Written {
  const read = localDateSchema.safeParse(said);
  if (!read.success) return { problem: noDate };
  const [year, month, day] = read.data.split("-").map(Number);
  const words = `ngày ${day} tháng ${month} năm ${year}`;
  return { text: weekday ? `${WEEKDAYS[weekdayOf(read.data) - 1]}, ${words}` : words };
}

function writeTime(said: string): Written {
  const read = localTimeSchema.safeParse(said);
  if (!read.success) return { problem: noTime };
  const [hour, minute] = read.data.split(":").map(Number);
  return { text: minute === 0 ? `${hour} giờ` : `${hour} giờ ${minute} phút` };
}

const more = (written: Written, after: string): Written =>
  "text" in written ? { text: written.text + after } : written;

const noNumber: Words = {
  vi: "phải là một số, như 1250 hoặc 12,5 (dấu phẩy cho phần lẻ)",
  en: "must be a number, such as 1250 or 12,5 (a comma before decimals)",
};
const noDate: Words = { vi: "phải là một ngày có thật, như 2026-11-23", en: "must be a real day, such as 2026-11-23" };
const noTime: Words = { vi: "phải là một giờ, như 17:30", en: "must be a time of day, such as 17:30" };
const noPhone: Words = {
  vi: "không giống số điện thoại: cần ba số khẩn cấp, hoặc số bắt đầu bằng 0, 1800, 1900",
  en: "does not look like a telephone number: three digits for emergencies, or one that begins with 0, 1800 or 1900",
};
const strangeSigns: Words = {
  vi: "có ký hiệu không đọc được: ngoặc vuông, ngoặc nhọn hoặc ký tự ẩn",
  en: "has signs that cannot be read: square or curly brackets, or hidden ones",
};
const tooLong = (most: number): Words => ({ vi: `dài quá ${most} chữ`, en: `is longer than ${most} letters` });
const tooFine = (decimals: number): Words =>
  decimals === 0
    ? { vi: "phải là số nguyên", en: "must be a whole number" }
    : { vi: `nhiều nhất ${decimals} chữ số sau dấu phẩy`, en: `at most ${decimals} decimals` };
const outside = (min: number, max: number): Words => ({
  vi: `phải từ ${grouped(min)} đến ${grouped(max)}`,
  en: `must be from ${min} to ${max}`,
});
const notAmong = (choices: readonly string[]): Words => ({
  vi: `phải là một trong: ${choices.join("; ")}`,
  en: `must be one of: ${choices.join("; ")}`,
});
