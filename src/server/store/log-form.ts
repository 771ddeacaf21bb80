/**
 * The form of the log's file: its tables, and the steps that bring an older one up to date.
 *
 * @module
 */
import type Database from "libsql";
import { Fault } from "../../base/errors.js";
import { ANNOUNCEMENT_TABLES, TAKEN_BACK_COLUMN } from "./log-announcements.js";
import { DAY_TABLES } from "./log-days.js";
import { PERSONAL_TABLES, REASON_INDEX } from "./log-personal.js";
import { KIND_INDEX, SEARCH_TABLES } from "./log-search.js";
import { SETTLEMENT_TABLES } from "./log-settlements.js";

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
  REASON_INDEX,
];
/** Version of the log's form that this program writes. */
export const LOG_VERSION = MIGRATIONS.length;

/** Which form the file has. @throws Fault "unavailable" for one of a newer program */
export function knownVersion(database: Database.Database): number {
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > LOG_VERSION) throw newerLog(version);
  return version;
}

/** @throws Fault "unavailable" for a log of a newer program */
export function migrate(database: Database.Database): void {
  const version = knownVersion(database);
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
