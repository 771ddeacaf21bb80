/**
 * When somebody has heard or read enough of an announcement to approve it. Pure.
 *
 * @module
 */

/** So much of the sound. */
const HEARD = 0.8;
/** Nobody reads faster than three times as fast as it is said. */
const READING_SPEED = 3;

export interface Attention {
  /** How much of the sound was heard, 0 to 1. */
  readonly heard: number;
  /** Whether the end of the text was in sight, and how long the text has been open, ms; a recording has no text to read. */
  readonly hasSeenEnd: boolean;
  readonly openMs: number;
  /** Length of the sound, ms. */
  readonly lengthMs: number;
}

/** Heard for four fifths, or read to the end in no less time than reading takes. */
export const isEnough = ({ heard, hasSeenEnd, openMs, lengthMs }: Attention): boolean =>
  heard >= HEARD || (hasSeenEnd && openMs >= lengthMs / READING_SPEED);

/** What waits for whoever may approve: what sounds first comes first, then what has waited longest. */
export function inOrder<
  T extends { readonly nextAt?: string | undefined; readonly submission?: { readonly at: string } | undefined },
>(waiting: readonly T[]): T[] {
  const due = ({ nextAt }: T) => nextAt ?? "9";
  const since = ({ submission }: T) => submission?.at ?? "";
  return waiting.toSorted((a, b) => due(a).localeCompare(due(b)) || since(a).localeCompare(since(b)));
}
