/**
 * Damaged files, kept for whoever wants to know what happened; a few, so that they never fill the disk.
 *
 * @module
 */
import { copyFile, link, rename, rm } from "node:fs/promises";

/** How many are kept of each file; the oldest goes first. */
const KEPT = 3;

/** Keeps the present content of a file as `FILE.bad-1`; returns that name, or `undefined` when even that fails. */
export async function keepAside(file: string): Promise<string | undefined> {
  const nameOf = (age: number) => `${file}.bad-${age}`;
  try {
    await rm(nameOf(KEPT), { force: true });
    for (let age = KEPT - 1; age >= 1; age--) await rename(nameOf(age), nameOf(age + 1)).catch(() => undefined);
    // A second name costs no space, which a full disk has not; some file systems know none.
    await link(file, nameOf(1)).catch(() => copyFile(file, nameOf(1)));
    return nameOf(1);
  } catch {
    // What is damaged is replaced all the same.
    return undefined;
  }
}
