/**
 * How long a spoken text takes, before any voice has spoken it.
 *
 * @module
 */
import { PAUSE_SECONDS, splitSentences } from "./sentences.js";

/** What a voice needs at speed 1, seconds. */
interface Pace {
  readonly syllable: number;
  /** The rest at a comma, semicolon, colon or three dots inside a phrase. */
  readonly sign: number;
  /** Drawing out the end of a phrase, beyond the pause that follows. */
  readonly phrase: number;
}

const NORTHERN: Pace = { syllable: 0.289, sign: 0.26, phrase: 0.129 };

/**
 * Least squares over what eSpeak's three accents took for fourteen texts at three speeds (`test/golden/voice-seconds.json`);
 * none of the 126 is more than 5 % off. Key: the voice's name. A voice that has not been measured is taken for the first.
 */
const PACES: ReadonlyMap<string, Pace> = new Map([
  ["vi", NORTHERN],
  ["vi-vn-x-central", { syllable: 0.301, sign: 0.238, phrase: 0.045 }],
  ["vi-vn-x-south", { syllable: 0.308, sign: 0.274, phrase: 0.009 }],
]);

const SYLLABLES = /[\p{L}\p{M}\p{N}]+/gu;
const SIGNS = /[,;:…]\s/gu;

/** How often a pattern (flag `g`) is found. */
function count(pattern: RegExp, text: string): number {
  let found = 0;
  for (pattern.lastIndex = 0; pattern.test(text); ) found++;
  return found;
}

/**
 * Estimates how long a voice takes. Google's and Piper's voices differ from the embedded one by a fifth or so; the length of
 * the clip is what counts in the end.
 *
 * @param spoken what the voice says, numbers and short forms already written out
 * @param speed 1 is normal, 0.5 half as fast
 * @param voice its name, as `vi-vn-x-south` or `espeak:vi-vn-x-south`
 * @returns seconds
 * @throws RangeError when `speed` is not above zero
 */
export function estimateSeconds(spoken: string, speed = 1, voice = "vi"): number {
  if (!(speed > 0)) throw new RangeError(`${speed} is not a speed`);
  const pace = PACES.get(voice.slice(voice.indexOf(":") + 1)) ?? NORTHERN;
  const phrases = splitSentences(spoken);
  const pauses = phrases.slice(0, -1).reduce((sum, { pause }) => sum + PAUSE_SECONDS[pause], 0);
  const syllables = phrases.reduce((sum, { text }) => sum + count(SYLLABLES, text), 0);
  const signs = phrases.reduce((sum, { text }) => sum + count(SIGNS, text), 0);
  const said = syllables * pace.syllable + signs * pace.sign + phrases.length * pace.phrase;
  return (said + pauses) / speed;
}
