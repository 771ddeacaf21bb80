/**
 * Files that are either old or new, never half.
 *
 * @module
 */
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Replaces a file: written beside it, flushed, renamed, and the folder flushed. Readable by its owner only. */
export async function writeAtomic(file: string, data: string | Uint8Array): Promise<void> {
  const temporary = `${file}.new`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  await syncFolder(dirname(file));
}

/** Makes a rename last: the name itself lives in the folder. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
