/**
 * What people paste, made plain: composed letters, paragraphs, no marks that nobody would read aloud.
 *
 * Letters are composed (NFC), because a voice reads decomposed Vietnamese as foreign letters. Line breaks inside a
 * sentence become spaces, and paragraphs are parted by one empty line. Bullets, markdown, emoji, control characters and
 * the invisible characters that turn the direction of writing are gone.
 *
 * @module
 */
import { mendBreak } from "./lines.js";
import { rewrite, type Traced, traced } from "./traced-text.js";

/** One thing to mend: what is looked for, and what takes its place. */
type Mending = readonly [pattern: RegExp, replace: (found: string, at: number, text: string) => string];

const nothing = () => "";
const aSpace = () => " ";

/** In this order: each may rely on what those before it did. */
const MENDINGS: readonly Mending[] = [
  [/\u2029/gu, () => "\n\n"],
  [/\r\n?|[\u2028\u0085\v\f]/gu, () => "\n"],
  [/[\t\p{Zs}]/gu, aSpace],
  // Pictures part words; the invisible rest does not. Digits stay: they too are "emoji" to Unicode.
  [/[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]/gu, aSpace],
  [/[^\P{C}\n]|[\uFE00-\uFE0F\u20E3]/gu, nothing],
  // Only letters with marks, and Korean letters, compose; a run of marks is bounded as Unicode's stream-safe form is.
  [
    /[\u1100-\u11FF\uA960-\uA97F\uAC00-\uD7FF]+|\P{M}?\p{M}{1,30}|[^\0-\u{24F}\u{1E00}-\u{1EFF}]/gu,
    (found) => found.normalize("NFC"),
  ],
  [/\[[^[\]\n]{1,300}\]\([^()\n]{0,500}\)/gu, (found) => found.slice(1, found.indexOf("]"))],
  [/`+|~~+|__+/gu, nothing],
  [/ {2,}/gu, aSpace],
  [/ ?\n ?/gu, () => "\n"],
  [/^(?:[-=_*]{3,}|[-_*](?: [-_*]){2,})$/gmu, nothing],
  [/^ | $/gu, nothing],
  // Emphasis goes before lines are judged by how they begin; a star before a space may be a bullet.
  [/(?<![\d*])\*+(?![ *])|(?<=[^\s\d*])\*+/gu, nothing],
  [/^>[> ]*/gmu, nothing],
  [/\n+/gu, mendBreak],
  [/^(?:[-+*•‣◦▪▫●○–—·] |#{1,6} )+/gmu, nothing],
  // Between digits a star is a sign; anywhere else it is markdown.
  [/(?<!\d)\*+|\*+(?!\d)/gu, nothing],
  [/\.{2,}/gu, () => "…"],
  [/([!?])[!?]+/gu, (found) => (found.includes("?") ? "?" : "!")],
  [/ {2,}/gu, aSpace],
  [/ (?=[,;:.!?…)\]”»\n]|$)|(?<=^|[([“«\n]) /gu, nothing],
  [/,+[;:]/gu, (found) => found.slice(-1)],
];

/** {@link clean}, with where each letter came from. */
export const cleanTraced = (text: string): Traced =>
  MENDINGS.reduce((mended, [pattern, replace]) => rewrite(mended, pattern, replace), traced(text));

/**
 * Makes a pasted text plain. Takes any string, never throws, in time proportional to its length; the result is NFC, and
 * cleaning it again changes nothing in ordinary prose.
 */
export const clean = (text: string): string => cleanTraced(text).text;
