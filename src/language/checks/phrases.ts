/**
 * Looking for words and phrases in a {@link View}.
 *
 * Every pattern is sticky to word starts and bounded, so that looking through a text takes time in proportion to its
 * length whatever the text is.
 *
 * @module
 */

import { latin } from "../latin.js";
import { matchesIn } from "../matches.js";
import { MOST_HITS } from "./finding.js";

const IN_WORD = "[\\p{L}\\p{M}\\p{N}]";

/** A pattern in which a space means white space between words, and which begins and ends where words do. */
export const words = (pattern: string): RegExp =>
  latin(new RegExp(`(?<!${IN_WORD})(?:${spaced(pattern)})(?!${IN_WORD})`, "gu"));

/** The same at the end of what stands before a place; a comma and a space may follow. */
export const wordsBefore = (pattern: string): RegExp =>
  latin(new RegExp(`(?<!${IN_WORD})(?:${spaced(pattern)})[ \\n]$`, "u"));

/** A pattern of words found anywhere; for questions, not for places. */
export const mentions = (pattern: string): RegExp =>
  latin(new RegExp(`(?<!${IN_WORD})(?:${spaced(pattern)})(?!${IN_WORD})`, "u"));

/** Every space of a pattern as white space of the folded text. */
export const spaced = (pattern: string): string => pattern.replaceAll(" ", "\\s");

/** One place where a pattern was found. */
export interface Spot {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The first places where a pattern (with flag `g`) is found, no more than are reported. */
export function spots(pattern: RegExp, text: string, most = MOST_HITS): Spot[] {
  const found: Spot[] = [];
  for (const { 0: match, index } of matchesIn(text, pattern)) {
    if (match === "") continue;
    found.push({ start: index, end: index + match.length, text: match });
    if (found.length >= most) break;
  }
  return found;
}

const DIGIT_WORD = "không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín";
/** A number in figures or in words, up to some millions. */
export const NUMBER = `(?:\\d{1,3}(?:\\.\\d{3}){1,2}|\\d{1,6}|(?:${DIGIT_WORD}|mười)(?: (?:${DIGIT_WORD}|mười|mươi|trăm|nghìn|ngàn|linh|lẻ)){0,8})`;
/** Nine or more figures said one by one. */
export const DIGITS_SAID = `(?:(?:${DIGIT_WORD})[, .]{1,2}){8,14}(?:${DIGIT_WORD})`;

const VALUE: Readonly<Record<string, number>> = {
  không: 0,
  một: 1,
  mốt: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  tư: 4,
  năm: 5,
  lăm: 5,
  sáu: 6,
  bảy: 7,
  bẩy: 7,
  tám: 8,
  chín: 9,
};

/** A number below 100 from figures or words; undefined when it is none. */
export function smallNumber(said: string): number | undefined {
  if (/^\d{1,2}$/u.test(said)) return Number(said);
  const [first = "", second, third] = said.split(/[ \n]/u);
  if (first === "mười") return second === undefined ? 10 : add(10, second);
  const tens = VALUE[first];
  if (tens === undefined) return undefined;
  if (second === undefined) return tens;
  if (second !== "mươi") return add(tens * 10, second);
  return third === undefined ? tens * 10 : add(tens * 10, third);
}

const add = (tens: number, ones: string): number | undefined => {
  const value = VALUE[ones];
  return value === undefined ? undefined : tens + value;
};
