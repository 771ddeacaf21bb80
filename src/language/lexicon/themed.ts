/**
 * How the shipped readings are written down: a row for each, with what they have in common said once.
 *
 * @module
 */
import type { LexiconEntry, ReadingContext, ReadingKind } from "../../domain/lexicon.js";

/** What is written, how it is said, and what else there is to say. */
export type Row = readonly [written: string, spoken: string, more?: Omit<LexiconEntry, "written" | "spoken" | "kind">];

/** Rows of one kind from one source; a row may name its own. */
export const themed = (kind: ReadingKind, note: string, rows: readonly Row[]): readonly LexiconEntry[] =>
  rows.map(([written, spoken, more]) => ({ written, spoken, kind, note, ...more }));

/** The same for words that are meant however they are capitalised. */
export const inAnyCase = (kind: ReadingKind, note: string, rows: readonly Row[]): readonly LexiconEntry[] =>
  themed(kind, note, rows).map((entry) => ({ ...entry, anyCase: true }));

/** Holds only where the condition does. */
export const where = (context: ReadingContext): { readonly context: ReadingContext } => ({ context });
