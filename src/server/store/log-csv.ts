/**
 * The as-run log as a table for a spreadsheet.
 *
 * @module
 */
import { type Cell, CSV_MARK, csvLine } from "../../base/csv.js";
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
  "account",
  "from",
  "factor",
  "before",
  "after",
  "heardMs",
  "dueAt",
  "journal",
  "seq",
  "detail",
  "hash",
] as const;
const TIMES: readonly string[] = ["at", "writtenAt", "dueAt"];

/** The names of the columns. */
export const csvHeader = `${CSV_MARK}${csvLine(COLUMNS)}`;

/** Times are ISO 8601 in UTC. */
export function csvRow({ who, ...line }: ChainedLine): string {
  const row: Readonly<Partial<Record<(typeof COLUMNS)[number], unknown>>> = { ...line, ...who };
  return csvLine(COLUMNS.map((column) => cellOf(column, row[column])));
}

function cellOf(column: string, value: unknown): Cell {
  if (value === undefined) return undefined;
  if (typeof value === "number") return TIMES.includes(column) ? new Date(value).toISOString() : value;
  return typeof value === "string" ? value : Array.isArray(value) ? value.join(" ") : JSON.stringify(value);
}
