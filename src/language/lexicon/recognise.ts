/**
 * The rule that reads by the lexicon.
 *
 * @module
 */
import type { ReadingKind } from "../../domain/lexicon.js";
import type { Lexicon } from "../lexicon.js";
import type { Recogniser, TokenKind } from "../recognisers.js";

/** Kinds whose forms stand for something longer; all others are words or signs of their own. */
const TOKEN_KINDS: Partial<Record<ReadingKind, TokenKind>> = { place: "word", brand: "word", foreign: "word" };

/** Reads what the lexicon knows; what means several things, and here nothing says which, is unknown. */
export const fromLexicon =
  (lexicon: Lexicon): Recogniser =>
  (text, index) => {
    const found = lexicon.find(text, index);
    if (found) {
      const { end, spoken, entry } = found;
      return { end, spoken, kind: TOKEN_KINDS[entry.kind ?? "office"] ?? "abbreviation", known: true };
    }
    const end = lexicon.doubtful(text, index);
    if (end === undefined) return undefined;
    return { end, spoken: text.slice(index, end), kind: "unknown", known: false };
  };
