/**
 * As much of MP3 as is needed to join pieces and to see that a piece is whole.
 *
 * @module
 */

/** The frames of a piece, without tags, and what they sound like to a decoder. */
export interface Mp3 {
  readonly frames: Buffer;
  /** Two pieces can be joined when theirs are equal: version and sample rate. */
  readonly format: string;
  readonly seconds: number;
}

/** Bit rates of layer III in kbit/s, by the index in the header (ISO 11172-3 and 13818-3). */
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/** Sample rates by version bits (0 is 2.5, 2 is 2, 3 is 1). */
const HERTZ: Readonly<Record<number, readonly number[]>> = {
  0: [11_025, 12_000, 8000],
  2: [22_050, 24_000, 16_000],
  3: [44_100, 48_000, 32_000],
};

/** Reads a piece. Undefined when it does not start with frames, or breaks off inside one. */
export function readMp3(bytes: Buffer): Mp3 | undefined {
  const start = afterId3(bytes);
  const first = header(bytes, start);
  if (first === undefined) return undefined;
  let seconds = 0;
  let at = start;
  while (at < bytes.length) {
    const frame = header(bytes, at);
    // A tag at the end is not sound.
    if (frame === undefined) return bytes.toString("latin1", at, at + 3) === "TAG" ? piece(at) : undefined;
    if (at + frame.bytes > bytes.length) return undefined;
    seconds += frame.samples / frame.hertz;
    at += frame.bytes;
  }
  return piece(at);

  function piece(end: number): Mp3 {
    return { frames: bytes.subarray(start, end), format: `${first?.version}/${first?.hertz}`, seconds };
  }
}

/** A tag in front has its own length, seven bits to the byte. */
function afterId3(bytes: Buffer): number {
  if (bytes.toString("latin1", 0, 3) !== "ID3" || bytes.length < 10) return 0;
  return 10 + bytes.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 0x7f), 0);
}

function header(bytes: Buffer, at: number) {
  if (at + 4 > bytes.length) return undefined;
  const word = bytes.readUInt32BE(at);
  const version = (word >>> 19) & 3;
  const isLayer3 = word >>> 21 === 0x7ff && ((word >>> 17) & 3) === 1;
  const hertz = HERTZ[version]?.[(word >>> 10) & 3];
  const kilobits = (version === 3 ? RATES_1 : RATES_2)[(word >>> 12) & 15];
  if (!isLayer3 || hertz === undefined || !kilobits) return undefined;
  const samples = version === 3 ? 1152 : 576;
  const padding = (word >>> 9) & 1;
  return { version, hertz, samples, bytes: Math.floor((samples * kilobits * 125) / hertz) + padding };
}
