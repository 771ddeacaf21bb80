/**
 * Months, terms and spans of years: `7/2021`, `tháng 1-7/2021`, `2021-2025`, `đợt 2/2021`.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type Form, firstOf, form, told } from "./form.js";
import { sayCount, sayMonth, sayYear } from "./quantity.js";

const END = String.raw`(?![\p{L}\p{M}\p{N}]|[-/.]\p{N}|,\d{1,2}(?!\d|/))`;
const YEAR = String.raw`(?:19|20)\d\d`;
const TO = String.raw` ?[-–—] ?`;
/** After these the word for a month is there already; a row of months has it once. */
const MONTH_WORD = behind(/(?:^|\P{L})(?:tháng|T) ?(?:\d{1,2}(?:, ?| và | ?[-–] ?| đến | hoặc )){0,6}$/iu);
/** What is numbered within a year. */
const NUMBERED = behind(
  /(?:^|\P{L})(?:quý|kỳ|kì|đợt|lần|lần thứ|thứ|khóa|khoá|học kỳ|vụ|tuần|phiên|vòng|số) (?:\d{1,2}(?:, ?| và | ?- ?)){0,4}$/iu,
);
/** Two years that are one: a comma parts them better than "to". */
const SCHOOL_YEAR = behind(/(?:^|\P{L})(?:năm học|niên khóa|niên khoá|mùa giải|mùa|vụ|vụ đông xuân|đông xuân) $/iu);

/** `7/2021`, and what is numbered within a year. */
const month = form(new RegExp(String.raw`(\d{1,2}) ?[/] ?(${YEAR})${END}`, "uy"), ({ groups, place }) => {
  const [, first = "", year = ""] = groups;
  const { before, words } = place;
  const said = ` năm ${sayYear(year, words)}`;
  if (NUMBERED.test(before)) return { spoken: sayCount(first, words) + said, kind: "period" };
  const isMonth = Number(first) >= 1 && Number(first) <= 12;
  if (!isMonth) return { spoken: sayCount(first, words) + said, kind: "period", known: false };
  const word = MONTH_WORD.test(before) ? "" : "tháng ";
  return { spoken: word + sayMonth(first, words) + said, kind: "period" };
});

/** `7-2021`, `7.2021` after the word for a month. */
const dashed = form(
  new RegExp(String.raw`(0?[1-9]|1[0-2])(?: ?[-–] ?|\.)(${YEAR})${END}`, "uy"),
  ({ groups, place }) => {
    const [, first = "", year = ""] = groups;
    const { before, words } = place;
    if (!MONTH_WORD.test(before) && !NUMBERED.test(before)) return undefined;
    const number = MONTH_WORD.test(before) ? sayMonth(first, words) : sayCount(first, words);
    return { spoken: `${number} năm ${sayYear(year, words)}`, kind: "period" };
  },
);

/** `1-7/2021`, `tháng 3-5`, `1/2021-6/2021`. */
const months = form(
  new RegExp(String.raw`(\d{1,2})(?:/(${YEAR}))?${TO}(\d{1,2})(?:/(${YEAR}))?${END}`, "uy"),
  ({ groups, place }) => {
    const [, first = "", firstYear, last = "", lastYear] = groups;
    const { before, words } = place;
    const isNamed = MONTH_WORD.test(before);
    if ([first, last].some((one) => Number(one) < 1 || Number(one) > 12)) return undefined;
    if (lastYear === undefined && !(isNamed && firstYear === undefined && Number(first) < Number(last)))
      return undefined;
    if (NUMBERED.test(before)) return undefined;
    const start = firstYear === undefined ? "" : ` năm ${sayYear(firstYear, words)}`;
    const end = lastYear === undefined ? "" : ` năm ${sayYear(lastYear, words)}`;
    const word = isNamed ? "" : "từ tháng ";
    return {
      spoken: `${word}${sayMonth(first, words)}${start} đến tháng ${sayMonth(last, words)}${end}`,
      kind: "period",
    };
  },
);

/** `tháng 7,8/2021`, `quý 1,2/2021`. */
const row = form(new RegExp(String.raw`(\d{1,2}),(\d{1,2})/(${YEAR})${END}`, "uy"), ({ groups, place }) => {
  const [, first = "", second = "", year = ""] = groups;
  const { before, words } = place;
  const isMonth = MONTH_WORD.test(before);
  if (!isMonth && !NUMBERED.test(before)) return undefined;
  const said = [first, second].map((one) => (isMonth ? sayMonth(one, words) : sayCount(one, words)));
  return { spoken: `${said.join(", ")} năm ${sayYear(year, words)}`, kind: "period" };
});

/** `2021-2025`, `2020-21` only in a school year. */
const years = form(
  new RegExp(String.raw`(${YEAR})( ?[-–—] ?|/)(${YEAR})(?![\p{L}\p{M}\p{N}]|[-/.]\p{N}|,\d)`, "uy"),
  ({ groups, place }) => {
    const [, first = "", sign = "", last = ""] = groups;
    const { before, words } = place;
    const isSchoolYear = SCHOOL_YEAR.test(before);
    if (Number(first) >= Number(last) || (sign === "/" && !isSchoolYear)) return undefined;
    const glue = isSchoolYear ? ", " : " đến ";
    return { spoken: sayYear(first, words) + glue + sayYear(last, words), kind: "period" };
  },
);

/** `T7/2021`: the month, as reports shorten it. */
const shortened = form(new RegExp(String.raw`[Tt](\d{1,2})[/.-](${YEAR})${END}`, "uy"), ({ groups, place }) => {
  const [, number = "", year = ""] = groups;
  if (Number(number) < 1 || Number(number) > 12) return undefined;
  return { spoken: `tháng ${sayMonth(number, place.words)} năm ${sayYear(year, place.words)}`, kind: "period" };
});

/** `6T đầu năm`: months, as reports shorten them. */
const partOfYear = form(
  /(\d{1,2})T(?= (?:đầu|cuối) năm(?!\p{L}))/uy,
  ({ groups: [, number = ""], place: { words } }) => ({ spoken: `${sayCount(number, words)} tháng`, kind: "period" }),
);

/** Periods that begin with a digit. */
export const periods: Form = firstOf([
  told(/^T/u, partOfYear),
  told(/^,0/u, row),
  told(/^(?:\/| ?[-–—])/u, months),
  told(/^ ?\//u, month),
  told(/^(?:\.0| ?[-–])/u, dashed),
  told(/^(?:\/| ?[-–—])/u, years),
]);
/** Periods that begin with a letter. */
export const letteredPeriods: Form = told(/^[Tt]/u, shortened);
