/**
 * What sort of character stands at a place: it tells which rules are worth asking there.
 *
 * @module
 */

/** `digit` is 0 to 9, `number` any other sign of a number, `letter` a letter or a mark of one. */
export type Sort = "space" | "letter" | "digit" | "number" | "sign";

const SORTS: readonly Sort[] = ["space", "letter", "digit", "number", "sign"];

/** Only asked once for each character: see {@link sortAt}. */
function sortOf(character: string): Sort {
  if (/^\s/u.test(character)) return "space";
  if (/^[\p{L}\p{M}]/u.test(character)) return "letter";
  if (/^\d/u.test(character)) return "digit";
  return /^\p{N}/u.test(character) ? "number" : "sign";
}

/** For each UTF-16 unit 1 more than the place of its sort in {@link SORTS}; 0 until it is asked for. */
const known = new Uint8Array(0x1_0000);

/** The sort of the character at `index`, which lies in `text`. */
export function sortAt(text: string, index: number): Sort {
  const unit = text.charCodeAt(index);
  // Half of a pair says nothing of the whole.
  if (unit >= 0xd800 && unit <= 0xdfff) return sortOf(String.fromCodePoint(text.codePointAt(index) ?? unit));
  const before = known[unit] ?? 0;
  if (before > 0) return SORTS[before - 1] ?? "sign";
  const sort = sortOf(String.fromCharCode(unit));
  known[unit] = SORTS.indexOf(sort) + 1;
  return sort;
}
