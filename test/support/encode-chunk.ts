import { CHUNK_HEADER, type Chunk, writeChunk } from "../../src/protocol/chunk.js";

/** One chunk as the payload of a binary frame. */
export function encodeChunk(chunk: Chunk): Uint8Array {
  const bytes = new Uint8Array(CHUNK_HEADER + chunk.packet.length);
  writeChunk(bytes, 0, chunk);
  return bytes;
}
