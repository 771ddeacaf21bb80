/**
 * What people wrote freely in a line of the log, apart from what the program itself says: a title may name a patient, a reason a
 * neighbour. The words can then be erased without the line.
 *
 * @module
 */
import { documentNumberIn } from "./document-number.js";

/** A value without its words, and the words alone at the same places; each is `undefined` where nothing is left of it. */
export interface Parted {
  readonly kept: unknown;
  readonly words: unknown;
}

/** Fields of words whatever these look like. */
const WORDS: ReadonlySet<string> = new Set([
  ...["title", "name", "reason", "note", "place", "what", "answer", "action", "done", "text", "label", "words"],
]);
/** Whoever acts in office stands in the line itself: who approved and who aired is what the log is for. */
const IN_OFFICE = /^(?:by|.+By|authors|aired|approved|composed)$/;
/** Of what a document is called its number stays, by which lines are found. */
const DOCUMENTS: ReadonlySet<string> = new Set(["source", "document"]);
/** Ids, codes, hashes, addresses and times have neither blanks nor letters with marks. */
const PLAIN = /^[\x21-\x7e]*$/;

/** Parts a value as it stands under the name of a field. */
export function partWords(value: unknown, name = ""): Parted {
  if (IN_OFFICE.test(name)) return { kept: value, words: undefined };
  if (typeof value === "string") return partText(value, name);
  if (typeof value !== "object" || value === null) return { kept: value, words: undefined };
  if (Array.isArray(value)) return partList(value, name);
  const kept: Record<string, unknown> = {};
  const words: Record<string, unknown> = {};
  for (const [inner, field] of Object.entries(value)) {
    const parted = partWords(field, WORDS.has(name) ? name : inner);
    if (parted.kept !== undefined) kept[inner] = parted.kept;
    if (parted.words !== undefined) words[inner] = parted.words;
  }
  return { kept, words: Object.keys(words).length === 0 ? undefined : words };
}

function partText(value: string, name: string): Parted {
  if (value === "" || (PLAIN.test(value) && !WORDS.has(name))) return { kept: value, words: undefined };
  return { kept: DOCUMENTS.has(name) ? documentNumberIn(value) : undefined, words: value };
}

/** Words of a list stand at their places, with `null` between them. */
function partList(value: readonly unknown[], name: string): Parted {
  const parts = value.map((item) => partWords(item, name));
  if (parts.every(({ words }) => words === undefined)) return { kept: value, words: undefined };
  return { kept: parts.map(({ kept }) => kept ?? null), words: parts.map(({ words }) => words ?? null) };
}

/** Puts the words back where they stood. */
export function withWords(kept: unknown, words: unknown): unknown {
  if (words === undefined || words === null) return kept;
  if (typeof words !== "object") return words;
  if (Array.isArray(words)) {
    const list: readonly unknown[] = Array.isArray(kept) ? kept : [];
    return words.map((item, at) => withWords(list[at], item));
  }
  const all: Record<string, unknown> = { ...(kept as object | undefined) };
  for (const [name, inner] of Object.entries(words)) all[name] = withWords(all[name], inner);
  return all;
}
