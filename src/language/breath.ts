/**
 * Where a reader would take breath in a sentence that is too long for one.
 *
 * @module
 */
import { matchesIn } from "./matches.js";

/** Parts of a sentence between which a reader takes breath, best first; what is found is said before the breath. */
const PLACES: readonly RegExp[] = [
  /[:;] /gu,
  /, /gu,
  / [–-] /gu,
  // Before the word that begins a new part.
  / (?=(?:và|hoặc|nhưng|mà|để|nhằm|khi|nếu|vì|nên|thì|rồi|đồng thời|trong khi) )/gu,
  / (?=(?:cùng|với|của|tại|trên|trong|theo|bằng|cho|về|các|những) )/gu,
  / /gu,
];
/** A number is one word to the ear, and so are a telephone number's groups. */
const NUMBER_BEFORE =
  /(?:^|\s)(?:không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|tư|lăm|trăm|nghìn|ngàn|triệu|tỷ|lẻ|linh|phẩy),?$/iu;
const NUMBER_AFTER =
  /^ ?(?:không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|tư|lăm|trăm|nghìn|ngàn|triệu|tỷ|lẻ|linh|phẩy)(?![\p{L}\p{M}])/iu;
/** A cut this early would make a phrase of one or two words. */
const EARLIEST_SHARE = 0.25;
/** How much longer than its equal share a phrase may be, to end at a better place. */
const STRETCH = 1.3;
/** Room for a space and the longest word of a number, UTF-16 units. */
const NEXT_WORD = 8;

export interface Breath {
  /** Where the phrase begins in the sentence, and where the sentence ends, UTF-16 units. */
  readonly from: number;
  readonly last: number;
  /** Most units of a phrase. */
  readonly longest: number;
}

/**
 * How much of the rest of a sentence to say in one go, UTF-16 units: about equal shares, ended at a sign or before a word
 * that begins a new part, not inside a number, and never through a letter made of two units.
 */
export function breathLength(sentence: string, { from, last, longest }: Breath): number {
  const rest = last - from;
  const share = rest / Math.ceil(rest / longest);
  const most = Math.max(2, Math.min(longest, Math.floor(share * STRETCH)));
  // What follows the phrase tells whether its last word is part of a number.
  const piece = sentence.slice(from, from + most + NEXT_WORD);
  for (const avoidsNumbers of [true, false]) {
    for (const place of PLACES) {
      const cut = lastPlace(piece, place, { most, avoidsNumbers });
      if (cut !== undefined) return cut;
    }
  }
  const code = piece.charCodeAt(most - 1);
  return code >= 0xd800 && code <= 0xdbff ? most - 1 : most;
}

interface Wish {
  readonly most: number;
  readonly avoidsNumbers: boolean;
}

function lastPlace(piece: string, place: RegExp, { most, avoidsNumbers }: Wish): number | undefined {
  let best: number | undefined;
  for (const { 0: found, index } of matchesIn(piece, place)) {
    const cut = index + found.trimEnd().length;
    if (cut > most || cut <= most * EARLIEST_SHARE) continue;
    const isInside =
      avoidsNumbers &&
      NUMBER_BEFORE.test(piece.slice(Math.max(0, cut - NEXT_WORD), cut)) &&
      NUMBER_AFTER.test(piece.slice(cut, cut + NEXT_WORD));
    if (!isInside) best = cut;
  }
  return best;
}
