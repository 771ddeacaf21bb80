/**
 * What the parts of a running loudspeaker share.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import type { Log } from "../base/log.js";
import type { Micros } from "../base/units.js";
import type { ReceiverId } from "../domain/ids.js";
import type { Place } from "../domain/place.js";
import type { Behind } from "../protocol/orders.js";
import type { Programme } from "../protocol/programme.js";
import type { Identity } from "../receiver/guard.js";
import type { JitterBuffer } from "../receiver/jitter-buffer.js";
import type { PlayHead } from "../receiver/play-head.js";
import { placeIn } from "../receiver/programme-holder.js";
import type { SealGate } from "../receiver/seal-gate.js";
import type { Journal } from "./disk/journal.js";
import type { MemoryFile } from "./disk/memory-file.js";
import type { Timekeeper } from "./link/timekeeper.js";
import type { Library } from "./sound/library.js";
import type { Pip } from "./sound/pip.js";
import type { Updating } from "./update/updater.js";

/** A stream that an order opened. */
export interface KnownStream {
  /** Key of the claim that it gives sound to. */
  readonly key: string;
  readonly isLive: boolean;
  readonly class: "ordinary" | "priority" | "emergency";
  readonly confirmed: boolean;
  readonly by: Behind;
  readonly issuedAt: number;
  readonly maxMs: number;
  /** When the cue is due whose place it takes, µs. */
  readonly plannedAt: Micros | undefined;
  /** The order that opened it is on disk: what is live in it may be heard. */
  isAdmitted: boolean;
}

export interface House {
  readonly receiver: ReceiverId;
  readonly clock: Clock;
  readonly log: Log;
  readonly time: Timekeeper;
  readonly head: PlayHead;
  readonly buffer: JitterBuffer;
  /** Where chunks wait for their seal. */
  readonly gate: SealGate;
  readonly library: Library;
  readonly pip: Pip;
  readonly update: Updating;
  readonly disk: MemoryFile;
  readonly journal: Journal;
  readonly streams: Map<number, KnownStream>;
  /** The programme in force. */
  programme: Programme | undefined;
}

/** Who and where the receiver is, by its programme. */
export const identityOf = ({ receiver, programme }: House): Identity => ({ receiver, areas: programme?.areas ?? [] });

/** The rules that hold where it stands. */
export const placeOf = ({ programme }: House): Place => placeIn(programme);

/** Configured volume, percent: the later word of programme and order. */
export function configuredVolume({ programme, disk }: House): number {
  const { volume } = disk.memory;
  if (volume && volume.issuedAt >= (programme?.issuedAt ?? 0)) return volume.percent;
  return programme?.volume ?? 80;
}

/** The latest time that is known to have been, µs: by it the end of a key is judged. */
export const latestTime = ({ disk, time }: House): number =>
  Math.max(disk.memory.lastTime, time.trusted() ? time.now() : 0);
