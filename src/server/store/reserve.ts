/**
 * Space put by for the day on which the disk is full: the log must still be able to say what was heard (R7).
 *
 * @module
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";

/** About 60,000 lines: weeks, even for a large station. */
export const RESERVE_BYTES = 16_000_000;
/** It is put by only while there is ten times as much. */
const PLENTY = 10;
const PIECE = 1_000_000;

export interface Reserve {
  /** Gives the space free. `false` when there was none left. */
  release(): boolean;
}

/** Puts the space by under `path`, unless it is there already or the disk has little left. */
export function putByReserve(path: string, bytes: number, log: Log): Reserve {
  const { bavail, bsize } = statfsSync(dirname(path));
  if (bytes > 0 && !existsSync(path) && bavail * bsize > bytes * PLENTY) fill(path, bytes);
  return {
    release() {
      if (!existsSync(path)) return false;
      rmSync(path);
      log.error("disk.full", { released: path, bytes });
      return true;
    },
  };
}

/** Does the work, and once more after giving the reserve free when the disk was full. */
export function withReserve<T>(reserve: Reserve, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isFull(error) || !reserve.release()) throw error;
    return work();
  }
}

/** SQLite says «full» when a file cannot grow, and «shared memory size» when its index of the write-ahead log cannot. */
export const isFull = (error: unknown): boolean =>
  ["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "ENOSPC"].includes(codeOf(error) ?? "");

function fill(path: string, bytes: number): void {
  const file = openSync(path, "w", 0o600);
  try {
    // Real zeros: a file with a hole in it holds no space.
    const piece = Buffer.alloc(PIECE);
    for (let left = bytes; left > 0; left -= PIECE) writeSync(file, piece, 0, Math.min(left, PIECE));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
