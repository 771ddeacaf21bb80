/**
 * Reading the as-run log: pages, exports, and the walk along its chain. Long readings go page by page and let others run
 * in between.
 *
 * @module
 */
import type Database from "libsql";
import type { OccurrenceId } from "../../domain/ids.js";
import type { LogCheck, LogFormat, LogQuery } from "../../domain/log-line.js";
import { csvHeader, csvRow } from "./log-csv.js";
import { type ChainedLine, canonical, hashAfter, type LogBody, NO_HASH } from "./log-line.js";

/** Lines read at a time by long readings: about 5 ms of work. */
const PAGE = 500;
/** Lines looked at in one go where no index leads to those that are meant: about 5 ms of work. */
const WINDOW = 40_000;
/** Every receiver with a few lines each. */
const LINES_OF_ONE = 100_000;

interface Row {
  readonly n: number;
  readonly at: number;
  readonly kind: string;
  readonly receiver: string | null;
  readonly area: string | null;
  readonly occurrence: string | null;
  readonly journal: string | null;
  readonly seq: number | null;
  readonly body: string;
  readonly hash: string;
}

/** Every line of one occurrence. */
export const linesOf = (database: Database.Database, occurrence: OccurrenceId): ChainedLine[] =>
  rowsOf(database, { occurrence }, { limit: LINES_OF_ONE }).map((row) => lineOf(database, row));

/** @param limit most lines to return, oldest first */
export async function readLines(database: Database.Database, query: LogQuery, limit: number): Promise<ChainedLine[]> {
  const found: ChainedLine[] = [];
  const hasIndex = query.receiver ?? query.occurrence ?? query.announcement;
  const window = hasIndex === undefined ? WINDOW : Number.MAX_SAFE_INTEGER;
  const last = lastNumber(database);
  for (let after = query.after ?? 0; after < last && found.length < limit; after += window) {
    if (found.length > 0 || after > 0) await letOthersRun();
    const upTo = Math.min(last, after + window);
    const rows = rowsOf(database, { ...query, after }, { limit: limit - found.length, upTo });
    found.push(...rows.map((row) => lineOf(database, row)));
  }
  return found;
}

/** Lets whoever waits for the event loop go first. */
const letOthersRun = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Pieces of text, read as they are taken. */
export async function* exportLines(
  database: Database.Database,
  format: LogFormat,
  query: LogQuery,
): AsyncGenerator<string> {
  if (format === "csv") yield csvHeader;
  let after = query.after ?? 0;
  for (;;) {
    const lines = await readLines(database, { ...query, after }, PAGE);
    if (lines.length === 0) return;
    yield lines.map((line) => (format === "csv" ? csvRow(line) : `${canonical(line)}\n`)).join("");
    after = lines.at(-1)?.n ?? after;
    await letOthersRun();
  }
}

/** Walks the whole chain from the first line. */
export async function verifyLines(database: Database.Database): Promise<LogCheck> {
  let head = NO_HASH;
  let n = 0;
  for (;;) {
    const rows = rowsOf(database, { after: n }, { limit: PAGE });
    for (const row of rows) {
      if (row.n !== n + 1 || row.hash !== hashAfter(head, row.body) || !agrees(row))
        return { ok: false, lines: n, head, brokenAt: n + 1 };
      head = row.hash;
      n = row.n;
    }
    if (rows.length < PAGE) return { ok: true, lines: n, head };
    await letOthersRun();
  }
}

/** Whether what is searched by says the same as what is hashed. */
function agrees(row: Row): boolean {
  const body = bodyOf(row);
  return (
    body !== undefined &&
    body.n === row.n &&
    body.at === row.at &&
    body.kind === row.kind &&
    (body.receiver ?? null) === row.receiver &&
    (body.area ?? null) === row.area &&
    (body.occurrence ?? null) === row.occurrence &&
    (body.journal ?? null) === row.journal &&
    (body.seq ?? null) === row.seq
  );
}

function bodyOf(row: Row): LogBody | undefined {
  try {
    return JSON.parse(row.body) as LogBody;
  } catch {
    // Only a line that was tampered with is not JSON; the walk names it.
    return undefined;
  }
}

function lineOf(database: Database.Database, row: Row): ChainedLine {
  const before = database.prepare("SELECT hash FROM line WHERE n = ?").all([row.n - 1]) as { hash: string }[];
  const body = bodyOf(row) ?? { n: row.n, at: row.at, writtenAt: row.at, source: "server", kind: "unreadable" };
  return { ...body, prev: before[0]?.hash ?? NO_HASH, hash: row.hash };
}

function lastNumber(database: Database.Database): number {
  const [row] = database.prepare("SELECT max(n) AS last FROM line").all() as { last: number | null }[];
  return row?.last ?? 0;
}

interface Bounds {
  readonly limit: number;
  /** Last number to look at. */
  readonly upTo?: number;
}

function rowsOf(database: Database.Database, query: LogQuery, { limit, upTo }: Bounds): Row[] {
  const conditions: [sql: string, ...values: (string | number)[]][] = [["n > ?", query.after ?? 0]];
  if (upTo !== undefined) conditions.push(["n <= ?", upTo]);
  if (query.from !== undefined) conditions.push(["at >= ?", query.from]);
  if (query.until !== undefined) conditions.push(["at < ?", query.until]);
  for (const column of ["area", "receiver", "occurrence", "kind"] as const) {
    const value = query[column];
    if (value !== undefined) conditions.push([`${column} = ?`, value]);
  }
  if (query.areas !== undefined)
    conditions.push(["area IN (SELECT value FROM json_each(?))", JSON.stringify(query.areas)]);
  if (query.announcement !== undefined)
    conditions.push(["n IN (SELECT n FROM line_announcement WHERE announcement = ?)", query.announcement]);
  const where = conditions.map(([sql]) => sql).join(" AND ");
  const values = conditions.flatMap(([, ...given]) => given);
  return database.prepare(`SELECT * FROM line WHERE ${where} ORDER BY n LIMIT ?`).all([...values, limit]) as Row[];
}
