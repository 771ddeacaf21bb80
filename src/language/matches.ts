/**
 * Ways of looking for patterns and lines that stay quick in long texts.
 *
 * @module
 */

/**
 * As `text.matchAll(pattern)`, but without a copy of the pattern. A copy has to be compiled again, and V8 interprets what it
 * has not compiled yet: over a whole book that takes ten times as long.
 *
 * @param pattern with flag `g`; may be in use elsewhere at the same time
 */
export function* matchesIn(text: string, pattern: RegExp): Generator<RegExpExecArray, void> {
  for (let from = 0; from <= text.length; ) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) return;
    from = match[0] === "" ? match.index + 1 : match.index + match[0].length;
    yield match;
  }
}

/** One line without its end. */
export interface Line {
  readonly text: string;
  /** Where it lies in the whole, UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/**
 * The lines in which there is anything. A pattern that runs over a whole line would need room for each letter of it.
 *
 * @param most from the first line on; usually all
 */
export function linesIn(text: string, most = Number.POSITIVE_INFINITY): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length && lines.length < most; ) {
    const stop = text.indexOf("\n", start);
    const end = stop < 0 ? text.length : stop;
    if (end > start) lines.push({ text: text.slice(start, end), start, end });
    start = end + 1;
  }
  return lines;
}
