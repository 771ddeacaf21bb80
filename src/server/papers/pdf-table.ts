/**
 * Tables on paper: the head comes again on each page, a row is never torn apart.
 *
 * @module
 */
import type { Column, PaperCell, Table } from "../../domain/paper.js";
import { shown } from "./cells.js";
import { CELL, GREY, LINE, MARGINS, type Pdf, room, textOf, widthOf } from "./pdf-sheet.js";

const PADDING = 3;

interface Laid {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
}

type Style = "head" | "row" | "total";

export function drawTable(pdf: Pdf, { title, columns, rows, total, most = rows.length }: Table): void {
  const weight = columns.reduce((sum, column) => sum + column.weight, 0);
  const laid = { columns, widths: columns.map((column) => (column.weight / weight) * widthOf(pdf)) };
  const head = columns.map((column) => column.title);
  const listed = rows.slice(0, most);
  const first = heightOf(pdf, head, { laid, style: "head" }) + heightOf(pdf, listed[0] ?? [], { laid, style: "row" });
  pdf.font("italic").fontSize(12);
  const titleHeight = pdf.heightOfString(textOf(title), { width: widthOf(pdf) });
  if (room(pdf) < titleHeight + first + 6) pdf.addPage();
  pdf
    .font("italic")
    .fontSize(12)
    .text(textOf(title), MARGINS.left, pdf.y, { width: widthOf(pdf), align: "center" });
  pdf.y += 3;
  drawRow(pdf, head, { laid, style: "head" });
  const all: readonly (readonly [readonly PaperCell[], Style])[] = [
    ...listed.map((row) => [row, "row"] as const),
    ...(total ? [[total, "total"] as const] : []),
  ];
  for (const [cells, style] of all) {
    if (heightOf(pdf, cells, { laid, style }) > room(pdf)) {
      pdf.addPage();
      drawRow(pdf, head, { laid, style: "head" });
    }
    drawRow(pdf, cells, { laid, style });
  }
  pdf.x = MARGINS.left;
  pdf.y += 10;
}

interface Drawn {
  readonly laid: Laid;
  readonly style: Style;
}

const wordsOf = (cell: PaperCell, column: Column | undefined, style: Style): string =>
  textOf(style === "head" ? String(cell ?? "") : shown(cell, column));

function heightOf(pdf: Pdf, cells: readonly PaperCell[], { laid, style }: Drawn): number {
  setFont(pdf, style);
  const heights = laid.columns.map((column, at) => {
    const width = (laid.widths[at] ?? 0) - 2 * PADDING;
    return pdf.heightOfString(wordsOf(cells[at], column, style) || " ", { width });
  });
  return Math.max(...heights) + 2 * PADDING;
}

function drawRow(pdf: Pdf, cells: readonly PaperCell[], { laid, style }: Drawn): void {
  const height = heightOf(pdf, cells, { laid, style });
  const y = pdf.y;
  let x = MARGINS.left;
  for (const [at, column] of laid.columns.entries()) {
    const width = laid.widths[at] ?? 0;
    if (style === "head") pdf.rect(x, y, width, height).fill(GREY);
    pdf.rect(x, y, width, height).lineWidth(0.5).stroke(LINE);
    setFont(pdf, style);
    const isNumber = column.decimals !== undefined && typeof cells[at] === "number";
    const align = style === "head" ? "center" : isNumber ? "right" : "left";
    pdf
      .fillColor("black")
      .text(wordsOf(cells[at], column, style), x + PADDING, y + PADDING, { width: width - 2 * PADDING, align });
    x += width;
  }
  pdf.x = MARGINS.left;
  pdf.y = y + height;
}

const setFont = (pdf: Pdf, style: Style) => pdf.font(style === "row" ? "regular" : "bold").fontSize(CELL);
