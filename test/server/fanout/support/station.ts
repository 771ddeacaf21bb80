import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { type Clock, systemClock } from "../../../../src/base/clock.js";
import { silentLog } from "../../../../src/base/log.js";
import { type Micros, micros } from "../../../../src/base/units.js";
import { type ReceiverId, receiverId } from "../../../../src/domain/ids.js";
import { RECEIVER_PATH, SUBPROTOCOL } from "../../../../src/protocol/limits.js";
import type { HelloBody, ReceiverMessage, ServerMessage } from "../../../../src/protocol/messages.js";
import { SEAL_TYPE } from "../../../../src/protocol/seal.js";
import {
  createFanout,
  type FanoutParts,
  refuseUpgrade,
  type StreamOptions,
} from "../../../../src/server/fanout/index.js";
import { newSealKey } from "../../../../src/server/trust/ed25519.js";

/** A proof that the station of these tests believes, and one that it does not. */
export const GOOD = "g".repeat(86);
export const BAD = "b".repeat(86);

/** A hello as a receiver of this version says it. */
export const aHello = (receiver: string, change: Partial<HelloBody> = {}): ReceiverMessage => ({
  t: "hello",
  p: {
    versions: [1],
    receiver: receiverId(receiver),
    proof: GOOD,
    bootId: "boot",
    software: "test",
    bufferMs: 10_000,
    leadMs: 100,
    programmeRevision: 0,
    journal: "journal",
    ...change,
  },
});

/** A fan-out behind a real HTTP server on a port of its own, with everything that it told its owner. */
export async function startStation(change: Partial<FanoutParts> = {}, clock: Clock = systemClock) {
  const events: string[] = [];
  const said: { receiver: ReceiverId; message: ReceiverMessage }[] = [];
  const alive: ReceiverId[] = [];
  const seal = newSealKey();
  let time = 1_000_000;
  const fanout = createFanout({
    clock,
    log: silentLog,
    random: () => 0.5,
    serverMicros: (): Micros => micros(time),
    authenticate: async ({ receiver, proof }) =>
      proof === GOOD ? { ok: true, receiver } : { ok: false, why: "wrong-proof" },
    onTwoDevices: (receiver) => events.push(`two devices ${receiver}`),
    welcome: () => ({ session: "s", token: "t", version: 1, epoch: 1, reported: 0, spreadMs: 2000 }),
    onHello: (receiver) => events.push(`hello ${receiver}`),
    onMessage: (receiver, message) => said.push({ receiver, message }),
    onAlive: (receiver) => alive.push(receiver),
    onGone: (receiver, why) => events.push(`gone ${receiver} ${why}`),
    ...change,
  });
  const http = createServer();
  http.on("upgrade", (request, socket, head) => {
    if (!fanout.upgrade(request, socket, head)) refuseUpgrade(socket, { status: 404 });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;

  return {
    fanout,
    events,
    said,
    /** Who gave a sign of life and said nothing. */
    alive,
    port,
    /** The key that seals what is streamed here. */
    sealKey: seal.publicKey,
    openStream: (options: Omit<StreamOptions, "seal">) => fanout.openStream({ ...options, seal: seal.sign }),
    setTime: (to: number) => {
      time = to;
    },
    /** A socket that has not said anything. */
    connect: (path = RECEIVER_PATH, protocols: string[] = [SUBPROTOCOL]) =>
      createListener(new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols)),
    /** A receiver that has been welcomed. */
    async join(receiver: string, change: Partial<HelloBody> = {}) {
      const listener = this.connect();
      await listener.opened();
      listener.say(aHello(receiver, change));
      await listener.heard("welcome");
      return listener;
    },
    async close() {
      await fanout.close();
      http.close();
      await once(http, "close");
    },
  };
}

/** The receiver's end of a socket: what came, and promises for what is to come. */
export function createListener(socket: WebSocket) {
  const messages: ServerMessage[] = [];
  const chunks: Buffer[] = [];
  const seals: Buffer[] = [];
  const waiting = new Set<() => void>();
  let closing: { code: number; reason: string } | undefined;
  let refusal: { status: number | undefined; why: string | undefined; waitS: number } | undefined;
  const wake = () => {
    for (const check of [...waiting]) check();
  };
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) (data[0] === SEAL_TYPE ? seals : chunks).push(data);
    else messages.push(JSON.parse(data.toString()));
    wake();
  });
  socket.on("close", (code, reason) => {
    closing = { code, reason: reason.toString() };
    wake();
  });
  socket.on("unexpected-response", (_request, response) => {
    const { statusCode: status, statusMessage: why, headers } = response;
    refusal = { status, why, waitS: Number(headers["retry-after"]) };
    response.resume();
    wake();
  });
  socket.on("error", wake);
  const until = <T>(found: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = () => {
        const value = found();
        if (value === undefined) return;
        waiting.delete(check);
        resolve(value);
      };
      waiting.add(check);
      check();
    });

  return {
    seals,
    socket,
    messages,
    chunks,
    opened: () => (socket.readyState === WebSocket.OPEN ? Promise.resolve() : once(socket, "open").then(() => {})),
    say: (message: ReceiverMessage) => socket.send(JSON.stringify(message)),
    heard: <T extends ServerMessage["t"]>(type: T, count = 1) =>
      until(() => messages.filter((message) => message.t === type)[count - 1]),
    heardChunks: (count: number) => until(() => (chunks.length >= count ? chunks : undefined)),
    closed: () => until(() => closing),
    refused: () => until(() => refusal?.status),
    /** How the door was shut. */
    sentAway: () => until(() => refusal),
    /** Everything that was on the way has come once the answer to a clock question has. */
    async settled() {
      const answers = messages.filter(({ t }) => t === "time").length;
      socket.send('{"t":"time","p":{"c1":7}}');
      await until(() => messages.filter(({ t }) => t === "time")[answers]);
    },
  };
}
