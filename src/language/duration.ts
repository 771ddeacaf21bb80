/**
 * How long a spoken text takes, before any voice has spoken it.
 *
 * @module
 */
import { forEachPhrase, LONGEST_PHRASE, PAUSE_SECONDS } from "./sentences.js";
import { isOfWord, isPair, sortAt } from "./sorts.js";

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

/** Runs of letters and numbers between two places, and how often a voice rests there: at signs with a space behind them. */
function countIn(text: string, from: number, to: number): { readonly words: number; readonly rests: number } {
  let words = 0;
  let rests = 0;
  let inWord = false;
  for (let at = from; at < to; at++) {
    const isInside = isOfWord(text, at);
    if (isInside && !inWord) words++;
    if (!isInside && at < to - 1 && isRest(text.charCodeAt(at)) && sortAt(text, at + 1) === "space") rests++;
    inWord = isInside;
    if (isPair(text, at)) at++;
  }
  return { words, rests };
}
const [COMMA, SEMICOLON, COLON, DOTS] = [...",;:…"].map((sign) => sign.charCodeAt(0));
const isRest = (code: number): boolean => code === COMMA || code === SEMICOLON || code === COLON || code === DOTS;

/** Whether a voice's pace was measured: those of the embedded voice were. @param voice as for {@link estimateSeconds} */
export function isMeasured(voice: string): boolean {
  const [name, provider] = voice.split(":").toReversed();
  return (provider === undefined || provider === "espeak") && PACES.has(name ?? "");
}

/**
 * Estimates how long a voice takes. One that was not measured is taken for the northern embedded one, and differs from it by a fifth
 * or so until a station has learned how much (`domain/voice-pace.ts`).
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
  let phrases = 0;
  let pauses = 0;
  let syllables = 0;
  let signs = 0;
  let lastPause = 0;
  forEachPhrase(spoken, LONGEST_PHRASE, ({ start, end, pause }) => {
    phrases++;
    pauses += lastPause;
    lastPause = PAUSE_SECONDS[pause];
    const { words, rests } = countIn(spoken, start, end);
    syllables += words;
    signs += rests;
  });
  const said = syllables * pace.syllable + signs * pace.sign + phrases * pace.phrase;
  return (said + pauses) / speed;
}
