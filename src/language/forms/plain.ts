/**
 * Numbers by themselves, and what their neighbours make of them: `tháng 4`, `thứ 2`, `05 ca`, `-5`.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type NumberWords, readNumber } from "../numbers.js";
import { beginning, type Form, firstOf, form, told } from "./form.js";
import { QUANTITY, sayMonth, sayQuantity } from "./quantity.js";

/** A sign may follow only if it is not the middle of something longer. */
const END = String.raw`(?![\p{L}\p{M}\p{N}]|[.,:/-]\p{N}|[-/+_](?!(?:thứ|ngày|tháng|năm|tổ|km|lớp|khối|quý|đợt) |(?:BĐ|KP|TDP) ?\d)\p{L})`;
const MONTH = behind(/(?:^|\P{L})tháng (?:\d{1,2}(?:, ?| và | ?[-–] ?| đến | hoặc )){0,6}$/iu);
const WEEKDAY = behind(/(?:^|\P{L})thứ (?:\d(?:, ?| và | ?[-–] ?| đến | hoặc )){0,6}$/iu);
/** Looked for first: it is found or missed at once. */
const ORDERING = /th(?:á|ứ)/iu;
/** After these a leading zero is only the width of the column. */
const PADDED = behind(
  /(?:^|\P{L})(?:ngày|tháng|mùng|mồng|lúc|tổ|tổ dân phố|TDP|phường|P\.|quận|Q\.|khu phố|KP|khu|thôn|ấp|khóm|xóm|cụm|điều|khoản|mục|cấp|thứ|đợt|quý|gồm|có|là|với|trong|thêm|khoảng|hơn|gần|tuyến|và) ?$/iu,
);
/** Papers and things that a short form names are counted behind a pause: `2 triệu đồng, 01 GPLX`. */
const SHORT_FORM = /^ \p{Lu}{2,6}(?!\p{L})/u;
const BEHIND_PAUSE = behind(
  /(?:^|[,;:(+]|(?:^|\P{L})(?:mất|được|tặng|trao|nhận|rơi|thất lạc|bỏ quên|nhặt|nộp|mang|kèm|cấp|mua|trả|phát|đổi|thu giữ|thu hồi|hỗ trợ|lắp đặt|lắp)) ?$/iu,
);
const NAMED = behind(/(?:^|\P{L})(?:số|mã|mã số|số hiệu|sđt|đt)[:.]? $/iu);
/** What a count is followed by. */
const COUNTED =
  /^ (?:Huy chương|HC[VBĐ]|Giải|Bằng khen|Giấy khen|Cờ thi đua|Chi bộ|Đảng viên|TDP|KP|CLB|HTX|HS|SV|CBCS|Tổ dân phố|F[01])(?![\p{L}\d])|^ ?\p{Ll}/u;

/** Small numbers with a leading zero: counts and days lose it, numbers that name something keep it. */
const padded: Form = form(new RegExp(String.raw`0(\d)${END}`, "uy"), ({ groups: [, digit = ""], place, after }) => {
  const isShort = SHORT_FORM.test(after) && BEHIND_PAUSE.test(place.before);
  const isCount = (COUNTED.test(after) || isShort) && !NAMED.test(place.before);
  if (digit === "0" || (!isCount && !PADDED.test(place.before))) return undefined;
  return { spoken: sayOrdered(digit, place.before, place.words), kind: "number" };
});

/** `tháng 4` and `thứ 4` are "tư", `thứ 1` is "nhất". */
function sayOrdered(digits: string, before: string, words: NumberWords): string {
  if (MONTH.test(before)) return sayMonth(digits, words);
  if (!WEEKDAY.test(before)) return readNumber(digits, words);
  return digits === "1" ? "nhất" : sayMonth(digits, words);
}

/** `thứ 2-6`: weekdays. */
const weekdays: Form = form(
  /([2-6]) ?[-–] ?([3-7])(?![\p{L}\p{M}\p{N}]|[.,/:]\p{N})/uy,
  ({ groups: [, first = "", last = ""], place }) =>
    WEEKDAY.test(place.before) && first < last
      ? { spoken: `${sayMonth(first, place.words)} đến thứ ${sayMonth(last, place.words)}`, kind: "ordinal" }
      : undefined,
);

/** `2-4-6`, `3-5-7`: the two halves of the week, as lessons and trainings are held. */
const halfWeek: Form = form(/(2-4-6|3-5-7)(?![\p{L}\p{M}\p{N}]|[.,/-]\p{N})/uy, ({ groups: [, days = ""], place }) => {
  const word = WEEKDAY.test(place.before) ? "" : "thứ ";
  return { spoken: `${word}${days === "2-4-6" ? "hai, tư, sáu" : "ba, năm, bảy"}`, kind: "ordinal" };
});

/** One to four, five and so on after the words for months and weekdays. */
const ordered: Form = form(new RegExp(String.raw`(\d{1,2})${END}`, "uy"), ({ groups: [, digits = ""], place }) => {
  if (!ORDERING.test(place.before)) return undefined;
  const isWeekday = WEEKDAY.test(place.before);
  if (!isWeekday && !MONTH.test(place.before)) return undefined;
  return {
    spoken: sayOrdered(digits.replace(/^0(?=\d)/u, ""), place.before, place.words),
    kind: isWeekday ? "ordinal" : "number",
  };
});

/** Thousands parted by commas, as in English: surely when there are two commas, perhaps when there is one. */
const english: Form = form(
  new RegExp(String.raw`(\d{1,3}(?:,\d{3}){1,5})(\.\d{1,2})?${END}`, "uy"),
  ({ groups: [, whole = "", fraction], place }) => {
    const isSure = /,\d{3},/u.test(whole);
    if (whole.startsWith("0") || (!isSure && fraction !== undefined)) return undefined;
    if (!isSure) return { spoken: sayQuantity(whole, place.words), kind: "number", known: isScaled(place, whole) };
    const decimals = fraction === undefined ? "" : `,${fraction.slice(1)}`;
    return { spoken: sayQuantity(whole.replaceAll(",", "") + decimals, place.words), kind: "number" };
  },
);

/** `2,345 tỷ`: before such a word a comma can only part decimals. */
const isScaled = ({ text, index }: { text: string; index: number }, written: string): boolean =>
  /^ (?:tỷ|tỉ|triệu|nghìn|ngàn|vạn|tấn|tạ|héc-ta|lần|điểm|độ)(?!\p{L})/u.test(
    text.slice(index + written.length, index + written.length + 10),
  );

/** What is numbered, so that a comma parts two of them: `tổ 5,6`. */
const LISTED = behind(
  /(?:^|\P{L})(?:tổ|tổ dân phố|TDP|phường|P\.|quận|Q\.|khu phố|KP|khu|thôn|ấp|khóm|xóm|xã|tháng|ngày|thứ|lớp|khối|tầng|khóa|điều|khoản|mũi|đợt|lần|số|cấp|quý|tuần|bảng|cụm|nhóm|đội|trang) ?$/iu,
);

/** One amount with decimals, whatever stands before it. */
const SCALED = /^ ?(?:tỷ|tỉ|triệu|nghìn|ngàn|tấn|tạ|điểm|độ|lần|%|kg|km|m2?|ha|lít)(?!\p{L})/u;

/** `5,6,7`, `tổ 5,6`. */
const row: Form = form(
  new RegExp(String.raw`\d{1,2}(?:,\d{1,2}){1,11}${END}`, "uy"),
  ({ groups: [written = ""], place, after }) => {
    const numbers = written.split(",");
    if (numbers.length < 3 && (!LISTED.test(place.before) || SCALED.test(after))) return undefined;
    const said = numbers.map((one) => sayOrdered(one.replace(/^0(?=\d)/u, ""), place.before, place.words));
    return { spoken: said.join(", "), kind: "number" };
  },
);

/** Thousands parted by spaces: surely when a group is 000, or begins with 0. */
const spaced: Form = form(
  new RegExp(String.raw`(\d{1,3}(?: \d{3}){1,5})${END}`, "uy"),
  ({ groups: [written = ""], place }) => {
    const isSure = / 0\d\d/u.test(written);
    if (written.startsWith("0")) return undefined;
    return { spoken: sayQuantity(written, place.words), kind: "number", known: isSure };
  },
);

const number: Form = form(new RegExp(`${QUANTITY}${END}`, "uy"), ({ groups: [written = ""], place }) => ({
  spoken: sayQuantity(written, place.words),
  kind: "number",
}));

/** `05 (năm) ngày`: papers repeat a number in words, so that nobody changes it; said twice it would be another number. */
export const repeatedInWords: Form = told(
  /^(?:\.0| ?[đĐ(])/u,
  form(
    /(\d{1,3}(?:\.\d{3}){0,3})( ?(?:đồng|đ))? ?\((?:(?:viết )?bằng chữ: ?)?(\p{L}{1,6}(?: \p{L}{1,6}){0,14}?)( đồng(?: chẵn)?)?\.?\)/iuy,
    ({ groups: [, digits = "", money = "", said = "", currency = ""], place }) => {
      const number = digits.replaceAll(".", "").replace(/^0+(?=\d)/u, "");
      const spoken = readNumber(number, place.words);
      if (regionless(said) !== regionless(spoken)) return undefined;
      const isMoney = money !== "" || currency !== "";
      return isMoney ? { spoken: `${spoken} đồng`, kind: "money" } : { spoken, kind: "number" };
    },
  ),
);

const regionless = (said: string): string =>
  said.toLowerCase().replaceAll("ngàn", "nghìn").replaceAll("linh", "lẻ").replaceAll("bốn", "tư");

/** Numbers by themselves. */
export const plainNumbers: Form = firstOf([
  told(/^-/u, halfWeek, "23"),
  told(/^ ?[-–]/u, weekdays, "23456"),
  told(/^,0/u, row),
  beginning("0", padded),
  ordered,
  told(/^,0/u, english),
  told(/^ 000/u, spaced),
  number,
]);
