/**
 * Finds the sound card that a player plays through, and how much of what it was given has been heard. A few small reads of
 * procfs, which hold nobody up; where there is no ALSA, or somebody else opened the card, nothing is known.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRate, parseStatus } from "./alsa-status.js";

/** Where Linux tells of its sound cards. */
const PROC = "/proc/asound";

/**
 * Seconds of sound that the process has made heard since it opened its card; `undefined` when that cannot be told.
 *
 * @param root for tests
 */
export function heardBy(pid: number, root = PROC): number | undefined {
  for (const card of namesIn(root, /^card\d+$/))
    for (const stream of namesIn(join(root, card), /^pcm\d+p$/))
      for (const sub of namesIn(join(root, card, stream), /^sub\d+$/)) {
        const folder = join(root, card, stream, sub);
        const status = parseStatus(textOf(join(folder, "status")));
        if (status?.owner !== pid) continue;
        const rate = parseRate(textOf(join(folder, "hw_params")));
        if (rate !== undefined) return (status.handed - status.waiting) / rate;
      }
  return undefined;
}

function namesIn(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder).filter((name) => pattern.test(name));
  } catch {
    // No sound card, or one that was just pulled out: nothing is known then.
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    // As above.
    return "";
  }
}
