/**
 * What sort of character stands at a place: it tells which rules are worth asking there.
 *
 * @module
 */

/** `digit` is 0 to 9, `number` any other sign of a number, `letter` a letter or a mark of one. */
export type Sort = "space" | "letter" | "digit" | "number" | "sign";

/** Those of words stand last. */
const SORTS: readonly Sort[] = ["space", "sign", "letter", "digit", "number"];
/** The place of `letter`, counted from 1. */
const FIRST_OF_WORD = 3;

/** Asked once for each character: see {@link sortAt}. */
function sortOf(character: string): Sort {
  if (/^\s/u.test(character)) return "space";
  if (/^[\p{L}\p{M}]/u.test(character)) return "letter";
  if (/^\d/u.test(character)) return "digit";
  return /^\p{N}/u.test(character) ? "number" : "sign";
}

/** For each UTF-16 unit 1 more than the place of its sort in {@link SORTS}; 0 until it is asked for. */
const known = new Uint8Array(0x1_0000);

/** Characters of two units met lately: there are too many for a table. */
const pairs = new Map<number, Sort>();
const MOST_PAIRS = 4_096;

function sortOfPair(code: number): Sort {
  const before = pairs.get(code);
  if (before !== undefined) return before;
  if (pairs.size >= MOST_PAIRS) pairs.clear();
  const sort = sortOf(String.fromCodePoint(code));
  pairs.set(code, sort);
  return sort;
}

/** 1 more than the place in {@link SORTS}: numbers are told apart more quickly than words. */
function placeAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  // Half of a pair says nothing of the whole.
  if (unit >= 0xd800 && unit <= 0xdfff) return SORTS.indexOf(sortOfPair(text.codePointAt(index) ?? unit)) + 1;
  const before = known[unit] ?? 0;
  if (before > 0) return before;
  const place = SORTS.indexOf(sortOf(String.fromCharCode(unit))) + 1;
  known[unit] = place;
  return place;
}

/** The sort of the character at `index`, which lies in `text`. */
export const sortAt = (text: string, index: number): Sort => SORTS[placeAt(text, index) - 1] ?? "sign";

/** Where the run of letters and marks that stands at `at` ends; `at` itself when none does. */
export function endOfLetters(text: string, at: number): number {
  let end = at;
  while (end < text.length && sortAt(text, end) === "letter") end += text.charCodeAt(end) >> 10 === HIGH ? 2 : 1;
  return end;
}
/** What the upper bits of the first half of a pair are. */
const HIGH = 0xd800 >> 10;

/** Where the run of letters and marks of one unit begins that ends at `end`. */
export function startOfLetters(text: string, end: number): number {
  let start = end;
  while (start > 0 && sortAt(text, start - 1) === "letter") start--;
  return start;
}

/** Whether the character at `index` is a letter, a mark of one, or a sign of a number; behind the end it is none. */
export const isOfWord = (text: string, index: number): boolean =>
  index < text.length && placeAt(text, index) >= FIRST_OF_WORD;

/** Whether the first of two units that make one character stands there. */
export const isPair = (text: string, index: number): boolean => text.charCodeAt(index) >> 10 === HIGH;
