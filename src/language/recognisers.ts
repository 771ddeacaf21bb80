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
import { letteredCodes, numberedCodes } from "./forms/codes.js";
import { dates } from "./forms/dates.js";
import { documents } from "./forms/documents.js";
import { type Form, firstOf, placeAt } from "./forms/form.js";
import { itemLetters } from "./forms/item-letters.js";
import { measures, prices } from "./forms/measures.js";
import { letteredPeriods, periods } from "./forms/periods.js";
import { phones } from "./forms/phones.js";
import { letteredPlaces, numberedPlaces, plates } from "./forms/places.js";
import { plainNumbers, repeatedInWords } from "./forms/plain.js";
import { positions } from "./forms/positions.js";
import { ratios, vulgar } from "./forms/ratios.js";
import { romans } from "./forms/roman.js";
import { symbols } from "./forms/symbols.js";
import { times } from "./forms/times.js";
import { guess, sayMixture } from "./forms/unexplained.js";
import { dotDecimals, letteredVersions, pointedNumbers } from "./forms/versions.js";
import { webAddresses } from "./forms/web.js";
import { weekdays } from "./forms/weekdays.js";
import { doubtful, fromLexicon } from "./lexicon/recognise.js";
import type { Lexicon } from "./lexicon.js";
import type { Match, Recogniser } from "./match.js";
import type { NumberWords } from "./numbers.js";
import { isSyllable } from "./syllable.js";

export type { Match, Recogniser, TokenKind } from "./match.js";

/** What the rules go by. */
export interface Reading {
  readonly lexicon: Lexicon;
  readonly numbers: NumberWords;
}

/** The rules in the order in which they are asked. */
export const recognisers = ({ lexicon, numbers }: Reading): readonly Recogniser[] => [
  space,
  itemLetters,
  longer(fromLexicon(lexicon), fromForms(lexicon, numbers)),
  brackets(lexicon),
  doubtful(lexicon),
  mixture(lexicon),
  word,
  punctuation,
  otherDigits,
  anything,
];

/** What begins with a digit, in the order of what is easiest to mistake for something else. */
const DIGIT_FORMS: readonly Form[] = [
  documents,
  phones,
  dates,
  periods,
  times,
  plates,
  positions,
  pointedNumbers,
  numberedCodes,
  numberedPlaces,
  repeatedInWords,
  measures,
  ratios,
  dotDecimals,
  plainNumbers,
];

const DIGIT = /\d/y;
/** A word that only letters of the alphabet without a capital, a digit, a stop or a sign make is no form. */
const MARKED_WORD = /(?=[A-Za-zĐ])(?:[a-z]{0,40}(?:[A-ZĐ\d²³@]|[.:_+-][A-Za-z\d@/])|[ivx]{1,4}[.)])/uy;
const SIGN = /[^\p{L}\s.,;!?]/uy;

/** All written forms, asked only where their first sign can stand. */
function fromForms(lexicon: Lexicon, words: NumberWords): Recogniser {
  const web = webAddresses(lexicon);
  const byDigit = firstOf([web, ...DIGIT_FORMS]);
  const byLetter = firstOf([
    web,
    romans,
    letteredPeriods,
    weekdays,
    prices,
    letteredVersions,
    letteredPlaces,
    letteredCodes,
  ]);
  const bySign = firstOf([phones, positions, prices, vulgar, symbols]);
  return (text, index) => {
    if (starts(DIGIT, text, index)) return byDigit(placeAt(text, index, words));
    if (starts(MARKED_WORD, text, index)) return byLetter(placeAt(text, index, words));
    return starts(SIGN, text, index) ? bySign(placeAt(text, index, words)) : undefined;
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

/** Digits with letters or signs inside that no form explains. */
const mixture = (lexicon: Lexicon): Recogniser =>
  rule(/(?=[\p{L}\p{M}]{0,20}\d)[\p{L}\p{M}\p{N}]{1,80}(?:[.,:/+-][\p{L}\p{M}\p{N}]{1,80}){0,20}/uy, (found) => ({
    kind: "unknown",
    known: false,
    spoken: sayMixture(found, lexicon),
  }));

/** A word, with hyphens between its syllables: `cô-vít`. */
const word = rule(/[\p{L}\p{M}]+(?:-(?!\p{Lu})\p{L}[\p{L}\p{M}]*){0,8}/uy, (found) => {
  const known = found.split("-").every(isSyllable) && !isNumeral(found);
  return { kind: known ? "word" : "unknown", known, spoken: known ? found : guess(found) };
});

/** `Trung ương VI`, `Đại hội XI`: a syllable in small letters, and a numeral in capitals. */
const isNumeral = (word: string): boolean => word === "VI" || word === "XI";

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

const anything = rule(/[\s\S]/uy, (found) => ({ kind: "unknown", known: false, spoken: found }));
