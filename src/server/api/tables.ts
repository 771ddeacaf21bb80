/**
 * Lists as tables for a spreadsheet.
 *
 * @module
 */
import { type Cell, CSV_MARK, csvLine } from "../../base/csv.js";
import type { Reply } from "./route.js";

/** Rows that are written at a time. */
const ROWS_AT_ONCE = 200;

/**
 * A list as a CSV file to be kept.
 *
 * @param columns the fields of each row, in order, which are also the names in the first line
 * @param name of the file, without its ending
 */
export function tableOf<Row extends object, Column extends keyof Row & string>(
  rows: readonly Row[],
  columns: readonly Column[],
  name: string,
): Reply<never> {
  return { kind: "pieces", pieces: piecesOf(rows, columns), name: `${name}.csv`, media: "text/csv" };
}

async function* piecesOf<Row extends object, Column extends keyof Row & string>(
  rows: readonly Row[],
  columns: readonly Column[],
): AsyncGenerator<string> {
  yield CSV_MARK + csvLine(columns);
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    yield some.map((row) => csvLine(columns.map((column) => cellOf(row[column])))).join("");
  }
}

function cellOf(value: unknown): Cell {
  if (value === undefined || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return JSON.stringify(value);
}
