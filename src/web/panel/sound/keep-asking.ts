/**
 * Asks for something that a page can do without for a while: again after growing pauses when it did not come, and then no more until
 * there is a reason.
 *
 * @module
 */
import type { Cancel, Clock } from "../../../base/clock.js";
import { type Ms, ms } from "../../../base/units.js";

/** One page alone asks: its pauses need no chance in them, ms. */
const [SHORTEST, LONGEST] = [2_000, 60_000];
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
      if (!isOver && tries < MOST) cancel = clock.after(pauseAfter(tries), () => void run());
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

const pauseAfter = (tries: number): Ms => ms(Math.min(LONGEST, SHORTEST * 2 ** (tries - 1)));
