/**
 * Finding by a few letters, whatever their marks and capitals. Pure.
 *
 * @module
 */
import { plainLetters } from "../../../base/plain-letters.js";

/** Whether all words of what was typed are in a text; everything is meant by nothing typed. */
export function isMeant(text: string, typed: string): boolean {
  const own = plainLetters(text);
  return plainLetters(typed)
    .split(/\s+/)
    .every((word) => own.includes(word));
}
