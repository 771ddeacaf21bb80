/**
 * Weekdays as timetables shorten them: `T2-T6`, `T7, CN`.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type Form, firstOf, form, told } from "./form.js";
import { sayMonth } from "./quantity.js";

const DAY = String.raw`T([2-7])|(CN)`;
const AMONG_DAYS = behind(
  /(?:(?:^|[^\p{L}])(?:T[2-7]|CN|sáng|trưa|chiều|tối|đêm|từ|vào|nghỉ|học bù|dạy bù|trực|riêng|trừ|kể cả|mở cửa|các ngày|hằng tuần|hàng tuần|mỗi|lịch|giờ|\d{1,2}h\d{0,2})(?:, ?| và | |: ?| ?[-–/] ?| đến )\(?|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})? \()$/iu,
);
const DAYS_AFTER =
  /^(?:, ?| và | ?[-–/] ?| đến )(?:T[2-7]|CN)(?!\p{L})|^ ?(?:hằng|hàng|mỗi) tuần|^ ?\(|^:? ?\d{1,2}(?:h|g|:)|^,? ?(?:ngày )?\d{1,2}[/.-]\d{1,2}(?!\d)/u;

const sayDay = (number: string | undefined, words: Parameters<typeof sayMonth>[1]): string =>
  number === undefined ? "Chủ nhật" : `thứ ${sayMonth(number, words)}`;

/** `T2-T6`, `T7-CN`. */
const span = form(
  new RegExp(String.raw`(?:${DAY}) ?[-–] ?(?:${DAY})(?![\p{L}\p{M}\p{N}]|[./]\p{N})`, "uy"),
  ({ groups, place }) => {
    const [, first, , last] = groups;
    return { spoken: `${sayDay(first, place.words)} đến ${sayDay(last, place.words)}`, kind: "ordinal" };
  },
);

/** `T2-T4-T6`: these days and none between them. */
const row = form(
  /T[2-7](?: ?[-–] ?(?:T[2-7]|CN)){2,5}(?![\p{L}\p{M}\p{N}]|[./]\p{N})/uy,
  ({ groups: [written = ""], place }) => ({
    spoken: (written.match(/[2-7]|CN/gu) ?? [])
      .map((day) => sayDay(day === "CN" ? undefined : day, place.words))
      .join(", "),
    kind: "ordinal",
  }),
);

/** One day, among others or beside words of time: alone it may be a month or a section. */
const single = form(
  new RegExp(String.raw`(?:${DAY})(?![\p{L}\p{M}\p{N}]|[./-]\p{N})`, "uy"),
  ({ groups: [, number, sunday], place, after }) => {
    const isSure = AMONG_DAYS.test(place.before) || DAYS_AFTER.test(after);
    if (!isSure && sunday !== undefined) return undefined;
    return { spoken: sayDay(number, place.words), kind: "ordinal", known: isSure };
  },
);

/** Short weekdays. */
export const weekdays: Form = firstOf([told(/^T/u, row), told(/^[TC]/u, span), told(/^[TC]/u, single)]);
