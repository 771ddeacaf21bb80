/**
 * From a receiver's lines about one occurrence to what became of it.
 *
 * @module
 */
import type { ReceiverId } from "../../domain/ids.js";
import type { Result, ResultState } from "../../domain/ticket.js";
import type { LogLine } from "./log-line.js";

/** What each kind of journal line means for the result. */
const STATES: Readonly<Record<string, ResultState>> = {
  started: "sounding",
  resumed: "sounding",
  interrupted: "interrupted",
  finished: "played",
  cut: "cut",
  missed: "missed",
  muted: "muted",
  refused: "missed",
  failed: "missed",
};

/** @param lines of one occurrence, in the order in which they were written */
export function resultsIn(lines: readonly LogLine[]): ReadonlyMap<ReceiverId, Result> {
  const results = new Map<ReceiverId, Result>();
  for (const line of lines) {
    const state = line.source === "receiver" ? STATES[line.kind] : undefined;
    if (state !== undefined && line.receiver !== undefined)
      results.set(line.receiver, after(results.get(line.receiver), line, state));
  }
  return results;
}

function after(before: Result | undefined, line: LogLine, state: ResultState): Result {
  const sounds = state === "sounding";
  return {
    ...before,
    state,
    ...(line.why === undefined ? {} : { why: line.why }),
    ...(sounds && before?.startedAt === undefined ? { startedAt: line.at } : {}),
    ...(sounds || state === "interrupted" ? {} : { endedAt: line.at }),
  };
}
