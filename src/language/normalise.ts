/**
 * Vietnamese text to spoken text, piece by piece, so that a person can see what will be said for what was written.
 *
 * @module
 */
import type { Region } from "../domain/lexicon.js";
import { cleanTraced } from "./clean.js";
import { type PartChoices, USUAL_PARTS } from "./clean-up/document-parts.js";
import { estimateSeconds, isMeasured } from "./duration.js";
import { asItems } from "./forms/item-letters.js";
import { asHeadings } from "./forms/roman.js";
import { createLexicon, type LexiconEntry } from "./lexicon.js";
import { type NumberWords, USUAL_WORDS } from "./numbers.js";
import { type Match, reader, type TokenKind } from "./recognisers.js";
import { isOfWord } from "./sorts.js";
import { originOf, type Traced } from "./traced-text.js";
import { type Warning, warningsOf } from "./warnings.js";

/** One piece of the text as it was written, and what is said for it. */
export interface Token {
  /** Exactly what was written there. */
  readonly source: string;
  /** What is said; empty for what is not said. */
  readonly spoken: string;
  readonly kind: TokenKind;
  /** False when a person must say how it is read. */
  readonly known: boolean;
  /** Where it stands in what was written, UTF-16 units; the tokens tile it without gap or overlap. */
  readonly start: number;
  readonly end: number;
}

/** The outcome of {@link normalise}, and the stable shape of `loa normalize --json`. */
export interface Normalised {
  /** What the voice says: NFC, paragraphs parted by line ends. */
  readonly spoken: string;
  readonly tokens: readonly Token[];
  /** What has no known reading, each once, in order. */
  readonly unknown: readonly string[];
  /** About how long it takes to say, seconds. */
  readonly seconds: number;
  /** Whether the voice is one whose pace is known; else `seconds` is that of the embedded one, and may be off by a fifth. */
  readonly measured: boolean;
  readonly warnings: readonly Warning[];
}

export interface NormaliseOptions {
  /** The station's own readings; they win over the built-in ones. */
  readonly lexicon?: readonly LexiconEntry[];
  readonly numbers?: NumberWords;
  /** For the estimate: 1 is normal, 0.5 half as fast. */
  readonly speed?: number;
  /** For the estimate: the voice that will speak, such as `espeak:vi-vn-x-south`; without it the embedded northern one. */
  readonly voice?: string;
  /** For the estimate: what that voice was found to take, as a multiple of its usual estimate. */
  readonly pace?: number | undefined;
  /** Where people listen: some words are said differently there. */
  readonly region?: Region | undefined;
  /** Whether the heading, receivers and signature of an official document are read. */
  readonly parts?: Partial<PartChoices>;
}

/** Takes any string, never throws, in time proportional to its length. Cleans the text first; see `clean`. */
export function normalise(text: string, options: NormaliseOptions = {}): Normalised {
  const { lexicon = [], numbers = USUAL_WORDS, speed = 1, voice, pace } = options;
  const read = reader({ lexicon: createLexicon(lexicon, { region: options.region }), numbers });
  const cleaned = cleanTraced(text, { ...USUAL_PARTS, ...options.parts });
  const tokens = tokensOf(cleaned.traced, text, read);
  const spoken = join(tokens);
  return {
    spoken,
    tokens,
    unknown: [...new Set(tokens.filter(({ known }) => !known).map(({ source }) => source))],
    seconds: estimateSeconds(spoken, speed, voice) * (pace ?? 1),
    measured: pace !== undefined || voice === undefined || isMeasured(voice),
    warnings: warningsOf(text, cleaned),
  };
}

type Read = (text: string, index: number) => Match;

function tokensOf(cleaned: Traced, text: string, read: Read): readonly Token[] {
  const tokens: Token[] = [];
  let start = 0;
  const add = (end: number, { spoken, kind, known }: Pick<Token, "spoken" | "kind" | "known">) => {
    tokens.push({ source: pieceOf(text, { start, end, spoken }), spoken, kind, known, start, end });
    start = end;
  };
  for (let index = 0; index < cleaned.text.length; ) {
    if (isLoneSpace(cleaned.text, index)) {
      index += 1;
      add(originOf(cleaned, index, text.length), A_SPACE);
    } else {
      const match = composed(read(cleaned.text, index));
      index = match.end;
      add(originOf(cleaned, index, text.length), match);
    }
  }
  // All of it was cleaned away.
  if (start < text.length) add(text.length, { spoken: "", kind: "space", known: true });
  return tokens;
}

/** Most pieces are said as they are written, and the same few again and again: then one string is kept for all of them. */
const pieceOf = (text: string, { start, end, spoken }: Pick<Token, "start" | "end" | "spoken">): string =>
  end - start === spoken.length && text.startsWith(spoken, start) ? spoken : text.slice(start, end);

/** Nearly half of all pieces; the rules would say the same and take longer. */
const A_SPACE = { spoken: " ", kind: "space", known: true } as const;
const isLoneSpace = (text: string, index: number): boolean =>
  text.charCodeAt(index) === 32 && text.charCodeAt(index + 1) > 32 && text.charCodeAt(index - 1) > 32;

/** Asking is quicker than composing. */
const composed = (match: Match): Match =>
  mayDecompose(match.spoken) ? { ...match, spoken: match.spoken.normalize("NFC") } : match;

/** Beyond these letters a text may need to be composed. */
function mayDecompose(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x2ff && (unit < 0x1e00 || unit > 0x1eff)) return true;
  }
  return false;
}

/** Where the last character of what is said begins: it may be of two units. */
const lastOf = (text: string): number =>
  text.length > 1 && (text.codePointAt(text.length - 2) ?? 0) > 0xffff ? text.length - 2 : text.length - 1;

const PAUSES = ".,;:!?…";
/** Whether two pieces that meet would run together: a stop that meets a word (`hôm nay.Mời`) is no stop to a voice. */
const wouldRunOn = (last: string, next: string): boolean =>
  last !== "" && isOfWord(next, 0) && (isOfWord(last, lastOf(last)) || PAUSES.includes(last.charAt(last.length - 1)));

/**
 * The end of a paragraph that would be taken for the middle of a sentence: after a comma, before a small letter, or as long
 * as a line of paper. Without a stop a voice, and whoever reads the spoken text again, would run on.
 */
const UNFINISHED = /,?\n(?<=[^\n.!?…:;]\n)(?:(?<=,\n)|(?<=[^\n]{50}\n)|(?=\p{Ll}))/gu;

/** A paragraph in which nothing is said: what brackets were around it is gone, and only their stops are left. */
const ONLY_SIGNS = /^[.,;:!?… ]+(?:\n|$)/gmu;

/** Where brackets and quotation marks are not said their signs meet; one of them is enough for a voice. */
const strongest = (signs: string): string => [..."?!….;:,"].find((sign) => signs.includes(sign)) ?? signs;

/** The letter at the end of a sentence, which would be taken for the short form of `ông` before the next. */
const LAST_LETTER = /Ô(?<![\p{L}\p{M}]Ô)(?=\. \p{Lu})/gu;

/** So many are put together at a time. */
const MOST_PIECES = 2048;

/** Puts what is said together: words are parted, signs stand at the word before them. */
function join(tokens: readonly Token[]): string {
  // A string that grows by a million small pieces is kept as a million small strings until somebody reads it.
  const said: string[] = [];
  let pieces: string[] = [];
  let last = "";
  for (const { spoken } of tokens) {
    if (spoken === "") continue;
    if (wouldRunOn(last, spoken)) pieces.push(" ");
    // What follows a space needs none of its own.
    const isSpaced = spoken.startsWith(" ") && last.endsWith(" ");
    last = spoken;
    if (pieces.push(isSpaced ? spoken.slice(1) : spoken) < MOST_PIECES) continue;
    said.push(pieces.join(""));
    pieces = [];
  }
  said.push(pieces.join(""));
  const parted = said
    .join("")
    .replace(/ {2,}/gu, " ")
    .replace(/\n[ \n]+| \n[ \n]*/gu, "\n")
    .replace(/ (?=[,;:.!?…])/gu, "")
    .replace(/[,;:.!?…]{2,}/gu, strongest)
    .replace(LAST_LETTER, "ô")
    .replace(ONLY_SIGNS, "")
    .replace(UNFINISHED, (end) => (end === "\n" ? ".\n" : ";\n"))
    .trim();
  return asHeadings(asItems(parted)).normalize("NFC");
}
