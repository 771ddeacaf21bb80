/**
 * What a writer should look at again before the text goes on air.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Cleaned } from "./clean.js";
import type { NoteKind } from "./clean-up/step.js";
import { slipsIn } from "./clean-up/typos.js";
import { matchesIn } from "./matches.js";
import { splitSentences } from "./sentences.js";
import { originOf } from "./traced-text.js";
import { wordsOf } from "./warning-words.js";

/**
 * `hidden-characters`: invisible signs were removed; `long-sentence`: hard to follow by ear; `typo` and `repeated-word`:
 * probably not meant, and left as it is; the others say what the clean-up did or could not do.
 */
export type WarningKind = "hidden-characters" | "long-sentence" | "typo" | "repeated-word" | NoteKind;

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
/** No more warnings than a person would read. */
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
  for (const sentence of splitSentences(traced.text, Number.POSITIVE_INFINITY)) {
    if (places.length >= MOST_WARNINGS) break;
    if (wordCount(sentence.text) <= MOST_WORDS) continue;
    places.push({ kind: "long-sentence", text: shown(sentence.text), ...span(sentence.start, sentence.end) });
  }
  for (const { kind, from, to, suggestion } of places.length < MOST_WARNINGS ? slipsIn(traced.text) : [])
    places.push({ kind, text: shown(traced.text.slice(from, to)), ...span(from, to), suggestion });
  return places.slice(0, MOST_WARNINGS).map((place) => ({ ...place, words: wordsOf(place) }));
}

function hiddenIn(text: string): readonly Place[] {
  const places: Place[] = [];
  for (const { 0: signs, index } of matchesIn(text, HIDDEN)) {
    if (places.length >= MOST_WARNINGS) break;
    places.push({ kind: "hidden-characters", text: names(signs), start: index, end: index + signs.length });
  }
  return places;
}

const shown = (text: string): string => text.slice(0, SHOWN);
const wordCount = (text: string): number => text.split(/\s+/u).length;

const names = (signs: string): string =>
  [...signs.slice(0, 8)]
    .map((sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`)
    .join(" ");
