/**
 * Another station's programme, relayed to the loudspeakers as it comes («tiếp âm»). What it will say nobody can approve beforehand;
 * what is approved is the slot: whose programme, when, where, how long, and what sounds while it cannot be heard (R2).
 *
 * @module
 */
import * as z from "zod/mini";
import { type RadioId, scheduleIdSchema } from "./ids.js";
import type { Schedule } from "./schedule.js";
import { stampSchema } from "./stamp.js";

/** A station that may be relayed, as the administrator has written it down. */
export interface RadioSource {
  readonly id: RadioId;
  readonly title: string;
  /** Where its sound comes from: `http` or `https`. */
  readonly url: string;
  /** Whether it may be at a loopback or private address, as a receiver of the ward's own. */
  readonly allowPrivate: boolean;
}

/** 20 ms of another station, or of what sounds in its place. */
export interface RadioPacket {
  readonly packet: Uint8Array;
  /** Decoders begin anew here. */
  readonly isBreak: boolean;
}

/** Another station that is listened to, through lost connections. */
export interface Tuned {
  /** Up to so many packets, the oldest first. */
  take(count: number): RadioPacket[];
  /** Packets that wait to be taken. */
  held(): number;
  /** Whether nothing but silence has come for {@link RADIO_SILENT_MS}. */
  isSilent(): boolean;
  /** Why nothing comes, in a short word for the log. */
  problem(): string | undefined;
  close(): void;
}

/** Who laid a slot out, and who approved it; kept beside its schedule. */
export const slotSchema = z.strictObject({
  schedule: scheduleIdSchema,
  /** SHA-256 of what the approval is of: see {@link slotText}. */
  version: z.string(),
  /** The last person who changed it. */
  author: stampSchema,
  approval: z.optional(stampSchema),
});
export type Slot = z.infer<typeof slotSchema>;

/**
 * The text whose hash names a version of a slot: everything about its schedule but whether it is switched on, and the address behind
 * the source's name.
 */
export function slotText({ enabled: _on, ...schedule }: Schedule, { url }: RadioSource): string {
  return JSON.stringify([url, schedule]);
}

/** Loudspeakers hear what is relayed so much later than the station, ms: networks may tremble by that much. */
export const RADIO_LEAD_MS = 3_000;
/** Relayed sound in one write to each loudspeaker, ms. */
export const RADIO_PIECE_MS = 1_000;
/** The source is tuned to so long before its slot begins, ms. */
export const RADIO_TUNE_MS = 20_000;
/** Loudspeakers are told so long before the first sample, ms: before their own programme would begin. */
export const RADIO_OPEN_MS = 8_000;
/** A source that has been silent for so long is taken for lost, ms. */
export const RADIO_SILENT_MS = 10_000;
