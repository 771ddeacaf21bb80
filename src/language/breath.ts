/**
 * Where a reader would take breath in a sentence that is too long for one.
 *
 * @module
 */
import { endOfLetters, sortAt } from "./sorts.js";

/** Before these words a new part of the sentence begins, before the second kind a smaller one. */
const PARTS: ReadonlySet<string> = new Set("và|hoặc|nhưng|mà|để|nhằm|khi|nếu|vì|nên|thì|rồi".split("|"));
const SMALLER_PARTS: ReadonlySet<string> = new Set("cùng|với|của|tại|trên|trong|theo|bằng|cho|về|các|những".split("|"));
/** Letters of the longest of them. */
const LONGEST_PART = 5;
const TWO_WORDS = ["đồng thời ", "trong khi "];
/** A number is one word to the ear, and so are a telephone number's groups. */
const OF_NUMBER: ReadonlySet<string> = new Set(
  "không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|tư|lăm|trăm|nghìn|ngàn|triệu|tỷ|lẻ|linh|phẩy".split("|"),
);
/** A cut this early would make a phrase of one or two words. */
const EARLIEST_SHARE = 0.25;
/** How much longer than its equal share a phrase may be, to end at a better place. */
const STRETCH = 1.3;
/** Room for two words and their spaces, UTF-16 units. */
const NEXT_WORDS = 12;

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
  const piece = sentence.slice(from, from + most + NEXT_WORDS);
  const cut = bestPlace(piece, most, true) ?? bestPlace(piece, most, false);
  if (cut !== undefined) return cut;
  const code = piece.charCodeAt(most - 1);
  return code >= 0xd800 && code <= 0xdbff ? most - 1 : most;
}

/** The last of the best places to take breath: each is a space. */
function bestPlace(piece: string, most: number, avoidsNumbers: boolean): number | undefined {
  let best: number | undefined;
  let rank = WORST + 1;
  for (let cut = most; rank > 0 && cut > most * EARLIEST_SHARE; cut--) {
    if (piece.charCodeAt(cut) !== SPACE) continue;
    const found = rankOf(piece, cut);
    if (found >= rank || (avoidsNumbers && isInNumber(piece, cut))) continue;
    best = cut;
    rank = found;
  }
  return best;
}
const SPACE = 32;
const WORST = 5;

/** How good a place is: behind a sign, before a word that begins a part, or between any words. */
function rankOf(piece: string, cut: number): number {
  const before = piece.charAt(cut - 1);
  if (before === ":" || before === ";") return 0;
  if (before === ",") return 1;
  if ((before === "–" || before === "-") && piece.charCodeAt(cut - 2) === SPACE) return 2;
  const end = endOfLetters(piece, cut + 1);
  if (piece.charCodeAt(end) !== SPACE) return WORST;
  if (end - cut > LONGEST_PART + 1) return WORST;
  const next = piece.slice(cut + 1, end);
  if (PARTS.has(next) || (next.endsWith("ng") && TWO_WORDS.some((words) => piece.startsWith(words, cut + 1)))) return 3;
  return SMALLER_PARTS.has(next) ? 4 : WORST;
}

function isInNumber(piece: string, cut: number): boolean {
  const last = piece.charAt(cut - 1) === "," ? cut - 1 : cut;
  let first = last;
  while (first > 0 && sortAt(piece, first - 1) === "letter") first--;
  const isWhole = first === 0 || sortAt(piece, first - 1) === "space";
  if (!isWhole || !OF_NUMBER.has(piece.slice(first, last).toLowerCase())) return false;
  const next = piece.slice(cut + 1, endOfLetters(piece, cut + 1));
  return OF_NUMBER.has(next.toLowerCase());
}
