/**
 * What every part of the clean-up looks like: a traced text in, a traced text out, and notes of what a person should know.
 *
 * @module
 */
import { rewrite, type Traced } from "../traced-text.js";

/** What was done to a text, or should be done by its writer. */
export type NoteKind =
  /** Letters of another alphabet that look like Latin ones were exchanged. */
  | "look-alike-letters"
  /** The text was written for an old font and has been converted; the note's text names the encoding. */
  | "legacy-encoding"
  /** The text seems to be of an old font, but not surely enough to touch it. */
  | "legacy-unsure"
  /** The letters were destroyed on the way, as when UTF-8 is taken for Latin-1. */
  | "garbled-text"
  /** The administrative heading (nation, motto, number, place and date) is not read. */
  | "heading-cut"
  /** The list of those who receive the document is not read. */
  | "recipients-cut"
  /** The signature block, or the mark that something was signed, is not read. */
  | "signature-cut"
  /** The foot of a page stood in the text. */
  | "page-mark-cut";

/** A note about a piece of the text as it is at that moment, by places in it. */
export interface Note {
  readonly kind: NoteKind;
  readonly from: number;
  readonly to: number;
  /** What to show; without it the piece itself. */
  readonly shown?: string;
}

/** Takes notes about `text`. */
export type Tell = (text: Traced, note: Note) => void;

/** One part of the clean-up: total, in time proportional to the text. */
export type Step = (text: Traced, tell: Tell) => Traced;

/** One thing to mend: what is looked for (flag `g`), and what takes its place. */
export type Mending = readonly [pattern: RegExp, replace: (found: string, at: number, text: string) => string];

export const nothing = () => "";
export const aSpace = () => " ";

/** A step that makes these mendings one after another. */
export function mending(mendings: readonly Mending[]): Step {
  for (const [pattern] of mendings) warmed(pattern);
  return (text) => mendings.reduce((mended, [pattern, replace]) => rewrite(mended, pattern, replace), text);
}

/**
 * The pattern, used once. V8 interprets an expression the first time and compiles it the second; when the first text is a
 * whole book, that first time takes ten times as long as all others.
 */
export function warmed(pattern: RegExp): RegExp {
  pattern.test("");
  pattern.lastIndex = 0;
  return pattern;
}

/** Several steps as one. */
export const inTurn =
  (...steps: readonly Step[]): Step =>
  (text, tell) =>
    steps.reduce((from, step) => step(from, tell), text);

/**
 * Steps that have nothing to do in a text without any of these characters. Looking for one character is many times quicker
 * than looking for what may be around it, and most texts hold none.
 */
export function onlyWith(characters: RegExp, steps: readonly Step[]): Step {
  const all = inTurn(...steps);
  warmed(characters);
  return (text, tell) => (characters.test(text.text) ? all(text, tell) : text);
}
