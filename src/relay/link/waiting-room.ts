/**
 * Orders and chunks that come before the time is known. A server may order something in the very moment in which a receiver
 * greets, while its first clock exchange is still under way; refusing that as unjudgeable would lose it. A stop never waits
 * here (R3).
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { type Instant, later, seconds } from "../../base/units.js";

/** A clock that is not known by then will not be soon: what waits is judged without it, and mostly refused. */
const PATIENCE = seconds(3);
/** More than this is not kept: ten seconds of chunks and the orders of a busy station. */
const MAX_WAITING = 1024;

export interface WaitingRoom {
  /** A connection began. */
  welcome(): void;
  /** Does it now when the time is known, else later, in order. */
  take(task: () => void): void;
  /** Does what has waited, if it may be done now. */
  flush(): void;
  /** The connection is lost: what waits is void with it. */
  empty(): void;
}

/** @param isReady whether orders can be judged */
export function createWaitingRoom(clock: Clock, isReady: () => boolean): WaitingRoom {
  let waiting: (() => void)[] = [];
  let opensAt: Instant = clock.now();

  const isOpen = () => isReady() || clock.now() >= opensAt;
  const flush = () => {
    if (waiting.length === 0 || !isOpen()) return;
    const tasks = waiting;
    waiting = [];
    for (const task of tasks) task();
  };
  return {
    welcome() {
      opensAt = later(clock.now(), PATIENCE);
    },
    take(task) {
      flush();
      if (isOpen() && waiting.length === 0) task();
      else if (waiting.length < MAX_WAITING) waiting.push(task);
    },
    flush,
    empty() {
      waiting = [];
    },
  };
}
