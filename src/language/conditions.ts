/**
 * Conditions on what stands around a place: patterns that are many, long, rarely met, and asked of a few dozen letters.
 *
 * V8 forgets a pattern again when it has not been used for a while; over a long text compiling those that know all letters of
 * the world took longer than the reading. These compile in a tenth of a millisecond.
 *
 * @module
 */
import { latinSource } from "./latin.js";

/** Something that is asked of what stands before a place, behind it or around it. */
export interface Condition {
  test(text: string): boolean;
}

/** Whether there are only letters of Latin, usual signs, marks and currencies. */
function isLatin(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x250 && !((unit >= 0x1e00 && unit < 0x1f00) || (unit >= 0x2000 && unit < 0x2070) || unit === 0x20ab))
      return false;
  }
  return true;
}

/** What was last asked about: several conditions are asked of the same place. */
let last: { text: string; isLatin: boolean; small: string | undefined } = { text: "", isLatin: true, small: "" };
function lookedAt(text: string): typeof last {
  if (last.text !== text) last = { text, isLatin: isLatin(text), small: undefined };
  return last;
}

/** Asks the pattern that is quick, and that which knows all letters where there are others. */
function asked(
  pattern: RegExp,
  made: (source: string, flags: string) => RegExp,
  from: (text: string) => number,
): Condition {
  const anyCase = pattern.flags.includes("i");
  const latin = made(latinSource(pattern), "");
  let exact: RegExp | undefined;
  return {
    test: (text) => {
      const looked = lookedAt(text);
      if (anyCase) looked.small ??= text.toLowerCase();
      const shown = looked.isLatin && anyCase ? (looked.small ?? text) : text;
      if (!looked.isLatin) exact ??= made(pattern.source, pattern.flags);
      const chosen = looked.isLatin ? latin : (exact ?? latin);
      chosen.lastIndex = from(shown);
      return chosen.test(shown);
    },
  };
}

/**
 * A pattern that ends with `$`, looked for from the end backwards: the other way it would be tried at every letter of what
 * stands before, and nearly always in vain.
 *
 * @param pattern of Unicode's classes only letters, marks and numbers
 */
export const behind = (pattern: RegExp): Condition =>
  asked(
    pattern,
    (source, flags) => new RegExp(`(?<=${source})`, `${flags}y`),
    ({ length }) => length,
  );

/** A pattern that is looked for at the beginning of what follows a place. @param pattern as for {@link behind}, without `^` */
export const ahead = (pattern: RegExp): Condition =>
  asked(
    pattern,
    (source, flags) => new RegExp(source, `${flags}y`),
    () => 0,
  );

/** A pattern that is looked for anywhere around a place. @param pattern as for {@link behind} */
export const around = (pattern: RegExp): Condition =>
  asked(
    pattern,
    (source, flags) => new RegExp(source, `${flags}g`),
    () => 0,
  );
