/**
 * The seal behind each piece of a stream: it says which chunks the station really sent. All integers are big-endian.
 *
 *     0      type 0xC1
 *     1-4    uint32 stream
 *     5-8    uint32 sequence of the first chunk of the piece
 *     9-12   uint32 sequence of the last one
 *     13-76  Ed25519 signature with the key of the stream, over the text of {@link sealText}
 *
 * @module
 */
import { Fault } from "../base/errors.js";

/** Type number of the binary frame. */
export const SEAL_TYPE = 0xc1;
/** Length of the frame, bytes. */
export const SEAL_LENGTH = 77;
const SIGNATURE_AT = 13;

/** Which chunks a seal is about. */
export interface SealedSpan {
  readonly stream: number;
  readonly first: number;
  readonly last: number;
}

export interface Seal extends SealedSpan {
  readonly signature: Uint8Array;
}

/**
 * What the seal of a piece signs, for the purpose `seal`.
 *
 * @param digest SHA-256, hex, over the payloads of the piece's binary frames, one behind the other: headers and packets
 */
export const sealText = ({ stream, first, last }: SealedSpan, digest: string): string =>
  `${stream}\n${first}\n${last}\n${digest}`;

/** Writes a seal to `target` from `offset` on; returns the offset behind it. */
export function writeSeal(target: Uint8Array, offset: number, { stream, first, last, signature }: Seal): number {
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
  view.setUint8(offset, SEAL_TYPE);
  view.setUint32(offset + 1, stream);
  view.setUint32(offset + 5, first);
  view.setUint32(offset + 9, last);
  target.set(signature, offset + SIGNATURE_AT);
  return offset + SEAL_LENGTH;
}

/** A seal as the payload of a binary frame. */
export function encodeSeal(seal: Seal): Uint8Array {
  const bytes = new Uint8Array(SEAL_LENGTH);
  writeSeal(bytes, 0, seal);
  return bytes;
}

/** Reads a binary frame; `undefined` when it is of another type. @throws Fault "invalid" when its length is wrong */
export function decodeSeal(bytes: Uint8Array): Seal | undefined {
  if (bytes[0] !== SEAL_TYPE) return undefined;
  if (bytes.length !== SEAL_LENGTH)
    throw new Fault("invalid", {
      vi: `dấu niêm phong sai: ${bytes.length} byte`,
      en: `malformed: a seal of ${bytes.length} bytes`,
    });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    stream: view.getUint32(1),
    first: view.getUint32(5),
    last: view.getUint32(9),
    signature: bytes.slice(SIGNATURE_AT),
  };
}
