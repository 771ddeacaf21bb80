/**
 * Copies of the as-run log, for backups: made while the server runs, checked without touching them.
 *
 * @module
 */
import { existsSync } from "node:fs";
import Database from "libsql";
import type { LogCheck } from "../../domain/log-line.js";
import { logFault, makePrivate } from "./log-file.js";
import { verifyLines } from "./log-reading.js";

/**
 * Writes a copy that is consistent however busy the log is. Blocks for about a second per million lines, so it belongs
 * into a process of its own, such as a command.
 *
 * @returns whether there was a log
 * @throws Fault "unavailable" when the disk refuses
 */
export function copyLog(from: string, to: string): boolean {
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

/** Walks the chain of a log that nobody has open. @throws Fault "unavailable" when it cannot be read */
export async function checkLog(path: string): Promise<LogCheck> {
  const database = new Database(path);
  try {
    return await verifyLines(database);
  } catch (error) {
    throw logFault(error, path);
  } finally {
    database.close();
  }
}
