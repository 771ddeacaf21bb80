/**
 * A document as PDF on A4, laid out as Decree 30/2020 wants it (appendix I): margins, two heads side by side, page numbers from the
 * second page on, the place of the signature beside «Nơi nhận».
 *
 * @module
 */
import { once } from "node:events";
import PdfDocument from "pdfkit";
import type { Block, Paper } from "../../domain/paper.js";
import { drawChart } from "./pdf-chart.js";
import { drawEnd, drawHead } from "./pdf-frame.js";
import { BODY, FONTS, HEADING, MARGINS, type Pdf, room, textOf } from "./pdf-sheet.js";
import { drawTable } from "./pdf-table.js";

/** First line of a paragraph: 1 cm, in points. */
const INDENT = 28.35;

/**
 * The same document and time always give the same bytes.
 *
 * @param madeAt civil milliseconds, kept in the file
 */
export async function pdfOf(paper: Paper, madeAt: number): Promise<Buffer> {
  const pdf: Pdf = new PdfDocument({
    ...{ size: "A4", margins: MARGINS, bufferPages: true, lang: "vi", displayTitle: true, tagged: false },
    info: {
      Title: textOf(`${paper.kindOfDocument}. ${paper.subject}`),
      Author: textOf(paper.head.issuer),
      CreationDate: new Date(madeAt),
    },
  });
  const pieces: Buffer[] = [];
  pdf.on("data", (piece: Buffer) => pieces.push(piece));
  const done = once(pdf, "end");
  for (const [name, file] of Object.entries(FONTS)) pdf.registerFont(name, file);
  drawHead(pdf, paper);
  for (const block of paper.blocks) drawBlock(pdf, block);
  drawEnd(pdf, paper);
  numberPages(pdf);
  pdf.end();
  await done;
  return Buffer.concat(pieces);
}

function drawBlock(pdf: Pdf, block: Block): void {
  switch (block.kind) {
    case "heading":
      // Never alone at the foot of a page.
      if (room(pdf) < 90) pdf.addPage();
      pdf.font("bold").fontSize(HEADING).text(textOf(block.text), { indent: INDENT }).moveDown(0.3);
      return;
    case "paragraph":
      pdf
        .font("regular")
        .fontSize(BODY)
        .text(textOf(block.text), { indent: INDENT, align: "justify", lineGap: 2 })
        .moveDown(0.4);
      return;
    case "table":
      if (block.rows.length > 0) drawTable(pdf, block);
      return;
    case "chart":
      if (block.bars.length > 0) drawChart(pdf, block);
  }
}

/** In the middle above the text, not on the first page. */
function numberPages(pdf: Pdf): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start + 1; page < start + count; page++) {
    pdf.switchToPage(page);
    const width = pdf.page.width - MARGINS.left - MARGINS.right;
    const { top } = pdf.page.margins;
    pdf.page.margins.top = 0;
    pdf
      .font("regular")
      .fontSize(BODY)
      .text(String(page + 1), MARGINS.left, 30, { width, align: "center", lineBreak: false });
    pdf.page.margins.top = top;
  }
}
