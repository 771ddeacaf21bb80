/**
 * What was said live, one file for each time, as it went out to the loudspeakers. A page is written each second, so that a power
 * cut takes a second of it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../../base/log.js";
import { type OccurrenceId, occurrenceIdSchema, type Sha256, sha256Schema } from "../../domain/ids.js";
import { LIVE_PACKET_MS } from "../../domain/live.js";
import { PRE_SKIP } from "../../protocol/limits.js";
import { MAX_PAGE_PACKETS, oggPage, opusHeaders } from "../../protocol/ogg-write.js";
import { diskFault } from "./disk.js";

const SAMPLES = LIVE_PACKET_MS * 48;
/** Only the station's own user may hear what people said. */
const PRIVATE = 0o600;
const ENDING = ".opus";

export interface LiveRecordings {
  /** @throws Fault "unavailable" when the disk refuses */
  begin(occurrence: OccurrenceId): Promise<LiveRecording>;
  pathOf(occurrence: OccurrenceId): string | undefined;
  /** Removes those that were written last before an instant, civil milliseconds. Returns how many. */
  forget(before: number): Promise<number>;
}

export interface LiveRecording {
  write(packet: Uint8Array): void;
  /** On disk when it resolves; nothing when nothing was said. @throws Fault "unavailable" when the disk refused */
  finish(): Promise<{ readonly bytes: number; readonly durationMs: number; readonly sha256: Sha256 } | undefined>;
}

/** @param folder made when missing */
export async function openLiveRecordings(folder: string, log: Log): Promise<LiveRecordings> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (occurrence: OccurrenceId) => join(folder, `${occurrence}${ENDING}`);
  return {
    async begin(occurrence) {
      const path = fileOf(occurrence);
      try {
        return record(await open(path, "wx", PRIVATE), { path, log });
      } catch (thrown) {
        throw diskFault(thrown, path);
      }
    },
    pathOf(occurrence) {
      const path = fileOf(occurrenceIdSchema.parse(occurrence));
      return existsSync(path) ? path : undefined;
    },
    async forget(before) {
      let gone = 0;
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        if (!name.endsWith(ENDING) || (await stat(path)).mtimeMs >= before) continue;
        await rm(path, { force: true });
        gone += 1;
      }
      return gone;
    },
  };
}

interface Where {
  readonly path: string;
  readonly log: Log;
}

function record(file: FileHandle, { path, log }: Where): LiveRecording {
  const hash = createHash("sha256");
  const serial = 1;
  let pages = 0;
  let bytes = 0;
  let packets: Uint8Array[] = [];
  let said = 0;
  let failure: unknown;
  let writing: Promise<unknown> = Promise.resolve();

  const append = (content: readonly Uint8Array[], granule: number, isLast = false) => {
    const page = oggPage({ packets: content, granule, number: pages++, serial, isLast });
    hash.update(page);
    bytes += page.length;
    writing = writing.then(async () => {
      if (failure !== undefined) return;
      try {
        await file.write(page);
      } catch (thrown) {
        // Speaking goes on: a full disk must not silence anybody.
        failure = thrown;
        log.error("live.recording-failed", { path, thrown });
      }
    });
  };
  const [head, tags] = opusHeaders(PRE_SKIP);
  append([head], 0);
  append([tags], 0);

  return {
    write(packet) {
      // The last page must say that it is; so a full one waits for the next packet.
      if (packets.length >= MAX_PAGE_PACKETS) {
        append(packets, said * SAMPLES);
        packets = [];
      }
      packets.push(packet.slice());
      said += 1;
    },
    async finish() {
      if (said > 0) append(packets, said * SAMPLES, true);
      await writing;
      try {
        if (failure !== undefined) throw failure;
        await file.sync();
      } catch (thrown) {
        throw diskFault(thrown, path);
      } finally {
        await file.close();
        if (said === 0) await rm(path, { force: true });
      }
      if (said === 0) return undefined;
      return { bytes, durationMs: said * LIVE_PACKET_MS, sha256: sha256Schema.parse(hash.digest("hex")) };
    },
  };
}
