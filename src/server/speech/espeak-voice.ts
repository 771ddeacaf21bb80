/**
 * The embedded voice: robotic, but always there, without any network.
 *
 * @module
 */
import { type Provider, voiceOf } from "./provider.js";
import { writeSpoken } from "./spoken-file.js";
import { createVoiceProcess, type VoiceProcessOptions } from "./voice-process.js";

export type EspeakOptions = Pick<VoiceProcessOptions, "clock" | "log" | "patience" | "idleAfter"> & {
  /** The accent that speaks unless another is wished; an unknown one is the northern. */
  readonly voice?: string;
  /** Another program to speak with, in tests. */
  readonly program?: URL;
};

/** eSpeak does not go below 80 words a minute, which is 0.62 of our usual 130. */
const SLOWEST = 0.62;
const FASTEST = 2;

const ACCENTS = [
  { voice: "vi", title: { vi: "eSpeak, giọng Bắc", en: "eSpeak, northern" } },
  { voice: "vi-vn-x-central", title: { vi: "eSpeak, giọng Trung", en: "eSpeak, central" } },
  { voice: "vi-vn-x-south", title: { vi: "eSpeak, giọng Nam", en: "eSpeak, southern" } },
] as const;

/** Three accents; speeds from 0.62 to 2. */
export function createEspeakVoice({
  voice: usual = "vi",
  program = new URL("./espeak-program", import.meta.url),
  ...options
}: EspeakOptions): Provider & { pid(): number | undefined } {
  const speaker = createVoiceProcess({ ...options, program, title: "eSpeak NG" });
  const voices = ACCENTS.toSorted((a, b) => Number(b.voice === usual) - Number(a.voice === usual));

  return {
    name: "espeak",
    extension: "wav",
    fingerprint: "0.3.5/130",
    voices,
    problem: () => undefined,
    choose: (wish) => ({
      provider: "espeak",
      voice: voiceOf({ voices }, wish),
      speed: Math.min(FASTEST, Math.max(SLOWEST, wish.speed ?? 1)),
    }),
    speak: (text, { choice, file }, signal) =>
      writeSpoken(text, {
        file,
        speed: choice.speed,
        say: (phrase) => speaker.say({ text: phrase, voice: choice.voice, speed: choice.speed }, signal),
      }),
    pid: speaker.pid,
    close: speaker.close,
  };
}
