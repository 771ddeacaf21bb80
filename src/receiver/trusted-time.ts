/**
 * Between which instants the server's time must lie, by what was signed, whatever anybody else says.
 *
 * The fine clock exchange is not signed: a hostile network can answer it with any time. It therefore only chooses a point
 * inside these bounds. A signed answer to a nonce of the device's own gives both: the time was stated after the question left
 * and before the answer came. A statement that nobody asked for may have been held back, so it gives the lower one alone. From
 * then on they widen by what a crystal may be off.
 *
 * @module
 */
import type { TimeStatement } from "../protocol/signed-time.js";
import type { Exchange } from "./clock-filter.js";

/** How far the server's clock and the device's crystal may run apart: 200 parts per million. */
export const WIDENING = 200e-6;

/** µs of server time. */
export interface Bounds {
  readonly earliest: number;
  readonly latest: number;
}

/** What came of a statement that nobody asked for: `ahead` and `other-epoch` mean that the bounds need a new answer. */
export type Heard = "kept" | "ahead" | "other-epoch" | "unbounded";

export interface TrustedTime {
  /** A signed answer to the nonce that left at `sent` came at `received`, both µs of the monotonic clock. */
  answered(statement: TimeStatement, sent: number, received: number): void;
  /** A signed statement that nobody asked for came at this monotonic instant. */
  heard(statement: TimeStatement, received: number): Heard;
  /** `undefined` until an answer has come. */
  bounds(monotonic: number): Bounds | undefined;
  /** The time to go by when somebody unsigned says `estimate`. */
  judge(monotonic: number, estimate: number): number;
  /** Whether an unsigned exchange can be true: the server had the question after it was sent, and answered before it came. */
  admits(exchange: Exchange): boolean;
}

export function createTrustedTime(): TrustedTime {
  let known: { at: number; earliest: number; latest: number; epoch: number } | undefined;

  const bounds = (monotonic: number): Bounds | undefined => {
    if (known === undefined) return undefined;
    const passed = monotonic - known.at;
    const doubt = Math.abs(passed) * WIDENING;
    return { earliest: known.earliest + passed - doubt, latest: known.latest + passed + doubt };
  };

  return {
    bounds,
    answered({ epoch, at }, sent, received) {
      const earliest = at;
      const latest = at + Math.max(0, received - sent) * (1 + WIDENING);
      const before = known?.epoch === epoch ? bounds(received) : undefined;
      // Both are true, so the truth lies in both. When it cannot, as after the machine slept, the fresh one is right.
      const both = before && {
        earliest: Math.max(earliest, before.earliest),
        latest: Math.min(latest, before.latest),
      };
      const best = both && both.earliest <= both.latest ? both : { earliest, latest };
      known = { at: received, epoch, ...best };
    },
    heard({ epoch, at }, received) {
      const present = bounds(received);
      if (known === undefined || present === undefined) return "unbounded";
      if (epoch !== known.epoch) return "other-epoch";
      if (at <= present.earliest) return "kept";
      known = { at: received, epoch, earliest: at, latest: Math.max(at, present.latest) };
      return at > present.latest ? "ahead" : "kept";
    },
    judge(monotonic, estimate) {
      const present = bounds(monotonic);
      return present ? Math.min(present.latest, Math.max(present.earliest, estimate)) : estimate;
    },
    admits({ sent, serverReceived, serverSent, received }) {
      const [then, now] = [bounds(sent), bounds(received)];
      return !then || !now || (serverReceived >= then.earliest && serverSent <= now.latest);
    },
  };
}
