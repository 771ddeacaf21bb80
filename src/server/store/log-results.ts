/**
 * From a receiver's lines about one occurrence to what became of it.
 *
 * @module
 */
import type { ReceiverId } from "../../domain/ids.js";
import type { Result, ResultState } from "../../domain/ticket.js";
import { isJournalEvent, resultStateOf } from "../../protocol/journal-results.js";
import type { ChainedLine } from "./log-line.js";

/** @param lines of one occurrence, in the order in which they were written */
export function resultsIn(lines: readonly ChainedLine[]): ReadonlyMap<ReceiverId, Result> {
  const results = new Map<ReceiverId, Result>();
  for (const line of lines) {
    if (line.source !== "receiver" || !isJournalEvent(line.kind)) continue;
    const state = resultStateOf(line.kind);
    // What was only due says nothing of what was heard.
    if (state !== "due" && line.receiver !== undefined)
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
    ...(sounds && before?.startedAt === undefined ? { startedAt: line.at } : {}),
    ...(sounds || state === "interrupted" ? {} : { endedAt: line.at }),
  };
}
