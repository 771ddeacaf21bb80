/**
 * Patterns that know the letters of Latin only, and texts in which others have a stand-in.
 *
 * V8 needs some ten milliseconds to compile a pattern that knows all letters of the world, and takes four times as long to look
 * through a text with it. Vietnamese needs none of that: what a pattern asks of any other letter is only that it is one.
 *
 * @module
 */

/** Where Latin letters, their marks and their numbers stand; all else of these classes is foreign. */
const BLOCKS = [
  [0, 0x24f],
  [0x300, 0x36f],
  [0x1e00, 0x1eff],
] as const;
const hex = (code: number): string => `\\u${code.toString(16).padStart(4, "0")}`;
const LATIN = BLOCKS.map(([from, to]) => `${hex(from)}-${hex(to)}`).join("");

/** Pieces of a pattern that are taken as they are, or are classes: one of Unicode, an escape, an edge of a set, anything else. */
const PIECES = /\\([pP])\{(\w+)\}|\\u[0-9A-Fa-f]{4}|\\.|\[|\]|[^\\[\]]+/gu;

/** Key: a class of Unicode; the ranges of what of it is Latin. */
const ranges = new Map<string, string>();

function rangesOf(property: string): string {
  const before = ranges.get(property);
  if (before !== undefined) return before;
  const member = new RegExp(`\\p{${property}}`, "u");
  const found = BLOCKS.flatMap(([first, last]) => {
    const runs: [from: number, to: number][] = [];
    for (let code = first; code <= last; code++) {
      if (!member.test(String.fromCharCode(code))) continue;
      const run = runs.at(-1);
      if (run?.[1] === code - 1) run[1] = code;
      else runs.push([code, code]);
    }
    return runs;
  });
  const written = found.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`)).join("");
  ranges.set(property, written);
  return written;
}

/**
 * The source of a pattern that says the same of Latin without Unicode classes; in small letters when case does not matter.
 *
 * @param pattern with flag `u`; a class that is left out of a set (`[^\P{L}]`) it may not have
 */
export function latinSource({ source, flags }: RegExp): string {
  const anyCase = flags.includes("i");
  let isInSet = false;
  return source.replace(PIECES, (piece, sign?: string, property?: string) => {
    if (sign !== undefined && property !== undefined) {
      if (isInSet && sign === "P") throw new RangeError(`${source}: ${piece} has no ranges`);
      return isInSet ? rangesOf(property) : `[${sign === "P" ? "^" : ""}${rangesOf(property)}]`;
    }
    if (piece === "[") isInSet = true;
    if (piece === "]") isInSet = false;
    return anyCase && !piece.startsWith("\\") ? piece.toLowerCase() : piece;
  });
}

/**
 * The same pattern for texts that hold no foreign letters, such as those of {@link withStandIns}. A sign of two UTF-16 units,
 * such as a picture, is two signs to it.
 *
 * It is used once: V8 interprets an expression the first time and compiles it the second, and when the first text is a whole
 * book, that first time takes ten times as long as all others.
 *
 * @param pattern with flag `u`, in which case matters
 */
export function latin(pattern: RegExp): RegExp {
  const made = new RegExp(latinSource(pattern), pattern.flags.replace("u", ""));
  made.test("");
  made.lastIndex = 0;
  return made;
}

const FOREIGN = new RegExp(`(?![${LATIN}])[\\p{L}\\p{M}\\p{N}]`, "gu");
const MAY_BE_FOREIGN = new RegExp(`[^${LATIN}\\u2010-\\u2026]`);

/** What no Vietnamese text holds and no pattern names: a capital, a small letter, another letter, a mark, a number. */
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/\p{Lu}/u, "Ǝ"],
  [/\p{Ll}/u, "ǝ"],
  [/\p{L}/u, "ƻ"],
  [/\p{M}/u, "\u0353"],
  [/\p{N}/u, "¾"],
];
/** By the foreign character; a text has few different ones. */
const known = new Map<string, string>();
const MOST_KNOWN = 4_096;

function standInOf(foreign: string): string {
  const before = known.get(foreign);
  if (before !== undefined) return before;
  const found = STAND_INS.find(([of]) => of.test(foreign))?.[1] ?? "ƻ";
  const asLong = found.repeat(foreign.length);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(foreign, asLong);
  return asLong;
}

/** The text with a letter, mark or number of Latin in the place of each foreign one; the places stay, unit by unit. */
export const withStandIns = (text: string): string =>
  MAY_BE_FOREIGN.test(text) ? text.replace(FOREIGN, standInOf) : text;
