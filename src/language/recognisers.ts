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
import { brackets, isBracket } from "./brackets.js";
import { lawPoints } from "./forms/articles.js";
import { signAt } from "./forms/form.js";
import { fromForms } from "./forms/groups.js";
import { itemLetters } from "./forms/item-letters.js";
import { guess, sayMixture } from "./forms/unexplained.js";
import { isAmongCapitals } from "./lexicon/context.js";
import { doubtful, fromLexicon } from "./lexicon/recognise.js";
import type { Lexicon } from "./lexicon.js";
import type { Match, Recogniser } from "./match.js";
import type { NumberWords } from "./numbers.js";
import { endOfLetters, type Sort, sortAt, startOfLetters } from "./sorts.js";
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
  const bracketed = brackets(lexicon);
  const sign = longer(known, forms.sign.ask);
  // In the order in which they are asked.
  const rules: Readonly<Record<Exclude<Sort, "sign">, readonly Recogniser[]>> = {
    space: [space],
    letter: [
      plainWord(lexicon),
      itemLetters,
      lawPoints,
      longer(known, forms.letter.ask),
      doubtful(lexicon),
      gluedWord,
      mixed,
      capitalPair,
      word,
    ],
    digit: [longer(known, forms.digit.ask), mixed],
    number: [sign, otherDigits],
  };
  const ofSigns = keptFor((first: string): readonly Recogniser[] => [
    ...(lexicon.begins(first) || forms.sign.mayAnswer(first, 0) ? [sign] : []),
    ...(isBracket(first) ? [bracketed] : []),
    punctuation,
  ]);
  return (text, index) => {
    const sort = sortAt(text, index);
    for (const rule of sort === "sign" ? ofSigns(signAt(text, index)) : rules[sort]) {
      const match = rule(text, index);
      if (match !== undefined) return match;
    }
    return anything(text, index);
  };
}

/** What is found out once for each sign or word; no more of it is kept than a usual text holds. */
function keptFor<Found>(find: (written: string) => Found): (written: string) => Found {
  const kept = new Map<string, Found>();
  return (written) => {
    const before = kept.get(written);
    if (before !== undefined || kept.has(written)) return before as Found;
    if (kept.size >= MOST_KEPT) kept.clear();
    const found = find(written);
    kept.set(written, found);
    return found;
  };
}
const MOST_KEPT = 8_192;

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
    if (!starts(pattern, text, index)) return undefined;
    const { kind, known, spoken } = read(text.slice(index, pattern.lastIndex));
    return { end: pattern.lastIndex, kind, known, spoken };
  };

const space = rule(/\s+/uy, (found) => ({ kind: "space", known: true, spoken: found.includes("\n") ? "\n" : " " }));

/** Digits with letters or signs inside that no form explains. */
function mixture(lexicon: Lexicon): Recogniser {
  const mixed = rule(/[\p{L}\p{M}\p{N}]{1,80}(?:[.,:/+-][\p{L}\p{M}\p{N}]{1,80}){0,20}/uy, (found) => ({
    kind: "unknown",
    known: false,
    spoken: sayMixture(found, lexicon),
  }));
  // Most words end without a digit behind them.
  return (text, index) => {
    const end = endOfLetters(text, index);
    const isMixed = end - index <= MOST_BEFORE_DIGIT && end < text.length && sortAt(text, end) === "digit";
    const found = isMixed ? mixed(text, index) : undefined;
    if (found === undefined) return undefined;
    const last = startOfLetters(text, found.end);
    // What the lexicon knows may begin here and go on behind: `6Lang Bian`.
    const goesOn = last > index && last < found.end && (lexicon.find(text, last)?.end ?? 0) > found.end;
    return goesOn ? { ...found, end: last, spoken: sayMixture(text.slice(index, last), lexicon) } : found;
  };
}
const MOST_BEFORE_DIGIT = 20;

/** A word, with hyphens between its syllables: `cô-vít`. */
const WORD = /[\p{L}\p{M}]+(?:-(?!\p{Lu})\p{L}[\p{L}\p{M}]*){0,8}/uy;
const readWord = keptFor((found: string): Omit<Match, "end"> => {
  const known = found.split("-").every(isSyllable);
  return {
    kind: known ? "word" : "unknown",
    known,
    spoken: known ? inSmallLetters(found) : found.split("-").map(guess).join("-"),
  };
});
const word = rule(WORD, readWord);

/** A word that is stressed by capitals, such as `HAI ngày`, is a word; some voices would spell it; and `I` that is no numeral is the letter. */
const inSmallLetters = (word: string): string =>
  (word.length > 1 || word === "I") && word === word.toUpperCase() ? word.toLowerCase() : word;

/** Small letters, the first of them perhaps a capital, that make no numeral. */
const IN_SMALL_LETTERS = /^(?![ivxIVX]+$)\p{L}\p{Ll}+$/u;
/** Signs behind which no word goes on and no written form has its middle. */
const ENDS_WORD = new Set([..." ,;!?)\n"].map((sign) => sign.charCodeAt(0)));

/** Most words of most texts: a syllable of which the lexicon knows nothing, with a space or a pause behind it. */
function plainWord(lexicon: Lexicon): Recogniser {
  const plain = keptFor((found: string): string | undefined =>
    IN_SMALL_LETTERS.test(found) && isSyllable(found) && !lexicon.begins(found) ? found : undefined,
  );
  return (text, index) => {
    const end = endOfLetters(text, index);
    if (end - index < 2 || (end < text.length && !ENDS_WORD.has(text.charCodeAt(end)))) return undefined;
    const spoken = plain(text.slice(index, end));
    return spoken === undefined ? undefined : { end, spoken, kind: "word", known: true };
  };
}

/** Three letters, or two with a mark, which a code hardly begins with. */
const WHOLE_WORD = /^\p{L}(?:\p{Ll}{2,6}|[^\P{Ll}a-z])$/u;

/** A word with a number right behind it, because the space was forgotten: `Tổ5`, `lúc19h`. The number is read by itself. */
const gluedWord: Recogniser = (text, index) => {
  const end = endOfLetters(text, index);
  if (end - index > LONGEST_GLUED || end >= text.length || sortAt(text, end) !== "digit") return undefined;
  const found = text.slice(index, end);
  if (!WHOLE_WORD.test(found) || !isSyllable(found)) return undefined;
  // `lan123` is rather the name of an account.
  const known = /[^A-Za-z]/u.test(found);
  return { end, spoken: found, kind: known ? "word" : "unknown", known };
};
/** `nghiêng` has seven letters. */
const LONGEST_GLUED = 7;

/** Two capitals that could be a syllable, `YT` or `VI`: among words in small letters they are a short form or a numeral. */
const CAPITAL_PAIR = /[A-Z]{2}(?![\p{L}\p{M}\p{N}]|-\p{Ll})/uy;
const capitalPair: Recogniser = (text, index) => {
  const found = at(CAPITAL_PAIR, text, index);
  if (found === undefined || isAmongCapitals(text, index, index + 2)) return undefined;
  return { end: index + 2, kind: "unknown", known: false, spoken: guess(found) };
};

/** Signs that the voice makes a pause of are kept; quotation marks, other brackets and dashes are not said. */
const PAUSE = /[.,;:!?…]/u;
const pauseOf = keptFor((sign: string): string | null => (PAUSE.test(sign) ? sign : /\p{P}/u.test(sign) ? "" : null));
const punctuation: Recogniser = (text, index) => {
  const sign = signAt(text, index);
  const spoken = pauseOf(sign);
  return spoken === null ? undefined : { end: index + sign.length, kind: "punctuation", known: true, spoken };
};

/** Digits of other scripts and numbers that are one sign have no reading of their own. */
const otherDigits = rule(/\p{N}{1,40}/uy, (found) => ({
  kind: "unknown",
  known: false,
  spoken: sayMixture(found.normalize("NFKC"), undefined),
}));

/** A sign that nothing explains is shown to a person and not said: a voice would name it in English, and some make markup. */
const anything = (text: string, index: number): Match => ({
  end: index + signAt(text, index).length,
  kind: "unknown",
  known: false,
  spoken: "",
});
