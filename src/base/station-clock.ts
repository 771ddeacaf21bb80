/**
 * The server's own civil time: it follows the machine's clock, but never jumps while something sounds.
 *
 * Receivers steer by this clock, so a step would be heard as a tear. Small errors are slewed away; a large one, as when
 * somebody sets the clock, is taken over in one step, and only while all is silent. A step begins a new epoch, which tells
 * every receiver to forget what it had learnt of the old time.
 *
 * @module
 */
import type { Clock } from "./clock.js";
import { type Epoch, epoch, type Instant, type Micros, micros } from "./units.js";

/** Slewing changes the speed of time by at most this share: 200 parts per million, as protocol study found inaudible. */
const SLEW = 200e-6;
/** Beyond this error the clock is stepped, milliseconds. Slewing one second away takes 83 minutes. */
const STEP_BEYOND = 1000;
/** An error must be seen this often in a row before it is believed: a stalled process can misread once. */
const BELIEVE_AFTER = 3;

/** What {@link StationClock.observe} found. */
export type Observation =
  | { readonly kind: "steady" }
  /** The machine's clock was set; the station keeps its own time until it is silent. */
  | { readonly kind: "apart"; readonly byMs: number }
  | { readonly kind: "stepped"; readonly byMs: number };

export interface StationClock {
  /** Civil time now. Never runs backwards within an epoch. */
  date(): Epoch;
  micros(): Micros;
  /** The civil time at a monotonic instant. */
  at(instant: Instant): Epoch;
  /** Rises by one with each step. */
  epoch(): number;
  /** Compares with the machine's clock; call it about once a second. Only a `silent` station takes a step over. */
  observe(silent: boolean): Observation;
}

/** @param firstEpoch number of the first time base; higher than any that receivers have seen */
export function createStationClock(clock: Clock, firstEpoch: number): StationClock {
  let anchor = { monotonic: clock.now() as number, civil: clock.date() as number };
  let rate = 1;
  let current = firstEpoch;
  let doubts = 0;

  const at = (now: number): Epoch => epoch(anchor.civil + (now - anchor.monotonic) * rate);
  const restart = (monotonic: number, civil: number) => {
    anchor = { monotonic, civil };
  };

  return {
    date: () => at(clock.now()),
    micros: () => micros(at(clock.now()) * 1000),
    at,
    epoch: () => current,
    observe(silent) {
      const now = clock.now() as number;
      const own = at(now) as number;
      const error = (clock.date() as number) - own;
      restart(now, own);
      if (Math.abs(error) <= STEP_BEYOND) {
        doubts = 0;
        // Aim to be right after ten seconds, within what nobody hears.
        rate = 1 + Math.max(-SLEW, Math.min(SLEW, error / 10_000));
        return { kind: "steady" };
      }
      rate = 1;
      doubts += 1;
      if (doubts < BELIEVE_AFTER || !silent) return { kind: "apart", byMs: error };
      doubts = 0;
      current += 1;
      restart(now, own + error);
      return { kind: "stepped", byMs: error };
    },
  };
}
