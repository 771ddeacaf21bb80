/**
 * What no rule explains, said as well as it can be; always marked, so that a person says how it is read.
 *
 * @module
 */
import type { Lexicon } from "../lexicon.js";
import { matchesIn } from "../matches.js";
import { readDigits, readNumber } from "../numbers.js";
import { isSyllableOrToneless } from "../syllable.js";
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

const PIECE = /\d+|[\p{L}\p{M}]+/gu;

/** Letters, digits and signs: each run by itself, or what the lexicon knows. Nothing of it is left as a digit. */
export function sayMixture(written: string, lexicon: Lexicon | undefined): string {
  const said: string[] = [];
  let end = 0;
  for (const { 0: piece, index } of matchesIn(written, PIECE)) {
    if (index < end) continue;
    end = index + piece.length;
    const known = lexicon === undefined ? undefined : knownAt(written, { index, piece, lexicon });
    said.push(known?.spoken ?? sayPiece(piece));
    if (known !== undefined) end = known.end;
  }
  return said.join(" ");
}

interface Piece {
  readonly piece: string;
  readonly index: number;
  readonly lexicon: Lexicon;
}

/** What the lexicon says of a piece: with what follows it, or as if it stood alone. */
function knownAt(written: string, { index, piece, lexicon }: Piece): { end: number; spoken: string } | undefined {
  const end = index + piece.length;
  const begins = lexicon.begins(piece);
  // Behind a number the lexicon knows letters, too: `5K`. A word that begins nothing is nothing.
  const found = begins || !/^\p{L}/u.test(piece) ? lexicon.find(written, index) : undefined;
  if (found !== undefined && found.end > end) return found;
  if (!begins) return undefined;
  const alone = lexicon.find(piece, 0);
  return alone?.end === piece.length ? { end, spoken: alone.spoken } : undefined;
}

function sayPiece(piece: string): string {
  if (/^\d/u.test(piece)) return piece.length > MOST_DIGITS ? readDigits(piece) : readNumber(piece);
  if (isSyllableOrToneless(piece) && piece.length > 1 && !/^\p{Lu}{2,3}$/u.test(piece))
    return piece === piece.toUpperCase() ? piece.toLowerCase() : piece;
  return piece.length <= LONGEST_SPELT ? spell(piece) || piece : piece;
}
