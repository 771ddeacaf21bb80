/**
 * Asks for something that a page can do without for a while: again after growing pauses when it did not come, and then no more until
 * there is a reason.
 *
 * @module
 */
import { doubling } from "../../../base/backoff.js";
import type { Cancel, Clock } from "../../../base/clock.js";
import { seconds } from "../../../base/units.js";

/** One page alone asks: its pauses need no chance in them. */
const PAUSES = { base: seconds(2), cap: seconds(60) };
/** Questions in a row. */
const MOST = 6;

export interface AskingParts<T> {
  readonly clock: Clock;
  readonly ask: () => Promise<T>;
  readonly onFound: (found: T) => void;
}

export interface Asking {
  /** Asks now, unless it is there already or on its way; counts anew. */
  now(): void;
  stop(): void;
}

export function keepAsking<T>({ clock, ask, onFound }: AskingParts<T>): Asking {
  let isOver = false;
  let isAsking = false;
  let tries = 0;
  let cancel: Cancel | undefined;

  const run = async () => {
    cancel?.();
    cancel = undefined;
    isAsking = true;
    tries += 1;
    try {
      const found = await ask();
      if (!isOver) onFound(found);
      isOver = true;
    } catch {
      if (!isOver && tries < MOST) cancel = clock.after(doubling(tries - 1, PAUSES), () => void run());
    } finally {
      isAsking = false;
    }
  };
  return {
    now() {
      if (isOver || isAsking) return;
      tries = 0;
      void run();
    },
    stop() {
      isOver = true;
      cancel?.();
    },
  };
}
