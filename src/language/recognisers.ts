/**
 * The rules that tell what stands at a place of a cleaned text and how it is said.
 *
 * Each rule knows one kind of thing and looks at one place. They are asked in order and the first that answers wins; the
 * last two answer everything, so that no text is without a reading. The written forms (dates, times, document numbers and
 * so on) stand in `forms/`; where a form and the lexicon both answer, the longer wins, and the lexicon when they are equal:
 * what a station has taught is never overruled by less.
 *
 * @module
 */
import { brackets } from "./brackets.js";
import { signAt } from "./forms/form.js";
import { fromForms } from "./forms/groups.js";
import { itemLetters } from "./forms/item-letters.js";
import { guess, sayMixture } from "./forms/unexplained.js";
import { isAmongCapitals } from "./lexicon/context.js";
import { doubtful, fromLexicon } from "./lexicon/recognise.js";
import type { Lexicon } from "./lexicon.js";
import type { Match, Recogniser } from "./match.js";
import type { NumberWords } from "./numbers.js";
import { type Sort, sortAt } from "./sorts.js";
import { isSyllable } from "./syllable.js";

export type { Match, Recogniser, TokenKind } from "./match.js";

/** What the rules go by. */
export interface Reading {
  readonly lexicon: Lexicon;
  readonly numbers: NumberWords;
}

/** All rules as one, which reads whatever stands at a place. Those that what stands there cannot concern are not asked. */
export function reader({ lexicon, numbers }: Reading): (text: string, index: number) => Match {
  const forms = fromForms(lexicon, numbers);
  const known = fromLexicon(lexicon);
  const mixed = mixture(lexicon);
  // In the order in which they are asked.
  const rules: Readonly<Record<Sort, readonly Recogniser[]>> = {
    space: [space],
    letter: [itemLetters, longer(known, forms.letter), doubtful(lexicon), mixed, capitalPair, word],
    digit: [longer(known, forms.digit), mixed],
    number: [longer(known, forms.sign), otherDigits],
    sign: [longer(known, forms.sign), brackets(lexicon), punctuation],
  };
  return (text, index) => {
    for (const rule of rules[sortAt(text, index)]) {
      const match = rule(text, index);
      if (match !== undefined) return match;
    }
    return anything(text, index);
  };
}

const longer =
  (preferred: Recogniser, other: Recogniser): Recogniser =>
  (text, index) => {
    const [one, two] = [preferred(text, index), other(text, index)];
    return one === undefined || (two !== undefined && two.end > one.end) ? two : one;
  };

const starts = (pattern: RegExp, text: string, index: number): boolean => {
  pattern.lastIndex = index;
  return pattern.test(text);
};

const at = (pattern: RegExp, text: string, index: number): string | undefined =>
  starts(pattern, text, index) ? text.slice(index, pattern.lastIndex) : undefined;

/** A rule that goes by a sticky pattern (flag `y`). */
const rule =
  (pattern: RegExp, read: (found: string) => Omit<Match, "end">): Recogniser =>
  (text, index) => {
    const found = at(pattern, text, index);
    return found ? { end: index + found.length, ...read(found) } : undefined;
  };

const space = rule(/\s+/uy, (found) => ({ kind: "space", known: true, spoken: found.includes("\n") ? "\n" : " " }));

/** Digits with letters or signs inside that no form explains. */
const mixture = (lexicon: Lexicon): Recogniser =>
  rule(/(?=[\p{L}\p{M}]{0,20}\d)[\p{L}\p{M}\p{N}]{1,80}(?:[.,:/+-][\p{L}\p{M}\p{N}]{1,80}){0,20}/uy, (found) => ({
    kind: "unknown",
    known: false,
    spoken: sayMixture(found, lexicon),
  }));

/** A word, with hyphens between its syllables: `cô-vít`. */
const word = rule(/[\p{L}\p{M}]+(?:-(?!\p{Lu})\p{L}[\p{L}\p{M}]*){0,8}/uy, (found) => {
  const known = found.split("-").every(isSyllable);
  return { kind: known ? "word" : "unknown", known, spoken: known ? inSmallLetters(found) : guess(found) };
});

/** A word that is stressed by capitals, such as `HAI ngày`, is a word; some voices would spell it. */
const inSmallLetters = (word: string): string =>
  word.length > 1 && word === word.toUpperCase() ? word.toLowerCase() : word;

/** Two capitals that could be a syllable, `YT` or `VI`: among words in small letters they are a short form or a numeral. */
const CAPITAL_PAIR = /[A-Z]{2}(?![\p{L}\p{M}\p{N}]|-\p{Ll})/uy;
const capitalPair: Recogniser = (text, index) => {
  const found = at(CAPITAL_PAIR, text, index);
  if (found === undefined || isAmongCapitals(text, index, index + 2)) return undefined;
  return { end: index + 2, kind: "unknown", known: false, spoken: guess(found) };
};

/** Signs that the voice makes a pause of are kept; quotation marks, other brackets and dashes are not said. */
const punctuation = rule(/[.,;:!?…]|[\p{P}]/uy, (found) => ({
  kind: "punctuation",
  known: true,
  spoken: /[.,;:!?…]/u.test(found) ? found : "",
}));

/** Digits of other scripts and numbers that are one sign have no reading of their own. */
const otherDigits = rule(/\p{N}{1,40}/uy, (found) => ({
  kind: "unknown",
  known: false,
  spoken: sayMixture(found.normalize("NFKC"), undefined),
}));

function anything(text: string, index: number): Match {
  const found = signAt(text, index);
  return { end: index + found.length, kind: "unknown", known: false, spoken: found };
}
