/**
 * Figures as rows: what was measured, beside what it is compared with in the same run, and whether the goal is reached.
 *
 * @module
 */

export interface Row {
  readonly what: string;
  /** The figure with its unit. */
  readonly figure: string;
  /** The peer's figure or the limit in the same run. */
  readonly against?: string;
  /** Figure divided by the peer's. */
  readonly ratio?: number;
  readonly goal?: string;
  /** `undefined` when there is no goal, or nothing to compare with. */
  readonly reached?: boolean | undefined;
}

/** A part of the benchmark that can be chosen by name. */
export type Section<B> = (bench: B) => Promise<readonly Row[]>;

/** The rows as lines of text in columns. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, figure, against = "", ratio, goal = "", reached }) => [
    what,
    figure,
    against,
    ratio === undefined ? "" : ratio.toFixed(2),
    goal,
    reached === undefined ? "" : reached ? "reached" : "NOT reached",
  ]);
  const table = [["what", "figure", "against, same run", "ratio", "goal", ""], ...cells];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
