/**
 * Copies of the as-run log and of other SQLite files, for backups: made while the server runs, checked without touching them.
 *
 * @module
 */
import { existsSync } from "node:fs";
import Database from "libsql";
import { logFault } from "./log-file.js";
import { makePrivate } from "./log-private.js";
import { verifyLines } from "./log-reading.js";

/**
 * Writes a copy that is consistent however busy the file is. Blocks for about a second per million lines, so it belongs
 * into a process of its own, such as a command.
 *
 * @returns whether there was one
 * @throws Fault "unavailable" when the disk refuses
 */
export function copyDatabase(from: string, to: string): boolean {
  if (!existsSync(from)) return false;
  const database = new Database(from);
  try {
    database.exec("PRAGMA busy_timeout = 10000");
    makePrivate(to);
    database.prepare("VACUUM INTO ?").run([to]);
    return true;
  } catch (error) {
    throw logFault(error, to);
  } finally {
    database.close();
  }
}

/**
 * Whether a file that nobody has open is whole, and the chain of a log with it.
 * @throws Fault "unavailable" when it cannot be read
 */
export async function checkDatabase(path: string): Promise<boolean> {
  const database = new Database(path);
  try {
    const found = database.prepare("PRAGMA quick_check").all() as { quick_check: string }[];
    if (found[0]?.quick_check !== "ok") return false;
    const isLog =
      database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'line'").all().length > 0;
    return !isLog || (await verifyLines(database)).ok;
  } catch (error) {
    throw logFault(error, path);
  } finally {
    database.close();
  }
}
