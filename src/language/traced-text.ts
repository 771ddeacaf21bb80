/**
 * A text that remembers where each of its letters came from, so that a mended text can be shown beside what was written.
 *
 * @module
 */

/** A text and, for each of its UTF-16 units, the index of the unit of the first text that it stands for. */
export interface Traced {
  readonly text: string;
  /** Never falling. Undefined while nothing has been changed. */
  readonly origin: readonly number[] | undefined;
}

/** A text as it came in. */
export const traced = (text: string): Traced => ({ text, origin: undefined });

/** Where the unit at `index` came from; for the index just past the end, `length` of the first text. */
export const originOf = ({ text, origin }: Traced, index: number, length: number): number =>
  index >= text.length ? length : origin === undefined ? index : (origin[index] ?? length);

/** What takes the place of a match; `text` is the whole text that was searched. */
export type Replace = (found: string, index: number, text: string) => string;

/**
 * Replaces every match of `pattern` (with flag `g`) as `String.replaceAll` would, keeping track of origins. A replacement
 * that is a part of what was found keeps that part's places; any other stands for the start of what was found.
 */
export function rewrite(from: Traced, pattern: RegExp, replace: Replace): Traced {
  const pieces: string[] = [];
  const origin: number[] = [];
  let copied = 0;
  const copy = (start: number, end: number) => {
    if (end > start) pieces.push(from.text.slice(start, end));
    for (let at = start; at < end; at++) origin.push(from.origin?.[at] ?? at);
  };
  for (const match of from.text.matchAll(pattern)) {
    const [found] = match;
    copy(copied, match.index);
    copied = match.index + found.length;
    const next = replace(found, match.index, from.text);
    const inside = found.indexOf(next);
    if (inside >= 0) {
      copy(match.index + inside, match.index + inside + next.length);
      continue;
    }
    pieces.push(next);
    const place = from.origin?.[match.index] ?? match.index;
    for (let at = 0; at < next.length; at++) origin.push(place);
  }
  if (copied === 0) return from;
  copy(copied, from.text.length);
  return { text: pieces.join(""), origin };
}
