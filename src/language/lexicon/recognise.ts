/**
 * The rules that read by the lexicon.
 *
 * @module
 */
import type { ReadingKind } from "../../domain/lexicon.js";
import { guess } from "../forms/unexplained.js";
import type { Lexicon } from "../lexicon.js";
import type { Recogniser, TokenKind } from "../match.js";

/** Kinds whose forms stand for something longer; all others are words or signs of their own. */
const TOKEN_KINDS: Partial<Record<ReadingKind, TokenKind>> = { place: "word", brand: "word", foreign: "word" };

/** Reads what the lexicon knows. */
export const fromLexicon =
  (lexicon: Lexicon): Recogniser =>
  (text, index) => {
    const found = lexicon.find(text, index);
    if (found === undefined) return undefined;
    const { end, spoken, entry } = found;
    return { end, spoken, kind: TOKEN_KINDS[entry.kind ?? "office"] ?? "abbreviation", known: true };
  };

/** Marks a short form that means several things where nothing says which, before it can pass for a word. */
export const doubtful =
  (lexicon: Lexicon): Recogniser =>
  (text, index) => {
    const end = lexicon.doubtful(text, index);
    return end === undefined
      ? undefined
      : { end, spoken: guess(text.slice(index, end)), kind: "unknown", known: false };
  };
