/**
 * Words in capitals made ordinary, so that no voice spells them: `KẾ HOẠCH CỦA UBND` is said, not read letter by letter.
 *
 * What is a Vietnamese syllable is a word, and what is none is a short form and stays. Where a word could be both (`TU`, `VI`)
 * its neighbours decide.
 *
 * @module
 */

import { matchesIn } from "../matches.js";
import { isSyllable } from "../syllable.js";
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

interface Piece {
  readonly word: string;
  readonly at: number;
}

/** Runs of capitals in which there are words. */
export const capitals: Step = (text) =>
  rewrite(text, RUN, (found, at, whole) => {
    const end = at + found.length;
    // The last word may be the beginning of an ordinary one.
    const run = /\p{Ll}/u.test(whole.charAt(end)) ? found.replace(LAST_WORD, "") : found;
    const pieces = [...matchesIn(run, GLUED)].map(({ 0: word, index }) => ({ word, at: index }));
    const lowered = pieces.filter((piece, place) => isWord(piece, pieces[place - 1]?.word ?? "", run));
    if (!areWords(lowered)) return found;
    return ordinary(run, lowered, contextOf(whole, at)) + found.slice(run.length);
  });

/** A single word without any mark may be a short form; among others it is not. */
function areWords(pieces: readonly Piece[]): boolean {
  if (pieces.some(({ word }) => word.length > 1 && MARKED.test(word))) return true;
  return pieces.filter(({ word }) => word.length > 2).length >= 2;
}

function isWord({ word, at }: Piece, before: string, run: string): boolean {
  if (word.length === 1)
    return MARKED.test(word) || (word === "Y" && /^Y (?:TẾ|SĨ|TÁ|HỌC|DƯỢC|BÁC)/u.test(run.slice(at, at + 6)));
  const parts = word.split("-");
  if (!parts.every((part) => part.length > 1 && isSyllable(part))) return false;
  if (ROMAN.test(word)) return !(COUNTED.test(before) || /^[.)]/u.test(run.slice(at + word.length)));
  if (!COMMITTEE.test(word) || TO_MEND.test(run.slice(at, at + 12))) return true;
  return before !== "" && isSyllable(before);
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

/** Most words stand behind another one and a space; without a stop in sight nothing begins there. */
const mayBegin = (context: string): boolean => !/^[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)* $/u.test(context);

/** The run in small letters, with capitals where a sentence or a name begins. */
function ordinary(run: string, words: readonly Piece[], before: string): string {
  const letters = run.split("");
  for (const { word, at } of words) {
    for (let place = 0; place < word.length; place++) letters[at + place] = word.charAt(place).toLowerCase();
  }
  const small = withProperNames(letters.join("")).split("");
  for (const { at } of words) {
    const context = at < CONTEXT ? before + run.slice(0, at) : `x${run.slice(at - CONTEXT, at)}`;
    if (mayBegin(context) && (MARK_BEFORE.test(context) || PLACE_BEFORE.test(context)))
      small[at] = (small[at] ?? "").toUpperCase();
  }
  return small.join("");
}
