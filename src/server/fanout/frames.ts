/**
 * Complete WebSocket frames, built once and then written to any number of sockets.
 *
 * `ws` frames each message anew for each socket. What a server sends is never masked, so a frame is the same bytes for
 * everybody: a head of two, four or ten bytes and the payload.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { CHUNK_HEADER, type Chunk, writeChunk } from "../../protocol/chunk.js";
import { encodeMessage, type ServerMessage } from "../../protocol/messages.js";
import { SEAL_LENGTH, sealText, writeSeal } from "../../protocol/seal.js";

/** First byte of a frame: final, with opcode 1 for text and 2 for binary. */
const TEXT = 0x81;
const BINARY = 0x82;

/** One binary message as a frame. */
export function binaryFrame(payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafeSlow(headLength(payload.length) + payload.length);
  frame.set(payload, writeHead(frame, 0, BINARY, payload.length));
  return frame;
}

/** The answer to an empty ping: the same two bytes for everybody. */
const PONG = Buffer.from([0x8a, 0]);

/** The answer to a ping: it returns what the ping carried (RFC 6455, 5.5.3). */
export function pongFrame(carried: Buffer): Buffer {
  return carried.length === 0 ? PONG : Buffer.concat([Buffer.from([0x8a, carried.length]), carried]);
}

/** A chunk of a stream that is already known by number. Sequence numbers are the caller's. */
export type ChunkBody = Omit<Chunk, "type" | "stream">;

/** One control message as a text frame. */
export function textFrame(message: ServerMessage): Buffer {
  const text = encodeMessage(message);
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafeSlow(headLength(length) + length);
  frame.write(text, writeHead(frame, 0, TEXT, length));
  return frame;
}

/** Makes the signature of a seal over its text. */
export type SignSeal = (text: string) => Uint8Array;

const SEAL_FRAME = headLength(SEAL_LENGTH) + SEAL_LENGTH;

/** Many chunks, each as a binary frame of its own, and the seal behind them, in one buffer: one write carries them all. */
export function chunkFrames(stream: number, chunks: readonly ChunkBody[], sign: SignSeal): Buffer {
  let length = SEAL_FRAME;
  for (const { packet } of chunks) length += headLength(CHUNK_HEADER + packet.length) + CHUNK_HEADER + packet.length;
  // Not from the shared pool: a slow socket must not keep more alive than its own piece.
  const frames = Buffer.allocUnsafeSlow(length);
  const hash = createHash("sha256");
  let offset = 0;
  for (const chunk of chunks) {
    const begin = writeHead(frames, offset, BINARY, CHUNK_HEADER + chunk.packet.length);
    offset = writeChunk(frames, begin, { ...chunk, type: "loudspeaker", stream });
    hash.update(frames.subarray(begin, offset));
  }
  const span = { stream, first: chunks[0]?.sequence ?? 0, last: chunks.at(-1)?.sequence ?? 0 };
  const signature = sign(sealText(span, hash.digest("hex")));
  writeSeal(frames, writeHead(frames, offset, BINARY, SEAL_LENGTH), { ...span, signature });
  return frames;
}

function headLength(payload: number): number {
  if (payload < 126) return 2;
  return payload < 65_536 ? 4 : 10;
}

/** Returns the offset behind the head. */
function writeHead(target: Buffer, offset: number, first: number, payload: number): number {
  target[offset] = first;
  if (payload < 126) {
    target[offset + 1] = payload;
    return offset + 2;
  }
  if (payload < 65_536) {
    target[offset + 1] = 126;
    return target.writeUInt16BE(payload, offset + 2);
  }
  target[offset + 1] = 127;
  return target.writeBigUInt64BE(BigInt(payload), offset + 2);
}
