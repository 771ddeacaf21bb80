/**
 * What every voice of the chain looks like from inside this folder.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import type { VoiceChoice } from "../../domain/announcement.js";

/** One way to speak. Voices speak when a text is saved, never at air time. */
export interface Provider {
  /** `google`, `piper`, `espeak` or `http`: the provider in a {@link VoiceChoice}. */
  readonly name: string;
  /** How its files end, without the dot: `wav`, `mp3`. */
  readonly extension: string;
  /** What else decides how it sounds, such as the model; sound kept under another fingerprint is not used. */
  readonly fingerprint: string;
  /** Its voices, first choice first; never empty. */
  readonly voices: readonly { readonly voice: string; readonly title: Words }[];
  /** Why it would not be tried right now; undefined when it would. Quick. */
  problem(): Words | undefined;
  /** The nearest that it can do to a wish that is meant for it. */
  choose(wish: Partial<VoiceChoice>): VoiceChoice;
  /**
   * Writes the sound to a new file. What is left of the file after a failure is the caller's to remove.
   * @throws Fault "unavailable" with a reason (`offline`, `timeout`, `rate-limited`, `not-audio`, …)
   */
  speak(text: string, to: { readonly choice: VoiceChoice; readonly file: string }, signal: AbortSignal): Promise<void>;
  /** Ends processes and timers; twice is harmless. */
  close(): Promise<void>;
}

/** The wished voice when the provider has it, else its first. */
export function voiceOf({ voices }: Pick<Provider, "voices">, wish: Partial<VoiceChoice>): string {
  const known = voices.find(({ voice }) => voice === wish.voice) ?? voices[0];
  if (known === undefined) throw new TypeError("a provider has at least one voice");
  return known.voice;
}

/** A name is the same in both languages. */
export const named = (name: string): Words => ({ vi: name, en: name });
