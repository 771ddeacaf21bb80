/**
 * Counts a report's figures in the log: writes the script, runs it beside whoever writes the log, and reads what comes out.
 *
 * It takes seconds for a city, so it belongs into a program of its own.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { z } from "zod";
import { Fault } from "../../base/errors.js";
import { codeOf } from "../../base/system-words.js";
import type { LogPoint, NightRow, ReportFigures } from "../../domain/report-figures.js";
import { NIGHT_QUERY, REPORT_QUERIES } from "./report-queries.js";
import { REPORT_TABLES } from "./report-tables.js";

/** What is counted, and what the station says about its places. */
export interface CountInput {
  /** Civil milliseconds: soundings planned from here on, up to but not including `until`. */
  readonly from: number;
  readonly until: number;
  /** Where days begin that are only compared with; `from` or earlier. */
  readonly since: number;
  /** Last line of the log that counts; the last there is when left out. */
  readonly upTo?: number | undefined;
  /** Key `hours`: one of the sets of golden hours, where the area has any. */
  readonly places: readonly { readonly area: string; readonly unit: string; readonly hours?: number }[];
  /** Instants of golden hours, in civil milliseconds. */
  readonly golden: readonly { readonly hours: number; readonly from: number; readonly until: number }[];
  readonly receivers: readonly { readonly receiver: string; readonly area: string; readonly kind: string }[];
  /** Each day from `since` on, with the instants at which it begins and ends. */
  readonly days: readonly { readonly date: string; readonly from: number; readonly until: number }[];
  /** What the station knows of announcements now, for lines older than those that tell it themselves. */
  readonly announcements: readonly {
    readonly announcement: string;
    readonly title: string;
    readonly topic: string;
    readonly source?: string | undefined;
  }[];
  /** Whether lines from places that belong to no unit count too: not in the report of a part of the station. */
  readonly countsAll: boolean;
}

/** Lines are written at most this long before their occurrence is planned, and clocks are set back by no more, ms. */
const BEFORE_MS = 3_600_000;

/** A script that counts, for people: SQL from the first line to the last. */
export function reportScript(path: string, input: CountInput): string {
  const log = openBeside(path);
  try {
    const filled = fill(input, rangeOf(log, input));
    const tables = REPORT_TABLES.map(({ name, words, sql }) => `-- Bảng ${name}: ${words}\n${filled(sql)}`);
    const queries = Object.entries(REPORT_QUERIES).map(
      ([name, { words, sql }]) => `.print '-- ${name}'\n-- ${words}\n${filled(sql)}`,
    );
    return [`ATTACH ${quoted(readOnly(path))} AS log;`, ".headers on", ...tables, ...queries, ""].join("\n\n");
  } catch (error) {
    throw readFault(error);
  } finally {
    log.close();
  }
}

/** @throws Fault "unavailable" when the log cannot be read */
export function countReport(
  path: string,
  input: CountInput,
): { readonly figures: ReportFigures; readonly upTo: LogPoint } {
  return counted(path, input, (rows) => {
    const names = Object.keys(REPORT_QUERIES) as (keyof ReportFigures)[];
    return Object.fromEntries(names.map((name) => [name, rows(REPORT_QUERIES[name].sql)])) as unknown as ReportFigures;
  });
}

const receiversSchema = z.array(z.string());

/** @throws Fault "unavailable" when the log cannot be read */
export function countNight(
  path: string,
  input: CountInput,
): { readonly figures: readonly NightRow[]; readonly upTo: LogPoint } {
  return counted(path, input, (rows) =>
    (rows(NIGHT_QUERY.sql) as (Omit<NightRow, "receivers"> & { receivers: string })[]).map((row) => ({
      ...row,
      receivers: receiversSchema.parse(JSON.parse(row.receivers)) as unknown as NightRow["receivers"],
    })),
  );
}

type Rows = (sql: string) => unknown[];

function counted<T>(path: string, input: CountInput, read: (rows: Rows) => T): { figures: T; upTo: LogPoint } {
  const database = openBeside(path);
  try {
    const range = rangeOf(database, input);
    const filled = fill(input, range);
    for (const { sql } of REPORT_TABLES) database.exec(filled(sql));
    const figures = read((sql) =>
      database
        .prepare(filled(sql))
        .all([])
        .map((row) => ({ ...(row as object) })),
    );
    return { figures, upTo: pointAt(database, range.last) };
  } catch (error) {
    throw readFault(error);
  } finally {
    database.close();
  }
}

/** SQLite reads `?mode=ro` as a promise never to write; the library's own option of that name is not kept. */
const readOnly = (path: string) => `${pathToFileURL(path).href}?mode=ro`;

function openBeside(path: string): Database.Database {
  const database = new Database(":memory:");
  try {
    database.exec(`ATTACH ${quoted(readOnly(path))} AS log; PRAGMA log.busy_timeout = 5000;`);
    return database;
  } catch (error) {
    database.close();
    throw new Fault("unavailable", NO_LOG, { reason: "no-log", cause: error });
  }
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Lines are numbered in the order in which they were written, and nothing is written long before it happens. */
function rangeOf(database: Database.Database, { since, upTo = Number.MAX_SAFE_INTEGER }: CountInput): Range {
  const [end] = database.prepare("SELECT max(n) AS n FROM log.line").all([]) as { n: number | null }[];
  const last = Math.min(end?.n ?? 0, upTo);
  const written = database.prepare("SELECT json_extract(body, '$.writtenAt') AS at FROM log.line WHERE n = ?");
  const isBefore = (n: number) => ((written.all([n]) as { at: number }[])[0]?.at ?? 0) < since - BEFORE_MS;
  let [low, high] = [1, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return { first: low, last };
}

function pointAt(database: Database.Database, n: number): LogPoint {
  const [row] = database.prepare("SELECT hash FROM log.line WHERE n = ?").all([n]) as { hash: string }[];
  return { n, hash: row?.hash ?? "" };
}

/** Writes out what `:name` stands for. */
function fill(input: CountInput, { first, last }: Range): (sql: string) => string {
  const days = input.days.map(({ date, from, until }) => ({ date, from: stampOf(from), until: stampOf(until) }));
  const values: Readonly<Record<string, string>> = {
    first: String(first),
    last: String(last),
    since: quoted(stampOf(input.since)),
    from: quoted(stampOf(input.from)),
    until: quoted(stampOf(input.until)),
    fromAt: String(input.from),
    untilAt: String(input.until),
    all: input.countsAll ? "1" : "0",
    places: quoted(JSON.stringify(input.places)),
    golden: quoted(JSON.stringify(input.golden)),
    receivers: quoted(JSON.stringify(input.receivers)),
    announcements: quoted(JSON.stringify(input.announcements)),
    days: quoted(JSON.stringify(days)),
  };
  return (sql) =>
    sql.replace(/:([a-z]+(?:At)?)\b/g, (_all, name: string) => {
      const value = values[name];
      if (value === undefined) throw new RangeError(`the query asks for :${name}, which nobody says`);
      return value;
    });
}

/** As in the id of an occurrence. */
const stampOf = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/[-:]|\.\d+/g, "")
    .toLowerCase();

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What SQLite refuses of a file is told; a statement that is wrong is a bug of our own and stays what it is. */
function readFault(error: unknown): unknown {
  const code = codeOf(error);
  if (!code?.startsWith("SQLITE_") || code === "SQLITE_ERROR") return error;
  return new Fault("unavailable", NO_LOG, { reason: "no-log", cause: error });
}

const NO_LOG = {
  vi: "Không mở được nhật ký phát sóng để đếm. Nhật ký không bị đụng đến. Hãy xem tệp config/log.db còn không và đọc được không.",
  en: "The as-run log cannot be opened to be counted. It was not touched. See whether config/log.db is there and readable.",
};
