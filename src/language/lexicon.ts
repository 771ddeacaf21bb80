/**
 * Readings of what Vietnamese spelling does not tell: short forms, foreign words, names, signs.
 *
 * The program comes with readings of its own; a station adds others, which win. A form that means several things is read
 * only where its neighbours say which; elsewhere it is unknown, because a wrong reading is worse than none.
 *
 * @module
 */
import { type LexiconEntry, LONGEST_WRITTEN, type Region } from "../domain/lexicon.js";
import { withUsualTones } from "./clean-up/tones.js";
import { type Fits, fitting, isAmongCapitals } from "./lexicon/context.js";
import { SHIPPED } from "./lexicon/shipped.js";
import { endOfLetters, isOfWord, sortAt } from "./sorts.js";

export { type LexiconEntry, LONGEST_WRITTEN } from "../domain/lexicon.js";

/** What stands at a place of a text. */
export interface Found {
  readonly entry: LexiconEntry;
  /** As it is said in the region that was asked for. */
  readonly spoken: string;
  /** Just past the form. */
  readonly end: number;
}

/** Finds the longest form that stands at a place of a text; takes the same time however many entries there are. */
export interface Lexicon {
  find(text: string, index: number): Found | undefined;
  /**
   * The end of a short form that stands at `index` and has several readings, none of which fits here. In a heading in
   * capitals it may be a word, and then there is no doubt of this kind.
   */
  doubtful(text: string, index: number): number | undefined;
  at(text: string, index: number): LexiconEntry | undefined;
  /** Whether any form begins with this word or sign; nothing is found where none does. */
  begins(first: string): boolean;
  /** How the station itself says a form, wherever it stands; for what is part of a longer form. */
  taught(written: string): string | undefined;
}

interface Candidate {
  readonly entry: LexiconEntry;
  readonly form: string;
  readonly anyCase: boolean;
  readonly fits: Fits | undefined;
  readonly attachable: boolean;
  /** Capitals only, as short forms are. */
  readonly isShort: boolean;
}
/** By the first word of the form in lower case, or its first sign; in the order in which they are asked. */
type Index = ReadonlyMap<string, readonly Candidate[]>;

/** What forms are found by. */
const FIRST = /[\p{L}\p{M}]{1,60}|\p{N}[\p{L}\p{M}\p{N}]{0,59}|[\s\S]/uy;
const LONGEST_FIRST = 60;
const isDigit = (text: string, at: number): boolean => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57;
/** Units of the character at a place. */
const sizeAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
const longestNumberIn = (index: Index): number =>
  Math.max(0, ...[...index.keys()].filter((key) => /^\d/u.test(key)).map(({ length }) => length));
/** What stands alone is found by itself. */
const isSign = (text: string, at: number): boolean => text.charCodeAt(at) < 0x80 && !isOfWord(text, at);
/** What texts begin with, looked up lately. */
const MOST_LOOKED_UP = 8_192;
const NO_CANDIDATES: readonly Candidate[] = [];

/** @param own a station's entries; of two for the same form and place the later wins, and each wins over a shipped one */
export function createLexicon(
  own: readonly LexiconEntry[],
  { region }: { readonly region?: Region | undefined } = {},
): Lexicon {
  const shipped = shippedIndex();
  const index = own.length === 0 ? shipped : layered(indexOf(own), shipped);

  const lookedUp = new Map<string, readonly Candidate[]>();
  const lookUp = (first: string): readonly Candidate[] => {
    const before = lookedUp.get(first);
    if (before !== undefined) return before;
    if (lookedUp.size >= MOST_LOOKED_UP) lookedUp.clear();
    const candidates = index.get(first) ?? index.get(first.toLowerCase()) ?? NO_CANDIDATES;
    lookedUp.set(first, candidates);
    return candidates;
  };
  const longestNumber = longestNumberIn(index);
  // Both questions are mostly asked of the same place.
  let last = { text: "", at: 0, candidates: NO_CANDIDATES };
  const candidatesAt = (text: string, at: number): readonly Candidate[] => {
    if (last.at === at && last.text === text) return last.candidates;
    const first = firstAt(text, at, longestNumber);
    const candidates = first === "" ? NO_CANDIDATES : lookUp(first);
    last = { text, at, candidates };
    return candidates;
  };
  const find = (text: string, at: number): Found | undefined => {
    for (const { entry, form, anyCase, fits, attachable } of candidatesAt(text, at)) {
      const end = at + form.length;
      if (!stands({ form, anyCase, attachable }, text, at)) continue;
      if (fits && !fits(text, at, end)) continue;
      return { entry, spoken: (region && entry.regions?.[region]) ?? entry.spoken, end };
    }
    return undefined;
  };

  const taught = new Map(
    own
      .filter(({ context }) => context === undefined)
      .map(({ written, spoken, regions }) => [written.normalize("NFC"), (region && regions?.[region]) ?? spoken]),
  );
  return {
    find,
    begins: (first) => lookUp(first).length > 0,
    taught: (written) => taught.get(written),
    at: (text, at) => find(text, at)?.entry,
    doubtful(text, at) {
      for (const candidate of candidatesAt(text, at)) {
        const end = at + candidate.form.length;
        if (!candidate.isShort || !stands(candidate, text, at)) continue;
        return isAmongCapitals(text, at, end) ? undefined : end;
      }
      return undefined;
    },
  };
}

/** The word or sign that stands at a place; empty for a number with letters that is longer than any in the lexicon. */
function firstAt(text: string, at: number, longestNumber: number): string {
  const end = endOfLetters(text, at);
  if (end > at && end - at <= LONGEST_FIRST) return text.slice(at, end);
  if (isSign(text, at)) return text.charAt(at);
  if (isDigit(text, at)) {
    let last = at + 1;
    while (last - at <= longestNumber && isOfWord(text, last)) last += sizeAt(text, last);
    return last - at > longestNumber ? "" : text.slice(at, last);
  }
  FIRST.lastIndex = at;
  return FIRST.test(text) ? text.slice(at, FIRST.lastIndex) : "";
}

/** Whether the form stands there as a whole word. What is counted or measured may touch its number: `6Lang Bian`. */
function stands(
  { form, anyCase, attachable }: Pick<Candidate, "form" | "anyCase" | "attachable">,
  text: string,
  at: number,
): boolean {
  const end = at + form.length;
  if (!text.startsWith(form, at) && !(anyCase && text.slice(at, end).toLowerCase() === form)) return false;
  if (at > 0 && sortAt(text, at) === "letter" && sortAt(text, at - 1) === "letter") return false;
  return end >= text.length || !isOfWord(text, end - 1) || !goesOn(text, end, attachable);
}

/** Whether a word goes on with what stands behind one of its letters; numbers that are one sign are always said by themselves. */
function goesOn(text: string, end: number, attachable: boolean): boolean {
  const next = sortAt(text, end);
  return next === "letter" || (next === "digit" && !attachable);
}

/** Digits behind it are no part of its last word, as they may be of a short form: `vắc xin2`, `wi-fi5`. */
const LONG_WORD = /(?:\p{L}\p{Ll}|[ -]\p{L})\p{Ll}$/u;

function indexOf(entries: readonly LexiconEntry[]): Index {
  const index = new Map<string, Candidate[]>();
  for (const entry of entries.toReversed()) {
    const composed = withUsualTones(entry.written.normalize("NFC"));
    if (composed.length === 0 || composed.length > LONGEST_WRITTEN) continue;
    const anyCase = entry.anyCase === true;
    const form = anyCase ? composed.toLowerCase() : composed;
    FIRST.lastIndex = 0;
    const key = (FIRST.exec(form)?.[0] ?? "").toLowerCase();
    const attachable =
      LONG_WORD.test(form) || (/\p{L}$/u.test(form) && entry.context?.next?.endsWith("number") === true);
    const isShort = /^\p{Lu}{2,8}$/u.test(form);
    const candidate = { entry, form, anyCase, attachable, isShort, fits: fitting(entry.context) };
    index.set(key, [...(index.get(key) ?? []), candidate]);
  }
  for (const [key, candidates] of index) index.set(key, candidates.sort(byRank));
  return index;
}

/** Longer forms first; of the same form, the reading that asks for a place before the one that holds anywhere. */
const byRank = (a: Candidate, b: Candidate): number => b.form.length - a.form.length || rank(a) - rank(b);
const rank = ({ fits, anyCase }: Candidate): number => (fits ? 0 : 2) + (anyCase ? 1 : 0);

/** Both together: what stands in `over` is asked before what is as long in `under`. */
function layered(over: Index, under: Index): Index {
  const index = new Map(under);
  for (const [key, candidates] of over) {
    const both = [...candidates, ...(under.get(key) ?? [])];
    index.set(
      key,
      both.sort((a, b) => b.form.length - a.form.length),
    );
  }
  return index;
}

let shippedOnce: Index | undefined;
/** Made when it is first needed: most programs that load this folder never read a text. */
const shippedIndex = (): Index => {
  shippedOnce ??= indexOf(SHIPPED);
  return shippedOnce;
};
