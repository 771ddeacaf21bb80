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

/** Where a form looks. What stands before is cut out only when a form asks for it: most places are told by less. */
export class Place {
  readonly text: string;
  readonly index: number;
  readonly words: NumberWords;
  #before: string | undefined;

  constructor(text: string, index: number, words: NumberWords) {
    this.text = text;
    this.index = index;
    this.words = words;
  }

  /** The last {@link BEFORE} units before `index`, from the start of the line. */
  get before(): string {
    if (this.#before === undefined) {
      const before = this.text.slice(Math.max(0, this.index - BEFORE), this.index);
      this.#before = before.slice(before.lastIndexOf("\n") + 1);
    }
    return this.#before;
  }
}

/** Looks at one place; undefined when what stands there is something else. */
export interface Form {
  (place: Place): Match | undefined;
  /** The forms that this one asks in turn, when it is made of several. */
  readonly parts?: readonly Form[];
  /** What must stand at the telling place of a text for this form to be worth asking; see {@link toldApart}. */
  readonly telltale?: RegExp;
  /** The signs with one of which a place must begin. */
  readonly begins?: string;
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
export class Found {
  readonly groups: readonly (string | undefined)[];
  readonly place: Place;
  readonly #end: number;
  #after: string | undefined;

  constructor(groups: readonly (string | undefined)[], place: Place, end: number) {
    this.groups = groups;
    this.place = place;
    this.#end = end;
  }

  /** The next {@link AFTER} units, to the end of the line. */
  get after(): string {
    this.#after ??= afterOf(this.place.text, this.#end);
    return this.#after;
  }
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
    const said = say(new Found(groups, place, place.index + groups[0].length));
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

/**
 * A form that is asked only where `telltale` is found, and only at a place that begins with one of `begins`.
 *
 * @param telltale may find too much, but must miss nothing
 * @param begins signs; without them any
 */
export const told = (telltale: RegExp, one: Form, begins?: string): Form =>
  Object.assign((place: Place) => one(place), { telltale, ...(begins === undefined ? {} : { begins }) });

/** The same for a form that is told by what it begins with alone. */
export const beginning = (begins: string, one: Form): Form => Object.assign((place: Place) => one(place), { begins });

/** What tells forms apart at a place. */
export interface Sight {
  /** The sign that stands there. */
  readonly first: string;
  /** The few signs in which telltales are looked for. */
  readonly signs: string;
}

/** How a place is looked at. */
export interface Look {
  at(text: string, index: number): Sight;
  /** A number that is the same wherever the same is seen; quicker than the sight itself. */
  key(text: string, index: number): number;
}

/** Whether a form is worth asking where this is seen. */
export const mayStand = ({ telltale, begins }: Form, { first, signs }: Sight): boolean =>
  (telltale === undefined || telltale.test(signs)) && (begins === undefined || begins.includes(first));

/** Gives the forms that are worth asking at a place, in their order. */
export type Choice = (text: string, index: number) => readonly Form[];

/**
 * What cannot stand at a place is not even asked: most forms need a certain sign, and one look tells which of fifty are left.
 *
 * @param look what tells the forms apart
 */
export function toldApart(forms: readonly Form[], look: Look): Choice {
  const parts = firstOf(forms).parts ?? [];
  // Each choice is made once, for a text may hold every sign there is.
  const chosen = new Map<number, readonly Form[]>();
  const choices = new Map<string, readonly Form[]>();
  const choose = (key: number, sight: Sight): readonly Form[] => {
    const left = parts.filter((one) => mayStand(one, sight));
    const name = left.map((one) => parts.indexOf(one)).join(" ");
    const choice = choices.get(name) ?? left;
    choices.set(name, choice);
    chosen.set(key, choice);
    return choice;
  };
  return (text, index) => {
    const key = look.key(text, index);
    return chosen.get(key) ?? choose(key, look.at(text, index));
  };
}

/** No form looks further for the end of the digits that it begins with. */
const MOST_DIGITS = 64;

/** Where the digits at a place end. */
function endOfDigits(text: string, index: number): number {
  let end = index;
  while (end - index < MOST_DIGITS && isDigit(text.charCodeAt(end))) end++;
  return end;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const SPACE = 32;

/** Whether three digits and no more stand at a place: thousands behind a space. */
const areThousands = (text: string, index: number): boolean =>
  isDigit(text.charCodeAt(index + 1)) && isDigit(text.charCodeAt(index + 2)) && !isDigit(text.charCodeAt(index + 3));

const ZERO = 48;
/** Room for the code of a digit behind it. */
const keyOf = (last: number, gap: 0 | 1, next: number): number => ((last * 2 + gap) * 3 + next) * 64;

/** What stands behind the telling sign: `0` for a digit, `x` for another sign, nothing for a space or the end of the line. */
const BEHIND_SIGN = ["", "0", "x"] as const;
function behindSign(text: string, index: number): 0 | 1 | 2 {
  const code = text.charCodeAt(index);
  return isDigit(code) ? 1 : code > SPACE ? 2 : 0;
}

/**
 * The digit at a place. Its telling signs stand behind the digits: one, or a space and the sign behind it; and then what kind
 * of sign stands behind that. Digits behind a space are ` 000` when they are three and may be thousands, else ` 0`.
 */
export const behindDigits: Look = {
  at(text, index) {
    const end = endOfDigits(text, index);
    const gap = text.charCodeAt(end) === SPACE ? " " : "";
    if (gap !== "" && isDigit(text.charCodeAt(end + 1)))
      return { first: text.charAt(index), signs: areThousands(text, end + 1) ? " 000" : " 0" };
    const last = signAt(text, end + gap.length);
    const next = BEHIND_SIGN[behindSign(text, end + gap.length + last.length)];
    return { first: text.charAt(index), signs: `${gap}${last}${next}` };
  },
  key(text, index) {
    const end = endOfDigits(text, index);
    const gap = text.charCodeAt(end) === SPACE ? 1 : 0;
    if (gap > 0 && isDigit(text.charCodeAt(end + 1)))
      return keyOf(areThousands(text, end + 1) ? ZERO : ZERO + 1, 1, 0) + text.charCodeAt(index);
    const last = text.codePointAt(end + gap) ?? 0;
    const next = last === 0 ? 0 : behindSign(text, end + gap + (last > 0xffff ? 2 : 1));
    return keyOf(last, gap, next) + text.charCodeAt(index);
  },
};

/** The sign at a place, which tells all. */
export const firstSign: Look = {
  at(text, index) {
    const first = signAt(text, index);
    return { first, signs: first };
  },
  key: (text, index) => text.codePointAt(index) ?? 0,
};

/** The character at a place, both units of it; empty behind the end. */
export const signAt = (text: string, index: number): string => {
  const code = text.codePointAt(index);
  return code === undefined ? "" : text.slice(index, index + (code > 0xffff ? 2 : 1));
};
