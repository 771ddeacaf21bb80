/**
 * Lines in the order of their numbers, taken away at the front. Nothing is copied for a single line, however many wait.
 *
 * @module
 */

/** What the front may leave behind before it is really removed. */
const SLACK = 1_024;

export interface LineQueue<T extends { readonly seq: number }> {
  readonly length: number;
  readonly first: T | undefined;
  readonly last: T | undefined;
  push(line: T): void;
  /** Removes all lines up to this number; returns how many these were. */
  dropUpTo(seq: number): number;
  /** At most `most` lines after this number. */
  after(seq: number, most: number): T[];
  all(): T[];
}

export function createLineQueue<T extends { readonly seq: number }>(start: readonly T[]): LineQueue<T> {
  let lines = [...start];
  let head = 0;

  /** Index of the first line with a higher number. */
  const behind = (seq: number): number => {
    let [low, high] = [head, lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    get length() {
      return lines.length - head;
    },
    get first() {
      return lines[head];
    },
    get last() {
      return lines.length > head ? lines.at(-1) : undefined;
    },
    push(line) {
      lines.push(line);
    },
    dropUpTo(seq) {
      const next = behind(seq);
      const dropped = next - head;
      head = next;
      // Half of it is gone: what stays is moved once for every line that left.
      if (head > SLACK && head * 2 > lines.length) {
        lines = lines.slice(head);
        head = 0;
      }
      return dropped;
    },
    after(seq, most) {
      const from = behind(seq);
      return lines.slice(from, from + most);
    },
    all: () => lines.slice(head),
  };
}
