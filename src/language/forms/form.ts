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
export type Form = (place: Place) => Match | undefined;

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
export const firstOf =
  (forms: readonly Form[]): Form =>
  (place) => {
    for (const one of forms) {
      const match = one(place);
      if (match !== undefined) return match;
    }
    return undefined;
  };
