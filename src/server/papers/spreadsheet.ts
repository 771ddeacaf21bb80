/**
 * A document's tables as a spreadsheet (xlsx), one sheet each, with all their rows.
 *
 * Every text is written as a text: what begins with = + - or @ is shown as it is and never run.
 *
 * @module
 */
import writeExcelFile, { type Row, type Sheet } from "write-excel-file/node";
import type { Column, Paper, PaperCell, Table } from "../../domain/paper.js";
import { shown } from "./cells.js";

/** Longest text that a cell of a spreadsheet holds (ECMA-376). */
const MOST_LETTERS = 32_767;
/** Letters that are wide enough for one part of a column's weight. */
const LETTERS_A_PART = 4;
/** Letters of a line on the first sheet. */
const COVER_LETTERS = 80;
/** Height of a line of 11-point letters, points. */
const LINE_HEIGHT = 15;

export async function spreadsheetOf(paper: Paper): Promise<Buffer> {
  const tables = paper.blocks.filter((block): block is Table => block.kind === "table");
  return writeExcelFile([coverOf(paper), ...tables.map(sheetOf)], {
    fontFamily: "Times New Roman",
    fontSize: 12,
  }).toBuffer();
}

type AnySheet = Sheet<Buffer>;

/** Says what this is, and what can be said in sentences. */
function coverOf({ kindOfDocument, subject, blocks, proof, head }: Paper): AnySheet {
  const sentences = blocks.flatMap((block): Row[] =>
    block.kind === "heading"
      ? [[text(block.text, { fontWeight: "bold" })]]
      : block.kind === "paragraph"
        ? [[longText(block.text)]]
        : [],
  );
  const data: Row[] = [
    [text(head.issuer, {})],
    [longText(`${kindOfDocument}. ${subject}`, { fontWeight: "bold" })],
    ...sentences,
    [longText(proof, { fontStyle: "italic" })],
  ];
  return { data, sheet: "Tóm tắt", columns: [{ width: COVER_LETTERS }] };
}

function sheetOf({ name, title, columns, rows, total }: Table): AnySheet {
  const widths = columns.map(({ weight }) => Math.round(weight * LETTERS_A_PART));
  const rowOf = (cells: readonly PaperCell[], style: object): Row => {
    const height = heightOf(cells.map((cell, at) => [shown(cell, columns[at]), widths[at] ?? 1]));
    return columns.map((column, at) => cellOf(cells[at], column, { ...BORDER, ...style, height }));
  };
  const head = columns.map((column) => column.title);
  const data: Row[] = [
    [text(title, { fontWeight: "bold" })],
    rowOf(head, { fontWeight: "bold", backgroundColor: "#e8e8e8" }),
    ...rows.map((row) => rowOf(row, {})),
    ...(total ? [rowOf(total, { fontWeight: "bold" })] : []),
  ];
  return {
    data,
    sheet: name,
    stickyRowsCount: 2,
    orientation: "landscape",
    columns: widths.map((width) => ({ width })),
  };
}

/** Programs do not all make room for lines by themselves. */
const heightOf = (texts: readonly (readonly [string, number])[]): number =>
  Math.max(...texts.map(([text, width]) => Math.ceil((text.length * 1.1) / width)), 1) * LINE_HEIGHT + 2;

const longText = (value: string, style: object = {}): Row[number] =>
  text(value, { ...style, wrap: true, alignVertical: "top", height: heightOf([[value, COVER_LETTERS]]) });

const BORDER = { borderStyle: "thin", borderColor: "#555555", alignVertical: "top" } as const;

function cellOf(value: PaperCell, { decimals = 0, isPart = false }: Column, style: object): Row[number] {
  if (typeof value !== "number") return text(value ?? "", { ...style, wrap: true });
  const fraction = decimals === 0 ? "" : `.${"0".repeat(decimals)}`;
  return { type: Number, value, format: isPart ? `0${fraction}%` : `#,##0${fraction}`, ...style };
}

/** A cell that is a text whatever it looks like. Letters that XML cannot hold go. */
function text(value: string, style: object): Row[number] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these make a file that no spreadsheet opens
  const clean = value.normalize("NFC").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return { type: String, value: clean.slice(0, MOST_LETTERS), ...style };
}
