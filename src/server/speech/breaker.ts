/**
 * Leaves a failing service alone for a while, so that twenty texts do not each wait for the same dead line.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import { type Instant, later, type Ms, minutes, ms, seconds } from "../../base/units.js";

export interface Breaker {
  /** Whether the service is being left alone right now. */
  resting(): boolean;
  worked(): void;
  /** Begins a rest. Calls that were under way together fail together and count once. */
  failed(): void;
}

/** The first rest; each failure after it doubles the next one, until a call works. */
const REST = seconds(30);
const LONGEST_REST: Ms = minutes(10);
/** Ten doublings are far beyond the longest rest. */
const MOST_DOUBLINGS = 10;

export function createBreaker(clock: Clock): Breaker {
  let failures = 0;
  let restUntil: Instant | undefined;
  const resting = () => restUntil !== undefined && clock.now() < restUntil;

  return {
    resting,
    worked() {
      failures = 0;
      restUntil = undefined;
    },
    failed() {
      if (resting()) return;
      restUntil = later(clock.now(), ms(Math.min(REST * 2 ** failures, LONGEST_REST)));
      failures = Math.min(failures + 1, MOST_DOUBLINGS);
    },
  };
}
