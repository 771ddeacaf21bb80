/**
 * What became of occurrences: from a receiver's lines about one occurrence, and from the lines that hold the results.
 *
 * @module
 */
import type Database from "libsql";
import type { OccurrenceId, ReceiverId } from "../../domain/ids.js";
import type { HeldResult, ResultQuery } from "../../domain/result.js";
import type { Result, ResultState } from "../../domain/ticket.js";
import { resultStateOf } from "../../protocol/journal-results.js";
import type { ChainedLine, LogBody } from "./log-line.js";
import { withBeside } from "./log-personal.js";

/** @param lines of one occurrence, in the order in which they were written */
export function resultsIn(lines: readonly ChainedLine[]): ReadonlyMap<ReceiverId, Result> {
  const results = new Map<ReceiverId, Result>();
  for (const line of lines) {
    const state = line.source === "receiver" ? resultStateOf(line.kind, line.why) : undefined;
    if (state !== undefined && line.receiver !== undefined)
      results.set(line.receiver, after(results.get(line.receiver), line, state));
  }
  return results;
}

function after(before: Result | undefined, line: ChainedLine, state: ResultState): Result {
  const sounds = state === "sounding";
  return {
    ...before,
    state,
    ...(line.why === undefined ? {} : { why: line.why }),
    ...(line.by === undefined ? {} : { by: line.by }),
    ...(sounds && before?.startedAt === undefined ? { startedAt: line.at } : {}),
    ...(sounds || state === "interrupted" ? {} : { endedAt: line.at }),
  };
}

interface Row {
  readonly n: number;
  readonly occurrence: OccurrenceId;
  readonly receiver: ReceiverId;
  readonly state: ResultState;
  readonly said: number;
  readonly body: string;
}

/**
 * In the order in which their lines were written. The results of one line come together, so that the next page can begin after
 * it: where a line settles many, a page may be longer than asked for.
 *
 * @param limit about how many results to return
 */
export function readResults(database: Database.Database, query: ResultQuery, limit: number): HeldResult[] {
  const conditions: [sql: string, value: string | number][] = [["result.n > ?", query.after ?? 0]];
  if (query.occurrence !== undefined) conditions.push(["result.occurrence = ?", query.occurrence]);
  if (query.receiver !== undefined) conditions.push(["result.receiver = ?", query.receiver]);
  if (query.receivers !== undefined)
    conditions.push(["result.receiver IN (SELECT value FROM json_each(?))", JSON.stringify(query.receivers)]);
  const read = (more: typeof conditions, most: number): Row[] => {
    const all = [...conditions, ...more];
    const sql = `SELECT result.n, result.occurrence, result.receiver, result.state, result.said, line.body
      FROM result JOIN line ON line.n = result.n
      WHERE ${all.map(([condition]) => condition).join(" AND ")} ORDER BY result.n LIMIT ?`;
    return database.prepare(sql).all([...all.map(([, value]) => value), most]) as Row[];
  };
  const first = read([], limit);
  const last = first.length === limit ? first.at(-1)?.n : undefined;
  const rows =
    last === undefined ? first : [...first.filter(({ n }) => n < last), ...read([["result.n = ?", last]], -1)];
  return rows.map(({ occurrence, receiver, state, said, body }) => ({
    ...{ occurrence, receiver, state, said: said === 1 },
    line: withBeside(database, JSON.parse(body) as LogBody),
  }));
}
