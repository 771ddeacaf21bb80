/**
 * All written forms by what they begin with, so that only those are asked that can stand at a place.
 *
 * @module
 */
import type { Lexicon } from "../lexicon.js";
import type { Recogniser } from "../match.js";
import type { NumberWords } from "../numbers.js";
import { articles } from "./articles.js";
import { letteredCodes, numberedCodes } from "./codes.js";
import { dates } from "./dates.js";
import { documents } from "./documents.js";
import { behindDigits, type Form, firstOf, firstSign, type Look, Place, toldApart } from "./form.js";
import { measures, prices } from "./measures.js";
import { letteredPeriods, periods } from "./periods.js";
import { phones, signedPhones } from "./phones.js";
import { letteredPlaces, numberedPlaces, plates } from "./places.js";
import { plainNumbers, repeatedInWords } from "./plain.js";
import { positions, sides } from "./positions.js";
import { ratios, vulgar } from "./ratios.js";
import { romans } from "./roman.js";
import { symbols } from "./symbols.js";
import { times } from "./times.js";
import { dotDecimals, letteredVersions, pointedNumbers } from "./versions.js";
import { webAddresses } from "./web.js";
import { weekdays } from "./weekdays.js";

/** What begins with a digit, in the order of what is easiest to mistake for something else. */
const DIGIT_FORMS: readonly Form[] = [
  phones,
  dates,
  periods,
  plates,
  times,
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

/** What begins with a letter, in the same order. */
const LETTER_FORMS: readonly Form[] = [
  romans,
  letteredPeriods,
  weekdays,
  prices,
  letteredVersions,
  articles,
  sides,
  letteredPlaces,
  letteredCodes,
];

/** What begins with a sign. */
const SIGN_FORMS: readonly Form[] = [signedPhones, prices, vulgar, symbols];

/** A word that only letters of the alphabet without a capital, a digit, a stop or a sign make is no form. */
const MARKED_WORD = /(?=[A-Za-zĐ])(?:[a-z]{0,40}(?:[A-ZĐ\d²³@]|[.:_+-][A-Za-z\d@/])|[ivx]{1,4}[.)])/uy;
/** Signs that are only pauses, and no part of a form begins with them. */
const PAUSES = new Set(".,;!?");

/** Forms of one beginning, in the order in which they are asked. */
export interface FormGroup {
  readonly forms: readonly Form[];
  /** Gives what tells them apart. */
  readonly look: Look;
  /** Whether one of them may stand at a place that begins as all of them do. */
  readonly mayStand: (text: string, index: number) => boolean;
}

type Beginning = "digit" | "letter" | "sign";

/** The groups by what stands at their place. */
export function formGroups(lexicon: Lexicon): Readonly<Record<Beginning, FormGroup>> {
  const web = webAddresses(lexicon);
  return {
    digit: { forms: flat([web, documents(lexicon), ...DIGIT_FORMS]), look: behindDigits, mayStand: () => true },
    letter: { forms: flat([web, ...LETTER_FORMS]), look: firstSign, mayStand: isMarked },
    sign: { forms: flat(SIGN_FORMS), look: firstSign, mayStand: (text, index) => !PAUSES.has(text.charAt(index)) },
  };
}

const flat = (forms: readonly Form[]): readonly Form[] => firstOf(forms).parts ?? [];

function isMarked(text: string, index: number): boolean {
  MARKED_WORD.lastIndex = index;
  return MARKED_WORD.test(text);
}

/** Asks the forms of one beginning. */
export interface AskForms {
  readonly ask: Recogniser;
  /** Whether any of them is worth asking at a place. */
  readonly mayAnswer: (text: string, index: number) => boolean;
}

/** The rules that ask the forms of one beginning each. */
export function fromForms(lexicon: Lexicon, words: NumberWords): Readonly<Record<Beginning, AskForms>> {
  const asking = ({ forms, look, mayStand }: FormGroup): AskForms => {
    const chosen = toldApart(forms, look);
    return {
      ask: (text, index) => {
        if (!mayStand(text, index)) return undefined;
        const left = chosen(text, index);
        if (left.length === 0) return undefined;
        const place = new Place(text, index, words);
        for (const one of left) {
          const match = one(place);
          if (match !== undefined) return match;
        }
        return undefined;
      },
      mayAnswer: (text, index) => mayStand(text, index) && chosen(text, index).length > 0,
    };
  };
  const { digit, letter, sign } = formGroups(lexicon);
  return { digit: asking(digit), letter: asking(letter), sign: asking(sign) };
}
