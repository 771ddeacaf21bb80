/**
 * One Opus packet on the wire: an 18-byte header and the packet itself. All integers are big-endian.
 *
 *     0      type 0x04 loudspeaker chunk, 0x0C microphone chunk
 *     1-8    int64, µs since the Unix epoch on the server clock: when the packet's first sample is heard
 *            (capture time for a microphone)
 *     9-12   uint32 stream
 *     13-16  uint32 sequence, rising by one, from 0
 *     17     flags: bit 0 discontinuity (decoder starts anew, `preSkip` samples are dropped), bit 1 last chunk of the stream
 *     18-    the packet
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import { type Micros, micros } from "../base/units.js";
import { MAX_CHUNK } from "./limits.js";

/** Length of the header, bytes. */
export const CHUNK_HEADER = 18;
/** Type numbers of binary frames. Others are ignored. */
export const CHUNK_TYPE = { loudspeaker: 0x04, microphone: 0x0c } as const;

const DISCONTINUITY = 1;
const LAST = 2;

export interface Chunk {
  readonly type: "loudspeaker" | "microphone";
  /** When the first sample of the decoded packet is heard. */
  readonly at: Micros;
  readonly stream: number;
  readonly sequence: number;
  /** The decoder starts anew with this packet. */
  readonly discontinuity: boolean;
  /** Nothing follows in this stream. */
  readonly last: boolean;
  /** Exactly one Opus packet, 1 to 1275 bytes. */
  readonly packet: Uint8Array;
}

/** Writes header and packet to `target` from `offset` on; returns the offset behind them. The target must be long enough. */
export function writeChunk(target: Uint8Array, offset: number, chunk: Chunk): number {
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
  view.setUint8(offset, CHUNK_TYPE[chunk.type]);
  view.setBigInt64(offset + 1, BigInt(chunk.at));
  view.setUint32(offset + 9, chunk.stream);
  view.setUint32(offset + 13, chunk.sequence);
  view.setUint8(offset + 17, (chunk.discontinuity ? DISCONTINUITY : 0) | (chunk.last ? LAST : 0));
  target.set(chunk.packet, offset + CHUNK_HEADER);
  return offset + CHUNK_HEADER + chunk.packet.length;
}

/**
 * Reads a binary frame; `undefined` for a type that this version does not know. The packet shares the frame's memory.
 *
 * @throws Fault "invalid" when it is too short, too long or its time cannot be
 */
export function decodeChunk(bytes: Uint8Array): Chunk | undefined {
  const type = bytes[0];
  if (type !== CHUNK_TYPE.loudspeaker && type !== CHUNK_TYPE.microphone) return undefined;
  if (bytes.length <= CHUNK_HEADER || bytes.length > MAX_CHUNK) throw malformed(`a chunk of ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = Number(view.getBigInt64(1));
  if (!Number.isSafeInteger(at) || at < 0) throw malformed(`a chunk for the time ${at}`);
  const flags = view.getUint8(17);
  return {
    type: type === CHUNK_TYPE.loudspeaker ? "loudspeaker" : "microphone",
    at: micros(at),
    stream: view.getUint32(9),
    sequence: view.getUint32(13),
    discontinuity: (flags & DISCONTINUITY) !== 0,
    last: (flags & LAST) !== 0,
    packet: bytes.subarray(CHUNK_HEADER),
  };
}

const malformed = (what: string): Fault =>
  new Fault("invalid", { vi: `gói âm thanh sai: ${what}`, en: `malformed: ${what}` });
