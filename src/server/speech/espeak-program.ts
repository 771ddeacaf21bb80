/**
 * The embedded voice: eSpeak NG as a program of its own (it is GPL-3.0; nothing of it is linked into the server).
 *
 * @module
 */
import createEspeak from "@echogarden/espeak-ng-emscripten";
import { serve } from "./speaking-program.js";
import type { SayRequest } from "./voice-messages.js";

/** eSpeak's rate at speed 1. Its own usual 175 says 240 syllables a minute, too fast for a street with echo. */
const USUAL_RATE = 130;
/** eSpeak reads these as commands: SSML, entities and phonemes. */
const COMMANDS = /[<>&[\]]/gu;

await serve(async () => {
  const espeak = await createEspeak();
  const worker = await new espeak.eSpeakNGWorker();
  const rate = worker.get_samplerate();

  return ({ text, voice, speed }: SayRequest) => {
    if (worker.set_voice(voice) !== 0) throw new Error(`eSpeak NG has no voice ${JSON.stringify(voice)}`);
    worker.set_rate(Math.round(USUAL_RATE * speed));
    const parts: Int16Array[] = [];
    const phonemes: string[] = [];
    worker.synthesize(text.normalize("NFC").replace(COMMANDS, " "), (samples, events) => {
      parts.push(samples);
      for (const { type, id } of events) if (type === "phoneme") phonemes.push(String(id));
      return false;
    });
    return { samples: joined(parts), rate, phonemes: phonemes.join(" ") };
  };
});

function joined(parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
