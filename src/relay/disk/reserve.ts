/**
 * Space put by for the day on which the disk is full: what sounds must still be written down before it sounds (R4), and what
 * sounded afterwards (R7).
 *
 * @module
 */
import { open, rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Log } from "../../base/log.js";

/** About six thousand lines of journal and memory, each in two copies: a month of forty soundings a day. */
const BYTES = 4 * 1024 * 1024;
/** It is put by only while there is so many times as much. */
const PLENTY = 8;

export interface Reserve {
  /** Puts the space by, unless it is there already or the disk has little left. */
  restore(): Promise<void>;
  /** Gives the space free. */
  release(): Promise<void>;
}

export function createReserve(file: string, log: Log): Reserve {
  const isThere = async () => (await stat(file).catch(() => undefined))?.size === BYTES;

  return {
    async restore() {
      try {
        const { bavail, bsize } = await statfs(dirname(file));
        if ((await isThere()) || bavail * bsize < BYTES * PLENTY) return;
        const handle = await open(file, "w", 0o600);
        try {
          // Real bytes: a file with a hole in it holds no space.
          await handle.writeFile(Buffer.alloc(BYTES, 0x4c));
          await handle.sync();
        } finally {
          await handle.close();
        }
      } catch (thrown) {
        log.warn("relay.no-reserve", { file, thrown });
      }
    },
    async release() {
      if (!(await isThere())) return;
      await rm(file, { force: true });
      // Only now: the log is on the same disk.
      log.error("relay.disk-full", { released: file, bytes: BYTES });
    },
  };
}
