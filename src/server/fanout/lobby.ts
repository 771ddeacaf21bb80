/**
 * How receivers come and go: the door, the challenge, the welcome, the goodbye.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RawData } from "ws";
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { later, type Micros, type Ms, ms, seconds } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { MAX_RECEIVER_MESSAGE, RECEIVER_PATH, SUBPROTOCOL } from "../../protocol/limits.js";
import type { Body, HelloBody, ReceiverMessage, ServerMessage } from "../../protocol/messages.js";
import { CLOSE_CODE, type Closing, closeText } from "./closing.js";
import { type Connection, createConnection, heardFrom, writeControl } from "./connection.js";
import type { Counts } from "./counts.js";
import { createDoor } from "./door.js";
import { textFrame } from "./frames.js";
import { type Admittance, createNewcomers } from "./newcomers.js";
import { createReader } from "./reading.js";
import type { Roster } from "./roster.js";
import { createTimeDesk, type TimeSigning } from "./time-desk.js";
import { watchSilence } from "./watch.js";

/** Of a challenge. */
const NONCE_BYTES = 24;
/** Hello must come within this time of the connection. */
const HELLO_WITHIN: Ms = seconds(5);
/** Sockets before hello, at most; a storm of 10,000 receivers stays below. */
const MAX_PENDING = 12_000;
/** When the server goes down, receivers come back spread over this time; who comes sooner is sent away for as long. */
const RETURN_SPREAD: Ms = seconds(2);
/** Those who found the door shut are to come again spread over this time, seconds. */
const TOO_MANY_SPREAD = 10;
/** Sockets that have not closed by then are cut off. */
const CLOSE_WITHIN: Ms = ms(800);

export interface FanoutParts {
  readonly clock: Clock;
  readonly log: Log;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** The server time that receivers steer by. */
  readonly serverMicros: () => Micros;
  /** Signs the time that receivers bound theirs by; without it no signed time is told. */
  readonly timeSigning?: TimeSigning | undefined;
  /** Checks the proof of a hello against the nonce that this connection was given. `address` is the peer's IP. */
  readonly authenticate: (hello: HelloBody, nonce: string, address: string) => Promise<Admittance>;
  /** Two devices hold this receiver's key: both were sent away, and neither may come back until a person has looked. */
  readonly onTwoDevices: (receiver: ReceiverId) => void;
  /** What a receiver is told first. */
  readonly welcome: (receiver: ReceiverId, hello: HelloBody) => Body<ServerMessage, "welcome">;
  /** A receiver is connected and welcomed; orders for it may be sent at once. */
  readonly onHello: (receiver: ReceiverId, hello: HelloBody) => void;
  /** Anything else it says, except `time`, which is answered here. */
  readonly onMessage: (receiver: ReceiverId, message: ReceiverMessage) => void;
  /** It pinged, or asked for the time: it lives, and there is nothing more to it. Called often. */
  readonly onAlive: (receiver: ReceiverId) => void;
  /** It is no longer connected. When it was `replaced`, {@link onHello} for the new connection follows. */
  readonly onGone: (receiver: ReceiverId, why: Closing) => void;
}

/** What the lobby shares with the rest of the fan-out. */
export interface LobbyParts {
  readonly roster: Roster;
  readonly counts: Counts;
  /** The connection must get nothing more from any stream. */
  readonly forget: (connection: Connection) => void;
}

export interface Lobby {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends a connection. `told` is what the receiver hears in place of the reason. Harmless when repeated. */
  dismiss(connection: Connection, why: Closing, told?: string): void;
  /** Lets nobody in any more: who comes, or is not welcomed yet, hears that the server goes down. Harmless when repeated. */
  shut(): void;
  /** Says goodbye to everybody; done within a second. */
  close(): Promise<void>;
}

export function createLobby(parts: FanoutParts, { roster, counts, forget }: LobbyParts): Lobby {
  const { clock, log, random, serverMicros } = parts;
  /** Sockets whose `close` has not come yet. */
  const open = new Set<Connection>();
  let emptied: (() => void) | undefined;
  let isShut = false;

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
    forget(connection);
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

  const newcomers = createNewcomers({
    ...{ clock, log, roster, dismiss, authenticate: parts.authenticate },
    onTwoDevices: (receiver) => guarded("onTwoDevices", () => parts.onTwoDevices(receiver)),
    welcome(connection, receiver, hello) {
      roster.admit(connection, receiver);
      counts.accepted += 1;
      heardFrom(connection, clock.now());
      writeControl(connection, textFrame({ t: "welcome", p: parts.welcome(receiver, hello) }), counts);
      log.debug("receiver.connected", { receiver });
      parts.onHello(receiver, hello);
    },
    release: (connection) => {
      if (connection.held.length > 0) reader.release(connection);
    },
  });
  const timeDesk = createTimeDesk({ clock, log, counts, roster, serverMicros, signing: parts.timeSigning });
  const reader = createReader({
    timeDesk,
    clock,
    counts,
    serverMicros,
    dismiss,
    onHello(connection, hello) {
      connection.stage = "waiting";
      heardFrom(connection, clock.now());
      newcomers.hello(connection, hello);
    },
    onMessage: (receiver, message) => guarded(message.t, () => parts.onMessage(receiver, message)),
    onAlive: (receiver) => guarded("onAlive", () => parts.onAlive(receiver)),
  });
  /** Come again within so many seconds, but not in this one. */
  const notNow = (why: string, spread: number) => ({
    status: 503,
    why,
    retryAfterS: 1 + Math.floor(random() * spread),
  });
  const refusal = () => {
    if (isShut) return notNow("Going Away", RETURN_SPREAD / 1000);
    return roster.pending() >= MAX_PENDING ? notNow("Busy", TOO_MANY_SPREAD) : undefined;
  };
  const door = createDoor({
    path: RECEIVER_PATH,
    subprotocol: SUBPROTOCOL,
    maxMessage: MAX_RECEIVER_MESSAGE,
    refuse: refusal,
    onSocket(socket, raw) {
      const now = clock.now();
      const nonce = randomBytes(NONCE_BYTES).toString("base64url");
      const connection = createConnection({ socket, raw, nonce, now, deadAt: later(now, HELLO_WITHIN) });
      roster.enter(connection);
      writeControl(connection, textFrame({ t: "challenge", p: { nonce, now: serverMicros() } }), counts);
      open.add(connection);
      socket.on("message", (data: RawData, isBinary: boolean) => reader.take(connection, data, isBinary));
      socket.on("ping", (carried: Buffer) => reader.takePing(connection, carried));
      socket.on("pong", () => reader.takePong(connection));
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
  const sayGoodbye = (some: readonly Connection[]) => {
    for (const one of some) dismiss(one, "shutting-down", "shutting-down", Math.round(random() * RETURN_SPREAD));
  };
  const shut = () => {
    isShut = true;
    newcomers.close();
    sayGoodbye(roster.all.filter(({ stage }) => stage !== "on"));
  };

  return {
    upgrade: door.upgrade,
    dismiss,
    shut,
    async close() {
      shut();
      stopWatching();
      timeDesk.close();
      door.close();
      sayGoodbye([...roster.all]);
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
    },
  };
}
