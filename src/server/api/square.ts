/**
 * A square (QR code) to point a telephone at, drawn into the page itself: no script, and nothing that leaves the page.
 *
 * @module
 */
import { encode } from "uqr";
import { safe } from "./html.js";

/** Bytes that a square holds, and up to how many its squares are large enough for a telephone to make do with three quarters. */
const MOST = 2_900;
const CRISP = 700;
/** Light around it, in its smallest squares, as readers want it. */
const BORDER = 4;

/** A square as it is drawn: `path` is of what is dark, within `size` units in both directions. */
export interface Square {
  readonly size: number;
  readonly path: string;
}

/**
 * A quarter of it may be unreadable: screens have reflections. Of a long text, such as that of a station with a long name, only a
 * fifteenth may; one that no square holds gets none, and whoever reads the page types what stands beside it.
 *
 * @param text ASCII, as links are
 */
export function squareFor(text: string): Square | undefined {
  if (text.length > MOST) return undefined;
  const { data, size } = encode(text, { ecc: text.length > CRISP ? "L" : "Q", border: BORDER });
  const dark = data.flatMap((row, y) => runsOf(row).map(([from, to]) => `M${from} ${y}h${to - from}v1H${from}z`));
  return { size, path: dark.join("") };
}

/**
 * The text as SVG for a page that the server makes; empty where there is no square.
 *
 * @param about what it is, for those who do not see it
 */
export function squareOf(text: string, about: string): string {
  const square = squareFor(text);
  if (!square) return "";
  const { size, path } = square;
  return `<svg class="square" viewBox="0 0 ${size} ${size}" role="img" aria-label="${safe(about)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${path}"/></svg>`;
}

/** Where dark begins and ends in a row. */
function runsOf(row: readonly boolean[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  row.forEach((isDark, x) => {
    const last = runs.at(-1);
    if (isDark && last?.[1] === x) last[1] = x + 1;
    else if (isDark) runs.push([x, x + 1]);
  });
  return runs;
}
