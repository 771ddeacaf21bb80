/**
 * The server's time as it is signed. A statement says «it is now at least this»: whoever holds it knows that server time has
 * come so far. One that answers a nonce also cannot be older than the question, so it bounds the time from both sides.
 *
 * The signed text is the epoch and the time, and the nonce when it answers one, in decimal with one space between. Statements
 * that nobody asked for travel as a binary frame, for they go to everybody:
 *
 *     0      type 0xC2
 *     1-4    uint32 epoch
 *     5-12   int64, µs of server time
 *     13-76  Ed25519 signature over `loa pa.v1 time` and the text; which of the station's keys made it is not said
 *
 * All integers are big-endian.
 *
 * @module
 */
import * as z from "zod/mini";
import { type Micros, micros } from "../base/units.js";

/** Type number and length of the binary frame. */
export const SIGNED_TIME = 0xc2;
export const SIGNED_TIME_BYTES = 77;

/** A nonce: 16 random bytes in base64url. */
export const timeNonceSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));

/** What is stated. */
export interface TimeStatement {
  /** The server's time base. */
  readonly epoch: number;
  readonly at: Micros;
  /** The question that it answers. */
  readonly nonce?: string | undefined;
}

export interface SignedTime extends TimeStatement {
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** The text that is signed. */
export const timeText = ({ epoch, at, nonce }: TimeStatement): string =>
  nonce === undefined ? `${epoch} ${at}` : `${epoch} ${at} ${nonce}`;

const TEXT = /^(\d{1,10}) (\d{1,16})(?: ([A-Za-z0-9_-]{22}))?$/;

/** Reads a signed text; `undefined` when it is none. Only what {@link timeText} writes is read. */
export function parseTimeText(text: string): TimeStatement | undefined {
  const [, epoch, at, nonce] = TEXT.exec(text) ?? [];
  if (epoch === undefined || at === undefined || !Number.isSafeInteger(Number(at))) return undefined;
  const statement = { epoch: Number(epoch), at: micros(Number(at)), nonce };
  return timeText(statement) === text ? statement : undefined;
}

export function encodeSignedTime({ epoch, at, signature }: SignedTime): Uint8Array {
  const bytes = new Uint8Array(SIGNED_TIME_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, SIGNED_TIME);
  view.setUint32(1, epoch);
  view.setBigInt64(5, BigInt(at));
  bytes.set(signature, 13);
  return bytes;
}

/** Reads a binary frame; `undefined` when it is none of these. */
export function decodeSignedTime(bytes: Uint8Array): SignedTime | undefined {
  if (bytes[0] !== SIGNED_TIME || bytes.length !== SIGNED_TIME_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = Number(view.getBigInt64(5));
  if (at < 0 || !Number.isSafeInteger(at)) return undefined;
  return { epoch: view.getUint32(1), at: micros(at), signature: bytes.subarray(13) };
}
