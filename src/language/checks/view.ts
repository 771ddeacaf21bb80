/**
 * A text as the checks look at it: composed letters, single spaces, no invisible signs, and the way back to what was
 * written. Whoever hides a name behind an odd space or a decomposed letter is found all the same.
 *
 * @module
 */

import { withStandIns } from "../latin.js";
import { matchesIn } from "../matches.js";
import { splitSentences } from "../sentences.js";

export interface View {
  /** What was written. */
  readonly source: string;
  /** NFC, white space single, `\n` only where a paragraph ends. */
  readonly text: string;
  /** {@link text} as patterns are asked of it: foreign letters have a stand-in, unit by unit. */
  readonly seen: string;
  /** {@link seen} in lower case and the older placing of tone marks (`hòa`, `ủy`), unit by unit. */
  readonly lower: string;
  /** Start and end of each sentence in {@link text}, in order. */
  readonly sentences: readonly (readonly [start: number, end: number])[];
  /** Where a unit of {@link text} came from in {@link source}. */
  origin(index: number): number;
}

/** Folds any text; takes time in proportion to its length. */
export function viewOf(source: string): View {
  const { text, origin } = fold(source);
  const sentences = splitSentences(text, Number.POSITIVE_INFINITY).map(({ start, end }) => [start, end] as const);
  const seen = withStandIns(text);
  return { source, text, seen, lower: lowered(seen), sentences, origin };
}

/** The sentence around a place, or the bare place when it lies outside every sentence. */
export function sentenceAt({ sentences }: View, index: number): readonly [start: number, end: number] {
  let low = 0;
  let high = sentences.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [start, end] = sentences[middle] ?? [0, 0];
    if (index < start) high = middle - 1;
    else if (index >= end) low = middle + 1;
    else return [start, end];
  }
  return [index, index];
}

/** What stands in the same sentence before and after a span, in lower case; at most so many units of each. */
export function around(view: View, [start, end]: readonly [number, number], reach: number) {
  const [from, to] = sentenceAt(view, start);
  return {
    before: view.lower.slice(Math.max(from, start - reach), start),
    after: view.lower.slice(end, Math.max(end, Math.min(to, end + reach))),
  };
}

/** White space that is not one space, invisible signs, and letters followed by loose marks. */
const FOLDED = /[^\S ]\s*| \s+|[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+|[^\p{M}\s]\p{M}{1,30}/gu;
/** From this length on a line was broken by the edge of the paper, UTF-16 units. */
const FULL_LINE = 50;

function fold(source: string): { text: string; origin: (index: number) => number } {
  const pieces: string[] = [];
  // Places where source and text run on in step: the index in the text, and the one in the source.
  const inText: number[] = [0];
  const inSource: number[] = [0];
  let length = 0;
  let copied = 0;
  let line = 0;
  for (const { 0: found, index } of matchesIn(source, FOLDED)) {
    const kept = source.slice(copied, index);
    const next = replacement(found, { source, index, line });
    pieces.push(kept, next);
    length += kept.length + next.length;
    copied = index + found.length;
    if (/[\n\r\u2028\u2029]/u.test(found)) line = copied;
    inText.push(length);
    inSource.push(copied);
  }
  pieces.push(source.slice(copied));

  return {
    text: pieces.join(""),
    origin(index) {
      const step = lastAtMost(inText, index);
      const place = (inSource[step] ?? 0) + index - (inText[step] ?? 0);
      return Math.min(place, inSource[step + 1] ?? source.length, source.length);
    },
  };
}

interface Place {
  readonly source: string;
  readonly index: number;
  /** Where the line began. */
  readonly line: number;
}

function replacement(found: string, { source, index, line }: Place): string {
  if (!/^\s/u.test(found)) return /\p{M}/u.test(found) ? found.normalize("NFC") : "";
  const breaks = found.replaceAll("\r\n", "\n").match(/[\n\r\u2028\u2029\v\f]/gu)?.length ?? 0;
  if (breaks === 0) return " ";
  if (breaks > 1 || found.includes("\u2029") || /[.!?…:;]$/u.test(source.charAt(index - 1))) return "\n";
  const next = source.slice(index + found.length, index + found.length + 2);
  return /^\p{Ll}/u.test(next) || (index - line >= FULL_LINE && /^[\p{L}\p{N}]/u.test(next)) ? " " : "\n";
}

/** The last of rising `numbers` that is at most `wanted`; the first when none is. */
function lastAtMost(numbers: readonly number[], wanted: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lowered(text: string): string {
  const lower = text.toLowerCase();
  // Few letters (İ) have a longer small one; then each letter is asked for itself, so that places stay the same.
  const even = lower.length === text.length ? lower : text.replace(/\p{Lu}/gu, small);
  return even.replace(/o[àáảãạèéẻẽẹ](?!\p{L})|(?<!q)u[ỳýỷỹỵ](?!\p{L})/gu, (pair) => {
    const [vowel = "", mark = ""] = pair.charAt(1).normalize("NFD");
    return (pair.charAt(0) + mark).normalize("NFC") + vowel;
  });
}

function small(letter: string): string {
  const lower = letter.toLowerCase();
  return lower.length === letter.length ? lower : letter;
}
