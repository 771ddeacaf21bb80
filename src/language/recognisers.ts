/**
 * The rules that tell what stands at a place of a cleaned text and how it is said.
 *
 * Each rule knows one kind of thing and looks at one place. They are asked in order and the first that answers wins; the
 * last two answer everything, so that no text is without a reading. A new kind of thing (dates, times, document numbers)
 * is a new rule at its place in the list.
 *
 * @module
 */
import { fromLexicon } from "./lexicon/recognise.js";
import type { Lexicon } from "./lexicon.js";
import { type NumberWords, readDigits, readNumber } from "./numbers.js";
import { isSyllable } from "./syllable.js";

/** What a token is. */
export type TokenKind = "space" | "punctuation" | "word" | "number" | "abbreviation" | "unknown";

/** What a rule found. */
export interface Match {
  /** Just past the last unit of what was found; always beyond where the rule looked. */
  readonly end: number;
  /** Empty when it is not said. */
  readonly spoken: string;
  readonly kind: TokenKind;
  /** Whether the reading can be relied on. A person must confirm every other. */
  readonly known: boolean;
}

/** Looks at `index` of `text`, and says what it found there. Takes time in proportion to what it finds, no more. */
export type Recogniser = (text: string, index: number) => Match | undefined;

/** What the rules go by. */
export interface Reading {
  readonly lexicon: Lexicon;
  readonly numbers: NumberWords;
}

/** The rules in the order in which they are asked. */
export const recognisers = ({ lexicon, numbers }: Reading): readonly Recogniser[] => [
  space,
  fromLexicon(lexicon),
  plainNumber(numbers),
  mixture,
  word,
  punctuation,
  anything,
];

const at = (pattern: RegExp, text: string, index: number): string | undefined => {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
};

/** A rule that goes by a sticky pattern (flag `y`). */
const rule =
  (pattern: RegExp, read: (found: string) => Omit<Match, "end">): Recogniser =>
  (text, index) => {
    const found = at(pattern, text, index);
    return found ? { end: index + found.length, ...read(found) } : undefined;
  };

const space = rule(/\s+/uy, (found) => ({ kind: "space", known: true, spoken: found.includes("\n") ? "\n" : " " }));

/** Whole numbers, thousands parted by full stops, a decimal comma; nothing that has more to it, such as a date. */
const plainNumber = (words: NumberWords): Recogniser =>
  rule(
    /(?:\d{1,3}(?:\.\d{3}){1,9}|\d{1,60})(?:,\d{1,20})?(?![\p{L}\p{M}\p{N}]|[.,:/+-][\p{L}\p{M}\p{N}])/uy,
    (found) => {
      const [whole = "", fraction] = found.replaceAll(".", "").split(",");
      const said = readNumber(whole, words);
      return { kind: "number", known: true, spoken: fraction ? `${said} phẩy ${readFraction(fraction, words)}` : said };
    },
  );

/** 0,5 is `không phẩy năm`, 1,25 is `một phẩy hai mươi lăm`, 3,1416 digit by digit. */
const readFraction = (digits: string, words: NumberWords): string =>
  digits.length <= 2 ? readNumber(digits, words) : readDigits(digits);

/** Digits with letters or signs inside: a date, time, telephone or document number, which has no rule yet. */
const mixture = rule(/(?=[\p{L}\p{M}]{0,20}\d)[\p{L}\p{M}\p{N}]+(?:[.,:/+-][\p{L}\p{M}\p{N}]+)*/uy, (found) => ({
  kind: "unknown",
  known: false,
  spoken: found,
}));

const word = rule(/[\p{L}\p{M}]+/uy, (found) => {
  const known = isSyllable(found);
  return { kind: known ? "word" : "unknown", known, spoken: found };
});

/** Signs that the voice makes a pause of are kept; quotation marks, brackets and dashes are not said. */
const punctuation = rule(/[.,;:!?…]|[\p{P}]/uy, (found) => ({
  kind: "punctuation",
  known: true,
  spoken: /[.,;:!?…]/u.test(found) ? found : "",
}));

const anything = rule(/[\s\S]/uy, (found) => ({ kind: "unknown", known: false, spoken: found }));
