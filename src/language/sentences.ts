/**
 * Where a voice takes breath: a text cut into what is said in one go, with the pause that is wanted after each.
 *
 * @module
 */
import { breathLength } from "./breath.js";
import { isOfWord, sortAt } from "./sorts.js";

/** How long to be silent after a phrase: within a sentence, after one of its clauses, after it, or after a paragraph. */
export type Pause = "breath" | "clause" | "sentence" | "paragraph";

/** The silence that a pause means at normal speed, seconds. By ear, for loudspeakers that echo between houses. */
export const PAUSE_SECONDS: Readonly<Record<Pause, number>> = {
  breath: 0.15,
  clause: 0.3,
  sentence: 0.4,
  paragraph: 0.8,
};

/** What is said in one go. */
export interface Phrase {
  readonly text: string;
  /** Where it lies in the whole text, UTF-16 units; what lies between phrases is white space or unspeakable. */
  readonly start: number;
  readonly end: number;
  readonly pause: Pause;
}

/** Google's endpoint takes at most 200 UTF-16 units; one unit is left for a stop that a voice may add. */
export const LONGEST_PHRASE = 199;

const codesOf = (signs: string): ReadonlySet<number> => new Set([...signs].map((sign) => sign.charCodeAt(0)));
/** `.!?…` */
const isStop = (code: number): boolean => code === 46 || code === 33 || code === 63 || code === 0x2026;
/** What may be closed behind a stop, and how many of them. */
const CLOSING = codesOf(`"'”’»)]`);
const MOST_CLOSING = 4;
/** Short forms whose full stop ends no sentence. */
const SHORT_FORM =
  /(?:^|[\s("“])(?:TP|Tp|TX|Tx|TT|Tt|P|Q|H|KP|Kp|ĐT|đt|ThS|Ths|TS|Ts|BS|Bs|GS|Gs|PGS|Pgs|NXB|tr|St|Mr|Mrs|Dr|No|\p{Lu})\.$/u;
/** "And so on" ends a sentence only when a new one begins. */
const AND_SO_ON = /(?:^|[\s,(])v\.v\.?$/iu;
/** A numbered heading or item: the number belongs to what follows. */
const MARK = /^["'“‘«(]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[ivx]{1,6}|\p{L})\.$/iu;
const OF_NUMERAL = /^[ivxIVX]/;
/** Longest short form with what stands before it. */
const LOOK_BACK = 8;
/** Letters and stop of the longest of them, and one more. */
const LONGEST_SHORT_FORM = 5;
/** Those without a capital; `v` ends `v.v.`. */
const SMALL_SHORT_FORMS = new Set(["tr", "đt", "v"]);
/** An opening quotation mark, four numbers with their stops, and spaces. */
const LONGEST_MARK = 20;
const SPEAKABLE = /[\p{L}\p{N}]/u;
/** Most phrases begin with a letter that no mark is mistaken for. */
const isSpeakable = (text: string): boolean =>
  (text.charCodeAt(0) < 0x300 && isOfWord(text, 0)) || SPEAKABLE.test(text);

/**
 * Cuts a text into phrases: at line ends, at full stops that end sentences (not in `TP. Đà Lạt`, `P.12`, `v.v.`, `3.500`),
 * and where a sentence is longer than `longest`; there between clauses (`;`) first, and else where {@link breathLength} says.
 *
 * @param longest most UTF-16 units in a phrase, at least 2
 * @returns phrases in order; none of them empty or without a letter or digit
 */
export function splitSentences(text: string, longest = LONGEST_PHRASE): readonly Phrase[] {
  const phrases: Phrase[] = [];
  forEachPhrase(text, longest, (phrase) => phrases.push(phrase));
  return phrases;
}

/** The same one by one, for whoever keeps none of them: over a long text keeping them takes longer than finding them. */
export function forEachPhrase(text: string, longest: number, take: (phrase: Phrase) => void): void {
  if (!(longest >= 2)) throw new RangeError("a phrase holds at least 2 units");
  for (let start = 0; start < text.length; ) {
    const stop = text.indexOf("\n", start);
    const last = stop < 0 ? text.length : stop;
    const paragraph = text.slice(start, last);
    const ends = sentenceEnds(paragraph);
    let from = 0;
    for (const [number, end] of ends.entries()) {
      const pause = number === ends.length - 1 ? "paragraph" : "sentence";
      breaths(paragraph.slice(from, end), { at: start + from, pause, longest }).forEach(take);
      from = end;
    }
    start = last + 1;
  }
}

/** By places and not by a pattern: an estimate of the length asks this of every letter that is said. */
function sentenceEnds(paragraph: string): readonly number[] {
  const ends: number[] = [];
  let from = 0;
  for (let stop = 0, end = 0; stop < paragraph.length; stop = Math.max(stop + 1, end)) {
    if (!isStop(paragraph.charCodeAt(stop))) continue;
    end = endOfStop(paragraph, stop);
    if (end >= paragraph.length) break;
    if (sortAt(paragraph, end) !== "space") continue;
    const next = paragraph.slice(end, end + 4).trimStart();
    if (next === "") break;
    if (end - stop === 1 && paragraph.charAt(stop) === "." && isOfShortForm(paragraph, { from, end, next })) continue;
    // A list of three dots goes on in lower case.
    if (paragraph.charAt(stop) === "…" && /^\p{Ll}/u.test(next)) continue;
    ends.push(end);
    from = end;
  }
  ends.push(paragraph.length);
  return ends;
}

/** Where the stops that begin at a place end, with what is closed behind them. */
function endOfStop(paragraph: string, stop: number): number {
  let end = stop + 1;
  while (isStop(paragraph.charCodeAt(end))) end++;
  const most = end + MOST_CLOSING;
  while (end < most && CLOSING.has(paragraph.charCodeAt(end))) end++;
  return end;
}

/** Whether the full stop before `end` belongs to a short form, or to the number of an item; most words are too long for that. */
function isOfShortForm(paragraph: string, { from, end, next }: { from: number; end: number; next: string }): boolean {
  let first = end - 1;
  while (first > from && end - first < LONGEST_SHORT_FORM && sortAt(paragraph, first - 1) === "letter") first--;
  const word = paragraph.slice(first, end - 1);
  const mayBeMark = end - from <= LONGEST_MARK && (word.length < 2 || OF_NUMERAL.test(word));
  if (mayBeMark && MARK.test(paragraph.slice(from, end).trim())) return true;
  if (word === "" || (word === word.toLowerCase() && !SMALL_SHORT_FORMS.has(word))) return false;
  const before = paragraph.slice(Math.max(from, end - LOOK_BACK), end);
  return SHORT_FORM.test(before) || (AND_SO_ON.test(before) && !/^["'“‘«(]?\p{Lu}/u.test(next));
}

interface Where {
  readonly at: number;
  readonly pause: Pause;
  readonly longest: number;
}

/** One sentence as one or more phrases; a long one is said clause by clause. */
function breaths(sentence: string, { at, pause, longest }: Where): readonly Phrase[] {
  if (sentence.trim().length <= longest) return pieces(sentence, { at, pause, longest });
  const phrases = clausesOf(sentence).flatMap(({ clause, start }) =>
    pieces(clause, { at: at + start, pause: "clause", longest }),
  );
  const final = phrases.pop();
  return final === undefined ? [] : [...phrases, { ...final, pause }];
}

/** What ends with a semicolon, and the rest. No pattern does this: it would need room for every letter of a long clause. */
function clausesOf(sentence: string): readonly { readonly clause: string; readonly start: number }[] {
  const clauses: { readonly clause: string; readonly start: number }[] = [];
  for (let start = 0; start < sentence.length; ) {
    const stop = sentence.indexOf(";", start);
    const end = stop < 0 ? sentence.length : stop + 1;
    clauses.push({ clause: sentence.slice(start, end), start });
    start = end;
  }
  return clauses;
}

function pieces(clause: string, { at, pause, longest }: Where): readonly Phrase[] {
  const phrases: Phrase[] = [];
  let from = clause.length - clause.trimStart().length;
  const last = clause.trimEnd().length;
  if (last - from <= longest) {
    const text = clause.slice(from, last);
    return isSpeakable(text) ? [{ text, start: at + from, end: at + last, pause }] : [];
  }
  while (from < last) {
    const end = last - from <= longest ? last : from + breathLength(clause, { from, last, longest });
    const text = clause.slice(from, end).trimEnd();
    const start = at + from;
    if (isSpeakable(text)) phrases.push({ text, start, end: start + text.length, pause: "breath" });
    from = end;
    while (from < last && /\s/u.test(clause.charAt(from))) from++;
  }
  const final = phrases.pop();
  return final === undefined ? [] : [...phrases, { ...final, pause }];
}
