/**
 * What the fan-out has done since the start, for `/metrics`.
 *
 * @module
 */
import type { Closing } from "./closing.js";

/** Running totals, except where said otherwise. Bytes are those of prebuilt frames, before TLS. */
export interface FanoutMetrics {
  /** Receivers connected now. */
  readonly connected: number;
  /** Sockets that have not said hello yet. */
  readonly pending: number;
  /** Streams open now. */
  readonly streams: number;
  readonly sentBytes: number;
  /** Writes of prebuilt buffers; a piece of a stream holds many WebSocket frames and is one write. */
  readonly writes: number;
  /** Pieces of streams that were left out because a socket was behind. */
  readonly skipped: number;
  readonly received: number;
  readonly accepted: number;
  readonly closed: Readonly<Record<Closing, number>>;
}

/** The totals while they grow. */
export interface Counts {
  sentBytes: number;
  writes: number;
  skipped: number;
  received: number;
  accepted: number;
  readonly closed: Record<Closing, number>;
}

export const createCounts = (): Counts => ({
  sentBytes: 0,
  writes: 0,
  skipped: 0,
  received: 0,
  accepted: 0,
  closed: {
    left: 0,
    lost: 0,
    "no-hello": 0,
    refused: 0,
    malformed: 0,
    "too-many-messages": 0,
    "too-slow": 0,
    "too-late": 0,
    silent: 0,
    replaced: 0,
    "two-devices": 0,
    failed: 0,
    "shutting-down": 0,
  },
});
