/**
 * Characters made usual: one kind of line end and of space, composed letters, no pictures, nothing invisible, no letters of
 * other alphabets in disguise.
 *
 * @module
 */
import { rewrite } from "../traced-text.js";
import { aSpace, type Mending, mending, nothing, onlyWith, type Step } from "./step.js";

/** Word keeps its bullets in a private corner of Unicode; at the start of a line each of them is one. */
const PRIVATE_BULLET = /(?<=^[ \t]{0,20})[\uE000-\uF8FF](?=[ \t]{0,20}\S)/gmu;

const CHARACTERS: readonly Mending[] = [
  [/\u2029/gu, () => "\n\n"],
  [/\r\n?|[\u2028\u0085\v\f]/gu, () => "\n"],
  [PRIVATE_BULLET, () => "• "],
  // Word's second bullet is a letter and a tab.
  [/^o\t[ \t]{0,20}(?=\S)/gmu, () => "• "],
  [/(?! )[\t\p{Zs}]/gu, aSpace],
  // Full-width signs, letters in mathematical styles and ligatures are the plain ones drawn differently.
  [/[\uFF01-\uFF5E\uFB00-\uFB06\u{1D400}-\u{1D7FF}]/gu, (found) => found.normalize("NFKC")],
  // Pictures part words; the invisible rest does not. Digits stay: they too are "emoji" to Unicode.
  [/[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]/gu, aSpace],
];
/** Looked for only where there is more than Latin letters and usual signs: asking of each letter whether it is invisible takes long. */
const INVISIBLE = onlyWith(
  /[^\n -~\u00A1-\u00AC\u00AE-\u024F\u1E00-\u1EFF\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u2190-\u23FF]/,
  [mending([[/[^\P{C}\n]|[\uFE00-\uFE0F\u20E3]/gu, nothing]])],
);
// The Icelandic letter is drawn like ours; old keyboards typed it.
const ICELANDIC = mending([[/[Ðð]/gu, (found) => (found === "ð" ? "đ" : "Đ")]]);

/** Cyrillic and Greek letters that cannot be told from Latin ones by eye; the strings stand in the same order. */
const DISGUISED = "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
const MEANT = "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo";
/** Key: a letter in disguise. */
const PLAIN = new Map([...DISGUISED].map((letter, place) => [letter, MEANT[place] ?? letter]));

/** Only where Latin letters stand in the same word: a word in one foreign alphabet is what it is. */
const MIXED = /[\p{L}\p{M}]{0,60}[\u0370-\u04FF][\p{L}\p{M}]{0,60}/gu;

const lookAlikes: Step = (text, tell) =>
  rewrite(text, MIXED, (found, at) => {
    if (!/\p{Script=Latin}/u.test(found)) return found;
    const plain = found.replace(/[\u0370-\u04FF]/gu, (letter) => PLAIN.get(letter) ?? letter);
    if (plain !== found) tell(text, { kind: "look-alike-letters", from: at, to: at + found.length });
    return plain;
  });

// Only letters with marks, and Korean letters, compose; a run of marks is bounded as Unicode's stream-safe form is.
const COMPOSING = mending([
  [
    /[\u1100-\u11FF\uA960-\uA97F\uAC00-\uD7FF]+|\P{M}?\p{M}{1,30}|[^\0-\u{24F}\u{1E00}-\u{1EFF}]/gu,
    (found) => found.normalize("NFC"),
  ],
]);
/** Parts of a composed text are composed. */
const composing: Step = (text, tell) => (text.text.normalize("NFC") === text.text ? text : COMPOSING(text, tell));

/** Everything but line ends, spaces, ASCII, composed Latin letters and usual signs. */
const UNUSUAL =
  /[^\n -~\u00A1-\u00A8\u00AA-\u00AC\u00AF-\u00CF\u00D1-\u00EF\u00F1-\u024F\u1E00-\u1EFF\u2013-\u201F\u2022\u2026]/;

/** In this order: letters in disguise take their marks along when they are composed. */
export const characters: Step = onlyWith(UNUSUAL, [
  mending(CHARACTERS),
  INVISIBLE,
  ICELANDIC,
  onlyWith(/[\u0370-\u04FF]/, [lookAlikes]),
  composing,
]);
