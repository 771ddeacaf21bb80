/**
 * What no rule explains, said as well as it can be; always marked, so that a person says how it is read.
 *
 * @module
 */
import type { Lexicon } from "../lexicon.js";
import { readDigits, readNumber } from "../numbers.js";
import { isSyllable } from "../syllable.js";
import { spell } from "./letters.js";
import { numeralValue } from "./roman.js";

/** Words of capitals up to this length are rather letters than a name. */
const LONGEST_SPELT = 6;
/** A number inside something unknown is said whole up to this many digits. */
const MOST_DIGITS = 3;

const ROMAN = /^(?=[IVX]{2,6}$)X{0,3}(?:IX|IV|V?I{0,3})$/u;

/** A word that is no Vietnamese syllable: numerals are counted, short forms spelt, names are left to the voice. */
export function guess(word: string): string {
  if (ROMAN.test(word)) return readNumber(String(numeralValue(word)));
  const isShort = word.length <= LONGEST_SPELT && /^[A-ZĂÂĐÊÔƠƯ]+$/u.test(word) && !/[AEIOU].*[AEIOU]/u.test(word);
  return isShort ? spell(word) : word;
}

/** Letters, digits and signs: each run by itself. Nothing of it is left as a digit. */
export function sayMixture(written: string, lexicon: Lexicon | undefined): string {
  const pieces = written.match(/\d+|[\p{L}\p{M}]+/gu) ?? [];
  return pieces
    .map((piece) => {
      if (/^\d/u.test(piece)) return piece.length > MOST_DIGITS ? readDigits(piece) : readNumber(piece);
      const entry = lexicon?.at(piece, 0);
      if (entry !== undefined && entry.written.length === piece.length) return entry.spoken;
      if (isSyllable(piece) && piece.length > 1 && !/^\p{Lu}{2,3}$/u.test(piece))
        return piece === piece.toUpperCase() ? piece.toLowerCase() : piece;
      return piece.length <= LONGEST_SPELT ? spell(piece) || piece : piece;
    })
    .join(" ");
}
