/**
 * Readings as a table for a spreadsheet, there and back.
 *
 * @module
 */
import * as z from "zod/mini";
import type { Words } from "../../base/errors.js";
import { type LexiconEntry, lexiconEntrySchema, readingKey } from "../../domain/lexicon.js";
import { CsvMistake, type CsvRow, LONGEST_TABLE, readCsv, writeCsv } from "./csv.js";

/** In this order when written; read in any order. Only `written` and `spoken` are needed. */
export const COLUMNS = [
  "written",
  "spoken",
  "kind",
  "anyCase",
  "after",
  "before",
  "near",
  "next",
  "alone",
  "north",
  "central",
  "south",
  "note",
] as const;
type Column = (typeof COLUMNS)[number];

/** Most readings in one table. */
export const MOST_ROWS = 2000;
/** No more problems than a person would read. */
const MOST_PROBLEMS = 20;
/** Parts the words of a list inside a cell. */
const BETWEEN_WORDS = "|";
const YES = /^(?:1|x|true|yes|có|TRUE)$/iu;

/** What is wrong in a line of the table. */
export interface TableProblem {
  /** From 1. */
  readonly line: number;
  readonly column?: Column;
  readonly words: Words;
}

/** The readings of a table, or why none of them can be taken. */
export type Table =
  | { readonly entries: readonly LexiconEntry[]; readonly problems: readonly [] }
  | { readonly entries: readonly []; readonly problems: readonly TableProblem[] };

/** All of the table or nothing of it. */
export function readingsFromTable(text: string): Table {
  if (text.length > LONGEST_TABLE) return refused({ line: 1, words: tooMany });
  let rows: readonly CsvRow[];
  try {
    rows = readCsv(text);
  } catch (error) {
    if (!(error instanceof CsvMistake)) throw error;
    return refused({ line: error.line, words: quotes });
  }
  const [header, ...body] = rows;
  const names = (header?.cells ?? []).map((name) => name.trim());
  const strange = names.find((name) => !isColumn(name));
  if (!names.includes("written") || !names.includes("spoken") || strange !== undefined)
    return refused({ line: 1, words: wrongHeader(strange) });
  if (body.length > MOST_ROWS) return refused({ line: 1, words: tooMany });
  return entriesOf(body, names.filter(isColumn));
}

const refused = (...problems: TableProblem[]): Table => ({ entries: [], problems: problems.slice(0, MOST_PROBLEMS) });
const isColumn = (name: string): name is Column => COLUMNS.some((column) => column === name);

function entriesOf(rows: readonly CsvRow[], names: readonly Column[]): Table {
  const problems: TableProblem[] = [];
  const lines = new Map<string, number>();
  const entries: LexiconEntry[] = [];
  for (const { line, cells } of rows) {
    const read = z.safeParse(lexiconEntrySchema, entryIn(names, cells));
    if (!read.success) {
      const column = read.error.issues[0]?.path.map(String).find(isColumn);
      problems.push({ line, ...(column ? { column } : {}), words: wrongCell(column) });
      continue;
    }
    const key = readingKey(read.data);
    const above = lines.get(key);
    if (above !== undefined) problems.push({ line, column: "written", words: twice(read.data.written, above) });
    lines.set(key, line);
    entries.push(read.data);
  }
  return problems.length > 0 ? refused(...problems) : { entries, problems: [] };
}

function entryIn(names: readonly Column[], cells: readonly string[]): object {
  const cell = (name: Column) => cells[names.indexOf(name)]?.trim() ?? "";
  const text = (name: Column) => (cell(name) === "" ? {} : { [name]: cell(name) });
  const list = (name: Column) =>
    cell(name) === ""
      ? {}
      : {
          [name]: cell(name)
            .split(BETWEEN_WORDS)
            .map((word) => word.trim()),
        };
  const yes = (name: Column) => (YES.test(cell(name)) ? { [name]: true } : {});
  const context = { ...list("after"), ...list("before"), ...list("near"), ...text("next"), ...yes("alone") };
  const regions = { ...text("north"), ...text("central"), ...text("south") };
  return {
    ...{ written: cell("written"), spoken: cell("spoken"), ...text("kind"), ...yes("anyCase") },
    ...(Object.keys(context).length > 0 ? { context } : {}),
    ...(Object.keys(regions).length > 0 ? { regions } : {}),
    ...text("note"),
  };
}

/** The readings with a header. {@link readingsFromTable} gives them back as they were. */
export function tableOfReadings(entries: readonly LexiconEntry[]): string {
  const rows = entries.map((entry) => COLUMNS.map((column) => cellOf(entry, column)));
  return writeCsv([COLUMNS, ...rows]);
}

function cellOf({ context = {}, regions = {}, ...entry }: LexiconEntry, column: Column): string {
  switch (column) {
    case "after":
    case "before":
    case "near":
      return (context[column] ?? []).join(BETWEEN_WORDS);
    case "next":
      return context.next ?? "";
    case "alone":
      return context.alone ? "x" : "";
    case "north":
    case "central":
    case "south":
      return regions[column] ?? "";
    case "anyCase":
      return entry.anyCase ? "x" : "";
    default:
      return entry[column] ?? "";
  }
}

const tooMany: Words = {
  vi: `bảng quá dài; mỗi lần nhập nhiều nhất ${MOST_ROWS} dòng`,
  en: `the table is too long; at most ${MOST_ROWS} rows at a time`,
};
const quotes: Words = {
  vi: 'dấu ngoặc kép " không đóng, hoặc nằm giữa ô; hãy lưu lại ở dạng CSV',
  en: 'a quotation mark " is not closed, or stands inside a cell; save the table as CSV again',
};
const wrongHeader = (strange: string | undefined): Words => {
  const list = COLUMNS.join(", ");
  const name = strange?.slice(0, 40);
  return {
    vi: `dòng đầu phải là tên cột, có written và spoken${name ? `; không có cột «${name}»` : ""}. Các cột: ${list}`,
    en: `the first line must name the columns, written and spoken among them${name ? `; there is no column "${name}"` : ""}. Columns: ${list}`,
  };
};
const wrongCell = (column: Column | undefined): Words => ({
  vi: `${column ? `cột ${column} ` : ""}chưa đúng; cách đọc chỉ gồm chữ, không có chữ số và ký hiệu`,
  en: `${column ? `column ${column} is ` : ""}not right; a reading is letters only, without digits and signs`,
});
const twice = (written: string, line: number): Words => ({
  vi: `«${written}» đã có ở dòng ${line} với cùng điều kiện`,
  en: `"${written}" stands in line ${line} already, with the same condition`,
});
