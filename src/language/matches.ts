/**
 * All matches of a pattern, one after another.
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
