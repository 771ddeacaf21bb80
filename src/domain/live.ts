/**
 * Somebody who speaks into a microphone, and is heard as they speak.
 *
 * @module
 */
import * as z from "zod/mini";
import { classSchema } from "./class.js";
import { occurrenceIdSchema, sha256Schema } from "./ids.js";
import { targetsSchema } from "./schedule.js";
import { reasonedSchema } from "./stamp.js";

/**
 * How much the network between may tremble: `fast` for loudspeakers on a fixed line, `normal` for mobile ones, `robust` for a storm.
 * What is gained in safety is paid in delay.
 */
export const liveModeSchema = z.enum(["fast", "normal", "robust"]);
export type LiveMode = z.infer<typeof liveModeSchema>;

export interface LivePace {
  /** Speech in one write to each loudspeaker, ms: each write costs, and each waits to be full. */
  readonly pieceMs: number;
  /** From the station's receiving a packet until it is heard, ms. A loudspeaker itself needs 200. */
  readonly leadMs: number;
}

export const LIVE_PACES: Readonly<Record<LiveMode, LivePace>> = {
  fast: { pieceMs: 40, leadMs: 300 },
  normal: { pieceMs: 100, leadMs: 600 },
  robust: { pieceMs: 200, leadMs: 1_500 },
};

/** A microphone that was forgotten falls silent after this, ms; the speaker is told a minute before. */
export const LIVE_LONGEST_MS = 600_000;
export const LIVE_WARN_MS = 540_000;
/** When nothing has come from the microphone for so long, it is lost and the loudspeakers are free again, ms. */
export const LIVE_LOST_MS = 5_000;
/** A packet of speech, ms. */
export const LIVE_PACKET_MS = 20;

/** Why somebody is not heard any more. */
export const liveEndSchema = z.enum(["finished", "too-long", "network-lost", "no-sound", "stopped", "closing"]);
export type LiveEnd = z.infer<typeof liveEndSchema>;

/** One time that somebody spoke live, as the station remembers it for as long as it keeps the recording. */
export const talkSchema = z.strictObject({
  occurrence: occurrenceIdSchema,
  /** What it was about. */
  reason: z.string(),
  class: classSchema,
  mode: liveModeSchema,
  by: z.string(),
  targets: targetsSchema,
  /** Loudspeakers that were meant. */
  receivers: z.int(),
  /** Civil milliseconds. */
  at: z.number(),
  /** It needed a second person, and one spoke alone: why. */
  brokenGlass: z.optional(reasonedSchema),
  ended: z.optional(
    z.strictObject({
      at: z.number(),
      why: liveEndSchema,
      /** Speech that came, and of it what came too late to be heard; ms. */
      spokenMs: z.number(),
      leftOutMs: z.number(),
    }),
  ),
  recording: z.optional(z.strictObject({ sha256: sha256Schema, bytes: z.int(), durationMs: z.number() })),
});
export type Talk = z.infer<typeof talkSchema>;
