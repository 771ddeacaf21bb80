/**
 * Answers that are waited for, by number, each with a limit of time.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Ms } from "../../base/units.js";

export interface WaitOptions {
  readonly limit: Ms;
  readonly signal?: AbortSignal | undefined;
  /** Called when the limit has passed; what it gives is thrown. */
  readonly tooLate: () => unknown;
}

export interface Answers<T> {
  /** Waits for the answer of this number. @throws what it was failed with; the signal's reason when that comes first */
  wait(id: number, options: WaitOptions): Promise<T>;
  /** An answer that nobody waits for any more is let go; the same holds for a failure. */
  give(id: number, answer: T): void;
  fail(id: number, reason: unknown): void;
  failAll(reason: unknown): void;
}

interface Waiting<T> {
  readonly give: (answer: T) => void;
  readonly fail: (reason: unknown) => void;
}

export function createAnswers<T>(clock: Clock): Answers<T> {
  const waiting = new Map<number, Waiting<T>>();

  return {
    wait(id, { limit, signal, tooLate }) {
      return new Promise((resolve, reject) => {
        const settle = () => {
          waiting.delete(id);
          cancel();
          signal?.removeEventListener("abort", leave);
        };
        const fail = (reason: unknown) => {
          settle();
          reject(reason);
        };
        const give = (answer: T) => {
          settle();
          resolve(answer);
        };
        const leave = () => fail(signal?.reason);
        const cancel = clock.after(limit, () => fail(tooLate()));
        signal?.addEventListener("abort", leave, { once: true });
        waiting.set(id, { give, fail });
      });
    },
    give: (id, answer) => waiting.get(id)?.give(answer),
    fail: (id, reason) => waiting.get(id)?.fail(reason),
    failAll(reason) {
      for (const each of [...waiting.values()]) each.fail(reason);
    },
  };
}
