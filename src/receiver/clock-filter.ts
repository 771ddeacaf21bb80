/**
 * The server's clock as a receiver knows it: offset and drift against its own monotonic clock, learnt from bursts of
 * exchanges with four timestamps.
 *
 * Of each burst the three exchanges with the shortest way count, the others waited somewhere. What remains is half of the
 * difference between the way there and the way back, which no filter sees: `pathBias` corrects it where it was measured.
 *
 * @module
 */
import { type Micros, micros } from "../base/units.js";

/** Exchanges in a burst. */
export const BURST = 8;
/** Those with the shortest round trip that are used. */
const BEST = 3;
/** No measurement is believed better than this, µs: timers and scheduling. */
const FLOOR = 30;
/** How fast the drift of a crystal wanders: variance per µs, in (µs per µs)². 0.01 ppm in a minute. */
const WANDER = 1e-16 / 60e6;
/** Variance that the offset itself gains per µs: jitter that drift does not explain. 20 µs in a minute. */
const SHAKE = 400 / 60e6;
/** At first a crystal may be this far off: 100 ppm. */
const RAW_DRIFT = 1e-4;
/** A burst this many deviations away is doubted; so many in a row are believed: the server's clock was set. */
const DOUBT = 6;
const BELIEVE_AFTER = 3;

/** One exchange, µs. `sent` and `received` are the receiver's monotonic clock, the others the server's. */
export interface Exchange {
  readonly sent: number;
  readonly serverReceived: number;
  readonly serverSent: number;
  readonly received: number;
}

export interface ClockFilter {
  /** Takes a burst, or what came of one. Fewer than three exchanges teach nothing. */
  observe(burst: readonly Exchange[]): void;
  /** Server time at a monotonic instant, both µs. */
  serverTime(monotonic: number): Micros;
  /** Monotonic instant at which the server's clock shows a time, µs. */
  monotonicOf(server: number): number;
  /** Standard deviation of what is known at a monotonic instant, µs, with a quarter of the shortest round trip. */
  errorAt(monotonic: number): number;
  /** Whether the server's clock has been seen in this epoch. */
  synchronised(): boolean;
  /** The server has a new time base: everything learnt is void, but the crystal is the same. */
  reset(): void;
  /** Correction for a way that is slower in one direction, µs; added to what is measured. */
  setPathBias(bias: number): void;
  /** Takes over a civil clock of unknown quality, as at boot without network. */
  adopt(monotonic: number, server: number, error: number): void;
}

/** @param monotonic now, µs @param server the best guess of the server's time, µs */
export function createClockFilter(monotonic: number, server: number): ClockFilter {
  let at = monotonic;
  let base = server;
  let drift = 0;
  // Covariance of (base, drift).
  let p00 = 1e18;
  let p01 = 0;
  let p11 = RAW_DRIFT ** 2;
  let roundTrip = 0;
  let known = false;
  let doubts = 0;
  let bias = 0;

  const predict = (now: number) => {
    const dt = Math.max(0, now - at);
    base += (1 + drift) * (now - at);
    p00 += 2 * dt * p01 + dt * dt * p11 + SHAKE * dt;
    p01 += dt * p11;
    p11 += WANDER * dt;
    at = now;
  };
  const restart = (measured: number, variance: number) => {
    base = measured;
    p00 = variance;
    p01 = 0;
    doubts = 0;
  };
  const correct = (measured: number, variance: number) => {
    const innovation = measured - base;
    const total = p00 + variance;
    if (innovation ** 2 > DOUBT ** 2 * total && innovation ** 2 > 1e6) {
      doubts += 1;
      if (doubts >= BELIEVE_AFTER) restart(measured, variance);
      return;
    }
    doubts = 0;
    const k0 = p00 / total;
    const k1 = p01 / total;
    base += k0 * innovation;
    drift = Math.max(-5e-4, Math.min(5e-4, drift + k1 * innovation));
    p11 -= k1 * p01;
    p01 *= 1 - k0;
    p00 *= 1 - k0;
  };

  return {
    observe(burst) {
      const best = [...burst].sort((a, b) => tripOf(a) - tripOf(b)).slice(0, BEST);
      const middle = [...best].sort((a, b) => offsetOf(a) - offsetOf(b))[1];
      const shortest = best[0];
      if (middle === undefined || shortest === undefined || tripOf(shortest) < 0) return;
      const now = (middle.sent + middle.received) / 2;
      const measured = now + offsetOf(middle) + bias;
      const spread = tripOf(middle) - tripOf(shortest);
      const variance = Math.max(FLOOR, tripOf(shortest) / 20, spread / 2) ** 2;
      roundTrip = tripOf(shortest);
      if (!known) {
        at = now;
        restart(measured, variance);
        known = true;
        return;
      }
      if (now > at) predict(now);
      correct(measured, variance);
    },
    serverTime: (now) => micros(base + (1 + drift) * (now - at)),
    monotonicOf: (time) => at + (time - base) / (1 + drift),
    errorAt(now) {
      const dt = Math.max(0, now - at);
      return Math.sqrt(p00 + 2 * dt * p01 + dt * dt * p11 + SHAKE * dt + (roundTrip / 4) ** 2);
    },
    synchronised: () => known,
    reset() {
      known = false;
      doubts = 0;
    },
    setPathBias(value) {
      base += value - bias;
      bias = value;
    },
    adopt(now, time, error) {
      at = now;
      restart(time, error ** 2);
      roundTrip = 0;
    },
  };
}

const tripOf = ({ sent, serverReceived, serverSent, received }: Exchange): number =>
  received - sent - (serverSent - serverReceived);
const offsetOf = ({ sent, serverReceived, serverSent, received }: Exchange): number =>
  (serverReceived - sent + (serverSent - received)) / 2;
