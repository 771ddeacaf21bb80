/**
 * What opening a station would change in its files for good, found without changing anything.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import Database from "libsql";
import { codeOf } from "../../base/system-words.js";
import { diskFault } from "./disk.js";
import { logFault } from "./log-file.js";
import { LOG_VERSION } from "./log-form.js";
import { KINDS } from "./records.js";
import { isWalBroken } from "./sqlite-wal.js";
import { stateFolder } from "./store.js";

/** A file of an older form than this program writes. */
export interface PendingMigration {
  /** Below the station's folder. */
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** The version stands in the second line, right behind the checksum. */
const HEAD_BYTES = 400;

/** @throws Fault "unavailable" when a file cannot be read */
export async function pendingMigrations(station: string): Promise<readonly PendingMigration[]> {
  const found: PendingMigration[] = [];
  const note = (file: string, from: number | undefined, to: number) => {
    if (from !== undefined && from < to) found.push({ file, from, to });
  };
  for (const [name, kind] of Object.entries(KINDS)) {
    const to = (kind as { readonly version?: number }).version ?? 1;
    note(`config/state/${name}.json`, await versionOf(join(stateFolder(station), `${name}.json`)), to);
  }
  note("config/log.db", logVersionOf(join(station, "config", "log.db")), LOG_VERSION);
  return found;
}

/** `undefined` for what is not there or damaged: opening it is another's affair. */
async function versionOf(path: string): Promise<number | undefined> {
  try {
    const handle = await open(path, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const version = /"version":\s*(\d{1,9})/.exec(buffer.toString("utf8", 0, bytesRead))?.[1];
      return version === undefined ? undefined : Number(version);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw diskFault(error, path);
  }
}

function logVersionOf(path: string): number | undefined {
  // Whoever opens a file with a broken log beside it, and closes it, takes away what is left of that.
  if (!existsSync(path) || isWalBroken(path)) return undefined;
  try {
    const database = new Database(path);
    try {
      const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
      return version === 0 ? undefined : version;
    } finally {
      database.close();
    }
  } catch (error) {
    if (["SQLITE_CORRUPT", "SQLITE_NOTADB"].includes(codeOf(error) ?? "")) return undefined;
    throw logFault(error, path);
  }
}
