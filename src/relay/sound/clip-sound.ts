/**
 * The sound of a clip from any sample on, decoded packet by packet as it is needed.
 *
 * @module
 */
import type { OpusClip } from "../../protocol/ogg-opus.js";
import type { Decoder, Decoders } from "./decoders.js";

/** Packets decoded and thrown away before a place in the middle: 80 ms, as RFC 7845 asks for. */
const PRE_ROLL = 4;

export interface ClipSound {
  /** Writes the samples from `from` on; sample 0 is the first playable one. Silence outside. */
  read(from: number, target: Float32Array): void;
  close(): void;
}

export function createClipSound(clip: OpusClip, decoders: Decoders): ClipSound {
  /** Sample at which each packet begins, the pre-skip counted; one more for the end. */
  const starts = new Float64Array(clip.packets.length + 1);
  for (let index = 0; index < clip.packets.length; index++)
    starts[index + 1] = (starts[index] ?? 0) + (clip.samplesPerPacket[index] ?? 960);
  const end = clip.preSkip + clip.playableSamples;
  let decoder: Decoder | undefined;
  let following = 0;
  let decoded = new Float32Array(0);
  let decodedFrom = 0;

  const release = () => {
    if (decoder) decoders.give(decoder);
    decoder = undefined;
  };
  const advance = () => {
    const packet = clip.packets[following];
    decodedFrom = starts[following] ?? end;
    decoded = packet && decoder ? decoder.decode(packet).slice() : new Float32Array(0);
    following += 1;
  };
  const seek = (index: number) => {
    release();
    decoder = decoders.take();
    following = Math.max(0, index - PRE_ROLL);
    while (decoder && following < index) advance();
    following = index;
  };
  /** Makes `decoded` hold this sample. `false`: there is no sound there. */
  const reach = (sample: number): boolean => {
    if (sample < 0 || sample >= end) return false;
    if (sample >= decodedFrom && sample < decodedFrom + decoded.length) return true;
    const index = packetAt(starts, sample);
    if (index !== following || !decoder) seek(index);
    advance();
    return sample < decodedFrom + decoded.length;
  };

  return {
    read(from, target) {
      for (let done = 0; done < target.length; ) {
        const sample = from + done + clip.preSkip;
        if (!reach(sample)) {
          target[done] = 0;
          done += 1;
          continue;
        }
        const offset = sample - decodedFrom;
        const count = Math.min(target.length - done, decoded.length - offset, end - sample);
        target.set(decoded.subarray(offset, offset + count), done);
        done += count;
      }
    },
    close: release,
  };
}

/** Index of the packet that holds a sample; the usual ones are all of 20 ms. */
function packetAt(starts: Float64Array, sample: number): number {
  let index = Math.min(starts.length - 2, Math.floor(sample / 960));
  while (index > 0 && (starts[index] ?? 0) > sample) index -= 1;
  while (index < starts.length - 2 && (starts[index + 1] ?? 0) <= sample) index += 1;
  return index;
}
