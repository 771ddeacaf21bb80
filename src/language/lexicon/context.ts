/**
 * Whether what stands around a written form is what its reading asks for.
 *
 * Lists of words are made into patterns here, with every sign in them taken literally, so that whoever writes a reading
 * cannot write a pattern.
 *
 * @module
 */
import type { NextShape, ReadingContext } from "../../domain/lexicon.js";
import { withUsualTones } from "../clean-up/tones.js";
import { ahead, around, behind } from "../conditions.js";
import { isSyllableOrToneless } from "../syllable.js";

/** Judges the form that stands from `start` to `end` of a text. */
export type Fits = (text: string, start: number, end: number) => boolean;

/** How far `near` looks either way, UTF-16 units. */
const NEAR = 60;
/** The longest word of a condition with the signs between. */
const REACH = 48;
/** Room for what may stand between a form and the word behind it, and for what ends that word. */
const AFTER_FORM = 16;
/** Digits that touch a word are said apart from it, and so are no part of it. */
const WORD = "\\p{L}\\p{M}";
/** What is not said, and so parts nothing: quotation marks, brackets, dashes and the like. */
const UNSAID = "\"“”„‘’'«»()[\\]{}–—/#_*~\\-";
/** Of a full stop and a lighter sign behind it only the stop is said. */
const named = (shape: string): RegExp =>
  new RegExp(`(?:[. ]|(?![,;:!?…%])[\\p{P}\\p{S}]|(?<=\\.)[,;:]){0,4}${shape}`, "uy");

const SHAPES: Readonly<Record<NextShape, RegExp>> = {
  name: named("\\p{Lu}"),
  number: /[. ]{0,2}\d/uy,
  "short-number": /[. ]{0,2}\d{1,2}(?![\p{L}\p{M}\p{N}]|[./-]\d)/uy,
  "long-number": /[. ]{0,2}[1-9]\d{2,3}(?![\p{N}]|[./-]\d)/uy,
  "name-or-number": named("[\\p{Lu}\\d]"),
  phone: /[:. ]{0,3}\(?(?:0\d|1[89]00|\+84)/uy,
  word: named("[\\p{L}\\p{N}%+#]"),
  end: /[^\p{L}\p{N}\n]{0,20}(?:\n|$)/uy,
};

/** @returns `undefined` when the reading holds anywhere */
export function fitting(context: ReadingContext | undefined): Fits | undefined {
  if (context === undefined) return undefined;
  const { after, before, near, next, alone } = context;
  const conditions: Fits[] = [];
  if (next) conditions.push((text, _start, end) => matches(SHAPES[next], text, end));
  if (before) {
    const condition = ahead(new RegExp(`[\\s.${UNSAID}]{0,4}(?:${anyOf(before)})${endOfWord(before)}`, "iu"));
    const reach = AFTER_FORM + Math.max(...before.map(({ length }) => length));
    conditions.push((text, _start, end) => condition.test(text.slice(end, end + reach)));
  }
  if (after) {
    const condition = behind(new RegExp(`(?<![${WORD}])(?:${anyOf(after)})[\\s:,.${UNSAID}]{0,4}$`, "iu"));
    conditions.push((text, start) => condition.test(text.slice(Math.max(0, start - REACH), start)));
  }
  if (near) {
    const condition = around(new RegExp(`(?<![${WORD}])(?:${anyOf(near)})(?![${WORD}])`, "iu"));
    conditions.push((text, start, end) => condition.test(lineAround(text, start, end)));
  }
  if (alone) conditions.push((text, start, end) => !isAmongCapitals(text, start, end));
  return (text, start, end) => conditions.every((holds) => holds(text, start, end));
}

/** Whether a word beside the form is in capitals, as in a heading. Short forms beside it prove nothing. */
export function isAmongCapitals(text: string, start: number, end: number): boolean {
  const before = /([\p{L}\p{M}]+)[^\p{L}\p{M}\n]{0,4}$/u.exec(text.slice(Math.max(0, start - 14), start))?.[1];
  const after = /^[^\p{L}\p{M}\n]{0,4}([\p{L}\p{M}]+)/u.exec(text.slice(end, end + 14))?.[1];
  return [before, after].some((word) => word !== undefined && isCapitalWord(word));
}

const isCapitalWord = (word: string): boolean =>
  word.length > 1 &&
  word === word.toUpperCase() &&
  // Two letters without a mark are rather a short form of their own, and so is TƯ: EU, AI, VI.
  !/^(?:[A-Z]{2}|[TĐ]Ư)$/u.test(word) &&
  isSyllableOrToneless(word.toLowerCase());

function matches(sticky: RegExp, text: string, index: number): boolean {
  sticky.lastIndex = index;
  return sticky.test(text);
}

function lineAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - NEAR), start);
  const after = text.slice(end, end + NEAR);
  const stop = after.indexOf("\n");
  return `${before.slice(before.lastIndexOf("\n") + 1)} ${stop < 0 ? after : after.slice(0, stop)}`;
}

const anyOf = (words: readonly string[]): string =>
  words
    .map((word) =>
      withUsualTones(word.normalize("NFC"))
        .replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&")
        .replaceAll(" ", "\\s+"),
    )
    .join("|");

/** A word that ends in a sign, such as a colon, needs no boundary of its own. */
const endOfWord = (words: readonly string[]): string =>
  words.every((word) => /[\p{L}\p{M}\p{N}]$/u.test(word)) ? `(?![${WORD}])` : "";
