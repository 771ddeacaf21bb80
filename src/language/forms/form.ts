/**
 * How the written forms (dates, times, telephone numbers and so on) are told apart: each looks at one place, sees a
 * little of what stands before it, and answers or declines.
 *
 * @module
 */
import type { Match, TokenKind } from "../match.js";
import type { NumberWords } from "../numbers.js";

/** How much of the text before a place a form may look at, UTF-16 units. */
export const BEFORE = 48;
/** How much of the text after what it found a form may look at, UTF-16 units. */
export const AFTER = 32;

/** Where a form looks. */
export interface Place {
  readonly text: string;
  readonly index: number;
  /** The last {@link BEFORE} units before `index`, from the start of the line. */
  readonly before: string;
  readonly words: NumberWords;
}

/** Looks at one place; undefined when what stands there is something else. */
export interface Form {
  (place: Place): Match | undefined;
  /** The forms that this one asks in turn, when it is made of several. */
  readonly parts?: readonly Form[];
  /** What must stand at the telling place of a text for this form to be worth asking; see {@link toldApart}. */
  readonly telltale?: RegExp;
}

/** What a form says of what it found. */
export interface Said {
  readonly spoken: string;
  readonly kind: TokenKind;
  /** True unless told otherwise. */
  readonly known?: boolean;
  /** How many units were taken, when not all that the pattern matched. */
  readonly length?: number;
}

/** What a pattern matched at a place, and what follows it. */
export interface Found {
  readonly groups: readonly (string | undefined)[];
  readonly place: Place;
  /** The next {@link AFTER} units, to the end of the line. */
  readonly after: string;
}

/** Looks at `index` of a text, with little before it. */
export function placeAt(text: string, index: number, words: NumberWords): Place {
  const before = text.slice(Math.max(0, index - BEFORE), index);
  return { text, index, before: before.slice(before.lastIndexOf("\n") + 1), words };
}

/** What follows `end`, up to the end of the line. */
export function afterOf(text: string, end: number): string {
  const after = text.slice(end, end + AFTER);
  const line = after.indexOf("\n");
  return line < 0 ? after : after.slice(0, line);
}

/**
 * A form that goes by a pattern.
 *
 * @param pattern sticky (flag `y`), with bounded repetition only
 * @param say may decline by answering undefined
 */
export const form =
  (pattern: RegExp, say: (found: Found) => Said | undefined): Form =>
  (place) => {
    pattern.lastIndex = place.index;
    const groups = pattern.exec(place.text);
    if (groups === null || groups[0] === "") return undefined;
    const after = afterOf(place.text, place.index + groups[0].length);
    const said = say({ groups, place, after });
    if (said === undefined) return undefined;
    const { spoken, kind, known = true, length = groups[0].length } = said;
    return { end: place.index + length, spoken, kind, known };
  };

/** The first of several forms that answers. */
export const firstOf = (forms: readonly Form[]): Form => {
  const parts = forms.flatMap((one) => one.parts ?? [one]);
  const ask: Form = (place) => {
    for (const one of parts) {
      const match = one(place);
      if (match !== undefined) return match;
    }
    return undefined;
  };
  return Object.assign(ask, { parts });
};

/** A form that is asked only where `telltale` is found. @param telltale may find too much, but must miss nothing */
export const told = (telltale: RegExp, one: Form): Form => Object.assign((place: Place) => one(place), { telltale });

/**
 * {@link firstOf}, but what cannot stand at a place is not even asked: most forms need a certain sign, and one look tells
 * which of fifty are left.
 *
 * @param tell the few signs that tell forms apart; those with a telltale are asked only where it is found in them
 */
export function toldApart(forms: readonly Form[], tell: (place: Place) => string): Form {
  const parts = firstOf(forms).parts ?? [];
  // Key: what was told. The same choice of forms is kept once, for a text may hold every sign there is.
  const chosen = new Map<string, Form>();
  const choices = new Map<string, Form>();
  const choose = (signs: string): Form => {
    const left = parts.filter(({ telltale }) => telltale === undefined || telltale.test(signs));
    const name = left.map((one) => parts.indexOf(one)).join(" ");
    const choice = choices.get(name) ?? firstOf(left);
    choices.set(name, choice);
    chosen.set(signs, choice);
    return choice;
  };
  return (place) => {
    const signs = tell(place);
    return (chosen.get(signs) ?? choose(signs))(place);
  };
}

/** No form looks further for the end of the digits that it begins with. */
const MOST_DIGITS = 64;

/** What stands behind the digits at a place: one sign, and with a space the space and the sign behind it. */
export function behindDigits({ text, index }: Place): string {
  let end = index;
  while (end - index < MOST_DIGITS && isDigit(text.charCodeAt(end))) end++;
  const length = text.charCodeAt(end) === 32 ? 1 : 0;
  return text.slice(end, end + length) + signAt(text, end + length);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The sign at a place. */
export const firstSign = ({ text, index }: Place): string => signAt(text, index);

/** The character at a place, both units of it; empty behind the end. */
export const signAt = (text: string, index: number): string => {
  const code = text.codePointAt(index);
  return code === undefined ? "" : text.slice(index, index + (code > 0xffff ? 2 : 1));
};
