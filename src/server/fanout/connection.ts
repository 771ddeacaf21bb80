/**
 * One receiver's socket and all that is known of it here: a few numbers, so that ten thousand cost little.
 *
 * @module
 */
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import { type Instant, later } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { DEAD_IDLE, DEAD_ON_AIR } from "../../protocol/limits.js";
import type { ReceiverMessage } from "../../protocol/messages.js";
import { MAX_WAITING_CONTROL, type Verdict } from "./backpressure.js";
import type { Counts } from "./counts.js";

/** Shared by all, for hardly anybody holds anything back. */
const NOTHING: ReceiverMessage[] = [];

export interface Connection {
  readonly socket: WebSocket;
  /** The same socket below `ws`, for frames that are built already. */
  readonly raw: Socket;
  /** `new` until hello, `waiting` until it is proved and there is time for it, `on` while in the roster, `gone` for ever. */
  stage: "new" | "waiting" | "on" | "gone";
  receiver: ReceiverId | undefined;
  /** What its hello must be signed over; empty once that has come. */
  nonce: string;
  /** The start of the program that it speaks for. */
  bootId: string;
  /** What came between hello and welcome. */
  held: ReceiverMessage[];
  /** Index in the roster. */
  place: number;
  /** Taken for dead when nothing has come by then. */
  deadAt: number;
  /** Streams that feed it. */
  streams: number;
  /** It says that it is sounding. */
  sounding: boolean;
  /** Messages lately sent, less what time forgives, and when that was reckoned. */
  allowance: number;
  allowanceAt: number;
  /** Late chunks at its last report, and reports in a row that were hopeless. */
  late: number;
  hopeless: number;
  /** When it was last told the signed time, and whether it waits for an answer to its nonce. */
  timeToldAt: number;
  asksTime: boolean;
}

export interface Newcomer {
  readonly socket: WebSocket;
  readonly raw: Socket;
  readonly nonce: string;
  readonly now: Instant;
  /** When it is given up unless it says hello. */
  readonly deadAt: Instant;
}

export const createConnection = ({ socket, raw, nonce, now, deadAt }: Newcomer): Connection => ({
  socket,
  raw,
  nonce,
  bootId: "",
  stage: "new",
  receiver: undefined,
  held: NOTHING,
  place: -1,
  deadAt,
  streams: 0,
  sounding: false,
  allowance: 0,
  allowanceAt: now,
  late: 0,
  hopeless: 0,
  timeToldAt: now,
  asksTime: false,
});

/** Something came from it: it lives. */
export function heardFrom(connection: Connection, now: Instant): void {
  const onAir = connection.streams > 0 || connection.sounding;
  connection.deadAt = later(now, onAir ? DEAD_ON_AIR : DEAD_IDLE);
}

/** It is on air from now on and must report more often: its silence counts from here. */
export function beginOnAir(connection: Connection, now: Instant): void {
  connection.streams += 1;
  connection.deadAt = Math.min(connection.deadAt, later(now, DEAD_ON_AIR));
}

/** A stream ended. A receiver that falls back to rare reports must not be missed at the old pace. */
export function endOnAir(connection: Connection, now: Instant): void {
  connection.streams -= 1;
  if (connection.streams === 0) connection.deadAt = later(now, DEAD_IDLE);
}

/** Writes a control message. `close` when not even that can be taken any more. */
export function writeControl(connection: Connection, frame: Buffer, counts: Counts): Verdict {
  const { socket, raw } = connection;
  if (socket.readyState !== WebSocket.OPEN) return "skip";
  if (raw.writableLength > MAX_WAITING_CONTROL) return "close";
  raw.write(frame);
  counts.writes += 1;
  counts.sentBytes += frame.length;
  return "send";
}
