/**
 * Charts of a page, as SVG.
 *
 * @module
 */
import type { Chart } from "../../domain/paper.js";
import { numberWords } from "../../domain/report-words.js";
import { labelEvery, scaleOf } from "./bars.js";

const WIDTH = 700;
const COLUMNS_HEIGHT = 160;
const BAR_HEIGHT = 22;
const AXIS = 60;
const NAMES = 210;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What people wrote, as HTML text. */
export const safe = (text: string): string =>
  text.normalize("NFC").replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? "");

/** With all figures in words for who does not see it. */
export function svgOf(chart: Chart): string {
  const { title, unit, partTitle, bars, shape } = chart;
  const legend = partTitle === undefined ? "" : `; phần đậm: ${partTitle}`;
  const height = shape === "columns" ? COLUMNS_HEIGHT + 36 : bars.length * BAR_HEIGHT + 4;
  const told = bars.map(({ label, value }) => `${label}: ${numberWords(value, 1)}`).join("; ");
  return `<figure><figcaption>${safe(`${title} (${unit}${legend})`)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${safe(`${title}. ${told}`)}" font-size="11" font-family="inherit">
${shape === "columns" ? columns(chart) : lying(chart)}
</svg></figure>`;
}

const at = (value: number): string => value.toFixed(1);

function columns(chart: Chart): string {
  const { top, lines } = scaleOf(chart);
  const foot = COLUMNS_HEIGHT + 10;
  const up = (value: number) => (value / top) * COLUMNS_HEIGHT;
  const grid = [0, ...lines].map(
    (value) =>
      `<path d="M${AXIS} ${at(foot - up(value))}H${WIDTH}" stroke="#ccc"/><text x="${AXIS - 6}" y="${at(foot - up(value) + 4)}" text-anchor="end">${numberWords(value, value % 1 === 0 ? 0 : 1)}</text>`,
  );
  const step = (WIDTH - AXIS) / chart.bars.length;
  const every = labelEvery(chart.bars.length);
  const drawn = chart.bars.map(({ label, value, part = 0 }, index) => {
    const x = AXIS + index * step;
    const bar = (of: number, colour: string) =>
      `<rect x="${at(x + step * 0.15)}" y="${at(foot - up(of))}" width="${at(step * 0.7)}" height="${at(up(of))}" fill="${colour}"/>`;
    const name =
      index % every === 0
        ? `<text x="${at(x + step / 2)}" y="${foot + 16}" text-anchor="middle">${safe(label)}</text>`
        : "";
    return `${bar(value, "#9dc3e6")}${part > 0 ? bar(part, "#1f4e79") : ""}${name}`;
  });
  return [...grid, ...drawn].join("\n");
}

function lying(chart: Chart): string {
  const { top } = scaleOf(chart);
  const width = WIDTH - NAMES - 60;
  return chart.bars
    .map(({ label, value }, index) => {
      const y = index * BAR_HEIGHT;
      const length = (value / top) * width;
      return `<text x="${NAMES - 8}" y="${y + 15}" text-anchor="end">${safe(label)}</text><rect x="${NAMES}" y="${y + 4}" width="${at(length)}" height="14" fill="#1f4e79"/><text x="${at(NAMES + length + 6)}" y="${y + 15}">${numberWords(value, 1)}</text>`;
    })
    .join("\n");
}
