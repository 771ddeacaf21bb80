/**
 * A clip at rest, taken apart: Ogg Opus (RFC 7845) in the house format, mono with mapping family 0 and no output gain.
 *
 * What goes over the wire and into a decoder is the packets, each as long as its own first byte says; how much of the
 * decoded sound is heard follows from `preSkip` and `playableSamples`.
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import { oggPackets } from "./ogg-pages.js";

/** Samples are always counted at this rate, whatever the packets were made from. */
export const OPUS_RATE = 48_000;
/** Largest packet, bytes: the most one Opus frame can hold, and what a chunk on the wire may carry. */
const MAX_PACKET = 1275;
/** Largest comment header, bytes. Ours holds one short name; a cover picture has no business in a clip. */
const MAX_TAGS = 65_536;
/** Longest packet Opus allows, samples: 120 ms. */
const MAX_PACKET_SAMPLES = 5_760;
/** Longest clip, samples: two hours. */
const MAX_CLIP_SAMPLES = 7_200 * OPUS_RATE;

/** The sound of one clip, still encoded. */
export interface OpusClip {
  /** Samples at the start that are decoded and thrown away. */
  readonly preSkip: number;
  /** Share the memory of the bytes they were read from. */
  readonly packets: readonly Uint8Array[];
  /** Samples in each packet, from its own first byte. */
  readonly samplesPerPacket: readonly number[];
  /** Samples heard: after `preSkip`, without the padding at the end of the last packet. */
  readonly playableSamples: number;
}

/**
 * Reads a whole clip.
 *
 * @throws Fault "invalid", reason `ogg` or `opus`, when it is damaged, cut off or not in the house format
 */
export function parseOggOpus(bytes: Uint8Array): OpusClip {
  const stream = oggPackets(bytes, MAX_TAGS);
  const preSkip = readHead(stream.next().value?.data);
  if (!startsWith(stream.next().value?.data, "OpusTags")) throw notOurs("no comment header");
  const packets: Uint8Array[] = [];
  const samplesPerPacket: number[] = [];
  let total = 0;
  let last = 0n;
  for (const { data, granule } of stream) {
    const samples = opusSamples(data);
    packets.push(data);
    samplesPerPacket.push(samples);
    total += samples;
    if (total > MAX_CLIP_SAMPLES) throw notOurs("longer than two hours");
    last = granule;
  }
  const playableSamples = Number(last) - preSkip;
  if (playableSamples <= 0 || Number(last) > total) throw notOurs(`a position of ${last} in ${total} samples`);
  return { preSkip, packets, samplesPerPacket, playableSamples };
}

/** Samples of one frame at 48 kHz, by the configuration in the upper five bits of a packet's first byte (RFC 6716, 3.1). */
const FRAME_SAMPLES = [
  ...[480, 960, 1920, 2880, 480, 960, 1920, 2880, 480, 960, 1920, 2880],
  ...[480, 960, 480, 960],
  ...[120, 240, 480, 960, 120, 240, 480, 960, 120, 240, 480, 960, 120, 240, 480, 960],
] as const;

/**
 * How long a packet sounds, in samples at 48 kHz. @throws Fault "invalid", reason `opus`, when it cannot be a packet of ours
 */
export function opusSamples(packet: Uint8Array): number {
  const first = packet[0];
  if (first === undefined || packet.length > MAX_PACKET) throw notOurs(`a packet of ${packet.length} bytes`);
  const samples = (FRAME_SAMPLES[first >> 3] ?? 0) * framesIn(first & 3, packet[1]);
  if (samples === 0 || samples > MAX_PACKET_SAMPLES) throw notOurs(`a packet of ${samples} samples`);
  return samples;
}

/** The two low bits of the first byte tell one frame, two frames, or a number in the second byte. */
function framesIn(code: number, second: number | undefined): number {
  if (code === 0) return 1;
  return code < 3 ? 2 : (second ?? 0) & 63;
}

/** Checks the identification header and returns its pre-skip. */
function readHead(head: Uint8Array | undefined): number {
  if (head === undefined || !startsWith(head, "OpusHead") || head.length < 19) throw notOurs("no Opus header");
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint8(8) >> 4 !== 0) throw notOurs(`version ${view.getUint8(8)}`);
  if (view.getUint8(9) !== 1 || view.getUint8(18) !== 0) throw notOurs("not mono");
  if (view.getInt16(16, true) !== 0) throw notOurs("an output gain");
  return view.getUint16(10, true);
}

const startsWith = (bytes: Uint8Array | undefined, word: string): boolean =>
  bytes !== undefined &&
  bytes.length >= word.length &&
  [...word].every((letter, i) => bytes[i] === letter.charCodeAt(0));

const notOurs = (what: string): Fault =>
  new Fault(
    "invalid",
    { vi: `tệp không phải âm thanh Opus của đài: ${what}`, en: `not Opus in the house format: ${what}` },
    { reason: "opus" },
  );
