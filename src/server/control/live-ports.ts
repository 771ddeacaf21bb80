/**
 * What control needs from the stages for sound that comes as it is spoken or relayed.
 *
 * @module
 */
import type { Micros } from "../../base/units.js";
import type { OccurrenceId, ReceiverId, Sha256 } from "../../domain/ids.js";
import type { LivePace } from "../../domain/live.js";
import type { RadioPacket, RadioSource, Tuned } from "../../domain/radio.js";

/** Speech on its way to loudspeakers, as it comes. */
export interface LiveFeed {
  readonly stream: number;
  /** Raw, base64url; the signed order names it. */
  readonly sealKey: string;
  /** Sends packets that are ready, such as a chime, in front of what is said. */
  prepare(packets: readonly Uint8Array[]): void;
  /** A packet of 20 ms that has just come. `false`: it was left out, to keep the delay. */
  push(packet: Uint8Array): boolean;
  add(receiver: ReceiverId): void;
  remove(receiver: ReceiverId): void;
  /** Sends what still waits, and says that nothing follows. Returns when the last of it has been heard. */
  finish(): Micros;
  close(): void;
}

export interface LiveFeeds {
  open(pace: LivePace): LiveFeed;
}

export interface Radio {
  tune(source: RadioSource): Tuned;
}

/** A relayed programme on its way to loudspeakers. */
export interface RadioFeed {
  readonly stream: number;
  /** Raw, base64url; the signed order names it. */
  readonly sealKey: string;
  /** Sends packets that are heard one after the other from `at` on. `isLast`: nothing follows. */
  push(packets: readonly RadioPacket[], at: Micros, isLast: boolean): void;
  add(receiver: ReceiverId): void;
  remove(receiver: ReceiverId): void;
  close(): void;
}

export interface RadioFeeds {
  open(): RadioFeed;
}

/** What was said live, as it is kept. */
export interface KeptRecording {
  readonly bytes: number;
  readonly durationMs: number;
  readonly sha256: Sha256;
}

/** What is being said, on its way to disk. */
export interface Recording {
  /** A packet of 20 ms. */
  write(packet: Uint8Array): void;
  /** On disk when it resolves; nothing when nothing was said. */
  finish(): Promise<KeptRecording | undefined>;
}

/** Everything that was said live, by occurrence. */
export interface Recordings {
  begin(occurrence: OccurrenceId): Promise<Recording>;
  /** Path of the file; `undefined` when there is none. */
  pathOf(occurrence: OccurrenceId): string | undefined;
}
