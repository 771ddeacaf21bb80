/**
 * Whether the words that lie beside the lines are those that were written: each line of the chain holds the salted hash of its own, and
 * what was erased is told by a line.
 *
 * @module
 */
import type Database from "libsql";
import * as z from "zod/mini";
import type { LogFlaw } from "../../domain/log-flaw.js";
import { type PersonalText, personalHash } from "./log-body.js";
import { LINES_MENDED } from "./log-check.js";
import { WORDS_ERASED } from "./log-personal.js";

/** Lines looked at in one go: a few milliseconds. */
const PAGE = 2_000;

const erasureSchema = z.object({ lines: z.array(z.int()) });

interface Row extends Partial<PersonalText> {
  readonly n: number;
  readonly personal: string | null;
}

/** To be asked when the chain holds. The first line whose words are not as the chain says. */
export async function wordsFlaw(
  database: Database.Database,
  letOthersRun: () => Promise<void>,
): Promise<LogFlaw | undefined> {
  if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'personal'").all().length === 0) return undefined;
  const [{ last } = { last: 0 }] = database.prepare("SELECT coalesce(max(n), 0) AS last FROM line").all() as {
    last: number;
  }[];
  const erased = erasedLines(database);
  const mended = mendedUpTo(database);
  const read = database.prepare(
    `SELECT line.n, json_extract(body, '$.personal') AS personal, salt, text FROM line LEFT JOIN personal ON personal.n = line.n
     WHERE line.n > ? AND line.n <= ? AND line.journal IS NULL
       AND (salt IS NOT NULL OR json_extract(body, '$.personal') IS NOT NULL) ORDER BY line.n`,
  );
  for (let after = 0; after < last; after += PAGE) {
    for (const { n, personal, salt, text } of read.all([after, after + PAGE]) as Row[]) {
      const isThere = salt !== undefined && salt !== null && text !== undefined;
      if (isThere && personalHash({ salt, text }) !== personal) return { kind: "words-changed", n };
      // Which words a damaged disk has lost, the line that tells of it does not name one by one.
      if (!isThere && !erased.has(n) && n > mended) return { kind: "words-removed", n };
    }
    await letOthersRun();
  }
  return undefined;
}

const detailsOf = (database: Database.Database, kind: string) =>
  database
    .prepare("SELECT n, json_extract(body, '$.detail') AS detail FROM line WHERE kind = ? AND journal IS NULL")
    .all([kind]) as { readonly n: number; readonly detail: string | null }[];

const erasedLines = (database: Database.Database): ReadonlySet<number> =>
  new Set(
    detailsOf(database, WORDS_ERASED).flatMap(
      ({ detail }) => erasureSchema.safeParse(JSON.parse(detail ?? "{}")).data?.lines ?? [],
    ),
  );

const mendedUpTo = (database: Database.Database): number =>
  Math.max(0, ...detailsOf(database, LINES_MENDED).map(({ n }) => n));
