/**
 * How long the embedded voice really takes.
 *
 * @module
 */
import { PAUSE_SECONDS, splitSentences } from "../../src/language/index.js";
import type { VoiceProcess } from "../../src/server/speech/voice-process.js";

/** Says a text as an announcement is said, phrase by phrase with pauses between. @returns seconds */
export async function secondsSaid(
  speaker: VoiceProcess,
  text: string,
  { voice, speed }: { readonly voice: string; readonly speed: number },
): Promise<number> {
  const { signal } = new AbortController();
  const phrases = splitSentences(text);
  let seconds = 0;
  for (const [place, phrase] of phrases.entries()) {
    const { samples, rate } = await speaker.say({ text: phrase.text, voice, speed }, signal);
    const isLast = place === phrases.length - 1;
    seconds += samples.length / rate + (isLast ? 0 : PAUSE_SECONDS[phrase.pause] / speed);
  }
  return seconds;
}
