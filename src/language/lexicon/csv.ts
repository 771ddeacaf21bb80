/**
 * Tables of comma-separated values (RFC 4180): rows in, rows out, for spreadsheets that people edit readings in.
 *
 * @module
 */

/** One row, and the line of the file on which it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Longest table, UTF-16 units. */
export const LONGEST_TABLE = 1_000_000;

/** What a spreadsheet would run as a formula, with as many apostrophes before it as there may be. */
const FORMULA = /^'*[=+\-@\t\r]/u;

/** A mistake in the table itself: a quotation mark that is never closed, or that stands inside a bare cell. */
export class CsvMistake extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`line ${line}: a quotation mark is out of place`);
    this.line = line;
  }
}

/**
 * Reads a table. Cells are parted by commas, or by semicolons when the first line has no comma; empty lines are left out;
 * a cell that {@link writeCsv} made harmless is as it was before.
 *
 * @throws CsvMistake at the first one
 */
export function readCsv(text: string): readonly CsvRow[] {
  const table = text.replace(/^\uFEFF/u, "");
  const header = table.slice(0, table.search(/[\r\n]|$/u));
  const parting = header.includes(",") || !header.includes(";") ? "," : ";";
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let began = 1;
  let at = 0;
  while (at < table.length) {
    const quoted = table[at] === '"';
    const end = quoted ? endOfQuoted(table, at, line) : endOfBare(table, at, { parting, line });
    const raw = table.slice(at, end);
    cells.push(harmed(quoted ? raw.slice(1, -1).replaceAll('""', '"') : raw));
    line += raw.split("\n").length - 1;
    at = end;
    if (table[at] === parting) {
      at += 1;
      // A table that ends behind a comma ends in an empty cell.
      if (at < table.length) continue;
      cells.push("");
    }
    if (cells.some((cell) => cell !== "")) rows.push({ line: began, cells });
    cells = [];
    if (table.startsWith("\r\n", at)) at += 2;
    else at += 1;
    line += 1;
    began = line;
  }
  return rows;
}

function endOfQuoted(table: string, at: number, line: number): number {
  for (let next = at + 1; ; next += 2) {
    next = table.indexOf('"', next);
    if (next < 0) throw new CsvMistake(line);
    if (table[next + 1] === '"') continue;
    if (/[,;\r\n]|^$/u.test(table.charAt(next + 1))) return next + 1;
    throw new CsvMistake(line);
  }
}

function endOfBare(table: string, at: number, { parting, line }: { parting: string; line: number }): number {
  const pattern = parting === "," ? /[,\r\n"]|$/gu : /[;\r\n"]|$/gu;
  pattern.lastIndex = at;
  const end = pattern.exec(table)?.index ?? table.length;
  if (table[end] === '"') throw new CsvMistake(line);
  return end;
}

/** Takes one apostrophe off what was made harmless. */
const harmed = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);

/** Lines with the mark by which spreadsheets know UTF-8. What they would run as a formula gets an apostrophe before it. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(writeCell).join(",")}\r\n`).join("")}`;

function writeCell(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
