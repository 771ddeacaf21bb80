/**
 * The one WebSocket to the server: opened anew whenever it is lost, with full jitter, and given up as dead when nothing is
 * heard of the other side.
 *
 * @module
 */
import { WebSocket } from "ws";
import { backoff } from "../../base/backoff.js";
import { type Cancel, type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { ms } from "../../base/units.js";
import { decodeChunk } from "../../protocol/chunk.js";
import { MAX_SERVER_MESSAGE, RECEIVER_PATH, SUBPROTOCOL } from "../../protocol/limits.js";
import {
  encodeMessage,
  parseServerMessage,
  type ReceiverMessage,
  type ServerMessage,
} from "../../protocol/messages.js";
import { decodeSeal, type Seal } from "../../protocol/seal.js";
import { decodeSignedTime, type SignedTime } from "../../protocol/signed-time.js";
import type { Framed } from "../../receiver/seal-gate.js";
import { createKeepAlive, LOOK } from "./keep-alive.js";
import { tlsOptionsOf } from "./station-http.js";
import { isAboutTrust, trustWords } from "./tls-words.js";

/** Bounds of the wait before the next try. */
const BASE = ms(1000);
const CAP = ms(60_000);
/** A connection that is not open after this long is given up, ms. */
const OPEN_TIMEOUT = 15_000;
/** Tries after which the wait has reached its bound. */
const MANY = 6;
/** Refusals in a row after which the server is believed: it does not know this receiver. */
const REFUSALS = 3;
/** Close code for «refused», as the server's end uses it. */
const REFUSED = 4003;
/** Close code for «replaced»: another program has our key and our start, or a copy of both. */
const REPLACED = 4001;
/** Close code for «two devices with one key»: nobody is let in until a person has looked. */
const TWO_DEVICES = 4009;
/** What the server says until a person has compared the words. */
const UNCONFIRMED = "unconfirmed";
/** How long to wait before asking again whether they have been; from half of it to one and a half. */
const ASK_AGAIN = 10_000;

export interface ConnectionOptions {
  readonly server: URL;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** PEM of the only certificate authority to trust; those of the system when left out. */
  readonly authority?: string | undefined;
  /** The name that the certificate must be good for, when it is not the one in the address. */
  readonly servername?: string | undefined;
  /** The first message of a connection, in answer to the server's challenge. */
  readonly hello: (nonce: string) => ReceiverMessage;
  readonly onMessage: (message: ServerMessage) => void;
  readonly onChunk: (framed: Framed) => void;
  /** What seals the chunks before it. */
  readonly onSeal: (seal: Seal) => void;
  readonly onSignedTime: (time: SignedTime) => void;
  readonly onLost: () => void;
  /** Nobody has compared the words yet. It is asked again by itself. */
  readonly onUnconfirmed: () => void;
  /** The server does not know us: no use in trying on. */
  readonly onRefused: (why: string) => void;
  /** Something sounds: a dead link must be found within seconds. */
  readonly onAir: () => boolean;
}

export interface Connection {
  /** Sends a message. `false`: not connected, it is lost. */
  send(message: ReceiverMessage): boolean;
  close(): void;
}

export function openConnection(options: ConnectionOptions): Connection {
  const { clock, log, random, hello, onMessage, onLost, onRefused, onAir } = options;
  const { onChunk, onSeal, onSignedTime } = options;
  const url = new URL(RECEIVER_PATH.slice(1), options.server);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  let socket: WebSocket | undefined;
  let welcomed = false;
  const keepAlive = createKeepAlive(clock.now());
  let tries = 0;
  let refusals = 0;
  let spread = 0;
  let reason = "";
  let retry: Cancel | undefined;
  let closed = false;

  const say = (one: WebSocket, message: ReceiverMessage) => {
    keepAlive.said(clock.now());
    one.send(encodeMessage(message));
  };
  const take = (message: ServerMessage) => {
    if (message.t === "challenge") {
      if (socket) say(socket, hello(message.p.nonce));
      return;
    }
    if (message.t === "welcome") {
      welcomed = true;
      tries = 0;
      refusals = 0;
      spread = message.p.spreadMs;
      log.info("relay.connected", { server: url.origin, session: message.p.session });
    }
    if (message.t === "bye") {
      reason = message.p.reason;
      spread = Math.max(spread, message.p.retryAfterMs ?? 0);
    }
    onMessage(message);
  };
  const read = (data: Buffer, isBinary: boolean) => {
    keepAlive.heard(clock.now());
    try {
      if (!isBinary) {
        const message = parseServerMessage(data.toString("utf8"));
        if (message) take(message);
        return;
      }
      const time = decodeSignedTime(data);
      if (time) return onSignedTime(time);
      const seal = decodeSeal(data);
      if (seal) return onSeal(seal);
      const chunk = decodeChunk(data);
      if (chunk?.type === "loudspeaker") onChunk({ chunk, payload: data });
    } catch (thrown) {
      // One bad message stays one bad message; the link is not worth less for it.
      log.warn("relay.bad-message", { thrown });
    }
  };
  const again = () => {
    const base =
      welcomed && spread > 0 && tries === 0 ? ms(random() * spread) : backoff(tries, { base: BASE, cap: CAP, random });
    tries += 1;
    welcomed = false;
    retry = clock.after(base, connect);
  };
  const lost = (one: WebSocket, code: number, text: string) => {
    if (socket !== one) return;
    socket = undefined;
    const why = text || reason;
    log.warn("relay.disconnected", { server: url.origin, code, why });
    onLost();
    if (closed) return;
    if (code === REPLACED) tries = MANY;
    if (code === TWO_DEVICES) {
      tries = MANY;
      log.error("relay.two-devices", { hint: TWO_DEVICES_HINT });
    }
    if (code === REFUSED && why === UNCONFIRMED) {
      refusals = 0;
      retry = clock.after(ms(ASK_AGAIN * (0.5 + random())), connect);
      return options.onUnconfirmed();
    }
    refusals = code === REFUSED ? refusals + 1 : 0;
    if (refusals >= REFUSALS) return onRefused(why);
    again();
  };
  function connect(): void {
    retry = undefined;
    reason = "";
    keepAlive.begin(clock.now());
    const one = new WebSocket(url, SUBPROTOCOL, {
      perMessageDeflate: false,
      maxPayload: MAX_SERVER_MESSAGE,
      handshakeTimeout: OPEN_TIMEOUT,
      ...tlsOptionsOf(options),
    });
    socket = one;
    one.on("message", (data, isBinary) => read(data as Buffer, isBinary));
    one.on("pong", () => keepAlive.heard(clock.now()));
    one.on("ping", () => keepAlive.heard(clock.now()));
    one.on("error", (thrown) =>
      log.warn("relay.link-failed", { server: url.origin, ...explain(options.server, thrown) }),
    );
    one.on("close", (code, text) => lost(one, code, text.toString("utf8")));
  }

  const stopLooking = every(clock, LOOK, () => {
    const one = socket;
    const finding = keepAlive.look(clock.now(), onAir());
    if (!one || one.readyState !== WebSocket.OPEN) return;
    if (finding === "dead") {
      log.warn("relay.link-dead", { server: url.origin });
      one.terminate();
    } else if (finding === "ping") {
      keepAlive.pinged(clock.now());
      one.ping();
    }
  });

  connect();
  return {
    send(message) {
      if (!socket || socket.readyState !== WebSocket.OPEN || !welcomed) return false;
      say(socket, message);
      return true;
    },
    close() {
      if (closed) return;
      closed = true;
      stopLooking();
      retry?.();
      const one = socket;
      if (one?.readyState === WebSocket.OPEN) {
        one.close(1000);
        clock.after(ms(500), () => one.terminate());
      } else one?.terminate();
    },
  };
}

const TWO_DEVICES_HINT =
  "Đài thấy hai thiết bị dùng chung một khóa nên đã cách ly vị trí này. Hãy báo người trực đài. / The station saw two devices with one key and has put this place in quarantine. Tell the operator.";

/** What a person who looks after the box can do about a failed connection. */
function explain(server: URL, thrown: Error): { reason: string; hint: string } {
  const code = "code" in thrown ? String(thrown.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return { reason: code, hint: "name not found: check DNS or --server" };
  if (code === "ECONNREFUSED") return { reason: code, hint: "nobody answers there: is the server running?" };
  if (isAboutTrust(thrown)) {
    const { vi, en } = trustWords(server, thrown);
    return { reason: code, hint: `${vi} ${en}` };
  }
  if (thrown.message.includes("401") || thrown.message.includes("403"))
    return { reason: thrown.message, hint: "the server does not let this receiver in: pair it again" };
  return { reason: code || thrown.message, hint: "trying again" };
}
