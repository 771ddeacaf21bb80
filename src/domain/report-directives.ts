/**
 * Which directives were carried out: announcements that rest on a document with a number, and how much of them was heard (S8).
 *
 * @module
 */
import { documentNumberIn } from "./document-number.js";
import type { ContentRow, UnitId } from "./report-figures.js";

export interface Directive {
  /** As it is written, such as `335-CV/ThU`. */
  readonly number: string;
  /** Body and document, as the first of its announcements names them. */
  readonly source: string;
  readonly titles: readonly string[];
  readonly units: readonly UnitId[];
  readonly airings: number;
  /** Milliseconds. */
  readonly ms: number;
  /** Civil milliseconds of the first and the last airing. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The one that was aired first comes first. Sources without a number are left out. */
export function directivesIn(contents: readonly ContentRow[]): readonly Directive[] {
  const found = new Map<string, Directive>();
  for (const row of contents) {
    const number = row.source === null ? undefined : documentNumberIn(row.source);
    if (number === undefined || row.source === null) continue;
    const known = found.get(number);
    const { title, unit, airings, ms, firstAt, lastAt } = row;
    found.set(number, {
      number,
      source: known?.source ?? row.source,
      titles: withOne(known?.titles ?? [], title ?? ""),
      units: withOne(known?.units ?? [], unit),
      airings: (known?.airings ?? 0) + airings,
      ms: Math.round((known?.ms ?? 0) + ms),
      firstAt: Math.min(known?.firstAt ?? firstAt, firstAt),
      lastAt: Math.max(known?.lastAt ?? lastAt, lastAt),
    });
  }
  return [...found.values()].sort((a, b) => a.firstAt - b.firstAt || (a.number < b.number ? -1 : 1));
}

const withOne = <T>(list: readonly T[], one: T): readonly T[] => (list.includes(one) ? list : [...list, one]);
