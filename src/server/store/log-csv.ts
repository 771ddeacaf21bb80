/**
 * The as-run log as a table for a spreadsheet.
 *
 * @module
 */
import type { ChainedLine } from "./log-line.js";

const COLUMNS = [
  "n",
  "at",
  "writtenAt",
  "source",
  "kind",
  "receiver",
  "area",
  "occurrence",
  "cue",
  "announcements",
  "class",
  "why",
  "by",
  "heardMs",
  "dueAt",
  "journal",
  "seq",
  "detail",
  "hash",
] as const;
const TIMES: readonly string[] = ["at", "writtenAt", "dueAt"];

/** With the mark by which spreadsheets know UTF-8. */
export const csvHeader = `\uFEFF${COLUMNS.join(",")}\r\n`;

/** Times are ISO 8601 in UTC. */
export const csvRow = (line: ChainedLine): string =>
  `${COLUMNS.map((column) => cell(column, line[column])).join(",")}\r\n`;

function cell(column: string, value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "number") return TIMES.includes(column) ? new Date(value).toISOString() : String(value);
  const text = typeof value === "string" ? value : Array.isArray(value) ? value.join(" ") : JSON.stringify(value);
  // A cell that begins like a formula would be run by the spreadsheet that opens it.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
