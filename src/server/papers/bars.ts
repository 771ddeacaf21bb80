/**
 * Where the bars of a chart stand, for every form alike: lengths as parts of the longest.
 *
 * @module
 */
import type { Chart } from "../../domain/paper.js";

export interface Scale {
  /** The value at the full length: a round number not below the longest bar. */
  readonly top: number;
  /** Values at which a line is drawn, 0 left out. */
  readonly lines: readonly number[];
}

export function scaleOf({ bars }: Pick<Chart, "bars">): Scale {
  const longest = Math.max(1, ...bars.map(({ value }) => value));
  const rough = longest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? 10 * power;
  const count = Math.ceil(longest / step - 1e-9);
  return { top: count * step, lines: Array.from({ length: count }, (_, at) => (at + 1) * step) };
}

/** Every how many columns have their label: more would run into each other. */
export const labelEvery = (count: number): number => Math.ceil(count / 16);
