/**
 * What people paste, made plain: composed letters, paragraphs, no marks that nobody would read aloud.
 *
 * Letters are composed (NFC), because a voice reads decomposed Vietnamese as foreign letters. Line breaks inside a
 * sentence become spaces, and paragraphs are parted by one empty line. Bullets, markdown, emoji, control characters and
 * the invisible characters that turn the direction of writing are gone; so is what surrounds an official document unless
 * it is asked for. Words in capitals become words, and texts of old fonts become Unicode.
 *
 * @module
 */
import { capitals } from "./clean-up/capitals.js";
import { characters } from "./clean-up/characters.js";
import { documentParts, type PartChoices, pageMarks, USUAL_PARTS } from "./clean-up/document-parts.js";
import { legacy } from "./clean-up/legacy.js";
import { edges, markup } from "./clean-up/markup.js";
import { aSpace, mending, type NoteKind, nothing, type Step, type Tell } from "./clean-up/step.js";
import { tones } from "./clean-up/tones.js";
import { joinLines, listMarks } from "./lines.js";
import { originOf, type Traced, traced } from "./traced-text.js";

/** Something that was done, by its place in what was written. */
export interface CleanNote {
  readonly kind: NoteKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A clean text, where each of its letters came from, and what was done that its writer should know. */
export interface Cleaned {
  readonly traced: Traced;
  readonly notes: readonly CleanNote[];
}

const signs: Step = mending([
  // Between digits a star is a sign; anywhere else it is markdown.
  [/\*(?<!\d\*)(?!\d[\d*]{0,24}#)\**|\*+(?!\d)/gu, nothing],
  [/\.{2,}/gu, () => "…"],
  [/…[….]+/gu, () => "…"],
  [/([!?])[!?]+/gu, (found) => (found.includes("?") ? "?" : "!")],
  [/ {2,}/gu, aSpace],
  [/ (?:(?=[,;:.!?…)\]”»\n]|$)|(?<=(?:^|[([“«\n]) ))/gu, nothing],
  [/(?<!,),+[;:]/gu, (found) => found.slice(-1)],
]);

/** In this order: each may rely on what those before it did. */
const stepsFor = (parts: PartChoices): readonly Step[] => [
  legacy,
  characters,
  markup,
  edges,
  pageMarks,
  documentParts(parts),
  joinLines,
  listMarks,
  signs,
  tones,
  capitals,
];

/** One round is enough for prose; what one step uncovers for another is found in the next. */
const MOST_ROUNDS = 6;

/** {@link clean}, with where each letter came from and notes of what was done. */
export function cleanTraced(text: string, parts: PartChoices = USUAL_PARTS): Cleaned {
  const steps = stepsFor(parts);
  const notes: CleanNote[] = [];
  const tell: Tell = (piece, { kind, from, to, shown }) =>
    notes.push({
      kind,
      text: shown ?? piece.text.slice(from, to),
      start: originOf(piece, from, text.length),
      end: originOf(piece, to, text.length),
    });
  // What a step has left as it was it would leave so again.
  const settled = new Map<Step, Traced>();
  const taken = (from: Traced, step: Step): Traced => {
    if (settled.get(step) === from) return from;
    const next = step(from, tell);
    if (next === from) settled.set(step, from);
    return next;
  };
  let last = traced(text);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = steps.reduce(taken, last);
    if (next.text === last.text) break;
    last = next;
  }
  return { traced: last, notes: notesOnce(notes) };
}

/** A doubt that stays is noted in every round. */
const notesOnce = (notes: readonly CleanNote[]): readonly CleanNote[] => [
  ...new Map(notes.map((note) => [`${note.kind} ${note.start} ${note.end}`, note])).values(),
];

/**
 * Makes a pasted text plain. Takes any string, never throws, in time proportional to its length; the result is NFC, and
 * cleaning it again changes nothing.
 */
export const clean = (text: string, parts: PartChoices = USUAL_PARTS): string => cleanTraced(text, parts).traced.text;
