/**
 * The SQLite file under the as-run log: opened so that a committed line survives a power cut, and can only be added to.
 *
 * @module
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import Database from "libsql";
import { Fault, reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";
import { diskFault } from "./disk.js";
import { ANNOUNCEMENT_TABLES, TAKEN_BACK_COLUMN } from "./log-announcements.js";
import { DAY_TABLES } from "./log-days.js";
import { PERSONAL_TABLES } from "./log-personal.js";
import { KIND_INDEX, SEARCH_TABLES } from "./log-search.js";
import { SETTLEMENT_TABLES } from "./log-settlements.js";
import { isFull } from "./reserve.js";

/** Pages of 4 kB between checkpoints: 2 MB, so that a checkpoint stays a pause that nobody hears. */
const CHECKPOINT_PAGES = 500;
/** Waits this long for a backup that reads at the same time, ms. */
const BUSY_MS = 2000;

/** Damaged places told of at once. */
const MOST_FINDINGS = 5;

/** Only the station's own user may read: the log holds names of people. SQLite makes the files beside a log like it. */
const PRIVATE = 0o600;

/** Each step leads from the version of its place in the list to the next. */
const MIGRATIONS = [
  `CREATE TABLE line (
     n INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     kind TEXT NOT NULL,
     receiver TEXT, area TEXT, occurrence TEXT, journal TEXT, seq INTEGER,
     body TEXT NOT NULL,
     hash TEXT NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX line_journal ON line (receiver, journal, seq) WHERE journal IS NOT NULL;
   CREATE INDEX line_receiver ON line (receiver) WHERE receiver IS NOT NULL;
   CREATE INDEX line_occurrence ON line (occurrence) WHERE occurrence IS NOT NULL;
   CREATE TABLE line_announcement (announcement TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (announcement, n))
     STRICT, WITHOUT ROWID;
   CREATE TABLE journal (receiver TEXT NOT NULL, journal TEXT NOT NULL, up_to INTEGER NOT NULL,
     PRIMARY KEY (receiver, journal)) STRICT, WITHOUT ROWID;
   CREATE TRIGGER line_stays BEFORE UPDATE ON line BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
   CREATE TRIGGER line_remains BEFORE DELETE ON line BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;`,
  SETTLEMENT_TABLES,
  ANNOUNCEMENT_TABLES,
  SEARCH_TABLES + DAY_TABLES + PERSONAL_TABLES,
  KIND_INDEX + TAKEN_BACK_COLUMN,
];
/** Version of the log's form that this program writes. */
export const LOG_VERSION = MIGRATIONS.length;

/**
 * Opens the log, making it when there is none. A file that is damaged beyond opening is kept aside and a new one begun,
 * for a station must not fall silent over its log. Damage within one that opens is told of.
 *
 * @param stamp ends the name of a damaged file
 * @throws Fault "unavailable" when the disk refuses, or the log was written by a newer program
 */
export function openLogFile(path: string, stamp: string, log: Log): Database.Database {
  mkdirSync(dirname(path), { recursive: true });
  try {
    return openChecked(path, log);
  } catch (error) {
    if (!["SQLITE_CORRUPT", "SQLITE_NOTADB"].includes(codeOf(error) ?? "")) throw logFault(error, path);
    for (const ending of ["", "-wal", "-shm"])
      if (existsSync(path + ending)) renameSync(path + ending, `${path}.bad-${stamp}${ending}`);
    log.error("log.damaged-file-kept", { file: path, as: `${path}.bad-${stamp}`, why: reasonOf(error) });
    return openChecked(path, log);
  }
}

/**
 * Makes the file that SQLite will write a log into, empty and for nobody else to read; one that is there is not opened. Whoever
 * closes a file gives up all locks of the whole process on it, also those of SQLite: a connection from before that is not yet
 * collected would pass for one that holds them, and another program could take the log's newest lines away as it leaves.
 *
 * @throws Fault "unavailable"
 */
export function makePrivate(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "a", PRIVATE));
  } catch (error) {
    throw diskFault(error, path);
  }
}

/** Closes the log to other users of the machine, as it was not always. */
function closeLog(path: string, log: Log): void {
  makePrivate(path);
  try {
    for (const ending of ["", "-wal", "-shm"]) if (existsSync(path + ending)) chmodSync(path + ending, PRIVATE);
  } catch (error) {
    // Such as on a memory stick, where files have no modes: a station must not fall silent over that.
    log.warn("log.not-private", { file: path, why: reasonOf(error) });
  }
}

/** What a failed statement throws: a fault for what SQLite refused; a bug of our own stays what it is. */
export function logFault(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (!code?.startsWith("SQLITE_")) return error;
  return diskFault(isFull(error) ? Object.assign(new Error(reasonOf(error)), { code: "ENOSPC" }) : error, path);
}

function openChecked(path: string, log: Log): Database.Database {
  closeLog(path, log);
  const database = new Database(path);
  try {
    database.exec(
      `PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`,
    );
    migrate(database);
    // A file that may only be read opens without a word: better no station than one that writes nothing down (R7).
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.prepare("SELECT n, hash FROM line ORDER BY n DESC LIMIT 1").all();
    tellDamage(database, path, log);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Looks over all pages, since a damaged one is met only when its lines are: 0.3 s for 100,000 lines. What is found is told, and the file
 * kept in use: most of its lines are there, and what comes is mostly written down.
 */
function tellDamage(database: Database.Database, path: string, log: Log): void {
  const findings = findingsIn(database);
  if (findings.length > 0) log.error("log.damaged", { file: path, findings });
}

function findingsIn(database: Database.Database): readonly string[] {
  try {
    const rows = database.prepare(`PRAGMA quick_check(${MOST_FINDINGS})`).all() as { quick_check: string }[];
    return rows.map((row) => row.quick_check).filter((found) => found !== "ok");
  } catch (error) {
    // Of some damage the check itself cannot get any further.
    if (codeOf(error) !== "SQLITE_CORRUPT") throw error;
    return [reasonOf(error)];
  }
}

function migrate(database: Database.Database): void {
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > MIGRATIONS.length) throw newerLog(version);
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

const newerLog = (version: number): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Nhật ký phát sóng do một phiên bản mới hơn của chương trình ghi (dạng ${version}). Không có gì bị thay đổi. Hãy chạy lại phiên bản mới.`,
      en: `The as-run log was written by a newer version of the program (format ${version}). Nothing was changed. Run the newer version again.`,
    },
    { reason: "newer-version" },
  );
