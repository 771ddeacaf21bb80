/**
 * Opus decoders, made ahead: a new one takes milliseconds, and a sound must begin at once.
 *
 * @module
 */
import { OpusDecoder } from "opus-decoder";

/** Decoders kept ready: one sounds, one follows it, one is for what interrupts. */
const READY = 3;
const SILENCE = new Float32Array(0);

export interface Decoder {
  /** The samples of one packet at 48 kHz, valid until the next call; none for a packet that cannot be read. */
  decode(packet: Uint8Array): Float32Array;
}

export interface Decoders {
  /** A decoder that has heard nothing yet; `undefined` when all are in use or being made. */
  take(): Decoder | undefined;
  /** Gives one back. */
  give(decoder: Decoder): void;
  close(): Promise<void>;
}

/** @param onError is told why a decoder could not be made */
export async function createDecoders(onError: (thrown: unknown) => void): Promise<Decoders> {
  const ready: Decoder[] = [];
  const making = new Set<Promise<void>>();
  const inner = new Map<Decoder, OpusDecoder>();
  let closed = false;

  const make = async () => {
    const opus = new OpusDecoder({ channels: 1, preSkip: 0 });
    await opus.ready;
    const decoder: Decoder = { decode: (packet) => opus.decodeFrame(packet).channelData[0] ?? SILENCE };
    inner.set(decoder, opus);
    ready.push(decoder);
  };
  const refill = () => {
    if (closed || ready.length + making.size >= READY) return;
    const one: Promise<void> = make()
      .catch(onError)
      .finally(() => making.delete(one));
    making.add(one);
    refill();
  };

  refill();
  await Promise.all(making);
  return {
    take() {
      const decoder = ready.shift();
      refill();
      return decoder;
    },
    give(decoder) {
      inner.get(decoder)?.free();
      inner.delete(decoder);
      refill();
    },
    async close() {
      closed = true;
      await Promise.all(making);
      for (const opus of inner.values()) opus.free();
      inner.clear();
    },
  };
}
