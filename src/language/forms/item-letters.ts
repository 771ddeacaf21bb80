/**
 * Items that are lettered: `a.`, `b.`, `đ.` at the start of a line.
 *
 * @module
 */
import type { Recogniser } from "../match.js";
import { spell } from "./letters.js";

/**
 * In what is said: a letter that nobody knew and that stands at the start of a line before a stop, because the signs around it
 * are not said, would be taken for an item by whoever reads it again.
 */
export const asItems = (said: string): string => said.replace(/^[a-zđ](?=\. )/gmu, (letter) => spell(letter));

const ITEM = /[a-zđ](?=\. )/uy;

/** One small letter that begins a line and is followed by a stop is said by its name. */
export const itemLetters: Recogniser = (text, index) => {
  if (index > 0 && text.charAt(index - 1) !== "\n") return undefined;
  ITEM.lastIndex = index;
  const letter = ITEM.exec(text)?.[0];
  return letter === undefined ? undefined : { end: index + 1, spoken: spell(letter), kind: "code", known: true };
};
