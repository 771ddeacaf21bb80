/**
 * Chunks as they come, in the order in which they are heard. Bounded in every direction; what cannot be used is dropped
 * and counted.
 *
 * @module
 */
import type { Chunk } from "../protocol/chunk.js";
import { sampleAt } from "./samples.js";

/** Streams held at once, at most. */
export const MAX_STREAMS = 8;
/** Bytes held for all streams together, at most: sixteen minutes at 32 kbit/s. */
export const MAX_BYTES = 4 * 1024 * 1024;
/** A chunk for later than this is nonsense, samples: ten minutes. */
const MAX_AHEAD = 600 * 48_000;

/** A packet at its place: `at` is the sample of the timeline that its first decoded sample belongs to. */
export interface Packet {
  readonly at: number;
  readonly sequence: number;
  readonly discontinuity: boolean;
  readonly last: boolean;
  readonly bytes: Uint8Array;
}

export interface JitterCounts {
  readonly late: number;
  readonly duplicate: number;
  /** Chunks of a stream that no order opened: an alarm (R5). */
  readonly unordered: number;
  readonly overflow: number;
}

export interface JitterBuffer {
  /** An order opened this stream, perhaps once more. `false`: too many are open. */
  open(stream: number): boolean;
  /** Whether {@link open} would open it. */
  hasRoomFor(stream: number): boolean;
  close(stream: number): void;
  isOpen(stream: number): boolean;
  /** @param now the sample that is heard now; what lies further ahead than ten minutes is dropped */
  push(chunk: Chunk, now: number): "kept" | keyof JitterCounts;
  /** Removes and returns the next packet in order that begins before `sample`. */
  take(stream: number, sample: number): Packet | undefined;
  peek(stream: number): Packet | undefined;
  /** Sample at which the last packet begins, `undefined` when none is held. */
  lastAt(stream: number): number | undefined;
  counts(): JitterCounts;
}

interface Stream {
  packets: Packet[];
  /** Sequence of the last packet taken. */
  taken: number;
  /** Opened again: the server may count anew after a restart, or go on after a lost connection. */
  reopened: boolean;
}

export function createJitterBuffer(): JitterBuffer {
  const streams = new Map<number, Stream>();
  const counts = { late: 0, duplicate: 0, unordered: 0, overflow: 0 };
  let bytes = 0;

  const count = (kind: keyof JitterCounts) => {
    counts[kind] += 1;
    return kind;
  };

  const empty = (known: Stream) => {
    for (const packet of known.packets) bytes -= packet.bytes.length;
    known.packets = [];
    known.taken = -1;
  };

  return {
    open(stream) {
      const known = streams.get(stream);
      if (known) known.reopened = true;
      else if (streams.size >= MAX_STREAMS) return false;
      else streams.set(stream, { packets: [], taken: -1, reopened: false });
      return true;
    },
    hasRoomFor: (stream) => streams.has(stream) || streams.size < MAX_STREAMS,
    close(stream) {
      const known = streams.get(stream);
      if (known) empty(known);
      streams.delete(stream);
    },
    isOpen: (stream) => streams.has(stream),
    push({ stream, sequence, at, discontinuity, last, packet }, now) {
      const known = streams.get(stream);
      if (!known) return count("unordered");
      if (known.reopened && sequence <= Math.max(known.taken, known.packets.at(-1)?.sequence ?? -1)) empty(known);
      known.reopened = false;
      if (sequence <= known.taken) return count("late");
      const sample = sampleAt(at);
      if (bytes + packet.length > MAX_BYTES || sample > now + MAX_AHEAD) return count("overflow");
      const { packets } = known;
      let place = packets.length;
      while (place > 0 && (packets[place - 1]?.sequence ?? -1) > sequence) place -= 1;
      if (packets[place - 1]?.sequence === sequence) return count("duplicate");
      // A copy: the packet shares the memory of a whole read from the socket.
      packets.splice(place, 0, { at: sample, sequence, discontinuity, last, bytes: packet.slice() });
      bytes += packet.length;
      return "kept";
    },
    take(stream, sample) {
      const known = streams.get(stream);
      const first = known?.packets[0];
      if (!known || !first || first.at >= sample) return undefined;
      known.packets.shift();
      known.taken = first.sequence;
      bytes -= first.bytes.length;
      return first;
    },
    peek: (stream) => streams.get(stream)?.packets[0],
    lastAt: (stream) => streams.get(stream)?.packets.at(-1)?.at,
    counts: () => ({ ...counts }),
  };
}
