/**
 * What receivers say: read, counted, and handed on. Nonsense ends the connection it came from and nothing else.
 *
 * @module
 */
import type { RawData } from "ws";
import type { Clock } from "../../base/clock.js";
import { reasonOf } from "../../base/errors.js";
import type { Micros } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { MAX_MESSAGES_PER_SECOND } from "../../protocol/limits.js";
import { type HelloBody, parseReceiverMessage, type ReceiverMessage, type StateBody } from "../../protocol/messages.js";
import { HOPELESS_REPORTS } from "./backpressure.js";
import type { Closing } from "./closing.js";
import { type Connection, heardFrom, writeControl } from "./connection.js";
import type { Counts } from "./counts.js";
import { textFrame } from "./frames.js";
import type { TimeDesk } from "./time-desk.js";

/** A receiver that does not await its welcome may say this much meanwhile. */
const MAX_HELD = 32;
/** The message rate is averaged over this long, seconds: so many more may come at once. */
const AVERAGED_OVER = 10;

export interface ReaderParts {
  readonly clock: Clock;
  readonly counts: Counts;
  readonly timeDesk: TimeDesk;
  /** Server time for the clock exchange. */
  readonly serverMicros: () => Micros;
  readonly dismiss: (connection: Connection, closing: Closing, why?: string) => void;
  readonly onHello: (connection: Connection, hello: HelloBody) => void;
  readonly onMessage: (receiver: ReceiverId, message: ReceiverMessage) => void;
  /** It said something that is answered here: it lives. */
  readonly onAlive: (receiver: ReceiverId) => void;
}

/** Takes what connections say. Never throws. */
export interface Reader {
  take(connection: Connection, data: RawData, isBinary: boolean): void;
  /** A ping is a sign of life. It is answered, and counts as a message. */
  takePing(connection: Connection, carried: Buffer): void;
  /** Nobody is asked for a pong, but who sends one lives. */
  takePong(connection: Connection): void;
  /** Hands on what came before there was time for the hello. */
  release(connection: Connection): void;
}

export function createReader(parts: ReaderParts): Reader {
  const { clock, counts, serverMicros, dismiss, onHello, onMessage, onAlive, timeDesk } = parts;

  const answerTime = (connection: Connection, c1: number, s2: Micros) => {
    writeControl(connection, textFrame({ t: "time", p: { c1, s2, s3: serverMicros() } }), counts);
  };
  const handle = (connection: Connection, message: ReceiverMessage, at: Micros) => {
    if (connection.receiver === undefined) {
      if (message.t === "hello" && connection.stage === "new") onHello(connection, message.p);
      else if (connection.stage === "waiting" && connection.held.length < MAX_HELD) hold(connection, message);
      else dismiss(connection, "malformed", `${message.t} before hello`);
      return;
    }
    if (message.t === "time") {
      onAlive(connection.receiver);
      answerTime(connection, message.p.c1, at);
      if (message.p.nonce !== undefined) timeDesk.answer(connection, message.p.nonce, at);
      return;
    }
    if (message.t === "hello") return dismiss(connection, "malformed", "a second hello");
    if (message.t === "state" && isHopeless(connection, message.p)) return dismiss(connection, "too-late");
    onMessage(connection.receiver, message);
  };

  /** Counts what came; `false` when it is of no account, or one too many. */
  const accepts = (connection: Connection, now: number): boolean => {
    if (connection.stage === "gone") return false;
    counts.received += 1;
    if (spendMessage(connection, now)) return true;
    dismiss(connection, "too-many-messages");
    return false;
  };
  const take: Reader["take"] = (connection, data, isBinary) => {
    const at = serverMicros();
    const now = clock.now();
    if (!accepts(connection, now)) return;
    // No receiver sends audio; a binary frame is of a type that this version does not know.
    if (isBinary || !Buffer.isBuffer(data)) return;
    const message = read(data.toString("utf8"));
    if (typeof message === "string") return dismiss(connection, "malformed", message);
    if (connection.stage === "on") heardFrom(connection, now);
    if (message !== undefined) handle(connection, message, at);
  };

  const takePong = (connection: Connection): boolean => {
    const now = clock.now();
    if (!accepts(connection, now)) return false;
    if (connection.stage !== "on" || connection.receiver === undefined) return true;
    heardFrom(connection, now);
    onAlive(connection.receiver);
    return true;
  };

  return {
    take,
    takePong,
    takePing(connection, carried) {
      if (takePong(connection)) writeControl(connection, timeDesk.pong(connection, carried), counts);
    },
    release(connection) {
      const { held } = connection;
      connection.held = [];
      for (const message of held) {
        if (connection.stage === "on") handle(connection, message, serverMicros());
      }
    },
  };
}

const hold = (connection: Connection, message: ReceiverMessage) => {
  connection.held = [...connection.held, message];
};

/** A token bucket of two numbers. */
function spendMessage(connection: Connection, now: number): boolean {
  const earned = ((now - connection.allowanceAt) / 1000) * MAX_MESSAGES_PER_SECOND;
  connection.allowanceAt = now;
  connection.allowance = Math.max(0, connection.allowance - earned) + 1;
  return connection.allowance <= MAX_MESSAGES_PER_SECOND * AVERAGED_OVER;
}

/** The message, `undefined` for an unknown type, or what is wrong with it. */
function read(text: string): ReceiverMessage | undefined | string {
  try {
    return parseReceiverMessage(text);
  } catch (thrown) {
    return reasonOf(thrown);
  }
}

/** Whether what it is fed comes too late time and again: then the way to it is full of stale audio. */
function isHopeless(connection: Connection, { now, bufferMs, late }: StateBody): boolean {
  connection.sounding = now.length > 0;
  const worse = connection.streams > 0 && bufferMs <= 0 && late > connection.late;
  connection.late = late;
  connection.hopeless = worse ? connection.hopeless + 1 : 0;
  return connection.hopeless >= HOPELESS_REPORTS;
}
