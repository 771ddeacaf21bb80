/**
 * How long a spoken text takes, before any voice has spoken it.
 *
 * @module
 */
import { PAUSE_SECONDS, splitSentences } from "./sentences.js";

/** Seconds per syllable and per comma at speed 1; fitted to the embedded voice over 25 minutes of official prose. */
const SYLLABLE_SECONDS = 0.3;
const COMMA_SECONDS = 0.2;

const SYLLABLES = /[\p{L}\p{M}\p{N}]+/gu;
const COMMAS = /[,;:…]\s/gu;

/**
 * Estimates how long the embedded voice takes. Other voices differ by a fifth or so; the length of the clip is what counts
 * in the end.
 *
 * @param spoken what the voice says, numbers and short forms already written out
 * @param speed 1 is normal, 0.5 half as fast
 * @returns seconds
 * @throws RangeError when `speed` is not above zero
 */
export function estimateSeconds(spoken: string, speed = 1): number {
  if (!(speed > 0)) throw new RangeError(`${speed} is not a speed`);
  const phrases = splitSentences(spoken);
  const pauses = phrases.slice(0, -1).reduce((sum, { pause }) => sum + PAUSE_SECONDS[pause], 0);
  const syllables = spoken.match(SYLLABLES)?.length ?? 0;
  const commas = phrases.reduce((sum, { text }) => sum + (text.match(COMMAS)?.length ?? 0), 0);
  return (syllables * SYLLABLE_SECONDS + commas * COMMA_SECONDS + pauses) / speed;
}
