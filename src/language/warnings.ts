/**
 * What a writer should look at again before the text goes on air.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Cleaned } from "./clean.js";
import type { NoteKind } from "./clean-up/step.js";
import { slipsIn } from "./clean-up/typos.js";
import { linesIn, matchesIn } from "./matches.js";
import { splitSentences } from "./sentences.js";
import { sortAt } from "./sorts.js";
import { originOf } from "./traced-text.js";
import { wordsOf } from "./warning-words.js";

/**
 * `hidden-characters`: invisible signs were removed; `long-sentence`: hard to follow by ear; `typo` and `repeated-word`:
 * probably not meant, and left as it is; `more`: stands last where there is more to warn of than is told; the others say what the clean-up did or could not do.
 */
export type WarningKind = "hidden-characters" | "long-sentence" | "typo" | "repeated-word" | "more" | NoteKind;

/** One place in the text as it was written. */
export interface Warning {
  readonly kind: WarningKind;
  /** The beginning of what is meant, or the names of the removed signs. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The same as a sentence for a person. */
  readonly words: Words;
  /** What may have been meant; only a person may put it in. */
  readonly suggestion?: string;
}

/** Beyond so many words a listener loses the thread. */
export const MOST_WORDS = 35;
/** No more warnings than a person would read; then one says that there are more. */
const MOST_WARNINGS = 100;
/** How much of a place a warning shows, UTF-16 units. */
const SHOWN = 80;
/** Control characters, and those that turn the direction of writing: a text with them is not what it looks like. */
const HIDDEN = /(?:(?![\t\n\v\f\r])[\p{Cc}\p{Bidi_Control}])+/gu;

type Place = Omit<Warning, "words">;

/** What there is to warn of: first what was done to the text, then hidden signs, long sentences and slips. */
export function warningsOf(text: string, { traced, notes }: Cleaned): readonly Warning[] {
  const places: Place[] = notes.map((note) => ({ ...note, text: shown(note.text) }));
  // What an old font needs as a letter is no hidden sign.
  if (!notes.some(({ kind }) => kind === "legacy-encoding")) places.push(...hiddenIn(text));
  const span = (from: number, to: number) => ({
    start: originOf(traced, from, text.length),
    end: originOf(traced, to, text.length),
  });
  for (const { from, to } of longSentences(traced.text, MOST_WARNINGS + 1 - places.length))
    places.push({ kind: "long-sentence", text: shown(traced.text.slice(from, to)), ...span(from, to) });
  for (const { kind, from, to, suggestion } of places.length <= MOST_WARNINGS ? slipsIn(traced.text) : [])
    places.push({ kind, text: shown(traced.text.slice(from, to)), ...span(from, to), suggestion });
  const told = places.slice(0, MOST_WARNINGS);
  if (places.length > told.length) told.push({ kind: "more", text: "", start: text.length, end: text.length });
  return told.map((place) => ({ ...place, words: wordsOf(place) }));
}

/** The first sentences of more words than a listener follows. */
function longSentences(text: string, most: number): readonly { readonly from: number; readonly to: number }[] {
  const found: { readonly from: number; readonly to: number }[] = [];
  for (const line of linesIn(text)) {
    // So many words and the spaces between them do not fit into less.
    if (line.text.length <= 2 * MOST_WORDS) continue;
    for (const { text: sentence, start, end } of splitSentences(line.text, Number.POSITIVE_INFINITY)) {
      if (found.length >= most) return found;
      if (sentence.length > 2 * MOST_WORDS && wordCount(sentence) > MOST_WORDS)
        found.push({ from: line.start + start, to: line.start + end });
    }
  }
  return found;
}

function hiddenIn(text: string): readonly Place[] {
  const places: Place[] = [];
  for (const { 0: signs, index } of matchesIn(text, HIDDEN)) {
    if (places.length > MOST_WARNINGS) break;
    places.push({ kind: "hidden-characters", text: names(signs), start: index, end: index + signs.length });
  }
  return places;
}

const shown = (text: string): string => text.slice(0, SHOWN);

/** What stands between spaces. */
function wordCount(text: string): number {
  let words = 1;
  for (let at = 0; at < text.length; at++) if (isSpace(text, at) && !(at > 0 && isSpace(text, at - 1))) words++;
  return words;
}
const isSpace = (text: string, at: number): boolean => sortAt(text, at) === "space";

const names = (signs: string): string =>
  [...signs.slice(0, 8)]
    .map((sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`)
    .join(" ");
