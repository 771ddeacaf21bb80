/**
 * Vietnamese for the ear: pasted text made plain, text to spoken text, where to breathe, how long it takes.
 *
 * Pure and without any input or output, so that the panel shows the same reading that the server speaks.
 *
 * @module
 */
export { clean } from "./clean.js";
export { estimateSeconds, isMeasured } from "./duration.js";
export { SHIPPED } from "./lexicon/shipped.js";
export { readingsFromTable, tableOfReadings } from "./lexicon/table.js";
export { createLexicon, type LexiconEntry } from "./lexicon.js";
export { type Normalised, type NormaliseOptions, normalise, type Token } from "./normalise.js";
export { type NumberWords, readDigits, readNumber, USUAL_WORDS } from "./numbers.js";
export type { Match, Recogniser, TokenKind } from "./recognisers.js";
export { LONGEST_PHRASE, PAUSE_SECONDS, type Pause, type Phrase, splitSentences } from "./sentences.js";
export { ssmlOf } from "./ssml.js";
export { wordsOf as warningWords } from "./warning-words.js";
export type { Warning, WarningKind } from "./warnings.js";
