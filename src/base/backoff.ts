/**
 * How long to wait before the next try.
 *
 * @module
 */
import { type Ms, ms } from "./units.js";

/** The bounds of a retry. */
export interface Bounds {
  /** Longest wait before the second try. */
  readonly base: Ms;
  /** Longest wait of all. */
  readonly cap: Ms;
}

export interface BackoffOptions extends Bounds {
  /** A number in [0, 1), such as `Math.random`. */
  readonly random: () => number;
}

/**
 * Full jitter: a random wait between nothing and a bound that doubles with each failed try. A thousand receivers that
 * lost the same server then come back spread out, not in waves.
 *
 * @param tries failed tries so far, 0 or more
 */
export function backoff(tries: number, { base, cap, random }: BackoffOptions): Ms {
  return ms(random() * doubling(tries, { base, cap }));
}

/** The bound itself, for whoever waits alone and need not be spread. @param tries failed tries so far, 0 or more */
export function doubling(tries: number, { base, cap }: Bounds): Ms {
  return ms(Math.min(cap, base * 2 ** Math.min(tries, 30)));
}
