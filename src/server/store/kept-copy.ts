/**
 * Large files that are taken into the station's folder from elsewhere.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Sha256, sha256 } from "../../domain/ids.js";
import { diskFault, machineFiles, syncFolder } from "./disk.js";

/** What is in a file, read in pieces. */
export async function hashOfFile(file: string): Promise<Sha256> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece);
  return sha256(hash.digest("hex"));
}

/** Copies a file to a path; all of it is on disk when the promise resolves, or nothing. @throws Fault of the disk */
export async function keepCopy(file: string, path: string): Promise<void> {
  const fresh = `${path}.unfinished`;
  try {
    // Uploads may lie on another disk, over which nothing can be renamed.
    await copyFile(file, fresh);
    const handle = await open(fresh, "r+");
    await handle.sync();
    await handle.close();
    await rename(fresh, path);
    await syncFolder(machineFiles, dirname(path));
  } catch (cause) {
    await rm(fresh, { force: true });
    throw diskFault(cause, path);
  }
}
