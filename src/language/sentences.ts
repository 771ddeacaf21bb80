/**
 * Where a voice takes breath: a text cut into what is said in one go, with the pause that is wanted after each.
 *
 * @module
 */

/** How long to be silent after a phrase: within a sentence, after it, or after a paragraph. */
export type Pause = "breath" | "sentence" | "paragraph";

/** The silence that a pause means at normal speed, seconds. By ear, for loudspeakers that echo between houses. */
export const PAUSE_SECONDS: Readonly<Record<Pause, number>> = { breath: 0.15, sentence: 0.4, paragraph: 0.8 };

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

const STOP = /[.!?…]+["'”’»)\]]{0,4}(?=\s|$)/gu;
/** Short forms whose full stop ends no sentence. */
const SHORT_FORM =
  /(?:^|[\s("“])(?:TP|Tp|TX|Tx|TT|Tt|P|Q|H|KP|Kp|ĐT|đt|ThS|Ths|TS|Ts|BS|Bs|GS|Gs|PGS|Pgs|NXB|tr|St|Mr|Mrs|Dr|No|\p{Lu})\.$/u;
/** "And so on" ends a sentence only when a new one begins. */
const AND_SO_ON = /(?:^|[\s,(])v\.v\.?$/iu;
/** A numbered heading or item: the number belongs to what follows. */
const MARK = /^["'“‘«(]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[ivx]{1,6}|\p{L})\.$/iu;
/** Longest short form with what stands before it. */
const LOOK_BACK = 8;
const SPEAKABLE = /[\p{L}\p{N}]/u;

/**
 * Cuts a text into phrases: at line ends, at full stops that end sentences (not in `TP. Đà Lạt`, `P.12`, `v.v.`, `3.500`),
 * and inside what is longer than `longest` at the last `;`, `:`, `,` or space that fits.
 *
 * @param longest most UTF-16 units in a phrase, at least 2
 * @returns phrases in order; none of them empty or without a letter or digit
 */
export function splitSentences(text: string, longest = LONGEST_PHRASE): readonly Phrase[] {
  if (!(longest >= 2)) throw new RangeError("a phrase holds at least 2 units");
  const phrases: Phrase[] = [];
  for (const paragraph of text.matchAll(/[^\n]+/gu)) {
    const ends = sentenceEnds(paragraph[0]);
    let from = 0;
    ends.forEach((end, number) => {
      const pause = number === ends.length - 1 ? "paragraph" : "sentence";
      phrases.push(...breaths(paragraph[0].slice(from, end), { at: paragraph.index + from, pause, longest }));
      from = end;
    });
  }
  return phrases;
}

function sentenceEnds(paragraph: string): readonly number[] {
  const ends: number[] = [];
  let from = 0;
  for (const match of paragraph.matchAll(STOP)) {
    const end = match.index + match[0].length;
    const before = paragraph.slice(Math.max(from, end - LOOK_BACK), end);
    const next = paragraph.slice(end, end + 4).trimStart();
    if (next === "") break;
    if (SHORT_FORM.test(before) || MARK.test(paragraph.slice(from, Math.min(end, from + 20)).trim())) continue;
    if (AND_SO_ON.test(before) && !/^["'“‘«(]?\p{Lu}/u.test(next)) continue;
    // A list of three dots goes on in lower case.
    if (match[0].startsWith("…") && /^\p{Ll}/u.test(next)) continue;
    ends.push(end);
    from = end;
  }
  ends.push(paragraph.length);
  return ends;
}

/** One sentence as one or more phrases. */
function breaths(
  sentence: string,
  { at, pause, longest }: { readonly at: number; readonly pause: Pause; readonly longest: number },
): readonly Phrase[] {
  const phrases: Phrase[] = [];
  let from = sentence.length - sentence.trimStart().length;
  const last = sentence.trimEnd().length;
  while (from < last) {
    const end = last - from <= longest ? last : from + cutLength(sentence.slice(from, from + longest));
    const text = sentence.slice(from, end).trimEnd();
    const start = at + from;
    if (SPEAKABLE.test(text)) phrases.push({ text, start, end: start + text.length, pause: "breath" });
    from = end;
    while (from < last && /\s/u.test(sentence.charAt(from))) from++;
  }
  const final = phrases.pop();
  return final === undefined ? [] : [...phrases, { ...final, pause }];
}

/** A cut this early would make a phrase of one or two words. */
const EARLIEST_SHARE = 0.25;

/** How much of a too long piece to say in one go. */
function cutLength(piece: string): number {
  for (const sign of ["; ", ": ", ", ", " – ", " - ", " "]) {
    const found = piece.lastIndexOf(sign);
    if (found > piece.length * EARLIEST_SHARE) return found + sign.trimEnd().length + (sign === " " ? 1 : 0);
  }
  // Nothing to hold on to: cut, but not through a pair.
  const code = piece.charCodeAt(piece.length - 1);
  return code >= 0xd800 && code <= 0xdbff ? piece.length - 1 : piece.length;
}
