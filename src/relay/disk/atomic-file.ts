/**
 * Files that are either old or new, never half.
 *
 * @module
 */
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Replaces a file: written beside it, flushed, renamed, and the folder flushed. Readable by its owner only. */
export async function writeAtomic(file: string, data: string | Uint8Array): Promise<void> {
  await writeBeside(file, data);
  await takePlace(file);
}

/** First half: the new content is on disk beside the file. @throws when it cannot be; then nothing has changed */
export async function writeBeside(file: string, data: string | Uint8Array): Promise<void> {
  try {
    const handle = await open(besideOf(file), "w", 0o600);
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    // Half a file is of no use and takes the space that a full disk lacks.
    await rm(besideOf(file), { force: true }).catch(() => undefined);
    throw thrown;
  }
}

/** Second half: what lies beside the file takes its place. */
export async function takePlace(file: string): Promise<void> {
  await rename(besideOf(file), file);
  await syncFolder(dirname(file));
}

const besideOf = (file: string): string => `${file}.new`;

/** Makes a rename last: the name itself lives in the folder. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
