/**
 * Soundings of one day as blocks beside each other: none hides another. Pure.
 *
 * @module
 */

export interface Placed<T> {
  readonly of: T;
  /** Minutes of the day at which its block begins, and how long that is. */
  readonly from: number;
  readonly minutes: number;
  /** Which of so many columns beside each other. */
  readonly lane: number;
  readonly lanes: number;
}

/** @param least minutes that a block is drawn with, or it could not be pressed */
export function inLanes<T>(
  all: readonly T[],
  spanOf: (one: T) => { readonly from: number; readonly minutes: number },
  least: number,
): Placed<T>[] {
  const blocks = all
    .map((of) => ({ of, from: spanOf(of).from, minutes: Math.max(least, spanOf(of).minutes) }))
    .toSorted((one, other) => one.from - other.from);
  const placed: Placed<T>[] = [];
  let cluster: (Omit<Placed<T>, "lanes"> & { lane: number })[] = [];
  let ends: number[] = [];
  const close = () => {
    placed.push(...cluster.map((block) => ({ ...block, lanes: ends.length })));
    cluster = [];
    ends = [];
  };
  for (const block of blocks) {
    if (cluster.length > 0 && block.from >= Math.max(...ends)) close();
    const free = ends.findIndex((end) => end <= block.from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = block.from + block.minutes;
    cluster.push({ ...block, lane });
  }
  close();
  return placed;
}
