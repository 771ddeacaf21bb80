/**
 * Where the tone mark stands: `hòa`, `thủy`, `khỏe` and not `hoà`, `thuỷ`, `khoẻ`.
 *
 * Both ways are taught and both stand in the same document. One of them must be chosen, so that a word is found whichever
 * way it was typed; this is the one of most newspapers and of the law texts. Where a consonant or a third vowel follows, the
 * mark can only stand on the second vowel (`hoàn`, `huỳnh`, `quý`), and one that was typed too early is moved there.
 *
 * @module
 */
import { type Mending, mending, type Step } from "./step.js";

/** Grave, acute, hook, tilde, dot below. */
const MARKS = ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"];

/** Key: two vowels with the mark on the first; the value has it on the second. Small, capital and mixed letters. */
function lateOf(pairs: string): ReadonlyMap<string, string> {
  const cased = pairs
    .split(" ")
    .flatMap((pair) => [pair, pair.toUpperCase(), pair.charAt(0).toUpperCase() + pair.charAt(1)]);
  return new Map(
    cased.flatMap((pair) =>
      MARKS.map((mark) => {
        const [first = "", second = ""] = pair;
        return [(first + mark).normalize("NFC") + second, first + (second + mark).normalize("NFC")] as const;
      }),
    ),
  );
}

const LATE = lateOf("oa oe uy");
const EARLY: ReadonlyMap<string, string> = new Map([...LATE].map(([early, late]) => [late, early]));
/** `u` after `q` is part of the consonant, and so is `i` before another vowel after `g`. */
const GLIDES = lateOf("ua ue uê ui uơ uy ia io iô iơ iu iư");

const PLACING: readonly Mending[] = [
  // At the end of a syllable.
  [/[oOuU](?<![qQ][uU])[àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?![\p{L}\p{M}])/gu, (pair) => EARLY.get(pair) ?? pair],
  // Before a consonant or a third vowel.
  [/[òóỏõọùúủũụÒÓỎÕỌÙÚỦŨỤ][aeyAEY](?=[cmnptiyouCMNPTIYOU])/gu, (pair) => LATE.get(pair) ?? pair],
  [/[ùúủũụÙÚỦŨỤ](?<=[qQ].)[aeêiơyAEÊIƠY]|[ìíỉĩịÌÍỈĨỊ](?<=[gG].)[aoôơuưAOÔƠUƯ]/gu, (pair) => GLIDES.get(pair) ?? pair],
];

/** The tone marks of composed letters (NFC), put where we write them. Doing so again changes nothing. */
export const tones: Step = mending(PLACING);

/**
 * A word or phrase with its tone marks where {@link tones} puts them, for looking it up.
 * @param text composed letters (NFC)
 */
export const withUsualTones = (text: string): string =>
  PLACING.reduce((placed, [pattern, replace]) => placed.replace(pattern, (pair) => replace(pair, 0, pair)), text);
