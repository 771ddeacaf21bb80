/**
 * The SQLite file under the as-run log: opened so that a committed line survives a power cut, and can only be added to.
 *
 * @module
 */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "libsql";
import { reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";
import { diskFault } from "./disk.js";
import { knownVersion, LOG_VERSION, migrate } from "./log-form.js";
import { finishMending, type Mended, type MendParts, mendLog, setAside } from "./log-mend.js";
import { closeToOthers } from "./log-private.js";
import { isFull } from "./reserve.js";
import { isWalBroken } from "./sqlite-wal.js";

/** Pages of 4 kB between checkpoints: 2 MB, so that a checkpoint stays a pause that nobody hears. */
const CHECKPOINT_PAGES = 500;
/** Waits this long for a backup that reads at the same time, ms. */
const BUSY_MS = 2000;

/** Damaged places told of at once. */
const MOST_FINDINGS = 5;

/** What SQLite says of a file that is not what it was, or that a worn disk does not give back. */
const DAMAGE: readonly (string | undefined)[] = [
  ...["SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS"],
];

export interface LogFile {
  readonly database: Database.Database;
  /** What was done when it was damaged. */
  readonly mended?: Mended;
}

/**
 * Opens the log, making it when there is none. One that is damaged is kept aside and made anew from all that can be read of it. Where
 * that fails, as on a full disk, it is used as it is, or a new one begun: a station must not fall silent over its log.
 *
 * @param at civil milliseconds
 * @throws Fault "unavailable" when the disk refuses, or the log was written by a newer program
 */
export function openLogFile(path: string, at: number, log: Log): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  try {
    finishMending(path, at);
    const broken = brokenBeforeOpening(path);
    const sound = broken === undefined ? openIfSound(path, log) : { findings: [broken] };
    if ("database" in sound) return sound;
    log.error("log.damaged", { file: path, findings: sound.findings });
    const mended = mendIfPossible(path, { ...sound, at, log });
    return mended === undefined ? { database: openAsItIs(path, at, log) } : { database: ready(path, log), mended };
  } catch (error) {
    throw logFault(error, path);
  }
}

/** What SQLite would open without a word. */
function brokenBeforeOpening(path: string): string | undefined {
  if (wasEmptied(path)) return "the file is empty";
  return isWalBroken(path) ? "the write-ahead log is broken" : undefined;
}

/** The reserve is put by when a log is first opened: where that is, lines may have been. */
const wasEmptied = (path: string): boolean =>
  existsSync(`${path}.reserve`) && !existsSync(`${path}-wal`) && (!existsSync(path) || statSync(path).size === 0);

/** Looks over all pages, since a damaged one is met only when its lines are: 0.3 s for 100,000 lines. */
function openIfSound(path: string, log: Log): LogFile | { readonly findings: readonly string[] } {
  try {
    const database = open(path, log);
    const findings = closingOnFailure(database, () => findingsIn(database));
    if (findings.length === 0) return { database: madeReady(database) };
    database.close();
    return { findings };
  } catch (error) {
    if (!DAMAGE.includes(codeOf(error))) throw error;
    return { findings: [reasonOf(error)] };
  }
}

function findingsIn(database: Database.Database): readonly string[] {
  const rows = database.prepare(`PRAGMA quick_check(${MOST_FINDINGS})`).all() as { quick_check: string }[];
  const found = rows.map((row) => row.quick_check).filter((one) => one !== "ok");
  return found.length > 0 || knownVersion(database) === 0 ? found : overwrittenIn(database);
}

/** The form since which words lie beside the lines. */
const SINCE_WORDS = 4;

/**
 * SQLite looks at the frame of a page, not at the words in it: a sector of zeros in the middle of a line passes. Other words in their
 * place were put there by somebody, and the check of the chain names them.
 */
function overwrittenIn(database: Database.Database): readonly string[] {
  const holed = (table: string, field: string) =>
    database
      .prepare(`SELECT n FROM ${table} WHERE instr(CAST(${field} AS BLOB), x'00') > 0 ORDER BY n LIMIT ?`)
      .all([MOST_FINDINGS]) as { n: number }[];
  const words = knownVersion(database) < SINCE_WORDS ? [] : holed("personal", "text");
  return [
    ...holed("line", "body").map(({ n }) => `line ${n} is overwritten with zeros`),
    ...words.map(({ n }) => `the words of line ${n} are overwritten with zeros`),
  ];
}

function mendIfPossible(path: string, parts: MendParts): Mended | undefined {
  try {
    return mendLog(path, parts);
  } catch (error) {
    parts.log.error("log.not-mended", { file: path, why: reasonOf(error) });
    return undefined;
  }
}

/** With its damage, if it opens at all: most of its lines are there, and what comes is mostly written down. */
function openAsItIs(path: string, at: number, log: Log): Database.Database {
  try {
    return ready(path, log);
  } catch (error) {
    if (!DAMAGE.includes(codeOf(error))) throw error;
    log.error("log.damaged-file-kept", { file: path, as: setAside(path, at), why: reasonOf(error) });
    return ready(path, log);
  }
}

const ready = (path: string, log: Log): Database.Database => madeReady(open(path, log));

function open(path: string, log: Log): Database.Database {
  closeToOthers(path, log);
  const database = new Database(path);
  return closingOnFailure(database, () => {
    database.exec(
      `PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`,
    );
    knownVersion(database);
    return database;
  });
}

const madeReady = (database: Database.Database): Database.Database =>
  closingOnFailure(database, () => {
    migrate(database);
    // A file that may only be read opens without a word: better no station than one that writes nothing down (R7).
    database.exec(`PRAGMA user_version = ${LOG_VERSION}`);
    return database;
  });

function closingOnFailure<T>(database: Database.Database, work: () => T): T {
  try {
    return work();
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What a failed statement throws: a fault for what SQLite refused; a bug of our own stays what it is. */
export function logFault(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (!code?.startsWith("SQLITE_")) return error;
  return diskFault(isFull(error) ? Object.assign(new Error(reasonOf(error)), { code: "ENOSPC" }) : error, path);
}
