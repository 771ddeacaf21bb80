/**
 * Ogg carries a checksum on every page and a mark on the last one; ffmpeg of the age we bundle looks at neither.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { oggPackets } from "../../protocol/ogg-pages.js";

/** Packets between two breaths, so that 50 MB do not hold up what is on air. */
const PACKETS_AT_ONCE = 200;

/** @throws Fault "invalid", reason `ogg`, when `file` is damaged or cut off */
export async function checkOgg(file: string): Promise<void> {
  const bytes = await readFile(file);
  let count = 0;
  // A comment packet may hold a cover picture, so only the file's own size bounds a packet.
  for (const _ of oggPackets(bytes, bytes.length)) {
    count += 1;
    if (count % PACKETS_AT_ONCE === 0) await setImmediate();
  }
}
