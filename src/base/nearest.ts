/**
 * The name that was probably meant, for people who misspelt one.
 *
 * @module
 */

/** Longer words are not compared: the work grows with the square of their length. */
const MAX_LENGTH = 64;

/**
 * The candidate that is fewest letters away from `word` (left out, added, changed or swapped with a neighbour), or
 * `undefined` when none is near enough to be meant: a third of the longer word, at least one letter.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = distanceBetween(word.toLowerCase(), candidate.toLowerCase());
    const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (distance > allowed || distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

/** Optimal string alignment: a swap of two neighbours counts once. */
function distanceBetween(a: string, b: string): number {
  let older: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(before, j) + 1,
          at(row, j - 1) + 1,
          at(before, j - 1) + changed,
          swapped ? at(older, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    older = before;
    before = row;
  }
  return at(before, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
