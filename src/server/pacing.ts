/**
 * How long texts will take with the station's own voices: measured beforehand for the embedded ones, learned from what they said
 * for all others.
 *
 * @module
 */
import type { Log } from "../base/log.js";
import type { VoiceChoice } from "../domain/announcement.js";
import { expectedVoice, learned, paceFactor, type VoicePace, type VoiceWish, voiceKey } from "../domain/voice-pace.js";
import { estimateSeconds, isMeasured, type NormaliseOptions } from "../language/index.js";
import type { Voices } from "./control/ports.js";
import type { Spoken } from "./control/sound-making.js";
import type { Collection } from "./store/collection.js";

export interface PacingParts {
  readonly voices: Pick<Voices, "list">;
  readonly paces: Pick<Collection<string, VoicePace>, "get" | "put">;
  readonly log: Log;
}

/** What is known of a voice's pace. */
export interface Pace {
  /** Whether its lengths can be relied on: it was measured, or it has made a clip. */
  readonly measured: boolean;
  /** What the pace of the embedded voice is multiplied with; absent where there is nothing to multiply. */
  readonly factor?: number;
}

export function createPacing({ voices, paces, log }: PacingParts) {
  const paceOf = (voice: Pick<VoiceChoice, "provider" | "voice">): Pace => {
    const key = voiceKey(voice);
    if (isMeasured(key)) return { measured: true };
    const kept = paces.get(key);
    return kept === undefined ? { measured: false } : { measured: true, factor: paceFactor(kept) };
  };

  return {
    paceOf,

    /** What an estimate goes by when a voice is wished, or the station's own. */
    optionsFor(wish: VoiceWish = {}): Pick<NormaliseOptions, "voice" | "speed" | "pace"> {
      const voice = expectedVoice(voices.list(), wish);
      return voice === undefined ? {} : { voice: voiceKey(voice), speed: voice.speed, pace: paceOf(voice).factor };
    },

    /** Learns from a clip. What was measured beforehand needs none; a disk that fails loses the lesson and nothing else. */
    learn({ voice, text, seconds }: Spoken): void {
      const key = voiceKey(voice);
      if (isMeasured(key)) return;
      const next = learned(paces.get(key), { voice: key, seconds, estimated: estimateSeconds(text, voice.speed, key) });
      if (next === undefined) return;
      paces.put(next).catch((thrown: unknown) => log.warn("voice.pace-not-kept", { voice: key, thrown }));
    },
  };
}

export type Pacing = ReturnType<typeof createPacing>;
