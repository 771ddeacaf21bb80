/**
 * Orders and chunks to receivers: the only place that knows their sockets.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RawData } from "ws";
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { later, type Micros, type Ms, ms, seconds } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { MAX_RECEIVER_MESSAGE, RECEIVER_PATH, SUBPROTOCOL } from "../../protocol/limits.js";
import type { Body, HelloBody, ReceiverMessage, ServerMessage } from "../../protocol/messages.js";
import type { Signed } from "../../protocol/orders.js";
import { createAdmission } from "./admission.js";
import { CLOSE_CODE, type Closing, closeText } from "./closing.js";
import { type Connection, createConnection, heardFrom, writeControl } from "./connection.js";
import { createCounts, type FanoutMetrics } from "./counts.js";
import { createDoor } from "./door.js";
import { type ChunkBody, textFrame } from "./frames.js";
import { createReader } from "./reading.js";
import { createRoster } from "./roster.js";
import { type ConnectionStream, createStream } from "./stream.js";
import { watchSilence } from "./watch.js";

/** Hello must come within this time of the connection. */
const HELLO_WITHIN: Ms = seconds(5);
/** Sockets before hello, at most; a storm of 10,000 receivers stays below. */
const MAX_PENDING = 12_000;
/** After a close by the server, receivers come back spread over this time. */
const RETURN_SPREAD: Ms = seconds(2);
/** Sockets that have not closed by then are cut off. */
const CLOSE_WITHIN: Ms = ms(800);

/** Whether a hello is believed. `why` is a short stable reason that the receiver is told. */
export type Admittance =
  | { readonly ok: true; readonly receiver: ReceiverId }
  | { readonly ok: false; readonly why: string };

export interface FanoutParts {
  readonly clock: Clock;
  readonly log: Log;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** The server time that receivers steer by. */
  readonly serverMicros: () => Micros;
  /** Checks who somebody is, quickly and without waiting. `address` is the peer's IP. */
  readonly authenticate: (hello: HelloBody, address: string) => Admittance;
  /** What a receiver is told first. */
  readonly welcome: (receiver: ReceiverId, hello: HelloBody) => Body<ServerMessage, "welcome">;
  /** A receiver is connected and welcomed; orders for it may be sent at once. */
  readonly onHello: (receiver: ReceiverId, hello: HelloBody) => void;
  /** Anything else it says, except `time`, which is answered here. */
  readonly onMessage: (receiver: ReceiverId, message: ReceiverMessage) => void;
  /** It is no longer connected. When it was `replaced`, {@link onHello} for the new connection follows. */
  readonly onGone: (receiver: ReceiverId, why: Closing) => void;
}

/** A stream that is open to some receivers. */
export interface Stream {
  /** One write to each member: all these chunks in one buffer. Times must rise from push to push. */
  push(chunks: readonly ChunkBody[]): void;
  /** A late joiner gets what it can still hear in time. `false` when it is not connected. */
  add(receiver: ReceiverId): boolean;
  remove(receiver: ReceiverId): void;
  /** Members now. Those that lose their connection leave by themselves. */
  size(): number;
  /** How much later than the first the last member gets a piece: part of the lead of live audio. */
  spread(): Ms;
  /** Ends it at once; what is not yet written is dropped. Harmless when repeated. */
  close(): void;
}

export interface StreamOptions {
  readonly stream: number;
  readonly receivers: readonly ReceiverId[];
  /** Audio in one push, ms: 100 to 200 for a microphone, 1000 for a relay, 5000 for prepared audio. */
  readonly periodMs?: number;
}

export interface Fanout {
  /** Takes an `upgrade` event of an HTTP server; `false` when it is not for receivers. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  connected(): ReceiverId[];
  isConnected(receiver: ReceiverId): boolean;
  /** Sends to those who are connected; returns how many. */
  send(receivers: readonly ReceiverId[] | "all", message: ServerMessage): number;
  sendOrder(receivers: readonly ReceiverId[] | "all", order: Signed): number;
  openStream(options: StreamOptions): Stream;
  /** Ends a receiver's connection, as when it is unpaired. `why` is told to it. */
  disconnect(receiver: ReceiverId, why: string): void;
  metrics(): FanoutMetrics;
  /** Says goodbye to everybody; done within a second. Harmless when repeated. */
  close(): Promise<void>;
}

/** Needs an HTTP server whose `upgrade` events it is given, listening with a backlog that holds a storm (4096). */
export function createFanout(parts: FanoutParts): Fanout {
  const { clock, log, random, serverMicros } = parts;
  const counts = createCounts();
  const roster = createRoster();
  const streams = new Set<ConnectionStream>();
  /** Sockets whose `close` has not come yet. */
  const open = new Set<Connection>();
  let emptied: (() => void) | undefined;
  let closing: Promise<void> | undefined;

  /** Runs what others gave us; their bug stays theirs. Returns whether it went well. */
  const guarded = (what: string, task: () => void): boolean => {
    try {
      task();
      return true;
    } catch (thrown) {
      log.error("fanout.bug", { what, thrown });
      return false;
    }
  };

  /** Takes a connection out of everything; true the first time. */
  const takeOut = (connection: Connection, why: Closing): boolean => {
    if (connection.stage === "gone") return false;
    const { receiver, stage } = connection;
    roster.leave(connection);
    if (connection.streams > 0) for (const stream of streams) stream.remove(connection);
    counts.closed[why] += 1;
    if (stage !== "on" || receiver === undefined) return true;
    log.debug("receiver.gone", { receiver, why });
    guarded("onGone", () => parts.onGone(receiver, why));
    return true;
  };

  const dismiss = (connection: Connection, why: Closing, told: string = why, retryAfterMs?: number) => {
    const { socket, receiver } = connection;
    if (!takeOut(connection, why)) return;
    if (why !== "shutting-down") log.warn("receiver.dismissed", { receiver, why, told });
    if (why === "silent") return socket.terminate();
    const reason = closeText(told);
    const bye = { reason: reason.slice(0, 64), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    writeControl(connection, textFrame({ t: "bye", p: bye }), counts);
    socket.close(CLOSE_CODE[why], reason);
  };

  const greet = ({ connection, hello }: { connection: Connection; hello: HelloBody }) => {
    if (connection.stage === "gone") return;
    const admittance = parts.authenticate(hello, connection.raw.remoteAddress ?? "");
    if (!admittance.ok) return dismiss(connection, "refused", admittance.why);
    const { receiver } = admittance;
    const older = roster.of(receiver);
    if (older !== undefined) dismiss(older, "replaced");
    roster.admit(connection, receiver);
    counts.accepted += 1;
    heardFrom(connection, clock.now());
    writeControl(connection, textFrame({ t: "welcome", p: parts.welcome(receiver, hello) }), counts);
    log.debug("receiver.connected", { receiver });
    parts.onHello(receiver, hello);
  };
  const admission = createAdmission(clock, (newcomer: { connection: Connection; hello: HelloBody }) => {
    const { connection } = newcomer;
    if (!guarded("hello", () => greet(newcomer))) dismiss(connection, "failed");
    if (connection.held.length > 0) reader.release(connection);
    if (connection.socket.isPaused) connection.socket.resume();
  });

  const reader = createReader({
    clock,
    counts,
    serverMicros,
    dismiss,
    onHello(connection, hello) {
      connection.stage = "waiting";
      heardFrom(connection, clock.now());
      if (!admission.take({ connection, hello })) connection.socket.pause();
    },
    onMessage: (receiver, message) => guarded(message.t, () => parts.onMessage(receiver, message)),
  });
  const door = createDoor({
    path: RECEIVER_PATH,
    subprotocol: SUBPROTOCOL,
    maxMessage: MAX_RECEIVER_MESSAGE,
    refuse: () => (closing !== undefined || roster.pending() >= MAX_PENDING ? 503 : undefined),
    onSocket(socket, raw) {
      const now = clock.now();
      const connection = createConnection(socket, raw, now, later(now, HELLO_WITHIN));
      roster.enter(connection);
      open.add(connection);
      socket.on("message", (data: RawData, isBinary: boolean) => reader.take(connection, data, isBinary));
      // Only what breaks the framing comes here: `ws` itself has closed the socket with the fitting code.
      socket.on("error", () => takeOut(connection, "malformed"));
      socket.on("close", (code: number) => {
        takeOut(connection, code === 1006 ? "lost" : "left");
        open.delete(connection);
        if (open.size === 0) emptied?.();
      });
    },
  });
  const stopWatching = watchSilence(clock, roster.all, dismiss);

  const deliver = (connection: Connection, frame: Buffer): boolean => {
    const verdict = connection.stage === "on" ? writeControl(connection, frame, counts) : "skip";
    if (verdict === "close") dismiss(connection, "too-slow");
    return verdict === "send";
  };
  const sendFrame = (receivers: readonly ReceiverId[] | "all", frame: Buffer): number => {
    let sent = 0;
    const { all } = roster;
    const length = receivers === "all" ? all.length : receivers.length;
    for (let index = length - 1; index >= 0; index--) {
      const id = receivers === "all" ? undefined : receivers[index];
      const connection = id === undefined ? all[index] : roster.of(id);
      if (connection !== undefined && deliver(connection, frame)) sent += 1;
    }
    return sent;
  };
  const send: Fanout["send"] = (receivers, message) => sendFrame(receivers, textFrame(message));

  const openStream: Fanout["openStream"] = ({ stream, receivers, periodMs = 1000 }) => {
    const inner = createStream(stream, periodMs, { clock, counts, serverMicros, dismiss });
    const add = (receiver: ReceiverId): boolean => {
      const connection = roster.of(receiver);
      if (connection !== undefined) inner.add(connection);
      return connection !== undefined;
    };
    streams.add(inner);
    for (const receiver of receivers) add(receiver);
    return {
      push: inner.push,
      add,
      remove(receiver) {
        const connection = roster.of(receiver);
        if (connection !== undefined) inner.remove(connection);
      },
      size: inner.size,
      spread: inner.spread,
      close() {
        inner.close();
        streams.delete(inner);
      },
    };
  };

  const shutDown = async () => {
    stopWatching();
    admission.close();
    door.close();
    for (const stream of streams) stream.close();
    for (const connection of [...roster.all]) {
      dismiss(connection, "shutting-down", "shutting-down", Math.round(random() * RETURN_SPREAD));
    }
    if (open.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(CLOSE_WITHIN, () => {
        for (const { socket } of open) socket.terminate();
        resolve();
      });
      emptied = () => {
        cancel();
        resolve();
      };
    });
  };

  return {
    upgrade: door.upgrade,
    connected: roster.connected,
    isConnected: (receiver) => roster.of(receiver) !== undefined,
    send,
    sendOrder: (receivers, order) => send(receivers, { t: "order", p: order }),
    openStream,
    disconnect(receiver, why) {
      const connection = roster.of(receiver);
      if (connection !== undefined) dismiss(connection, "refused", why);
    },
    metrics: () => ({
      ...counts,
      closed: { ...counts.closed },
      connected: roster.size(),
      pending: roster.pending(),
      streams: streams.size,
    }),
    close() {
      closing ??= shutDown();
      return closing;
    },
  };
}
