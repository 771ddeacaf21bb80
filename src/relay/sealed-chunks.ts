/**
 * Chunks on their way from the wire to the loudspeaker: held until their seal has come, let through when it fits.
 *
 * @module
 */
import type { Chunk } from "../protocol/chunk.js";
import type { Seal } from "../protocol/seal.js";
import { liveKey } from "../receiver/claims.js";
import type { Framed } from "../receiver/seal-gate.js";
import type { House } from "./house.js";
import { isSealed } from "./trust.js";

/** The same alarm about the same stream is told again after this, µs. */
const ALARM_AGAIN = 60_000_000;
/** Alarms in that time, of all streams: a peer that makes up stream numbers must not fill the journal. */
const MOST_ALARMS = 16;

/** @param onChunk takes a chunk that the station really sent, in the order in which they came */
export function createSealedChunks({ gate, journal, time, log }: House, onChunk: (chunk: Chunk) => void) {
  /** By stream and reason: when it was last told. */
  const alarmed = new Map<string, number>();
  /** Somebody on the way plays tricks, or a piece was torn: a line in the journal, but not one for each chunk. */
  const alarm = (stream: number, why: "seal" | "unordered") => {
    const key = `${why} ${stream}`;
    const now = time.now();
    if (now - (alarmed.get(key) ?? Number.NEGATIVE_INFINITY) < ALARM_AGAIN) return;
    for (const [old, at] of alarmed) if (Math.abs(now - at) >= ALARM_AGAIN) alarmed.delete(old);
    if (alarmed.size >= MOST_ALARMS) return;
    alarmed.set(key, now);
    log.error("relay.chunks-refused", { stream, why });
    journal.write({ event: "refused", cue: liveKey(stream), at: now, clockErrorUs: time.errorUs(), why });
  };

  return {
    onChunk(framed: Framed): void {
      const why = gate.hold(framed);
      if (why) alarm(framed.chunk.stream, why === "unordered" ? "unordered" : "seal");
    },
    onSeal(seal: Seal): void {
      const piece = gate.take(seal);
      if (piece === "unordered") return;
      if (typeof piece === "string" || !isSealed(piece, seal)) alarm(seal.stream, "seal");
      else for (const { chunk } of piece.pieces) onChunk(chunk);
    },
  };
}
