/**
 * The heartbeat of the station: once a second, whatever happens to the machine's clock.
 *
 * node-schedule alone cannot be trusted with air time: measured, it fires in bursts after a forward step and falls silent
 * after a backward one. Here it only wakes; extra wakes are dropped by the monotonic clock, and when wakes stay away it
 * is started anew. What is due is decided by whoever listens, from planned instants, never from the number of wakes.
 *
 * @module
 */
import nodeSchedule from "node-schedule";
import { type Cancel, type Clock, every } from "../../base/clock.js";
import { type Ms, ms, until } from "../../base/units.js";

/** Wakes closer together than this are one. */
const TOGETHER = ms(500);
/** Without a wake for this long the waker is started anew. */
const MISSING = ms(1_500);
const GUARD = ms(1_000);

/** Calls `wake` about once a second until cancelled. */
export type Waker = (wake: () => void) => Cancel;

/** Wakes at each full second of the machine's civil time. */
export const nodeScheduleWaker: Waker = (wake) => {
  const job = nodeSchedule.scheduleJob("* * * * * *", wake);
  return () => {
    job.cancel();
  };
};

export interface TickOptions {
  readonly clock: Clock;
  /** Called about once a second; `since` is the monotonic time since the last call, longer after a stall. */
  readonly onTick: (since: Ms) => void;
  /** A listener that throws must not end the heartbeat. */
  readonly onBug: (thrown: unknown) => void;
  readonly waker?: Waker;
}

/** Starts the heartbeat. The first tick comes at once. */
export function startTick({ clock, onTick, onBug, waker = nodeScheduleWaker }: TickOptions): Cancel {
  let last = clock.now();
  let cancelWaker: Cancel = () => {};

  const tick = () => {
    const since = until(last, clock.now());
    last = clock.now();
    try {
      onTick(since);
    } catch (thrown) {
      onBug(thrown);
    }
  };
  const wake = () => {
    if (until(last, clock.now()) >= TOGETHER) tick();
  };
  const cancelGuard = every(clock, GUARD, () => {
    if (until(last, clock.now()) < MISSING) return;
    cancelWaker();
    cancelWaker = waker(wake);
    tick();
  });

  cancelWaker = waker(wake);
  tick();
  return () => {
    cancelGuard();
    cancelWaker();
  };
}
