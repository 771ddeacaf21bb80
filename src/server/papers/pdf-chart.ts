/**
 * Charts on paper.
 *
 * @module
 */
import type { Chart } from "../../domain/paper.js";
import { numberWords } from "../../domain/report-words.js";
import { labelEvery, scaleOf } from "./bars.js";
import { DARK, GREY, LIGHT, MARGINS, type Pdf, room, textOf, widthOf } from "./pdf-sheet.js";

const COLUMNS_HEIGHT = 110;
const BAR_HEIGHT = 15;
/** For the figures at the side of columns, and for the names of bars. */
const AXIS = 40;
const NAMES = 150;

export function drawChart(pdf: Pdf, chart: Chart): void {
  const height = (chart.shape === "columns" ? COLUMNS_HEIGHT + 20 : chart.bars.length * BAR_HEIGHT) + 44;
  if (room(pdf) < height) pdf.addPage();
  const { title, unit, partTitle } = chart;
  const legend = partTitle === undefined ? "" : `; phần đậm: ${partTitle}`;
  pdf
    .font("italic")
    .fontSize(12)
    .text(textOf(`${title} (${unit}${legend})`), MARGINS.left, pdf.y, { width: widthOf(pdf), align: "center" });
  const y = pdf.y + 6;
  if (chart.shape === "columns") drawColumns(pdf, chart, y);
  else drawBars(pdf, chart, y);
  pdf.fillColor("black");
  pdf.x = MARGINS.left;
  pdf.y = y + height - 30;
}

function drawColumns(pdf: Pdf, chart: Chart, y: number): void {
  const { top, lines } = scaleOf(chart);
  const [left, width] = [MARGINS.left + AXIS, widthOf(pdf) - AXIS];
  const foot = y + COLUMNS_HEIGHT;
  pdf.font("regular").fontSize(8);
  for (const value of [0, ...lines]) {
    const at = foot - (value / top) * COLUMNS_HEIGHT;
    pdf
      .moveTo(left, at)
      .lineTo(left + width, at)
      .lineWidth(0.4)
      .stroke(GREY);
    pdf.fillColor("black").text(numberWords(value, value % 1 === 0 ? 0 : 1), MARGINS.left, at - 4, {
      width: AXIS - 5,
      align: "right",
      lineBreak: false,
    });
  }
  const step = width / chart.bars.length;
  const every = labelEvery(chart.bars.length);
  for (const [at, { label, value, part = 0 }] of chart.bars.entries()) {
    const x = left + at * step;
    const tall = (value / top) * COLUMNS_HEIGHT;
    const dark = (part / top) * COLUMNS_HEIGHT;
    pdf.rect(x + step * 0.15, foot - tall, step * 0.7, tall).fill(LIGHT);
    pdf.rect(x + step * 0.15, foot - dark, step * 0.7, dark).fill(DARK);
    if (at % every === 0)
      pdf
        .fillColor("black")
        .text(textOf(label), x - 12, foot + 4, { width: step + 24, align: "center", lineBreak: false });
  }
}

function drawBars(pdf: Pdf, chart: Chart, y: number): void {
  const { top } = scaleOf(chart);
  const width = widthOf(pdf) - NAMES - 50;
  pdf.font("regular").fontSize(10);
  for (const [at, { label, value }] of chart.bars.entries()) {
    const line = y + at * BAR_HEIGHT;
    const length = (value / top) * width;
    pdf.fillColor("black").text(textOf(label), MARGINS.left, line, {
      width: NAMES - 8,
      align: "right",
      height: BAR_HEIGHT,
      ellipsis: true,
    });
    pdf.rect(MARGINS.left + NAMES, line + 1, length, BAR_HEIGHT - 5).fill(DARK);
    pdf.fillColor("black").text(numberWords(value, 1), MARGINS.left + NAMES + length + 5, line, { lineBreak: false });
  }
}
