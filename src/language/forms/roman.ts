/**
 * Roman numerals, where they are numerals: `quý II/2021`, `khóa XIII`, `IV. NHIỆM VỤ`. Never CV, CD, MC, MIX or XL.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { readNumber } from "../numbers.js";
import { type Form, firstOf, form, told } from "./form.js";
import { sayYear } from "./quantity.js";

/** Up to 39: the letters L, C, D and M mean something else wherever they stand in such texts. */
const NUMERAL = String.raw`X{0,3}(?:IX|IV|V?I{0,3})`;
const CUE =
  "mục|tiểu mục|phần|chương|quý|khóa|khoá|kỳ|kì|học kỳ|học kì|kỳ họp|lần thứ|thứ|thế kỷ|thế kỉ|cấp|độ|vùng|hạng|loại|bậc|nhóm|giai đoạn|đợt|tập|phụ lục|quân khu|quân đoàn|đại hội|hội nghị|vòng|khối|bảng|biểu|thế chiến|ĐH|điều|khu vực|tuyến|nhiệm kỳ|danh mục|lớp|đại hội đảng|toàn quốc|lần|đô thị loại|điểm|khoản|bước|mức|mũi|trung ương|cơ sở|chi bộ|trạm|cụm";
const ROW = `(?:[IVX]{1,6}(?:, ?| và | ?[-–/] ?| hoặc | đến )){0,4}`;
const AFTER_CUE = behind(new RegExp(`(?:^|[^\\p{L}])(?:${CUE})(?: số)?(?: |[/"”’)] ?)["“'(]?${ROW}$`, "iu"));
const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };

/** @param numeral letters I, V and X in a valid order */
export function numeralValue(numeral: string): number {
  const values = [...numeral].map((letter) => VALUES[letter] ?? 0);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}

/** The first of anything by order is `nhất`; the first part of a book or year is `một`. */
const sayNumeral = (numeral: string, before: string): string => {
  const value = numeralValue(numeral);
  if (/(?:^|\P{L})thứ $/iu.test(before)) return value === 1 ? "nhất" : value === 4 ? "tư" : readNumber(String(value));
  return readNumber(String(value));
};

/** After a word that is followed by a numeral, also in rows (`quý II, III`), with a span and with a year behind. */
const cued: Form = form(
  new RegExp(
    String.raw`(${NUMERAL})(?: ?[-–] ?(?=[IVX])(${NUMERAL})(?![\p{L}\p{M}\p{N}]))?(?:[/-]((?:19|20)\d\d))?(?![\p{L}\p{M}\p{N}]|\.\p{N}|-(?!(?:năm|khóa|khoá|quý|kỳ) )\p{L})`,
    "uy",
  ),
  ({ groups: [written = "", numeral = "", last, year], place }) => {
    if (numeral === "" || last === "" || /[-– ]$/u.test(written) || !AFTER_CUE.test(place.before)) return undefined;
    const span = last === undefined ? "" : ` đến ${sayNumeral(last, place.before)}`;
    const said = year === undefined ? "" : ` năm ${sayYear(year, place.words)}`;
    return { spoken: sayNumeral(numeral, place.before) + span + said, kind: year === undefined ? "roman" : "period" };
  },
);

/** `mục I.1`: a part and what is numbered in it. */
const section: Form = form(
  new RegExp(String.raw`(${NUMERAL})((?:\.\d{1,2}){1,3})(?![\p{L}\p{M}\p{N}])`, "uy"),
  ({ groups: [, numeral = "", rest = ""], place }) => {
    if (numeral === "" || !AFTER_CUE.test(place.before)) return undefined;
    const numbers = rest
      .slice(1)
      .split(".")
      .map((piece) => readNumber(piece, place.words));
    return { spoken: [sayNumeral(numeral, place.before), ...numbers].join(" chấm "), kind: "roman" };
  },
);

const HEADING = String.raw`(?:(${NUMERAL})|(x?(?:ix|iv|v?i{0,3})))(?:[.)] ?(?=["“(]?[\p{L}\d])|[.)](?=\n|$)| ?[-–:] (?=\p{L})|/ (?=\p{L})|(?=\.\d{1,2}[. ]))`;

/** What is said for what {@link HEADING} found, if a numeral is meant. */
function sayHeading(written: string, upper: string, lower: string): string | undefined {
  const numeral = upper === "" ? lower.toUpperCase() : upper;
  // `i.` is rather the letter, and all that is left of one whose signs were not said.
  if (numeral === "" || /^[ivx]\./u.test(written)) return undefined;
  const said = readNumber(String(numeralValue(numeral)));
  return written.length > numeral.length ? `${said}. ` : said;
}

/** `IV. NHIỆM VỤ`, `II - NỘI DUNG` at the beginning of a line. */
const heading: Form = form(new RegExp(HEADING, "uy"), ({ groups: [written = "", upper = "", lower = ""], place }) => {
  const beginsLine = place.before === "" && (place.index === 0 || place.text.charAt(place.index - 1) === "\n");
  const spoken = beginsLine ? sayHeading(written, upper, lower) : undefined;
  return spoken === undefined ? undefined : { spoken, kind: "roman" };
});

const SAID_HEADING = new RegExp(`^${HEADING}`, "gmu");

/**
 * In what is said: a numeral that was taken for a word begins a line before a stop, because the signs around it are not said.
 * Whoever reads that again takes it for a heading, and so it is one: `XI”. HỌP`.
 */
export const asHeadings = (said: string): string =>
  said.replace(SAID_HEADING, (written: string, upper = "", lower = "") => {
    const heading = sayHeading(written, upper, lower) ?? written;
    return written.endsWith(" ") ? heading : heading.trimEnd();
  });

/** `(i)`, `(ii)`, `(iv)`: items within a sentence. */
const item: Form = form(/(x{0,1}(?:ix|iv|v?i{0,3}))(?=\))/uy, ({ groups: [, numeral = ""], place }) =>
  numeral !== "" && place.before.endsWith("(")
    ? { spoken: readNumber(String(numeralValue(numeral.toUpperCase()))), kind: "roman" }
    : undefined,
);

/** Roman numerals by the words before them, as headings, and as marks of items. */
export const romans: Form = firstOf([
  told(/^[IVXivx]/u, heading),
  told(/^[IVX]/u, section),
  told(/^[IVX]/u, cued),
  told(/^[ivx]/u, item),
]);
