/**
 * Orders and chunks to receivers: the only place that knows their sockets.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Ms } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { ServerMessage } from "../../protocol/messages.js";
import type { Signed } from "../../protocol/orders.js";
import { type Connection, writeControl } from "./connection.js";
import { createCounts, type FanoutMetrics } from "./counts.js";
import { type ChunkBody, type SignSeal, textFrame } from "./frames.js";
import { createLobby, type FanoutParts } from "./lobby.js";
import { createRoster } from "./roster.js";
import { type ConnectionStream, createStream } from "./stream.js";

/** Sockets before their welcome, from which on it is a crowd: in peace there is hardly ever one. */
const CROWD = 50;

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
  /** Seals each piece with the key that the order of the stream names; one signature a piece, whoever gets it. */
  readonly seal: SignSeal;
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
  /** More receivers are coming than can be let in at once: what can wait should. */
  isCrowded(): boolean;
  openStream(options: StreamOptions): Stream;
  /** Ends a receiver's connection, as when it is unpaired. `why` is told to it. */
  disconnect(receiver: ReceiverId, why: string): void;
  metrics(): FanoutMetrics;
  /** The server is about to go down: nobody is let in any more, those who are in still get everything. */
  shut(): void;
  /** Says goodbye to everybody; done within a second. Harmless when repeated. */
  close(): Promise<void>;
}

/** Needs an HTTP server whose `upgrade` events it is given, listening with a backlog that holds a storm (4096). */
export function createFanout(parts: FanoutParts): Fanout {
  const { clock, serverMicros } = parts;
  const counts = createCounts();
  const roster = createRoster();
  const streams = new Set<ConnectionStream>();
  let closing: Promise<void> | undefined;
  const forget = (connection: Connection) => {
    if (connection.streams > 0) for (const stream of streams) stream.remove(connection);
  };
  const { upgrade, dismiss, shut, close } = createLobby(parts, { roster, counts, forget });

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

  const openStream: Fanout["openStream"] = ({ stream, receivers, seal, periodMs = 1000 }) => {
    const inner = createStream({ stream, periodMs, seal }, { clock, counts, serverMicros, dismiss });
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

  return {
    upgrade,
    connected: roster.connected,
    isConnected: (receiver) => roster.of(receiver) !== undefined,
    send,
    sendOrder: (receivers, order) => send(receivers, { t: "order", p: order }),
    isCrowded: () => roster.pending() >= CROWD,
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
    shut,
    close() {
      for (const stream of streams) stream.close();
      closing ??= close();
      return closing;
    },
  };
}
