/**
 * Texts typed for the fonts of the years before Unicode: found, told apart and converted.
 *
 * A sign alone proves nothing, for `à` belongs to Unicode, to TCVN3 and to VNI. The proof is what comes out: the right
 * table makes nearly every word a Vietnamese syllable, the wrong one hardly any.
 *
 * @module
 */

import { linesIn, matchesIn } from "../matches.js";
import { isSyllable } from "../syllable.js";
import { type Edit, edited, type Traced } from "../traced-text.js";
import { TCVN3, VNI } from "./legacy-tables.js";
import { type Step, warmed } from "./step.js";

/** Signs that Vietnamese in Unicode never has inside words. Without a few of them there is nothing to find out. */
const STRANGE = warmed(
  /[\u00A1-\u00BF\u00C4-\u00C7\u00CB\u00CE\u00CF\u00D1\u00D6-\u00D8\u00DB\u00DC\u00DE\u00DF\u00E4-\u00E7\u00EB\u00EE-\u00F1\u00F6-\u00F8\u00FB\u00FC\u00FE]/g,
);
/** UTF-8 that was read as a western encoding. */
const GARBLED = warmed(
  /[ÃÄÆÅ][\u0080-\u00BF\u2018-\u203A\u0152-\u0192]|á[º»][\u0080-\u00BF\u2018-\u203A\u0152-\u0192]?/gu,
);
/** Words judged; enough to be certain. */
const SAMPLE = 2_000;
const FEWEST_STRANGE = 3;
/** From this share of syllables on an encoding is right, when the other one has so much less; below that one it is wrong. */
const SURE = 0.85;
const LEAD = 0.3;
const POSSIBLE = 0.5;
/** A line of Unicode has such letters, and a line of an old font cannot. */
const UNICODE_ONLY = /[\u0100-\u1EFF]/u;
const WORD = /[\p{L}\p{M}\u00A1-\u00BF\u00D7\u00F7]{1,30}/gu;
const HIGH = /[\u00A1-\u00FF]/u;
const VNI_UNITS = new RegExp([...VNI.keys()].sort((a, b) => b.length - a.length).join("|"), "gu");

const ENCODINGS = [
  { name: "TCVN3 (ABC)", decode: (word: string) => [...word].map((sign) => TCVN3.get(sign) ?? sign).join("") },
  { name: "VNI", decode: (word: string) => word.replace(VNI_UNITS, (signs) => VNI.get(signs) ?? signs) },
];

/** Converts lines of an old encoding; notes what was done, or that it should be done by somebody who can see the fonts. */
export const legacy: Step = (text, tell) => {
  const whole = { from: 0, to: text.text.length };
  if ([...take(matchesIn(text.text, GARBLED), 4)].length > 3) {
    tell(text, { kind: "garbled-text", ...whole, shown: text.text.slice(0, 80) });
    return text;
  }
  if ([...take(matchesIn(text.text, STRANGE), FEWEST_STRANGE)].length < FEWEST_STRANGE) return text;
  const words = [...take(oldWords(text.text), SAMPLE)];
  const asIs = shareOf(words, (word) => word);
  const [best, other] = ENCODINGS.map((encoding) => ({ encoding, share: shareOf(words, encoding.decode) })).sort(
    (a, b) => b.share - a.share,
  );
  if (best === undefined || other === undefined || best.share < POSSIBLE || best.share <= asIs) return text;
  if (best.share < SURE || best.share - other.share < LEAD) {
    tell(text, { kind: "legacy-unsure", ...whole, shown: best.encoding.name });
    return text;
  }
  tell(text, { kind: "legacy-encoding", ...whole, shown: best.encoding.name });
  return convert(text, best.encoding.decode);
};

function convert(text: Traced, decode: (word: string) => string): Traced {
  const edits: Edit[] = [];
  const isOld = (word: string) => isSyllable(decode(word)) && !isSyllable(word);
  for (const { text: line, start } of linesIn(text.text)) {
    if (!HIGH.test(line)) continue;
    const words = [...matchesIn(line, WORD)];
    const plain = words.map(([word]) => word);
    // On a line of both, and on one that makes more sense as it is, only what is certain is touched.
    const whole = !UNICODE_ONLY.test(line) && shareOf(plain, decode) > shareOf(plain, (word) => word);
    for (const { 0: word, index: at } of words)
      if (whole || isOld(word)) edits.push({ start: start + at, end: start + at + word.length, text: decode(word) });
  }
  return edited(text, edits);
}

/** The words of lines that could be of an old font and have signs of one. */
function* oldWords(text: string): Iterable<string> {
  for (const { text: line } of linesIn(text)) {
    if (UNICODE_ONLY.test(line)) continue;
    for (const [word] of matchesIn(line, WORD)) if (HIGH.test(word)) yield word;
  }
}

const shareOf = (words: readonly string[], decode: (word: string) => string): number =>
  words.length === 0 ? 0 : words.filter((word) => isSyllable(decode(word))).length / words.length;

function* take<T>(items: Iterable<T>, most: number): Iterable<T> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken >= most) return;
  }
}
