/**
 * Numbers with several points: network addresses, sections of a paper, versions; and what nobody can tell.
 *
 * @module
 */

import { behind } from "../conditions.js";
import { type NumberWords, readDigits, readNumber } from "../numbers.js";
import { type Form, firstOf, form, told } from "./form.js";
import { sayCount } from "./quantity.js";
import { unitAt } from "./units.js";

const END = String.raw`(?![\p{L}\p{M}\p{N}]|[.:/-]\p{N})`;
const VERSION = behind(/(?:^|\P{L})(?:phiên bản|version|bản|android|ios|windows|usb|bluetooth|wi-?fi|hdmi|v)\.? ?$/iu);
const SECTION = behind(
  /(?:^|\P{L})(?:mục|điểm|khoản|điều|phần|chương|bảng|hình|biểu|phụ lục|tiểu mục|tiết|bài|số|tiêu chí|mẫu|nội dung|nhiệm vụ|chỉ tiêu)(?: số)? (?:\d{1,2}(?:\.\d{1,2}){1,3}(?:, ?| và | đến | ?- ?)){0,3}$/iu,
);

const dotted = (written: string, words: NumberWords): string =>
  written
    .split(".")
    .map((piece) => (piece.length > 2 && piece.startsWith("0") ? readDigits(piece) : sayCount(piece, words)))
    .join(" chấm ");

const isThousands = (written: string): boolean => /^\d{1,3}(?:\.\d{3})+$/u.test(written);

/** `10.0.0.1`: four numbers up to 255. */
const network = form(
  /(\d{1,3}(?:\.\d{1,3}){3})(\/\d{1,2})?(?::(\d{1,5}))?(?![\p{L}\p{M}\p{N}]|[.]\p{N})/uy,
  ({ groups: [, written = "", mask, port], place }) => {
    const isNamed = /(?:^|\P{L})(?:ip|địa chỉ|máy chủ|dns)(?: mạng)?:? $/iu.test(place.before);
    if (written.split(".").some((piece) => Number(piece) > 255) || (isThousands(written) && !isNamed)) return undefined;
    const ending = mask === undefined ? "" : ` trên ${readNumber(mask.slice(1))}`;
    const door = port === undefined ? "" : `, cổng ${readNumber(port)}`;
    return { spoken: dotted(written, place.words) + ending + door, kind: "code" };
  },
);

/** `2.1`, `1.2.3`: sections after their word or at the beginning of a line, versions after theirs. */
const section = form(
  /(\d{1,3}(?:\.\d{1,3}){1,4})(?=\.? |\.?$|[.,;:)]|\n)(?![.,]\p{N})/uy,
  ({ groups: [, written = ""], place, after }) => {
    // After a word such as "màn hình" a size may stand: a unit tells.
    if (after.startsWith(" ") && unitAt(after.slice(1)) !== undefined) return undefined;
    if (isThousands(written) && !VERSION.test(place.before)) return undefined;
    const isHeading =
      place.before === "" && place.index === lineStart(place.text, place.index) && /^\.? ["“(]?\p{Lu}/u.test(after);
    if (!isHeading && !VERSION.test(place.before) && !SECTION.test(place.before)) return undefined;
    return { spoken: dotted(written, place.words), kind: "code" };
  },
);

const lineStart = (text: string, index: number): number =>
  index === 0 || text.charAt(index - 1) === "\n" ? index : -1;

/** `12.5`, `1.1200`, `1.2.3`: nobody can tell whether a decimal, a section or a day is meant. */
const ambiguous = form(
  new RegExp(String.raw`(\d{1,18}(?:\.\d{1,18}){1,6})${END}`, "uy"),
  ({ groups: [, written = ""], place }) => {
    if (isThousands(written) && !written.startsWith("0")) return undefined;
    const pieces = written
      .split(".")
      .map((piece, at) => (at > 0 && piece.length > 2 ? readDigits(piece) : readNumber(piece, place.words)));
    return { spoken: pieces.join(" chấm "), kind: "number", known: false };
  },
);

/** `v2.0`. */
const version = form(
  /[vV](\d{1,3}(?:\.\d{1,3}){1,3})(?![\p{L}\p{M}\p{N}]|\.\p{N})/uy,
  ({ groups: [, written = ""], place }) => ({
    spoken: `vê ${dotted(written, place.words)}`,
    kind: "code",
  }),
);

/** What begins with a digit and can be told by its neighbours. */
export const pointedNumbers: Form = firstOf([told(/^\.0/u, network), told(/^\.0/u, section)]);
/** What is left with a point in it; always to be confirmed. */
export const dotDecimals: Form = told(/^\.0/u, ambiguous);
/** What begins with a letter. */
export const letteredVersions: Form = told(/^[vV]/u, version);
