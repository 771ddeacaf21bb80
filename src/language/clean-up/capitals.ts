/**
 * Words in capitals made ordinary, so that no voice spells them: `KẾ HOẠCH CỦA UBND` is said, not read letter by letter.
 *
 * What is a Vietnamese syllable is a word, and what is none is a short form and stays. Where a word could be both (`TU`, `VI`)
 * its neighbours decide.
 *
 * @module
 */

import { sortAt } from "../sorts.js";
import { isSyllableOrToneless } from "../syllable.js";
import { rewrite } from "../traced-text.js";
import { withProperNames } from "./proper-names.js";
import { type Step, warmed } from "./step.js";

/** From a capital to the last sign before a small letter. */
const RUN = warmed(/\p{Lu}(?<![\p{L}\p{M}\p{N}]\p{Lu})[^\p{Ll}\n]+/gu);
/** Words with what glues them to others: `T/M`, `335-CV/TU`, `TP.HCM`, `CÔ-VÍT`. */
const GLUED = /[\p{L}\p{M}\p{N}]+(?:[-/&.@_+'’][\p{L}\p{M}\p{N}]+)*/gu;
const LAST_WORD = /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{M}\p{N}]+[-/&.@_+'’]?$/u;
/** A vowel mark or a tone: no short form has one, but `TƯ` and `ĐƯ`. */
const MARKED = /[^A-ZĐ]/u;
/** Short forms of party committees that are syllables too. */
const COMMITTEE = /^(?:TU|TƯ|ĐU|HU|QU)$/u;
const TO_MEND = /^TU (?:SỬA|BỔ|DƯỠNG|HÀNH|NGHIỆP)/u;
const ROMAN = /^[VXI]{2,4}$/u;
/** Behind these words a number is meant. */
const COUNTED = /^(?:MỤC|PHẦN|CHƯƠNG|QUÝ|KHÓA|KHOÁ|KỲ|THỨ|LẦN|KỶ|HỘI|CẤP|LOẠI|TẬP|VÙNG|KHU)$/u;
/** What may stand before the first word of a sentence: the start of a line, a stop, a list mark, an opening quotation mark. */
const MARK_BEFORE =
  /(?:^|[.!?:…]\s)(?:[-+*•] ){0,2}(?:(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|\p{L})[.)/]\s?)?["“«(]?$/u;

/** Behind the short form of a town or ward stands its name, mostly of two words. */
const PLACE_BEFORE = /(?<![\p{L}\p{M}])(?:TP|TX|TT|P|Q|H|X)\. ?(?:[\p{L}]{2,7} )?$/u;

/** Too few letters for two words, and none of them marked. */
const NO_WORDS = /^[A-ZĐ\d .,:;!?()“”"]{1,6}$/u;

interface Piece {
  readonly word: string;
  readonly at: number;
}

/** Runs of capitals in which there are words. */
export const capitals: Step = (text) =>
  rewrite(text, RUN, (found, at, whole) => {
    if (NO_WORDS.test(found)) return found;
    const end = at + found.length;
    // The last word may be the beginning of an ordinary one.
    const run = /\p{Ll}/u.test(whole.charAt(end)) ? found.replace(LAST_WORD, "") : found;
    const lowered = wordsIn(run);
    if (!areWords(lowered)) return found;
    return ordinary(run, lowered, contextOf(whole, at)) + found.slice(run.length);
  });

/** Short runs looked at lately: the same short forms stand in a text again and again, and each round of cleaning asks for all of them. */
const looked = new Map<string, readonly Piece[]>();
const MOST_LOOKED = 4_096;
const LONGEST_LOOKED = 60;

/** What of a run are words. */
function wordsIn(run: string): readonly Piece[] {
  const before = looked.get(run);
  if (before !== undefined) return before;
  const found = foundIn(run);
  if (run.length > LONGEST_LOOKED) return found;
  if (looked.size >= MOST_LOOKED) looked.clear();
  looked.set(run, found);
  return found;
}

function foundIn(run: string): readonly Piece[] {
  const words: Piece[] = [];
  let before = "";
  GLUED.lastIndex = 0;
  for (let found = GLUED.exec(run); found !== null; found = GLUED.exec(run)) {
    const piece = { word: found[0], at: found.index };
    if (isWord(piece, before, run)) words.push(piece);
    before = piece.word;
  }
  return words;
}

/** A single word without any mark may be a short form; among others it is not. */
function areWords(pieces: readonly Piece[]): boolean {
  if (pieces.some(({ word }) => word.length > 1 && MARKED.test(word))) return true;
  return pieces.filter(({ word }) => word.length > 2).length >= 2;
}

function isWord({ word, at }: Piece, before: string, run: string): boolean {
  if (word.length === 1)
    return MARKED.test(word) || (word === "Y" && /^Y (?:TẾ|SĨ|TÁ|HỌC|DƯỢC|BÁC)/u.test(run.slice(at, at + 6)));
  const isAll = word.includes("-")
    ? word.split("-").every((part) => part.length > 1 && isSyllableOrToneless(part))
    : isSyllableOrToneless(word);
  if (!isAll) return false;
  if (ROMAN.test(word)) return !(COUNTED.test(before) || /^[.)]/u.test(run.slice(at + word.length)));
  if (!COMMITTEE.test(word) || TO_MEND.test(run.slice(at, at + 12))) return true;
  return before !== "" && isSyllableOrToneless(before);
}

/** So many units before a word tell whether it begins a sentence. */
const CONTEXT = 24;

/** What stands before `at` in its line, at most {@link CONTEXT} units; a line that began earlier shows that by a letter. */
function contextOf(text: string, at: number): string {
  const from = Math.max(0, at - CONTEXT);
  const piece = text.slice(from, at);
  const line = piece.slice(piece.lastIndexOf("\n") + 1);
  return line.length === piece.length && from > 0 ? `x${line}` : line;
}

/** The longest word of a place's name that {@link PLACE_BEFORE} looks over. */
const LONGEST_NAME = 7;

/** Most words stand behind another one and a space; without a stop before that one nothing begins here. */
function goesOn(run: string, at: number): boolean {
  if (run.charCodeAt(at - 1) !== SPACE || at < 2 || !isOfWord(run, at - 2)) return false;
  let first = at - 2;
  while (first > 0 && at - first <= LONGEST_NAME + 1 && isOfWord(run, first - 1)) first--;
  return (
    first > 0 && run.charAt(first - 1) !== "." && (run.charCodeAt(first - 1) !== SPACE || run.charAt(first - 2) !== ".")
  );
}
const SPACE = 32;
const isOfWord = (text: string, index: number): boolean => {
  const sort = sortAt(text, index);
  return sort === "letter" || sort === "digit";
};

/** The run in small letters, with capitals where a sentence or a name begins. */
function ordinary(run: string, words: readonly Piece[], before: string): string {
  const small = withProperNames(replaced(run, words, (word) => word.toLowerCase()));
  const begun = words.filter(({ at }) => {
    if (goesOn(run, at)) return false;
    const context = at < CONTEXT ? before + run.slice(0, at) : `x${run.slice(at - CONTEXT, at)}`;
    return MARK_BEFORE.test(context) || PLACE_BEFORE.test(context);
  });
  const firsts = begun.map(({ at }) => ({ word: small.charAt(at), at }));
  return replaced(small, firsts, (letter) => letter.toUpperCase());
}

/** Puts something of the same length in the place of some pieces of a text. */
function replaced(text: string, pieces: readonly Piece[], other: (word: string) => string): string {
  if (pieces.length === 0) return text;
  const made: string[] = [];
  let copied = 0;
  for (const { word, at } of pieces) {
    made.push(text.slice(copied, at), other(word));
    copied = at + word.length;
  }
  return made.join("") + text.slice(copied);
}
