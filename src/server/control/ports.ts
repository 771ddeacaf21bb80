/**
 * What control needs from the stages. The stages fit by shape and never import this file.
 *
 * @module
 */
import type { Clip, VoiceChoice } from "../../domain/announcement.js";
import type { ReceiverId, Sha256 } from "../../domain/ids.js";

/** Speech as it comes from a voice, before the pipeline gives it the house sound. */
export interface Speech {
  /** A file with the sound, in any format that the pipeline reads. The caller removes nothing: it lies in the cache. */
  readonly file: string;
  /** The voice that really spoke, after any falling back. */
  readonly voice: VoiceChoice;
}

/** Turns spoken text into sound. @throws Fault "unavailable" when no voice of the chain could speak */
export interface Voices {
  speak(spokenText: string, wish: Partial<VoiceChoice>, signal: AbortSignal): Promise<Speech>;
  /** The voices that can be chosen, first choice first. */
  list(): readonly { readonly choice: VoiceChoice; readonly title: string; readonly works: boolean }[];
}

/** Any audio in, the house sound out. */
export interface Pipeline {
  /**
   * Makes a clip of a file that came from outside or from a voice, and stores it.
   * @throws Fault "invalid" with a sentence that helps, when the file is refused; nothing is kept then
   */
  makeClip(
    file: string,
    options: { readonly name: string; readonly trusted: boolean },
    signal: AbortSignal,
  ): Promise<Clip>;
}

/** The encoded clips, by hash. */
export interface ClipStore {
  has(sha256: Sha256): boolean;
  /** Path of the stored file. */
  pathOf(sha256: Sha256): string;
  clip(sha256: Sha256): Promise<Clip | undefined>;
  /** 0 to 255 per step, for the waveform. */
  peaks(sha256: Sha256): Promise<readonly number[] | undefined>;
  /** Removes clips that nothing uses any more. Returns those removed. */
  collect(used: ReadonlySet<Sha256>): Promise<readonly Sha256[]>;
}

/** Receivers that are connected right now, and ways to reach them. */
export interface Audience {
  connected(): readonly ReceiverId[];
}
