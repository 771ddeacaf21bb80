/**
 * Only the station's own user may read the log: it holds names of people. SQLite makes the files beside a log like it.
 *
 * @module
 */
import { chmodSync, closeSync, existsSync, openSync } from "node:fs";
import { reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { diskFault } from "./disk.js";

const PRIVATE = 0o600;

/**
 * Makes the file that SQLite will write a log into, empty and for nobody else to read; one that is there is not opened. Whoever
 * closes a file gives up all locks of the whole process on it, also those of SQLite: a connection from before that is not yet
 * collected would pass for one that holds them, and another program could take the log's newest lines away as it leaves.
 *
 * @throws Fault "unavailable"
 */
export function makePrivate(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "a", PRIVATE));
  } catch (error) {
    throw diskFault(error, path);
  }
}

/** Closes the log to other users of the machine, as it was not always. */
export function closeToOthers(path: string, log: Log): void {
  makePrivate(path);
  try {
    for (const ending of ["", "-wal", "-shm"]) if (existsSync(path + ending)) chmodSync(path + ending, PRIVATE);
  } catch (error) {
    // Such as on a memory stick, where files have no modes: a station must not fall silent over that.
    log.warn("log.not-private", { file: path, why: reasonOf(error) });
  }
}
