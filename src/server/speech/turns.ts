/**
 * How many may do something at once; the others wait in line.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";

/** Runs tasks, at most so many at a time, first come first served. */
export interface Turns {
  /**
   * Runs `task` when it is its turn.
   * @throws Fault "busy" when too many wait already; the signal's reason when that comes first
   */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** @param atOnce how many run together @param mostWaiting how many may wait, at most */
export function createTurns(atOnce: number, mostWaiting = 2000): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener("abort", leave);
        running += 1;
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(signal.reason);
      };
      if (running < atOnce) return start();
      if (waiting.length >= mostWaiting) return reject(tooMany());
      waiting.push(start);
      signal.addEventListener("abort", leave, { once: true });
    });

  return {
    async run(task, signal) {
      signal.throwIfAborted();
      await turn(signal);
      try {
        return await task();
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    },
  };
}

const tooMany = () =>
  new Fault(
    "busy",
    {
      vi: "Có quá nhiều bản tin đang chờ tạo giọng đọc. Bản thảo vẫn được giữ; hãy thử lại sau ít phút.",
      en: "Too many texts are waiting to be spoken. The draft is kept; try again in a few minutes.",
    },
    { reason: "too-many-waiting" },
  );
