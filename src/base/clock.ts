/**
 * The only door to time: nothing outside this file reads a clock or sets a timer.
 *
 * @module
 */
import { type Epoch, epoch, type Instant, instant, type Ms } from "./units.js";

/** Undoes an {@link Clock.after}; harmless when the task has already run. */
export type Cancel = () => void;

/** Where a part of the house gets its time from; tests put their own in its place. */
export interface Clock {
  /** Monotonic now: never jumps, not related to the civil date. */
  now(): Instant;
  /** Civil time as the machine believes it; may step in either direction. */
  date(): Epoch;
  /** Runs `task` once, `delay` of monotonic time from now. */
  after(delay: Ms, task: () => void): Cancel;
}

/** The machine's own clocks. Its timers keep the process alive. */
export const systemClock: Clock = {
  now: () => instant(performance.now()),
  date: () => epoch(Date.now()),
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};

/** Runs `task` every `period` of monotonic time until cancelled. A run that comes late does not cause a burst. */
export function every(clock: Clock, period: Ms, task: () => void): Cancel {
  let cancelled = false;
  let cancel: Cancel = () => {};
  const arm = () => {
    cancel = clock.after(period, () => {
      if (cancelled) return;
      arm();
      task();
    });
  };
  arm();
  return () => {
    cancelled = true;
    cancel();
  };
}

/** Waits by the clock. @throws the signal's reason on abort, at once */
export const pause = (clock: Clock, length: Ms, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const leave = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.after(length, () => {
      signal.removeEventListener("abort", leave);
      resolve();
    });
    signal.addEventListener("abort", leave, { once: true });
  });
