/**
 * Reading the as-run log: pages, exports, and the walk along its chain. Long readings go page by page and let others run
 * in between.
 *
 * @module
 */
import type Database from "libsql";
import type { AnnouncementId, OccurrenceId } from "../../domain/ids.js";
import type { LogCheck, LogFormat, LogQuery } from "../../domain/log-line.js";
import { createWalk, gapsToldBy, LINES_MENDED, type Witness } from "./log-check.js";
import { csvHeader, csvRow } from "./log-csv.js";
import { closedBy, DAY_CLOSED, type DayRow, openDays } from "./log-days.js";
import { type ChainedLine, canonical, hashAfter, type LogBody, NO_HASH } from "./log-line.js";
import { withBeside } from "./log-personal.js";
import { type Bounds, boundsIn, conditionsOf, type Meant, meantBy } from "./log-search.js";
import { wordsFlaw } from "./log-words-check.js";

/** Lines read at a time by long readings: about 5 ms of work. */
const PAGE = 500;
/** Lines among which those that are meant are looked for in one go: a few milliseconds of work. */
const WINDOW = 40_000;
const EVERY_LINE: Bounds = { after: 0, upTo: Number.MAX_SAFE_INTEGER };
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
  rowsOf(database, { occurrence }, { ...EVERY_LINE, limit: LINES_OF_ONE }).map((row) => lineOf(database, row));

/** Lines that tell what people did with an announcement. */
export function linesAbout(
  database: Database.Database,
  announcement: AnnouncementId,
  { after, limit }: { readonly after: number; readonly limit: number },
): ChainedLine[] {
  const rows = database
    .prepare(
      "SELECT line.* FROM about JOIN line USING (n) WHERE about.announcement = ? AND about.n > ? ORDER BY n LIMIT ?",
    )
    .all([announcement, after, limit]) as Row[];
  return rows.map((row) => lineOf(database, row));
}

/** @param limit most lines to return, oldest first */
export const readLines = async (database: Database.Database, query: LogQuery, limit: number): Promise<ChainedLine[]> =>
  readMeant(database, query, { limit, meant: await meantBy(database, query, letOthersRun) });

interface Reading {
  readonly limit: number;
  /** The names and reasons that the query means. */
  readonly meant: Meant;
}

async function readMeant(
  database: Database.Database,
  query: LogQuery,
  { limit, meant }: Reading,
): Promise<ChainedLine[]> {
  const found: ChainedLine[] = [];
  const { after: start, upTo: last } = boundsIn(database, query);
  for (let after = start; after < last && found.length < limit; after += WINDOW) {
    if (after > start) await letOthersRun();
    const bounds = { after, upTo: Math.min(last, after + WINDOW) };
    const rows = rowsOf(database, query, { ...bounds, limit: limit - found.length, meant });
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
  const meant = await meantBy(database, query, letOthersRun);
  for (;;) {
    const lines = await readMeant(database, { ...query, after }, { limit: PAGE, meant });
    if (lines.length === 0) return;
    // A table is for people; what is to be checked elsewhere holds what the chain is over.
    yield lines
      .map((line) => (format === "csv" ? csvRow(withBeside(database, line)) : `${canonical(line)}\n`))
      .join("");
    after = lines.at(-1)?.n ?? after;
    await letOthersRun();
  }
}

/** Walks the whole chain from the first line, and over the closed days. */
export async function verifyLines(database: Database.Database, witness?: Witness): Promise<LogCheck> {
  const hash = database.prepare("SELECT hash FROM line WHERE n = ?");
  const body = database.prepare("SELECT body FROM line WHERE n = ?");
  const told = rowsOf(database, { kind: LINES_MENDED }, { ...EVERY_LINE, limit: LINES_OF_ONE });
  const walk = createWalk({
    witness,
    closed: daysClosedIn(database),
    told: told.flatMap((row) => gapsToldBy(lineOf(database, row))),
    hashAt: (n) => (hash.all([n]) as { hash: string }[])[0]?.hash,
    saidAt(n) {
      const [row] = body.all([n]) as { body: string }[];
      return row && bodyOf(row)?.n;
    },
  });
  for (let n = 0; ; ) {
    const rows = rowsOf(database, {}, { ...EVERY_LINE, after: n, limit: PAGE });
    for (const row of rows) {
      const flaw = walk.step({ n: row.n, hash: row.hash, text: row.body, body: foundIn(row) });
      if (flaw) return walk.result(flaw);
      n = row.n;
    }
    if (rows.length < PAGE) break;
    await letOthersRun();
  }
  return walk.result(walk.end(bookIn(database)) ?? (await wordsFlaw(database, letOthersRun)));
}

const daysClosedIn = (database: Database.Database) =>
  rowsOf(database, { kind: DAY_CLOSED }, { ...EVERY_LINE, limit: LINES_OF_ONE }).flatMap(
    (row) => closedBy(bodyOf(row)) ?? [],
  );

/** A log of an older form, such as a former backup, has no book of days. */
function bookIn(database: Database.Database): DayRow[] | undefined {
  const [table] = database.prepare("SELECT name FROM sqlite_master WHERE name = 'day'").all();
  return table === undefined ? undefined : openDays(database).book().slice();
}

/** The line, if what it is searched by says the same as what is hashed; where it stands is another matter. */
function foundIn(row: Row): LogBody | undefined {
  const body = bodyOf(row);
  const agrees =
    body !== undefined &&
    body.at === row.at &&
    body.kind === row.kind &&
    (body.receiver ?? null) === row.receiver &&
    (body.area ?? null) === row.area &&
    (body.occurrence ?? null) === row.occurrence &&
    (body.journal ?? null) === row.journal &&
    (body.seq ?? null) === row.seq;
  return agrees ? body : undefined;
}

function bodyOf(row: Pick<Row, "body">): LogBody | undefined {
  try {
    return JSON.parse(row.body) as LogBody;
  } catch {
    // Only a line that was tampered with is not JSON; the walk names it.
    return undefined;
  }
}

function lineOf(database: Database.Database, row: Row): ChainedLine {
  const before = hashBefore(database, row);
  const body = bodyOf(row) ?? { n: row.n, at: row.at, writtenAt: row.at, source: "server", kind: "unreadable" };
  return { ...body, prev: before, hash: row.hash };
}

/** Before a gap stands the line that told of it follows upon; of any other line behind a gap that went with the gap. */
function hashBefore(database: Database.Database, { n, body, hash }: Row): string {
  const [found] = database.prepare("SELECT n, hash FROM line WHERE n < ? ORDER BY n DESC LIMIT 1").all([n]) as Pick<
    Row,
    "n" | "hash"
  >[];
  const isNext = found !== undefined && (found.n === n - 1 || hashAfter(found.hash, body) === hash);
  return isNext ? found.hash : NO_HASH;
}

interface Page extends Bounds {
  readonly limit: number;
  readonly meant?: Meant;
}

function rowsOf(database: Database.Database, query: LogQuery, { limit, meant = {}, ...bounds }: Page): Row[] {
  const conditions = conditionsOf(query, bounds, meant);
  const where = conditions.map(([sql]) => sql).join(" AND ");
  const values = conditions.flatMap(([, ...given]) => given);
  return database.prepare(`SELECT * FROM line WHERE ${where} ORDER BY n LIMIT ?`).all([...values, limit]) as Row[];
}

/** Number and hash of the last line. */
export function headOf(database: Database.Database): { n: number; hash: string } {
  const [last] = database.prepare("SELECT n, hash FROM line ORDER BY n DESC LIMIT 1").all() as {
    n: number;
    hash: string;
  }[];
  return last === undefined ? { n: 0, hash: NO_HASH } : { n: last.n, hash: last.hash };
}
