/**
 * Chunks wait here until the seal behind their piece has come: nothing is sounded on the word of whoever holds the wire.
 * The gate is pure; whether a signature fits is found by who asks it.
 *
 * @module
 */
import type { Chunk } from "../protocol/chunk.js";
import type { Seal } from "../protocol/seal.js";

/** Bytes that wait in one stream, at most: twelve seconds at 64 kbit/s, and headers. */
export const MAX_UNSEALED = 128 * 1024;
/** Chunks that wait in one stream, at most: a piece is ten seconds or less. */
const MAX_CHUNKS = 600;

/** A chunk with the very bytes that a seal covers. */
export interface Framed {
  readonly chunk: Chunk;
  readonly payload: Uint8Array;
}

/** What a seal is to be checked against. */
export interface SealedPiece {
  /** Key of the stream, as the signed order named it. */
  readonly key: string;
  readonly pieces: readonly Framed[];
}

export type GateRefusal =
  /** No order opened the stream. */
  | "unordered"
  /** Chunks without their seal, or a seal without its chunks. */
  | "seal"
  /** More than any piece holds. */
  | "overflow";

export interface SealGate {
  /** An order has opened the stream, whose pieces are sealed with this key. What waited under another key is dropped. */
  open(stream: number, key: string): void;
  close(stream: number): void;
  /** Holds a chunk. Returns why it is dropped, if it is. */
  hold(framed: Framed): GateRefusal | undefined;
  /** Takes out the piece that the seal is about. What waited before it has lost its own seal and is dropped. */
  take(seal: Seal): SealedPiece | GateRefusal;
  /** The connection is lost: half a piece is none. */
  clear(): void;
}

interface Waiting {
  readonly key: string;
  held: Framed[];
  bytes: number;
}

export function createSealGate(): SealGate {
  const streams = new Map<number, Waiting>();

  const empty = (stream: Waiting) => {
    stream.held = [];
    stream.bytes = 0;
  };

  return {
    open(stream, key) {
      if (streams.get(stream)?.key !== key) streams.set(stream, { key, held: [], bytes: 0 });
    },
    close: (stream) => void streams.delete(stream),
    hold(framed) {
      const stream = streams.get(framed.chunk.stream);
      if (!stream) return "unordered";
      if (stream.held.length >= MAX_CHUNKS || stream.bytes + framed.payload.length > MAX_UNSEALED) {
        empty(stream);
        return "overflow";
      }
      // A copy: the frame shares the memory of a whole read from the socket.
      const payload = new Uint8Array(framed.payload);
      const packet = payload.subarray(payload.length - framed.chunk.packet.length);
      stream.held.push({ payload, chunk: { ...framed.chunk, packet } });
      stream.bytes += payload.length;
      return undefined;
    },
    take({ stream: number, first, last }) {
      const stream = streams.get(number);
      if (!stream) return "unordered";
      const pieces = stream.held.filter(({ chunk }) => chunk.sequence >= first && chunk.sequence <= last);
      empty(stream);
      if (pieces.length === 0 || pieces.length !== last - first + 1) return "seal";
      if (pieces.some(({ chunk }, index) => chunk.sequence !== first + index)) return "seal";
      return { key: stream.key, pieces };
    },
    clear() {
      for (const stream of streams.values()) empty(stream);
    },
  };
}
