/**
 * Looks for phrases of a list, except where they are denied or warned of.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import { mentions, type Spot, spots, words } from "../phrases.js";
import { around, type View } from "../view.js";

/** Phrases with one thing the matter with them. */
export interface PhraseGroup {
  /** Alternatives as a pattern over lower-case text; a space is white space. */
  readonly phrases: string;
  readonly words: Words;
  readonly suggestion: Words;
}

/** A group's phrase, found. */
export interface FoundPhrase extends Spot {
  readonly group: PhraseGroup;
}

/** Before a phrase, these turn it into its opposite: `không kỳ thị`, `tránh hoang mang`. */
const DENIED =
  /(?:không|đừng|chớ|tránh|chống|khỏi|ngăn|hạn chế|xóa bỏ|chấm dứt|nghiêm cấm|phê phán|lên án|bác bỏ|phản đối|gỡ bỏ)[ \n](?:[\p{L},]{1,7}[ \n]){0,5}$/u;

/** Compiles a list once; what it returns finds the phrases in a text, in order. */
export function phraseList(groups: readonly PhraseGroup[], warned?: string): (view: View) => FoundPhrase[] {
  const patterns = groups.map((group) => ({ group, pattern: words(group.phrases) }));
  const excused = warned === undefined ? undefined : mentions(warned);
  return (view) =>
    patterns
      .flatMap(({ group, pattern }) => spots(pattern, view.lower).map((spot) => ({ ...spot, group })))
      .filter(({ start, end }) => {
        const { before, after } = around(view, [start, end], 120);
        return !DENIED.test(before.slice(-45)) && !(excused?.test(before) || excused?.test(after));
      })
      .sort((a, b) => a.start - b.start);
}
