/**
 * How fast a voice really speaks, learned from the clips that it made: for voices whose pace nobody has measured beforehand.
 *
 * @module
 */
import * as z from "zod/mini";
import type { VoiceChoice } from "./announcement.js";

/** So many of the last clips count: enough to outvote odd ones, few enough to follow a voice that was exchanged. */
const CLIPS = 9;
/** Nobody speaks half or twice as fast as another and is still understood; what says so is a fault of something else. */
const SLOWEST = 2;
const FASTEST = 0.5;
/** A shorter clip says more about its silence than about the voice, seconds. */
const SHORTEST_CLIP = 4;
/** Key of a voice: its provider and its name there. */
export const voiceKey = ({ provider, voice }: Pick<VoiceChoice, "provider" | "voice">): string =>
  `${provider}:${voice}`;

/** What is kept of a voice. */
export const voicePaceSchema = z.strictObject({
  /** See {@link voiceKey}. */
  voice: z.string().check(z.maxLength(100)),
  /** How long each of the last clips was, as a share of what had been estimated; the newest last. */
  ratios: z.array(z.number().check(z.gte(FASTEST), z.lte(SLOWEST))).check(z.minLength(1), z.maxLength(CLIPS)),
});
export type VoicePace = z.infer<typeof voicePaceSchema>;

/** A clip that was made: how long it is, and how long it would have been at the pace of the embedded voice, seconds. */
export interface MadeClip {
  readonly voice: string;
  readonly seconds: number;
  readonly estimated: number;
}

/** What is known of a voice with one more clip; `undefined` when a clip is too short to teach anything. */
export function learned(before: VoicePace | undefined, { voice, seconds, estimated }: MadeClip): VoicePace | undefined {
  if (!(seconds >= SHORTEST_CLIP) || !(estimated >= SHORTEST_CLIP * FASTEST)) return undefined;
  const ratio = Math.min(SLOWEST, Math.max(FASTEST, seconds / estimated));
  return { voice, ratios: [...(before?.ratios ?? []), Number(ratio.toFixed(4))].slice(-CLIPS) };
}

/** What an estimate is multiplied with: the median, which a single odd clip does not move. */
export function paceFactor({ ratios }: Pick<VoicePace, "ratios">): number {
  const sorted = ratios.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 1) + (sorted[Math.ceil(middle)] ?? 1)) / 2;
}

/** A voice as far as somebody wishes one. */
export type VoiceWish = { readonly [K in keyof VoiceChoice]?: VoiceChoice[K] | undefined };

/** A voice that is offered. */
export interface Offered {
  readonly choice: VoiceChoice;
  readonly works: boolean;
}

/**
 * The voice that will speak, as far as can be told beforehand: the wished one or its provider's first when it works, else the first
 * that does.
 */
export function expectedVoice(offers: readonly Offered[], wish: VoiceWish): VoiceChoice | undefined {
  // What was left open is kept as an empty name.
  const { provider = "", voice = "" } = wish;
  const isOf = ({ choice }: Offered) => provider === "" || choice.provider === provider;
  const working = offers.filter(({ works }) => works);
  const wished = working.filter(isOf).find(({ choice }) => voice !== "" && choice.voice === voice);
  const first = wished ?? working.find(isOf) ?? working[0];
  return first && { ...first.choice, speed: wish.speed ?? first.choice.speed };
}
