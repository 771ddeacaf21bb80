/**
 * Brackets, as a person reads them: what stands between them with a pause on either side, and not at all where it only
 * repeats in short what was just said.
 *
 * @module
 */
import { behind } from "./conditions.js";
import type { Lexicon } from "./lexicon.js";
import type { Match, Recogniser } from "./match.js";

/** Whether {@link brackets} has anything to say of a sign. */
export const isBracket = (sign: string): boolean => sign !== "" && "()[]".includes(sign);

/** Something is said between them. One word alone, such as `ông (bà)` or `phường 8 (cũ)`, goes on without a pause. */
const OPENING = /[([](?!\p{L}{1,8}[)\]]|(?:âm|dương) lịch[)\]])(?=["“‘]?[\p{L}\p{N}]|[+~≈<>≤≥] ?\d)/uy;
const CLOSING = /[)\]](?=["”’]? ["“‘]?[\p{L}\p{N}])/uy;
/** Behind a word or a number a bracket interrupts. */
const INTERRUPTS = /[\p{L}\p{M}\p{N}%”"] [([]$/u;
/** `(1)`, `(a)`: the mark of an item. */
const ITEM = /^[([](?:\d{1,2}|\p{L})$/u;
/** `dương tính (+)`, `xét nghiệm (-)`. */
const SIGN_ONLY = /\([-+−–]\)/uy;
/** The word has said what the sign would say. */
const SIGN_SAID = behind(/(?:^|\P{L})(?:dương|âm)(?: tính)? ?$/iu);
/** What a sign is the outcome of. */
const TESTED = behind(
  /(?:^|\P{L})(?:test|tét|test nhanh|xét nghiệm|kết quả|PCR|mẫu|phản ứng|HIV|HBsAg|NS1|ma túy|ma tuý|COVID-19|SARS-CoV-2|Methamphetamine|MET|cồn)(?: \p{Ll}+){0,3}:? ?$/iu,
);
const BLOOD = behind(/(?:^|\P{L})(?:AB|A|B|O|Rh) ?$/u);
/** `(UBND)`. */
const SHORT_FORM = /\([\p{Lu}][\p{L}&-]{1,9}\)/uy;
/** So far back the bracket that is closed may have been opened, UTF-16 units. */
const REACH = 240;
/** And so far back stands what a sign in brackets is about. */
const SIGN_REACH = 60;

const PAUSE = { kind: "punctuation", known: true, spoken: ", " } as const;

/** Reads brackets; those that begin a line or an item are left to the rule for other signs. */
export const brackets =
  (lexicon: Lexicon): Recogniser =>
  (text, index) => {
    if (!isBracket(text.charAt(index))) return undefined;
    if (stands(SIGN_ONLY, text, index)) return signOnly(text, index);
    const repeated = repetition(lexicon, text, index);
    if (repeated !== undefined) return repeated;
    if (stands(OPENING, text, index)) return interrupts(text, index) ? { end: index + 1, ...PAUSE } : undefined;
    if (!stands(CLOSING, text, index)) return undefined;
    const opened = openedBefore(text, index);
    if (opened === undefined) return undefined;
    const isItem = ITEM.test(text.slice(opened, index));
    const ends = isItem || (stands(OPENING, text, opened) && interrupts(text, opened));
    return ends ? { end: index + 1, ...PAUSE } : undefined;
  };

/** A sign alone in brackets says the outcome of a test; what else it may say, a person must know. */
function signOnly(text: string, index: number): Match {
  const before = text.slice(Math.max(0, index - SIGN_REACH), index);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const end = index + 3;
  if (SIGN_SAID.test(line) || line === "") return { end, ...PAUSE, spoken: "" };
  const outcome = text.charAt(index + 1) === "+" ? "dương" : "âm";
  if (TESTED.test(line)) return { end, kind: "symbol", known: true, spoken: ` ${outcome} tính ` };
  if (BLOOD.test(line)) return { end, kind: "symbol", known: true, spoken: ` ${outcome} ` };
  return { end, kind: "unknown", known: false, spoken: "" };
}

const interrupts = (text: string, open: number): boolean =>
  INTERRUPTS.test(text.slice(Math.max(0, open - 3), open + 1));

/** `Ủy ban nhân dân (UBND)`: said twice it would sound like a slip. */
function repetition(lexicon: Lexicon, text: string, index: number): Match | undefined {
  SHORT_FORM.lastIndex = index;
  const written = SHORT_FORM.exec(text)?.[0];
  const found = written === undefined ? undefined : lexicon.find(text, index + 1);
  if (written === undefined || found?.end !== index + written.length - 1) return undefined;
  const said = text
    .slice(Math.max(0, index - REACH), index)
    .trimEnd()
    .toLowerCase();
  if (!said.endsWith(plain(found.spoken))) return undefined;
  return { end: index + written.length, kind: "abbreviation", known: true, spoken: "" };
}

const plain = (spoken: string): string => spoken.normalize("NFC").toLowerCase();

/** Where the bracket stands that is open at `index`, in its line. */
function openedBefore(text: string, index: number): number | undefined {
  const from = Math.max(0, index - REACH);
  const piece = text.slice(from, index);
  const last = (signs: readonly string[]) => Math.max(...signs.map((sign) => piece.lastIndexOf(sign)));
  const open = last(["(", "["]);
  return open > last([")", "]", "\n"]) ? from + open : undefined;
}

function stands(sticky: RegExp, text: string, index: number): boolean {
  sticky.lastIndex = index;
  return sticky.test(text);
}
