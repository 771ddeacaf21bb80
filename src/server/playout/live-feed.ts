/**
 * Streams speech as it comes: a small piece at a time, the same bytes for every loudspeaker.
 *
 * @module
 */
import { type Micros, micros } from "../../base/units.js";
import { LIVE_PACKET_MS, type LivePace } from "../../domain/live.js";
import { createLiveTimeline, type Placed } from "./live-timeline.js";
import type { OpenStream, SealKey } from "./playout.js";

export interface LiveFeedParts {
  /** The server clock by which chunks are stamped. */
  readonly now: () => Micros;
  readonly openStream: (stream: number, seal: SealKey["sign"], periodMs: number) => OpenStream;
  readonly newSealKey: () => SealKey;
  /** A number that no other stream has. */
  readonly nextStream: () => number;
}

/** Opens streams of speech, one for each that speaks. */
export function createLiveFeeds({ now, openStream, newSealKey, nextStream }: LiveFeedParts) {
  return {
    open(pace: LivePace) {
      const stream = nextStream();
      const seal = newSealKey();
      const wire = openStream(stream, seal.sign, pace.pieceMs);
      const timeline = createLiveTimeline(pace);
      const perPiece = pace.pieceMs / LIVE_PACKET_MS;
      let piece: Placed[] = [];

      const send = () => {
        if (piece.length > 0) wire.push(piece);
        piece = [];
      };
      return {
        stream,
        sealKey: seal.publicKey,
        prepare(packets: readonly Uint8Array[]) {
          const placed = timeline.prepare(packets, now());
          for (let from = 0; from < placed.length; from += PREPARED) wire.push(placed.slice(from, from + PREPARED));
        },
        push(packet: Uint8Array) {
          const placed = timeline.place(packet, now());
          if (placed === undefined) return false;
          // What is behind a gap does not wait for what is before it.
          if (placed.discontinuity) send();
          piece.push(placed);
          if (piece.length >= perPiece) send();
          return true;
        },
        add: wire.add,
        remove: wire.remove,
        finish() {
          const last = piece.at(-1);
          if (last) piece[piece.length - 1] = { ...last, last: true };
          send();
          return timeline.end() ?? micros(now());
        },
        close: wire.close,
      };
    },
  };
}

/** Packets in a piece of what is ready: a second. */
const PREPARED = 50;
