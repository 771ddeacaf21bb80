/**
 * Ogg carries a checksum on every page and a mark on the last one; ffmpeg of the age we bundle looks at neither.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { oggPages } from "../../protocol/ogg-pages.js";

/** Bytes checked between two breaths, about 3 ms, so that 50 MB do not hold up what is on air. */
const AT_ONCE = 1_000_000;

/** @throws Fault "invalid", reason `ogg`, when `file` is damaged or cut off */
export async function checkOgg(file: string): Promise<void> {
  let breathAt = AT_ONCE;
  for (const { end } of oggPages(await readFile(file))) {
    if (end < breathAt) continue;
    breathAt = end + AT_ONCE;
    await setImmediate();
  }
}
