/**
 * How many clips are made at once, so that a heap of uploads leaves the machine, and an urgent text, room to breathe.
 *
 * @module
 */
import { machineFailed } from "./refusals.js";

export interface Slots {
  /** Runs `work` when its turn comes. @throws Fault "busy" when too many wait; the signal's reason when it is aborted first */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** @param count pieces of work at once @param mostWaiting those beyond are refused */
export function createSlots(count: number, mostWaiting: number): Slots {
  let running = 0;
  const waiting: (() => void)[] = [];

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const give = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(give), 1);
        reject(signal.reason);
      };
      waiting.push(give);
      signal.addEventListener("abort", leave, { once: true });
    });

  return {
    async run(signal, work) {
      signal.throwIfAborted();
      if (running < count) running += 1;
      else if (waiting.length >= mostWaiting) throw machineFailed("crowded");
      else await turn(signal);
      try {
        return await work();
      } finally {
        // Handed to the next one without a gap in which a newcomer could slip in.
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
