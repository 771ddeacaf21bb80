/**
 * A text that remembers where each of its letters came from, so that a mended text can be shown beside what was written.
 *
 * @module
 */

/** A text and, for each of its UTF-16 units, the index of the unit of the first text that it stands for. */
export interface Traced {
  readonly text: string;
  /** Never falling. Undefined while nothing has been changed. */
  readonly origin: Int32Array | undefined;
}

/** A text as it came in. */
export const traced = (text: string): Traced => ({ text, origin: undefined });

/** Where the unit at `index` came from; for the index just past the end, `length` of the first text. */
export const originOf = ({ text, origin }: Traced, index: number, length: number): number =>
  index >= text.length ? length : origin === undefined ? index : (origin[index] ?? length);

/** One place to change: what lies from `start` to `end` gives way to `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What takes the place of a match; `text` is the whole text that was searched. */
export type Replace = (found: string, index: number, text: string) => string;

/**
 * Replaces every match of `pattern` (with flag `g`) as `String.replaceAll` would, keeping track of origins.
 * @see edited
 */
export function rewrite(from: Traced, pattern: RegExp, replace: Replace): Traced {
  const edits: Edit[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(from.text); match !== null; match = pattern.exec(from.text)) {
    const [found] = match;
    if (found === "") pattern.lastIndex += 1;
    const text = replace(found, match.index, from.text);
    if (text !== found) edits.push({ start: match.index, end: match.index + found.length, text });
  }
  return edited(from, edits);
}

/**
 * Makes the changes. A replacement that is a part of what it replaces keeps that part's places, one of equal length keeps
 * all places, and any other stands for the start of what was there.
 *
 * @param edits in order, none overlapping another
 */
export function edited(from: Traced, edits: readonly Edit[]): Traced {
  if (edits.length === 0) return from;
  const grown = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
  const origin = new Int32Array(from.text.length + grown);
  const pieces: string[] = [];
  let at = 0;
  const keep = (start: number, end: number) => {
    if (from.origin !== undefined) origin.set(from.origin.subarray(start, end), at);
    else for (let place = start; place < end; place++) origin[at + place - start] = place;
    at += end - start;
  };
  const placeOf = (start: number) =>
    from.origin === undefined ? start : (from.origin[start] ?? (from.origin.at(-1) ?? -1) + 1);
  let copied = 0;
  for (const { start, end, text } of edits) {
    if (start > copied) {
      pieces.push(from.text.slice(copied, start));
      keep(copied, start);
    }
    copied = end;
    if (text === "") continue;
    pieces.push(text);
    const inside = text.length === end - start ? 0 : from.text.slice(start, end).indexOf(text);
    if (inside >= 0) keep(start + inside, start + inside + text.length);
    else {
      origin.fill(placeOf(start), at, at + text.length);
      at += text.length;
    }
  }
  pieces.push(from.text.slice(copied));
  keep(copied, from.text.length);
  return { text: pieces.join(""), origin };
}
