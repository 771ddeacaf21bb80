/**
 * What the folder of keys knows of the log's closed days, for whoever checks the log at the station's machine: which keys are the
 * station's, and the last head that was signed.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OrderKey } from "../../protocol/signing.js";
import { ringSchema } from "./key-folder.js";

export interface DayAnchor {
  readonly keys: readonly OrderKey[];
  /** The text of the last head that was signed, if there was one. */
  readonly lastDay: string | undefined;
}

/** `undefined` where the folder cannot be read, as where the signer runs under a user of its own. */
export function readDayAnchor(folder: string): DayAnchor | undefined {
  try {
    const ring = ringSchema.parse(JSON.parse(readFileSync(join(folder, "ring.json"), "utf8")));
    const keys = ring.keys.map(({ keyId, publicKey }) => ({ keyId, publicKey }));
    return { keys, lastDay: readIfThere(join(folder, "last-day.json")) };
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Before the first day was closed there is none.
    return undefined;
  }
}
