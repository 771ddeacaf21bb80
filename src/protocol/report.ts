/**
 * How much of a journal fits into one report.
 *
 * @module
 */
import { MAX_RECEIVER_MESSAGE, MAX_REPORT_LINES } from "./limits.js";
import { encodeMessage, type JournalLine, type ReceiverMessage } from "./messages.js";

/** Most bytes that one UTF-16 unit takes in JSON: a control letter as `\u0001`. */
const WORST = 6;

/**
 * The next report: as many of these lines, from the first on, as one message may hold. At least one, when there are any.
 *
 * @param lines unacknowledged lines in order of their numbers
 */
export function nextReport(journal: string, lines: readonly JournalLine[]): Extract<ReceiverMessage, { t: "report" }> {
  const taken: JournalLine[] = [];
  let bytes = encodeMessage({ t: "report", p: { journal, lines: [] } }).length + journal.length * WORST;
  for (const line of lines.slice(0, MAX_REPORT_LINES)) {
    bytes += bytesOf(line) + 1;
    if (bytes > MAX_RECEIVER_MESSAGE && taken.length > 0) break;
    taken.push(line);
  }
  return { t: "report", p: { journal, lines: taken } };
}

/** UTF-8 bytes of the line as JSON. */
const bytesOf = (line: JournalLine): number => new TextEncoder().encode(JSON.stringify(line)).length;
