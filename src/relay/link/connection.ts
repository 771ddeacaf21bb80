/**
 * The one connection to the station: made anew whenever it is lost, by one address or the other, and given up as dead when
 * nothing is heard of the other side.
 *
 * @module
 */
import { type Cancel, type Clock, every } from "../../base/clock.js";
import type { Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { decodeChunk } from "../../protocol/chunk.js";
import {
  encodeMessage,
  parseServerMessage,
  type ReceiverMessage,
  type ServerMessage,
} from "../../protocol/messages.js";
import { decodeSeal, type Seal } from "../../protocol/seal.js";
import { decodeSignedTime, type SignedTime } from "../../protocol/signed-time.js";
import type { Framed } from "../../receiver/seal-gate.js";
import type { Addresses } from "./addresses.js";
import type { Dialler } from "./dial.js";
import { createKeepAlive, LOOK } from "./keep-alive.js";
import { type LinkTrouble, trouble } from "./link-trouble.js";
import { type Cause, createReturnPace } from "./return-pace.js";
import { openSocket, type StationSocket } from "./socket.js";
import { type Away, createTroubleTeller } from "./trouble-teller.js";

/** Refusals in a row after which people are told, and it is asked at the longest wait only. */
const REFUSALS = 3;
/** Close code for «refused», as the server's end uses it. */
const REFUSED = 4003;
/** Close code for «replaced»: another program has our key and our start, or a copy of both. */
const REPLACED = 4001;
/** Close code for «two devices with one key»: nobody is let in until a person has looked. */
const TWO_DEVICES = 4009;
/** What the server says until a person has compared the words. */
const UNCONFIRMED = "unconfirmed";
/** Messages that cannot be understood, after which a connection is no use. */
const MOST_BAD = 20;

export interface ConnectionOptions {
  readonly addresses: Addresses;
  readonly dialler: Dialler;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Shows a line about the link to the person at the console. */
  readonly onTold?: ((words: Words) => void) | undefined;
  /** The first message of a connection, in answer to the server's challenge; `away` tells why there was none before. */
  readonly hello: (nonce: string, away: Away | undefined) => ReceiverMessage;
  readonly onMessage: (message: ServerMessage) => void;
  readonly onChunk: (framed: Framed) => void;
  /** What seals the chunks before it. */
  readonly onSeal: (seal: Seal) => void;
  readonly onSignedTime: (time: SignedTime) => void;
  readonly onLost: () => void;
  /** Nobody has compared the words yet. It is asked again by itself. */
  readonly onUnconfirmed: () => void;
  /** The server keeps saying that it does not know us. It is asked again by itself. */
  readonly onRefused: (why: string) => void;
  /** Something sounds: a dead link must be found within seconds. */
  readonly onAir: () => boolean;
}

export interface Connection {
  /** Sends a message. `false`: not connected, it is lost. */
  send(message: ReceiverMessage): boolean;
  isConnected(): boolean;
  /** Leaves the address in use for the first one. */
  goToFirst(): void;
  close(): void;
}

/** What is known of the socket in use. */
interface Link {
  readonly socket: StationSocket;
  isWelcomed: boolean;
  isLeaving: boolean;
  /** Messages that could not be understood. */
  bad: number;
  /** Why the server says that it closes. */
  bye: string;
  /** The wait that it named with that, ms. */
  byeWaitMs: number | undefined;
}

export function openConnection(options: ConnectionOptions): Connection {
  const { addresses, clock, log, onAir } = options;
  const pace = createReturnPace(options.random);
  const teller = createTroubleTeller(options);
  const keepAlive = createKeepAlive(clock.now());
  let link: Link | undefined;
  let refusals = 0;
  let retry: Cancel | undefined;
  let closed = false;

  const say = ({ socket }: Link, message: ReceiverMessage) => {
    keepAlive.said(clock.now());
    socket.send(encodeMessage(message));
  };
  const take = (one: Link, message: ServerMessage) => {
    if (message.t === "challenge") {
      if (!one.isWelcomed) say(one, options.hello(message.p.nonce, teller.away()));
      return;
    }
    if (message.t === "welcome") {
      one.isWelcomed = true;
      one.socket.welcomed();
      refusals = 0;
      pace.welcomed(clock.now(), message.p.spreadMs);
      teller.connected(one.socket.server, message.p.session);
    }
    if (message.t === "bye") {
      one.bye = message.p.reason;
      one.byeWaitMs = message.p.retryAfterMs;
      pace.bye(message.p.retryAfterMs ?? 0);
    }
    options.onMessage(message);
  };
  const read = (one: Link, data: Buffer, isBinary: boolean) => {
    try {
      if (!isBinary) {
        const message = parseServerMessage(data.toString("utf8"));
        if (message) take(one, message);
        return;
      }
      const time = decodeSignedTime(data);
      if (time) return options.onSignedTime(time);
      const seal = decodeSeal(data);
      if (seal) return options.onSeal(seal);
      const chunk = decodeChunk(data);
      if (chunk?.type === "loudspeaker") options.onChunk({ chunk, payload: data });
    } catch (thrown) {
      // One bad message stays one bad message; many are another program.
      one.bad += 1;
      if (one.bad === 1) log.warn("relay.bad-message", { thrown });
      if (one.bad >= MOST_BAD) one.socket.giveUp("nonsense", `${one.bad} messages`);
    }
  };
  /** Where to next, and how soon. */
  const causeOf = ({ isWelcomed, byeWaitMs }: Link, code: number, met: LinkTrouble | undefined): Cause => {
    if (code === REPLACED || code === TWO_DEVICES) return "last";
    const isRound = isWelcomed || code === REFUSED || addresses.next();
    if (met?.waitMs !== undefined) return { askedMs: met.waitMs };
    // Who was let in has been given a spread; who was not has only this.
    if (!isWelcomed && byeWaitMs !== undefined) return { askedMs: byeWaitMs };
    return isRound ? "lost" : "elsewhere";
  };
  const later = (cause: Cause) => {
    retry = clock.after(pace.wait(clock.now(), cause), connect);
  };
  const refused = (why: string): void => {
    if (why === UNCONFIRMED) {
      refusals = 0;
      later("unconfirmed");
      options.onUnconfirmed();
      return;
    }
    refusals += 1;
    if (refusals === REFUSALS) options.onRefused(why);
    later(refusals < REFUSALS ? "lost" : "last");
  };
  const tell = ({ socket: { server }, isWelcomed, bye }: Link, code: number, why: string, met?: LinkTrouble) => {
    if (isWelcomed) log.warn("relay.disconnected", { server: server.origin, code, why });
    if (code === TWO_DEVICES) log.error("relay.two-devices", { hint: TWO_DEVICES_HINT });
    else if (met) teller.met(server, met);
    // Who says goodbye comes back; and what a code of this protocol means is said where it is dealt with.
    else if (code < 4000 && bye === "")
      teller.met(server, trouble(reasonOfCode(code), server, `${code} ${why}`.trim()));
  };
  const lost = (one: Link, end: { readonly code: number; readonly why: string; readonly trouble?: LinkTrouble }) => {
    if (link !== one) return;
    link = undefined;
    options.onLost();
    if (closed) return;
    if (one.isLeaving) return connect();
    const why = end.why || one.bye;
    tell(one, end.code, why, end.trouble);
    if (end.code === REFUSED) return refused(why);
    refusals = 0;
    later(causeOf(one, end.code, end.trouble));
  };
  function connect(): void {
    retry = undefined;
    keepAlive.begin(clock.now());
    const socket = openSocket(addresses.current(), {
      ...{ clock, dialler: options.dialler },
      onHeard: () => keepAlive.heard(clock.now()),
      onMessage: (data, isBinary) => link === one && read(one, data, isBinary),
      onEnd: (end) => lost(one, end),
    });
    const one: Link = { socket, isWelcomed: false, isLeaving: false, bad: 0, bye: "", byeWaitMs: undefined };
    link = one;
  }

  const stopLooking = every(clock, LOOK, () => {
    const finding = keepAlive.look(clock.now(), onAir());
    if (!link?.socket.isOpen()) return;
    if (finding === "dead") link.socket.giveUp(link.isWelcomed ? "dead-link" : "silent", "");
    else if (finding === "ping") {
      keepAlive.pinged(clock.now());
      link.socket.ping();
    }
  });

  connect();
  return {
    send(message) {
      if (!link?.isWelcomed || !link.socket.isOpen()) return false;
      say(link, message);
      return true;
    },
    isConnected: () => link?.isWelcomed === true && link.socket.isOpen(),
    goToFirst() {
      if (closed || !link || addresses.isAtFirst()) return;
      addresses.toFirst();
      link.isLeaving = true;
      link.socket.leave();
    },
    close() {
      if (closed) return;
      closed = true;
      stopLooking();
      retry?.();
      link?.socket.leave();
    },
  };
}

const TWO_DEVICES_HINT =
  "Đài thấy hai thiết bị dùng chung một khóa nên đã cách ly vị trí này. Hãy báo người trực đài. / The station saw two devices with one key and has put this place in quarantine. Tell the operator.";

/** What a close code of WebSocket says of the link: broken frames, or an end for any other reason. */
const reasonOfCode = (code: number) => (code >= 1002 && code <= 1009 && code !== 1006 ? "nonsense" : "cut");
