/**
 * One server per station folder. The lock is the kernel's own on a file (through SQLite), so it ends with the process
 * however that ends; nothing is ever stale, and it holds between containers that share a folder.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { Fault } from "../../base/errors.js";
import { codeOf } from "../../base/system-words.js";
import { diskFault } from "./disk.js";

/** Beside the state it guards. */
const LOCK = "lock";
/** Who holds it, for people; the lock does not depend on it. */
const HOLDER = "lock.json";

/** Gives the folder free; calling it twice is harmless. */
export type Unlock = () => void;

/** @throws Fault "conflict", reason `locked`, when another process serves this station; "unavailable" when the disk refuses */
export function lockFolder(folder: string, startedAt: number): Unlock {
  const lock = takeLock(folder, startedAt);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    lock.exec("ROLLBACK");
    lock.close();
  };
}

function takeLock(folder: string, startedAt: number): Database.Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = openLock(folder);
    writeFileSync(join(folder, HOLDER), `${JSON.stringify({ pid: process.pid, startedAt })}\n`, { mode: 0o600 });
    return lock;
  } catch (error) {
    throw diskFault(error, folder);
  }
}

/** The process that serves the station now, as it wrote itself down; `undefined` when none does. */
export function lockHolder(folder: string): string | undefined {
  try {
    const lock = openLock(folder);
    lock.exec("ROLLBACK");
    lock.close();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return holderOf(folder);
    throw error;
  }
}

function openLock(folder: string): Database.Database {
  const lock = new Database(join(folder, LOCK));
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    if (codeOf(cause) !== "SQLITE_BUSY") throw cause;
    const holder = holderOf(folder);
    throw new Fault(
      "conflict",
      {
        vi: `Một chương trình khác (${holder}) đang chạy đài này nên chương trình này không mở. Hãy dừng chương trình kia, hoặc chọn thư mục đài khác.`,
        en: `Another process (${holder}) is serving this station, so this one does not open it. Stop the other one, or choose another station folder.`,
      },
      { reason: "locked", cause },
    );
  }
}

function holderOf(folder: string): string {
  try {
    const { pid } = JSON.parse(readFileSync(join(folder, HOLDER), "utf8")) as { pid?: unknown };
    return `pid ${String(pid)}`;
  } catch {
    // The note is for people only; a missing one changes nothing.
    return "pid ?";
  }
}
