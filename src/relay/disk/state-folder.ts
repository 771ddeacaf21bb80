/**
 * Everything that a loudspeaker keeps in its state folder, opened together: what was damaged is repaired, said, and made harmless.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Micros, minutes } from "../../base/units.js";
import type { Programme } from "../../protocol/programme.js";
import { type ClipStore, openClips } from "./clip-store.js";
import { type Journal, openJournal } from "./journal.js";
import { type MemoryFile, openMemory } from "./memory-file.js";
import { createProgrammeFile, type ProgrammeFile } from "./programme-file.js";
import { createReserve } from "./reserve.js";

/** How often a disk that failed or was full is tried again. */
const TEND_EVERY = minutes(1);

export interface StateFolder {
  readonly disk: MemoryFile;
  readonly journal: Journal;
  readonly clips: ClipStore;
  readonly programmes: ProgrammeFile;
  /** The programme in force. After facts were lost it has no cues until the station has told them anew. */
  readonly programme: Programme | undefined;
  /** The revision on disk: an older one is never taken instead. */
  readonly revision: number;
  /** Writes into the journal what was damaged. */
  confess(now: Micros): void;
  close(): Promise<void>;
}

export interface StateFolderOptions {
  readonly folder: string;
  /** Bytes for all clips together. */
  readonly clipBudget: number;
  readonly clock: Clock;
  readonly log: Log;
}

export async function openStateFolder({ folder, clipBudget, clock, log }: StateFolderOptions): Promise<StateFolder> {
  const reserve = createReserve(join(folder, "reserve"), log);
  const clips = await openClips(join(folder, "clips"), clipBudget, log);
  const onFull = async () => {
    await reserve.release();
    await clips.shrink();
  };
  const programmes = createProgrammeFile(folder, log);
  const held = await programmes.load();
  const hasPlayed = held !== undefined;
  const disk = await openMemory(join(folder, "memory.ndjson"), { log, onFull, hasPlayed });
  const journal = await openJournal(join(folder, "journal.ndjson"), randomUUID, { log, onFull });
  await reserve.restore();

  /** Mends what the disk has refused, and puts space by again. */
  const tend = async () => {
    try {
      await disk.mend();
      await journal.mend();
    } catch (thrown) {
      log.error("relay.disk-failed", { thrown });
    }
    await reserve.restore();
  };
  const stopTending = every(clock, TEND_EVERY, () => void tend());

  return {
    disk,
    journal,
    clips,
    programmes,
    programme: held && disk.memory.isForgetful ? { ...held, revision: 0, cues: [] } : held,
    revision: held?.revision ?? 0,
    confess(now) {
      const faults = [
        ...(disk.memory.forgotAt === Number.POSITIVE_INFINITY
          ? ["memory-lost"]
          : disk.damage
            ? ["memory-damaged"]
            : []),
        ...(journal.lost > 0 || journal.isDamaged ? ["journal-damaged"] : []),
        ...(programmes.isDamaged() ? ["programme-damaged"] : []),
      ];
      for (const why of faults) journal.write({ event: "failed", cue: "", at: now, why });
    },
    async close() {
      stopTending();
      await journal.close();
      await disk.close();
    },
  };
}
