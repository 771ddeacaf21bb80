/**
 * What a writer should look at again before the text goes on air.
 *
 * @module
 */
import { splitSentences } from "./sentences.js";
import { originOf, type Traced } from "./traced-text.js";

/** `hidden-characters`: invisible signs were removed; `long-sentence`: hard to follow by ear. */
export type WarningKind = "hidden-characters" | "long-sentence";

/** One place in the text as it was written. */
export interface Warning {
  readonly kind: WarningKind;
  /** The beginning of what is meant, or the names of the removed signs. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Beyond so many words a listener loses the thread. */
const MOST_WORDS = 35;
/** No more warnings than a person would read. */
const MOST_WARNINGS = 100;
/** How much of a sentence a warning shows, UTF-16 units. */
const SHOWN = 80;
/** Control characters, and those that turn the direction of writing: a text with them is not what it looks like. */
const HIDDEN = /(?:(?![\t\n\v\f\r])[\p{Cc}\p{Bidi_Control}])+/gu;

/** @param text as it was written @param cleaned what became of it */
export function warningsOf(text: string, cleaned: Traced): readonly Warning[] {
  const warnings: Warning[] = [];
  for (const match of text.matchAll(HIDDEN)) {
    if (warnings.length >= MOST_WARNINGS) return warnings;
    const start = match.index;
    warnings.push({ kind: "hidden-characters", text: names(match[0]), start, end: start + match[0].length });
  }
  for (const sentence of splitSentences(cleaned.text, Number.POSITIVE_INFINITY)) {
    if (warnings.length >= MOST_WARNINGS) return warnings;
    if (wordCount(sentence.text) <= MOST_WORDS) continue;
    const [start, end] = [sentence.start, sentence.end].map((at) => originOf(cleaned, at, text.length));
    warnings.push({ kind: "long-sentence", text: sentence.text.slice(0, SHOWN), start: start ?? 0, end: end ?? 0 });
  }
  return warnings;
}

const wordCount = (text: string): number => text.split(/\s+/u).length;

const names = (signs: string): string =>
  [...signs.slice(0, 8)]
    .map((sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`)
    .join(" ");
