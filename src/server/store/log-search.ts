/**
 * By what lines of the log are found. The lines are the truth; these are the ways to them.
 *
 * @module
 */
import type Database from "libsql";
import { plainLetters } from "../../base/plain-letters.js";
import { documentNumberIn } from "../../domain/document-number.js";
import type { LogQuery, LogSight } from "../../domain/log-line.js";
import { journalEventSchema } from "../../protocol/messages.js";
import type { LogBody } from "./log-line.js";
import { WRITTEN_REASON } from "./log-personal.js";

/** A field of a line's body; nothing for a body that is no JSON, as only a line that was tampered with has. */
const field = (path: string) => `CASE WHEN json_valid(body) THEN json_extract(body, '$.${path}') END`;

/** Every line has the number after the last one's. */
export const LINE_FOLLOWS = `CREATE TRIGGER line_follows BEFORE INSERT ON line
    WHEN NEW.n <> coalesce((SELECT max(n) FROM line), 0) + 1
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;`;

/** The version after which the log has these. Which document an announcement came from was not told before. */
export const SEARCH_TABLES = `
  CREATE INDEX line_area ON line (area) WHERE area IS NOT NULL;
  CREATE INDEX line_at ON line (at);
  CREATE INDEX line_by ON line (${field("by")}) WHERE ${field("by")} IS NOT NULL;
  CREATE INDEX line_account ON line (${field("who.account")}) WHERE ${field("who.account")} IS NOT NULL;
  CREATE INDEX line_why ON line (${field("why")}) WHERE ${field("why")} IS NOT NULL;
  CREATE TABLE directive (number TEXT NOT NULL, announcement TEXT NOT NULL, PRIMARY KEY (number, announcement))
    STRICT, WITHOUT ROWID;
  ${LINE_FOLLOWS}`;

/**
 * The version after which the log has this. Of what the server wrote alone: kinds of journals are a dozen with most of the
 * lines, so a walk soon finds one, and an entry for each would make every report dearer.
 */
export const KIND_INDEX = "CREATE INDEX line_kind ON line (kind) WHERE journal IS NULL;";

const JOURNAL_KINDS: ReadonlySet<string> = new Set(journalEventSchema.options);

/** One condition with what it compares to. */
export type Condition = readonly [sql: string, ...values: (string | number)[]];

/** Lines with a number after `after`, up to `upTo`. */
export interface Bounds {
  readonly after: number;
  readonly upTo: number;
}

/** The names and reasons that a query means, as they stand in the lines. */
export interface Meant {
  readonly by?: readonly string[];
  readonly account?: readonly string[];
  readonly why?: readonly string[];
}

/**
 * Looks up which names and reasons there are: what is given whole means itself, as a code or an account does; else all in which it
 * occurs, in whatever case and with or without tones.
 */
export async function meantBy(
  database: Database.Database,
  { person, why }: LogQuery,
  letOthersRun: () => Promise<void>,
): Promise<Meant> {
  const all = async (path: string, value = field(path), table = "line") => {
    const values: string[] = [];
    for (let found = VALUES_AT_ONCE; found === VALUES_AT_ONCE; ) {
      if (values.length > 0) await letOthersRun();
      const next = valuesAfter(database, { value, table }, values.at(-1) ?? "");
      found = next.length;
      values.push(...next);
    }
    return values;
  };
  const like = (values: readonly string[], text: string) => {
    const plain = plainLetters(text);
    return values.includes(text) ? [text] : values.filter((value) => plainLetters(value).includes(plain));
  };
  const accounts = person === undefined ? [] : (await all("who.account")).filter((one) => one === person);
  return {
    ...(person === undefined
      ? {}
      : { account: accounts, by: accounts.length > 0 ? [person] : like(await all("by"), person) }),
    ...(why === undefined
      ? {}
      : { why: like([...(await all("why")), ...(await all("why", WRITTEN_REASON, "personal"))], why) }),
  };
}
/** Different names or reasons that are looked through in one go: 10 ms. There may be any number of them. */
const VALUES_AT_ONCE = 2_000;

/** From the index, each value once, without walking the lines. */
const valuesAfter = (
  database: Database.Database,
  { value, table }: { readonly value: string; readonly table: string },
  last: string,
): readonly string[] =>
  (
    database
      .prepare(
        `WITH RECURSIVE one(value) AS (SELECT min(${value}) FROM ${table} WHERE ${value} IS NOT NULL AND ${value} > ?
           UNION ALL SELECT (SELECT min(${value}) FROM ${table} WHERE ${value} IS NOT NULL AND ${value} > one.value)
             FROM one WHERE value IS NOT NULL)
         SELECT value FROM one WHERE value IS NOT NULL LIMIT ${VALUES_AT_ONCE}`,
      )
      .all([last]) as { value: string }[]
  ).map((row) => row.value);

/** What a query asks for within the bounds. All conditions must hold. */
export function conditionsOf(query: LogQuery, { after, upTo }: Bounds, meant: Meant): Condition[] {
  const conditions: Condition[] = [["n > ? AND n <= ?", after, upTo]];
  const among = (lines: string, value: string, more = ""): Condition => [
    `n IN (SELECT n FROM line_announcement WHERE ${lines} AND n > ? AND n <= ?
      UNION ALL SELECT n FROM about WHERE ${lines} AND n > ? AND n <= ?${more})`,
    ...[value, after, upTo, value, after, upTo, ...(more === "" ? [] : [value, after, upTo])],
  ];
  if (query.from !== undefined) conditions.push(["at >= ?", query.from]);
  if (query.until !== undefined) conditions.push(["at < ?", query.until]);
  for (const column of ["area", "receiver", "occurrence", "kind"] as const) {
    const value = query[column];
    if (value !== undefined) conditions.push([`${column} = ?`, value]);
  }
  if (query.kind !== undefined && !JOURNAL_KINDS.has(query.kind)) conditions.push(["journal IS NULL"]);
  if (query.areas !== undefined)
    conditions.push(["area IN (SELECT value FROM json_each(?))", JSON.stringify(query.areas)]);
  if (query.sight !== undefined) conditions.push(seenBy(query.sight, { after, upTo }));
  if (query.announcement !== undefined) conditions.push(among("announcement = ?", query.announcement));
  if (query.directive !== undefined)
    conditions.push(
      among(
        "announcement IN (SELECT announcement FROM directive WHERE number = ?)",
        directiveOf(query.directive),
        RAISES,
      ),
    );
  const oneOf = (path: string) => `${field(path)} IN (SELECT value FROM json_each(?))`;
  const { by = [], account = [], why = [] } = meant;
  if (query.person !== undefined)
    conditions.push([`(${oneOf("by")} OR ${oneOf("who.account")})`, JSON.stringify(by), JSON.stringify(account)]);
  if (query.why !== undefined)
    conditions.push([
      `(${oneOf("why")} OR n IN (SELECT n FROM personal WHERE ${WRITTEN_REASON} ${IN} AND n > ? AND n <= ?))`,
      ...[JSON.stringify(why), JSON.stringify(why), after, upTo],
    ]);
  return conditions;
}

const IN = "IN (SELECT value FROM json_each(?))";
function seenBy({ within, around, announcements, account }: LogSight, { after, upTo }: Bounds): Condition {
  return [
    `(area ${IN} OR (receiver IS NULL AND area ${IN})
      OR (area IS NULL AND n IN (SELECT n FROM about WHERE announcement ${IN} AND n > ? AND n <= ?))
      OR ${field("who.account")} = ?)`,
    ...[JSON.stringify(within), JSON.stringify(around), JSON.stringify(announcements), after, upTo, account ?? ""],
  ];
}

/**
 * Between which numbers lines of the asked time stand; a journal that came late stands far behind its time. Looked up in the index
 * by time, which SQLite would not choose by itself: it would walk the lines until the first that fits.
 */
export function boundsIn(database: Database.Database, { from, until, after = 0 }: LogQuery): Bounds {
  const [{ n: last } = { n: 0 }] = database.prepare("SELECT coalesce(max(n), 0) AS n FROM line").all() as {
    n: number;
  }[];
  if (from === undefined && until === undefined) return { after, upTo: last };
  const span = [from ?? Number.MIN_SAFE_INTEGER, until ?? Number.MAX_SAFE_INTEGER];
  const [found] = database
    .prepare("SELECT min(n) AS first, max(n) AS last FROM line INDEXED BY line_at WHERE at >= ? AND at < ?")
    .all(span) as { first: number | null; last: number | null }[];
  return { after: Math.max(after, (found?.first ?? 1) - 1), upTo: found?.last ?? 0 };
}

/** Raises of airtime rest on a document, too. */
const RAISES = ` UNION ALL SELECT n FROM line WHERE kind IN ('airtime.raised', 'airtime.raise-ended') AND journal IS NULL
      AND ${field("detail.document")} = ? AND n > ? AND n <= ?`;

/** The number alone, when more was given, such as its date. */
const directiveOf = (given: string) => documentNumberIn(given) ?? given;

/** To be called in a transaction. */
export interface Directives {
  /** Notes from which document the announcement of a line comes. */
  note(body: Pick<LogBody, "detail" | "after">): void;
  noteSource(id: string, source: string | undefined): void;
}

export function openDirectives(database: Database.Database): Directives {
  const write = database.prepare("INSERT INTO directive (number, announcement) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const noteSource = (id: string, source: string | undefined) => {
    const number = documentNumberIn(source ?? "");
    if (number !== undefined) write.run([number, id]);
  };
  return {
    noteSource,
    note({ detail, after }) {
      const id = textIn(detail, "id");
      if (id !== undefined) noteSource(id, textIn(after, "source"));
    },
  };
}

function textIn(value: object | undefined, name: string): string | undefined {
  const found: unknown = value && Object.getOwnPropertyDescriptor(value, name)?.value;
  return typeof found === "string" ? found : undefined;
}
