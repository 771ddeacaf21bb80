/**
 * Days: `10/7/2021`, `1-1-2021`, `16-18/7/2021`, `16/7`, `2021-07-10`.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type Day, isDay, isNamedDay, sayDay, sayLunarDay, sayParts } from "./calendar.js";
import { contextOf, dayWord, isName, PARTED } from "./date-context.js";
import { type Form, type Found, firstOf, form, type Said, told } from "./form.js";
import { sayCount } from "./quantity.js";

const END = String.raw`(?![\p{L}\p{M}\p{N}]|[-/.:]\p{N}|,\d{1,2}(?!\d|/))`;
const TO = String.raw` ?[-–—] ?`;
const ADDRESS = behind(
  /(?:^|[^\p{L}])(?:số|nhà|hẻm|ngõ|kiệt|ngách|lô|địa chỉ:?|căn hộ) (?:\d{1,4}(?:\/\d{1,4}){1,3}[A-Z]?(?:, ?| và |; ?)){0,6}$/iu,
);
const FROM = behind(/(?:^|[^\p{L}])(?:từ|ngày|trong|các ngày|khoảng|lúc|vào|giữa) $/iu);
const LUNAR = /^ ?\(?(?:âm lịch|ÂL|AL)(?![\p{L}])/u;

const say = (day: Day, { place, after }: Found): string =>
  LUNAR.test(after) ? sayLunarDay(day, place.words) : sayDay(day, place.words);

function dated(found: Found, day: Day, parts: readonly string[]): Said {
  const { words } = found.place;
  if (!isDay(day)) return { spoken: sayParts(parts, words), kind: "date", known: false };
  return { spoken: dayWord(found, day) + say(day, found), kind: "date" };
}

/** `10/7/2021`, `1-1-2021`, `10.7.2021`, `10/7/21`. */
const full = form(
  new RegExp(String.raw`(\d{1,2})(?:( ?[/-] ?|\.)(\d{1,2})\2(\d{4})|/(\d{1,2})/(\d\d))${END}`, "uy"),
  (found) => {
    const [, day = "", , first, whole, second, short] = found.groups;
    const [month = "", year = ""] = whole === undefined ? [second, short] : [first, whole];
    if (whole === undefined && ADDRESS.test(found.place.before)) return undefined;
    if (whole === undefined && !isDay({ day, month, year })) return undefined;
    return dated(found, { day, month, year }, [day, month, year]);
  },
);

/** `2021-07-10`. */
const international = form(new RegExp(String.raw`(\d{4})-(\d\d)-(\d\d)${END}`, "uy"), (found) => {
  const [, year = "", month = "", day = ""] = found.groups;
  return dated(found, { day, month, year }, [year, month, day]);
});

/** `16/7-18/7/2021`, `30/12/2021 - 2/1/2022`. */
const span = form(
  new RegExp(String.raw`(\d{1,2})/(\d{1,2})(?:/(\d{4}))?${TO}(\d{1,2})/(\d{1,2})(?:/(\d{4}))?${END}`, "uy"),
  (found) => {
    const [, day = "", month = "", year, lastDay = "", lastMonth = "", lastYear] = found.groups;
    const [from, to] = [
      { day, month, year },
      { day: lastDay, month: lastMonth, year: lastYear },
    ];
    if (!isDay(from) || !isDay(to)) return undefined;
    if (lastYear === undefined && PARTED.test(found.after)) return undefined;
    const { before, words } = found.place;
    // `ngách 15/8-15/12` are houses.
    if (year === undefined && lastYear === undefined && ADDRESS.test(before)) return undefined;
    const areNames = isNamedDay(from) && isNamedDay(to) && isName(before);
    if (areNames) return { spoken: `${sayDay(from, words)}, ${sayDay(to, words)}`, kind: "date" };
    const begin = FROM.test(before) ? "" : "từ ";
    return { spoken: `${begin}${dayWord(found, from)}${sayDay(from, words)} đến ngày ${say(to, found)}`, kind: "date" };
  },
);

/** `16-18/7/2021`. Without a year it is one only where days are spoken of. */
const days = form(new RegExp(String.raw`(\d{1,2})${TO}(\d{1,2})/(\d{1,2})(?:/(\d{4}))?${END}`, "uy"), (found) => {
  const [, day = "", lastDay = "", month = "", year] = found.groups;
  const last = { day: lastDay, month, year };
  if (!isDay({ day, month, year }) || !isDay(last) || Number(day) >= Number(lastDay)) return undefined;
  const { before, words } = found.place;
  const isSure = year !== undefined || contextOf(found, last) === "date";
  const begin = FROM.test(before) ? "" : "từ ";
  const spoken = `${begin}${dayWord(found, last)}${sayCount(day, words)} đến ${say(last, found)}`;
  return { spoken, kind: "date", known: isSure };
});

/** `ngày 1,2,3/8`: several days of a month. */
const row = form(new RegExp(String.raw`(\d{1,2}(?:, ?\d{1,2}){1,6})/(\d{1,2})(?:/(\d{4}))?${END}`, "uy"), (found) => {
  const [, list = "", month = "", year] = found.groups;
  const numbers = list.split(/, ?/u);
  const { before, words } = found.place;
  if (!/(?:^|\P{L})ngày $/iu.test(before) || !numbers.every((day) => isDay({ day, month, year }))) return undefined;
  const last = { day: numbers.at(-1) ?? "", month, year };
  return {
    spoken: [...numbers.slice(0, -1).map((day) => sayCount(day, words)), say(last, found)].join(", "),
    kind: "date",
  };
});

/** Round the clock is written as the 24th of July is; only after such words it is the day. */
const DAY_BEFORE = behind(
  /(?:^|\P{L})(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|thứ \p{L}+|thứ \d|chủ nhật|CN|T[2-7]|từ|đến|nay|mai|qua|\d{1,2} ?[hg:] ?\d{0,2})[,:]? ?\(?$|\d\/\d{1,2}(?:, | và )$/iu,
);

const OTHER_SHARE = /^ ?[-–] ?\d{1,2}\/\d{1,2}/u;

/** `đến 48/3 đường Trần Phú`. */
const OF_STREET = /^,? (?:đường|phố|hẻm|ngõ|kiệt) /u;

/** `16/7`, where the words around speak of days. */
const short = form(new RegExp(String.raw`(\d{1,2})/(\d{1,2})${END}`, "uy"), (found) => {
  const [written = "", day = "", month = ""] = found.groups;
  if (ADDRESS.test(found.place.before)) return undefined;
  const [other] = OTHER_SHARE.exec(found.after) ?? [];
  if (other !== undefined && PARTED.test(found.after.slice(other.length))) return undefined;
  const isPhrase = written === "24/7" && !DAY_BEFORE.test(found.place.before);
  if (isPhrase || contextOf(found, { day, month }) !== "date") return undefined;
  if (!isDay({ day, month }) && (Number(month) > 12 || OF_STREET.test(found.after))) return undefined;
  return dated(found, { day, month }, [day, month]);
});

/** `ngày 16-7`: a day after its word, where the numbers do not rise and so are no range of days. */
const dashedDay = form(new RegExp(String.raw`(\d{1,2})-(\d{1,2})${END}`, "uy"), ({ groups, place }) => {
  const [, day = "", month = ""] = groups;
  const isCalled = /(?:^|\P{L})(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|lễ|dịp) $/iu.test(place.before);
  const isNamed = isNamedDay({ day, month }) && isName(place.before);
  if (!(isCalled || isNamed) || !isDay({ day, month }) || Number(day) < Number(month)) return undefined;
  const word = isNamed || /(?:^|\P{L})(?:ngày|hôm) $/iu.test(place.before) ? "" : "ngày ";
  return { spoken: word + sayDay({ day, month }, place.words), kind: "date" };
});

/** All ways of writing a day. Days that no calendar has are marked for a person to mend. */
export const dates: Form = firstOf([
  told(/^,/u, row),
  told(/^\//u, span),
  told(/^ ?[-–—]/u, days),
  told(/^(?: ?[-/]|\.0)/u, full),
  told(/^-/u, international),
  told(/^\//u, short),
  told(/^-/u, dashedDay),
]);
