/**
 * Where the words of whoever speaks live come in. A door has opened the loudspeakers before; here comes nothing but packets, of one
 * size, no more of them than a voice makes, from the same person and the same browser.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import * as z from "zod";
import { type Cancel, type Clock, every } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type Instant, ms, until } from "../../base/units.js";
import { occurrenceIdSchema } from "../../domain/ids.js";
import type { LiveEnd } from "../../domain/live.js";
import { decodeChunk } from "../../protocol/chunk.js";
import { MAX_CHUNK } from "../../protocol/limits.js";
import { opusSamples } from "../../protocol/ogg-opus.js";
import { type Access, type Caller, callerOrNobody } from "./access.js";
import type { AccountVerbs } from "./account-verbs.js";
import type { LiveVerbs, Microphone } from "./live-routes.js";
import { isOwnHost, isOwnOrigin } from "./origin.js";

/** Where a page with a microphone connects. */
export const MICROPHONE_PATH = "/ws/microphone";
/** Sockets at once; more than may speak at once, for those that are lost stay for a while. */
const MOST = 16;
/** Somebody must have said what they speak for within this. */
const NAMING_TIME = ms(5_000);
/** Packets a second in the long run, and what may come at once after a pause of the network. */
const RATE = 55;
const BURST = 250;
/** How often it is asked whether whoever speaks may still do so. */
const ROUND = ms(15_000);
/** 20 ms, one frame, mono. */
const SAMPLES = 960;
const STEREO = 4;
/** Close codes: 1000 it is over, 1008 not let in or nonsense, 4001 the same microphone came by another connection. */
const OVER = 1000;
const REFUSED = 1008;
const REPLACED = 4001;

/** The first message. */
const namingSchema = z.strictObject({ live: occurrenceIdSchema });

/** What a page is told. */
export type MicrophoneTold = { readonly kind: "open" } | { readonly kind: "ended"; readonly why: LiveEnd };

export interface LiveSocket {
  /** Takes an upgrade to {@link MICROPHONE_PATH}; `false` leaves it to another door. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

export interface LiveSocketOptions {
  readonly control: Pick<LiveVerbs, "microphone"> & Pick<AccountVerbs, "onSessionEnd">;
  readonly access: Pick<Access, "callerOf" | "stillHolds">;
  readonly clock: Clock;
  readonly log: Log;
  /** Names the station goes by besides localhost and IP addresses, lower case. */
  readonly hosts?: readonly string[];
}

interface Speaking {
  readonly caller: Caller;
  readonly microphone: Microphone;
}

export function createLiveSocket({ control, access, clock, log, hosts = [] }: LiveSocketOptions): LiveSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_CHUNK, perMessageDeflate: false });
  const speaking = new Map<WebSocket, Speaking>();

  const begin = (socket: WebSocket, caller: Caller, raw: RawData) => {
    const { live } = namingSchema.parse(JSON.parse(raw.toString()));
    const microphone = control.microphone(live, caller.person);
    for (const [other, { microphone: its }] of speaking) if (its === microphone) other.close(REPLACED, "replaced");
    speaking.set(socket, { caller, microphone });
    microphone.onEnd((why) => {
      tell(socket, { kind: "ended", why });
      socket.close(OVER);
    });
    tell(socket, { kind: "open" });
    const isTooFast = createPace(clock);
    return (packets: RawData) => {
      if (isTooFast()) throw new Error("too many packets");
      hear(microphone, packets as Buffer);
    };
  };
  const open = (socket: WebSocket, caller: Caller) => {
    const cancel: Cancel = clock.after(NAMING_TIME, () => socket.close(REFUSED, "not named"));
    let take: ((packets: RawData) => void) | undefined;
    socket.on("error", (error) => log.debug("microphone.error", { error: error.message }));
    socket.once("close", () => {
      cancel();
      speaking.delete(socket);
    });
    socket.on("message", (raw: RawData, isBinary: boolean) => {
      if (socket.readyState !== socket.OPEN) return;
      try {
        cancel();
        if (take === undefined) take = begin(socket, caller, raw);
        else if (isBinary) take(raw);
      } catch (thrown) {
        log.warn("microphone.refused", { thrown, account: caller.person.account ?? caller.person.name });
        socket.close(REFUSED, thrown instanceof Fault ? thrown.reason : "malformed");
      }
    });
  };
  /** Whoever may not speak any more falls silent, whatever their page does. */
  const silence = (isMeant: (caller: Caller) => boolean) => {
    for (const { caller, microphone } of speaking.values()) if (isMeant(caller)) microphone.end("closing");
  };
  const forgetEnds = control.onSessionEnd((session) => silence((caller) => caller.session === session));
  const stopRounds = every(clock, ROUND, () => silence((caller) => !access.stillHolds(caller)));

  return {
    handleUpgrade(request, socket, head) {
      if (request.url?.split("?")[0] !== MICROPHONE_PATH) return false;
      const isOwn = isOwnHost(request, hosts) && isOwnOrigin(request);
      const caller = isOwn ? callerOrNobody(access, request) : undefined;
      if (!isOwn || !caller) refuse(socket, "403 Forbidden");
      else if (server.clients.size >= MOST) refuse(socket, "503 Service Unavailable");
      else server.handleUpgrade(request, socket, head, (opened) => open(opened, caller));
      return true;
    },
    close() {
      stopRounds();
      forgetEnds();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** A chunk as a page sends it: the packet goes on, the rest is the page's own counting. @throws Fault for what no voice is */
function hear(microphone: Microphone, bytes: Buffer): void {
  const chunk = decodeChunk(bytes);
  if (chunk?.type !== "microphone") return;
  const { packet, last } = chunk;
  if (opusSamples(packet) !== SAMPLES || ((packet[0] ?? 0) & STEREO) !== 0)
    throw new Fault("invalid", NOT_A_VOICE, { reason: "packet" });
  microphone.push(packet);
  if (last) microphone.end("finished");
}

/** Says for each packet whether there are more than a voice makes. */
function createPace(clock: Pick<Clock, "now">): () => boolean {
  let at: Instant = clock.now();
  let left = BURST;
  return () => {
    const now = clock.now();
    left = Math.min(BURST, left + (until(at, now) * RATE) / 1000) - 1;
    at = now;
    return left < 0;
  };
}

const tell = (socket: WebSocket, told: MicrophoneTold): void => {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(told));
};

function refuse(socket: Duplex, status: string): void {
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const NOT_A_VOICE = { vi: "gói âm thanh không phải 20 ms đơn kênh", en: "no packet of 20 ms, mono" };
