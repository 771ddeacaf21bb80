/**
 * The sound of a stream at its place on the timeline, decoded as it is needed. A gap is silence.
 *
 * @module
 */
import type { JitterBuffer, Packet } from "../../receiver/jitter-buffer.js";
import type { Decoder, Decoders } from "./decoders.js";

/** A packet that ends this much before what is wanted is not worth decoding, samples: 100 ms of pre-roll suffice. */
const STALE = 4_800;
/** Rounding of times to microseconds shifts a packet by at most a sample; up to this it is taken as joined. */
const JOINED = 2;
const PACKET = 960;

export interface StreamSound {
  /** Writes the samples of the timeline from `from` on. `false`: at least a part was missing. */
  read(from: number, target: Float32Array): boolean;
  /** Whether there is sound for this sample. */
  covers(sample: number): boolean;
  close(): void;
}

export interface StreamSoundOptions {
  readonly stream: number;
  /** Samples to drop after each decoder start. */
  readonly preSkip: number;
  readonly buffer: JitterBuffer;
  readonly decoders: Decoders;
  readonly onLate: () => void;
}

interface Piece {
  readonly at: number;
  readonly samples: Float32Array;
}

export function createStreamSound({ stream, preSkip, buffer, decoders, onLate }: StreamSoundOptions): StreamSound {
  let decoder: Decoder | undefined;
  let pieces: Piece[] = [];
  let expected = -1;

  const release = () => {
    if (decoder) decoders.give(decoder);
    decoder = undefined;
  };
  const decode = (packet: Packet) => {
    if (packet.discontinuity || !decoder) {
      release();
      decoder = decoders.take();
    }
    const samples = decoder?.decode(packet.bytes).slice() ?? new Float32Array(PACKET);
    const joined = Math.abs(packet.at - expected) <= JOINED && !packet.discontinuity;
    const skipped = packet.discontinuity ? preSkip : 0;
    const at = (joined ? expected : packet.at) + skipped;
    expected = at - skipped + samples.length;
    // What a new beginning covers is no longer the padding of the piece before.
    if (packet.discontinuity) pieces = pieces.map((piece) => before(piece, at));
    pieces.push({ at, samples: samples.subarray(skipped) });
  };
  const fetch = (from: number, to: number) => {
    for (let packet = buffer.take(stream, to); packet; packet = buffer.take(stream, to)) {
      if (packet.at + PACKET + STALE < from) {
        onLate();
        expected = packet.at + PACKET;
        if (packet.discontinuity) release();
      } else decode(packet);
    }
  };

  return {
    read(from, target) {
      const to = from + target.length;
      fetch(from, to);
      pieces = pieces.filter(({ at, samples }) => at + samples.length > from);
      target.fill(0);
      let written = 0;
      for (const { at, samples } of pieces) {
        const begin = Math.max(from, at);
        const end = Math.min(to, at + samples.length);
        if (end <= begin) continue;
        target.set(samples.subarray(begin - at, end - at), begin - from);
        written += end - begin;
      }
      return written >= target.length;
    },
    covers(sample) {
      if (pieces.some(({ at, samples }) => sample >= at && sample < at + samples.length)) return true;
      const first = buffer.peek(stream);
      return first !== undefined && first.at <= sample && (buffer.lastAt(stream) ?? 0) + PACKET > sample;
    },
    close: release,
  };
}

const before = (piece: Piece, at: number): Piece =>
  piece.at + piece.samples.length <= at
    ? piece
    : { at: piece.at, samples: piece.samples.subarray(0, Math.max(0, at - piece.at)) };
