/**
 * WAV files of 16-bit mono sound: the one place that knows how their header is written.
 *
 * @module
 */

/** Bytes before the sound when no chunk is added. */
export const WAV_HEADER = 44;
const SAMPLE_BYTES = 2;
/** A size is 32 bits; a longer file says the most there is. */
const MOST = 0xffffffff;

/** Something that a file says about its sound, in front of it. */
export interface WavChunk {
  /** Four letters, such as `bext`. */
  readonly id: string;
  /** An even number of bytes: chunks begin at even places. */
  readonly content: Uint8Array;
}

/**
 * Everything that stands before the sound. The length of the file stands at byte 4, that of the sound in the last four.
 *
 * @param dataBytes length of the sound, bytes
 * @param rate samples a second
 */
export function wavHeader(dataBytes: number, rate: number, chunks: readonly WavChunk[] = []): Uint8Array {
  const added = chunks.map(chunk);
  const length = WAV_HEADER + added.reduce((sum, { length: one }) => sum + one, 0);
  return joined([
    letters("RIFF"),
    uint32(Math.min(MOST, length - 8 + dataBytes)),
    letters("WAVE"),
    ...added,
    chunk({ id: "fmt ", content: format(rate) }),
    letters("data"),
    uint32(Math.min(MOST, dataBytes)),
  ]);
}

/** A whole file. */
export const wavFile = (samples: Int16Array, rate: number): Uint8Array =>
  joined([wavHeader(samples.byteLength, rate), new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)]);

/** A size as WAV has it: 32 bits, the lowest byte first. */
export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

const letters = (text: string): Uint8Array => new TextEncoder().encode(text);
const chunk = ({ id, content }: WavChunk): Uint8Array => joined([letters(id), uint32(content.length), content]);

/** PCM, one channel. */
function format(rate: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 1, true);
  view.setUint16(2, 1, true);
  view.setUint32(4, rate, true);
  view.setUint32(8, rate * SAMPLE_BYTES, true);
  view.setUint16(12, SAMPLE_BYTES, true);
  view.setUint16(14, SAMPLE_BYTES * 8, true);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
