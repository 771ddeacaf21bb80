/**
 * Tables for spreadsheets.
 *
 * @module
 */

/** What a cell may hold; nothing makes an empty one. */
export type Cell = string | number | boolean | undefined;

/** The mark by which spreadsheets know UTF-8: the first thing in a file. */
export const CSV_MARK = "\uFEFF";

/** One row, with its end of line. Cells that a spreadsheet would run as a formula are made text. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function csvCell(value: Cell): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return String(value);
  // A cell that begins like a formula would be run by the spreadsheet that opens it, also when blanks stand before it.
  const safe = /^\s*[=+\-@\t\r\n]/.test(value) || /^\s*[＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
