/**
 * Times of day and lengths of time: `5h30`, `17g00`, `08:00`, `5h-5h30`, `30'`.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type NumberWords, readNumber } from "../numbers.js";
import { type Form, firstOf, form, type Place, type Said, told } from "./form.js";
import { sayCount, sayMonth } from "./quantity.js";
import { closesQuotation } from "./quotations.js";

const TO = String.raw` ?(?:[-–—]|->|→) ?`;
const MINUTES = String.raw`(?: ?(?:ph|p|phút|'|’)(?![\p{L}]))?`;
const CLOCK = String.raw`(\d{1,3}) ?([hHgG:])(?: ?(\d{1,2})${MINUTES}(?!\d))?(?::([0-5]\d))?`;
const END = String.raw`(?![\p{L}\p{M}\p{N}]|[:/]\d|[.,]\d)`;
/** Nothing need be said before a span of time when one of these is there. */
const FROM = behind(/(?:^|\P{L})(?:từ|lúc|vào|hồi|khoảng|trong|giữa|từ lúc) $/iu);
/** Where a bare `5g` is an hour and no gram. */
const TIMED_BEFORE = behind(
  /(?:^|\P{L})(?:từ|lúc|đến|tới|vào|hồi|trước|sau|khoảng|sáng|trưa|chiều|tối|đêm|khuya|hạn|ngày|giờ|và|mai|nay) ?\(?$/iu,
);
const TIMED_AFTER =
  /^ ?(?:sáng|trưa|chiều|tối|đêm|khuya|ngày|cùng ngày|hôm|hằng ngày|hàng ngày|mỗi ngày|[-–] ?\d{1,2}[gh]|đến \d{1,2}[gh])/iu;

interface Clock {
  readonly hours: string;
  readonly sign: string;
  readonly minutes: string | undefined;
  readonly seconds?: string | undefined;
}

/** `năm giờ ba mươi`; minutes below ten keep their word, so that they are not lost: `năm giờ năm phút`. */
function sayClock({ hours, minutes, seconds }: Clock, words: NumberWords): string {
  const hour = `${sayCount(hours, words)} giờ`;
  if (seconds !== undefined) return `${hour} ${sayCount(minutes ?? "0", words)} phút ${sayCount(seconds, words)} giây`;
  if (minutes === undefined || Number(minutes) === 0) return hour;
  return `${hour} ${sayCount(minutes, words)}${Number(minutes) < 10 ? " phút" : ""}`;
}

/** Whether a clock can show it. A whole number of hours may be longer: `72h`. */
const isClock = ({ hours, sign, minutes }: Clock): boolean => {
  if (sign === ":" && minutes?.length !== 2) return false;
  if (minutes === undefined) return sign === "h" || sign === "H" ? true : sign === "g" && Number(hours) <= 24;
  if (Number(minutes) > 59) return false;
  return Number(hours) < 24 || (Number(hours) === 24 && Number(minutes) === 0);
};

/** `5h-7h-9h`: three hours, each by itself. */
const hoursInRow = form(
  /\d{1,2}([hg])(?: ?[-–] ?\d{1,2}\1){2,5}(?![\p{L}\p{M}\p{N}]|[-–/:]\d)/uy,
  ({ groups: [written = "", sign = ""], place: { words } }) => {
    const hours = written.split(/ ?[-–] ?/u).map((one) => one.slice(0, -sign.length));
    if (hours.some((one) => Number(one) > 24)) return undefined;
    return { spoken: hours.map((one) => `${sayCount(one, words)} giờ`).join(", "), kind: "time" };
  },
);

const span = form(new RegExp(`${CLOCK}${TO}${CLOCK}${END}`, "uy"), ({ groups, place }): Said | undefined => {
  const [, hours = "", sign = "", minutes, seconds, lastHours = "", lastSign = "", lastMinutes, lastSeconds] = groups;
  const from = { hours, sign, minutes, seconds };
  const to = { hours: lastHours, sign: lastSign, minutes: lastMinutes, seconds: lastSeconds };
  if (!isClock(from) || !isClock(to) || isScore(from, place.before)) return undefined;
  const begin = FROM.test(place.before) ? "" : "từ ";
  return { spoken: `${begin}${sayClock(from, place.words)} đến ${sayClock(to, place.words)}`, kind: "time" };
});

/** What has such a number, behind which the dash parts it from the hour: `thứ 2 - 17h`, `sân 1 - 7h30`. */
const NUMBERED = behind(
  /(?:^|\P{L})(?:thứ|ngày|mùng|tháng|tổ|số|phòng|lớp|KP|TDP|khu phố|thôn|tầng|sân|cơ sở|đợt|đội|bàn|quầy|tuyến|điểm|nhóm|mũi|hội trường|khu|phường|hẻm|cổng|đường|bảng|trạm) $/iu,
);

const OF_CALENDAR = behind(/(?:^|\P{L})(?:thứ|ngày|tháng|mùng) $/iu);

/** `7-8h`, `7 - 11g30`, `6-18 giờ`. */
const shortSpan = form(
  new RegExp(String.raw`(\d{1,2})${TO}(?:${CLOCK}${END}|(\d{1,2}) giờ(?!\p{L}))`, "uy"),
  ({ groups, place }): Said | undefined => {
    const [, hours = "", lastHours, sign = "h", minutes, seconds, worded] = groups;
    const to: Clock = { hours: lastHours ?? worded ?? "", sign, minutes, seconds };
    const apart = / /u.test(groups[0]?.slice(hours.length, hours.length + 1) ?? "");
    if (apart && NUMBERED.test(place.before)) return numbered(hours, place);
    if (sign === ":" || !isClock(to) || Number(hours) > 24 || Number(to.hours) > 24) return undefined;
    const begin = FROM.test(place.before) || worded !== undefined ? "" : "từ ";
    // `ngày 7-8h` may be hours, or a day and an hour.
    const known = !OF_CALENDAR.test(place.before);
    return { spoken: `${begin}${sayCount(hours, place.words)} đến ${sayClock(to, place.words)}`, kind: "time", known };
  },
);

/** The number alone; what follows is read by itself. */
const numbered = (number: string, { before, words }: Pick<Place, "before" | "words">): Said => ({
  spoken: /(?:thứ|tháng) $/iu.test(before) ? sayMonth(number, words) : sayCount(number, words),
  kind: "number",
  length: number.length,
});

const single = form(new RegExp(`${CLOCK}${END}`, "uy"), ({ groups, place, after }): Said | undefined => {
  const [, hours = "", sign = "", minutes, seconds] = groups;
  const clock = { hours, sign, minutes, seconds };
  if (isScore(clock, place.before) || (/^[gG]$/u.test(sign) === false && sign === ":" && minutes?.length !== 2))
    return undefined;
  if (sign === "G" && minutes === undefined) return undefined;
  // A colon with a space behind it announces something, unless hours are spoken of: `lúc 8: 30`.
  if (/\d: \d/u.test(groups[0] ?? "") && !TIMED_BEFORE.test(place.before)) return undefined;
  if (sign === "g" && minutes === undefined && !(TIMED_BEFORE.test(place.before) || TIMED_AFTER.test(after)))
    return undefined;
  if (!isClock(clock)) return { spoken: sayClock(clock, place.words), kind: "time", known: false };
  const spoken = sayClock(clock, place.words);
  return {
    spoken: isRoundTheClock(place.before) ? spoken.replace("hai mươi tư", "hai mươi bốn") : spoken,
    kind: "time",
  };
});

const isRoundTheClock = (before: string): boolean => before.endsWith("24/");

const isScore = ({ sign }: Clock, before: string): boolean =>
  sign === ":" && /(?:tỷ lệ|tỉ lệ|tỷ số|tỉ số|pha|bản đồ) $/iu.test(before);

/** `8:00 AM`, `5 PM`. */
const english = form(/(\d{1,2})(?:[:h.]([0-5]\d))? ?([aApP])\.?[mM]\.?(?![\p{L}\p{M}\p{N}])/uy, ({ groups, place }) => {
  const [, hours = "", minutes, half = ""] = groups;
  const hour = Number(hours);
  if (hour < 1 || hour > 12) return undefined;
  const afternoon = hour === 12 ? "trưa" : hour < 6 ? "chiều" : "tối";
  const part = half.toLowerCase() === "p" ? afternoon : hour === 12 ? "đêm" : "sáng";
  return { spoken: `${sayClock({ hours, sign: ":", minutes }, place.words)} ${part}`, kind: "time" };
});

/** `8 giờ 00 phút`, `8 giờ 05`: minutes in words, with zeros that mean nothing. */
const worded = form(
  /(\d{1,2}) giờ 0(\d)(?: phút)?(?![\p{L}\p{M}\p{N}]|[.,/]\d)/uy,
  ({ groups: [, hours = "", minutes = ""], place }) => ({
    spoken: sayClock({ hours, sign: "h", minutes }, place.words),
    kind: "time",
  }),
);

/** `00 giờ`. */
const midnight = form(/00(?= giờ(?!\p{L}))/uy, () => ({ spoken: "không", kind: "time" }));

/** What is measured in inches, which are written as seconds are: `màn hình 32"`. */
const SIZE = behind(
  /(?:^|\P{L})(?:màn hình|ti ?vi|TV|LED|laptop|máy tính|bảng điện tử|ống|ống nước)(?: (?:cỡ|loại|phi))? $/iu,
);

/** `30'`, `45 ph`, `90p`, `15''`, `1'30"`. */
const length = form(
  /(\d{1,4}) ?(?:(''|″|"(?=[\s.,;)]|$))|(?:'|’|′|ph(?![\p{L}\p{M}\p{N}])|p(?![\p{L}\p{N}.]))(?:(\d{1,2})(?:''|"|″))?)(?![\p{L}\p{M}\p{N}])/uy,
  ({ groups, place }) => {
    const [written = "", number = "", isSeconds, seconds] = groups;
    if (closesQuotation(place, written)) return undefined;
    if (isSeconds !== undefined && SIZE.test(place.before))
      return { spoken: `${sayCount(number, place.words)} inh`, kind: "measure" };
    const said = readNumber(number.replace(/^0+(?=\d)/u, ""), place.words);
    if (isSeconds !== undefined) return { spoken: `${said} giây`, kind: "time" };
    return {
      spoken: `${said} phút${seconds === undefined ? "" : ` ${sayCount(seconds, place.words)} giây`}`,
      kind: "time",
    };
  },
);

/** `12"5`: seconds and tenths, as races are timed. */
const tenths = form(
  /(\d{1,3})["″](\d{1,2})(?![\p{L}\p{M}\p{N}])/uy,
  ({ groups: [, seconds = "", rest = ""], place }) => ({
    spoken: `${sayCount(seconds, place.words)} giây ${readNumber(rest, place.words)}`,
    kind: "time",
  }),
);

/** `15-20'`: from so many minutes to so many. */
const lengths = form(
  /(\d{1,3}) ?[-–] ?(\d{1,3}) ?['’′](?![\p{L}\p{N}'’′])/uy,
  ({ groups: [, from = "", to = ""], place }) =>
    Number(from) < Number(to)
      ? { spoken: `${sayCount(from, place.words)} đến ${sayCount(to, place.words)} phút`, kind: "time" }
      : undefined,
);

/** Times and lengths of time. What no clock shows is marked. */
export const times: Form = firstOf([
  told(/^ g/u, worded),
  told(/^ g/u, midnight, "0"),
  told(/^[hg]/u, hoursInRow),
  told(/^ ?[hHgG:]/u, span),
  told(/^ ?[-–—→]/u, shortSpan),
  told(/^ ?[-–]/u, lengths),
  told(/^(?:[:h.]0| ?[aApP])/u, english),
  told(/^ ?[hHgG:]/u, single),
  told(/^["″]/u, tenths),
  told(/^ ?['’′″"p]/u, length),
]);
