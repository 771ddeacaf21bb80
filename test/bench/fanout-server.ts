/**
 * The real fan-out in a process of its own, with what the product keeps of each receiver: identity, last report, liveness.
 *
 * Arguments: port, piece (ms of audio in a push; 0 for none), key and cert (TLS), delay=1 (watch the event loop),
 * patient=1 (receivers that only listen, as in other servers' measurements, are not taken for dead).
 * Standard input: "gc", "stats", "reset". It prints "ready", then one line of JSON for each "stats".
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { type Clock, systemClock } from "../../src/base/clock.js";
import { createLog } from "../../src/base/log.js";
import { createStationClock } from "../../src/base/station-clock.js";
import { instant, micros, ms } from "../../src/base/units.js";
import { createRegistry } from "../../src/server/control/registry.js";
import { type ChunkBody, createFanout, type FanoutParts, type Stream } from "../../src/server/fanout/index.js";
import { makeKey, newSealKey, signWith } from "../../src/server/trust/ed25519.js";
import { readArguments } from "./child.js";

const PACKET_MS = 20;
const PACKET_BYTES = 80;
/** How far ahead of its hearing a push begins, µs. */
const LEAD = 2_000_000;

const given = readArguments();
const piece = Number(given.get("piece") ?? 0);
const key = given.get("key");
const cert = given.get("cert");
const delay = given.has("delay") ? monitorEventLoopDelay({ resolution: 5 }) : undefined;

const SLOWER = 1000;
const patientClock: Clock = { ...systemClock, now: () => instant(performance.now() / SLOWER) };
const clock = given.has("patient") ? patientClock : systemClock;
const stationClock = createStationClock(systemClock, 1);
const registry = createRegistry(stationClock.date);
let stream: Stream | undefined;

/** For benchmarks only: believes whoever says hello, so that generators need not sign. */
const admitUnproved: FanoutParts["authenticate"] = async ({ receiver }) => ({ ok: true, receiver });

const orderKey = makeKey();
const fanout = createFanout({
  clock,
  log: createLog(clock, (line) => process.stderr.write(`${line}\n`), "error"),
  random: Math.random,
  serverMicros: stationClock.micros,
  timeSigning: {
    epoch: () => 1,
    sign: async (text) => ({ text, keyId: orderKey.keyId, signature: signWith(orderKey, "time", text) }),
  },
  authenticate: admitUnproved,
  onTwoDevices: () => {},
  welcome: () => ({ session: "bench", token: "", version: 1, epoch: 1, reported: 0, spreadMs: 2000 }),
  onHello(receiver, hello) {
    registry.hello(receiver, hello);
    stream?.add(receiver);
  },
  onMessage(receiver, message) {
    if (message.t === "state") registry.state(receiver, message.p);
  },
  onAlive: registry.alive,
  onGone: (receiver) => registry.gone(receiver),
});

const web =
  key !== undefined && cert !== undefined
    ? createTlsServer({ key: readFileSync(key), cert: readFileSync(cert), minVersion: "TLSv1.3" })
    : createServer();
web.on("upgrade", (request, socket, head) => {
  if (!fanout.upgrade(request, socket, head)) socket.destroy();
});
web.listen({ port: Number(given.get("port")), host: "127.0.0.1", backlog: 4096 }, () => {
  delay?.enable();
  process.stdout.write("ready\n");
});

if (piece > 0) {
  const open = fanout.openStream({ stream: 1, receivers: [], periodMs: piece, seal: newSealKey().sign });
  stream = open;
  let sequence = 0;
  let due = systemClock.now() as number;
  const push = () => {
    const at = stationClock.micros() + LEAD;
    const chunks: ChunkBody[] = Array.from({ length: piece / PACKET_MS }, (_, index) => ({
      at: micros(at + index * PACKET_MS * 1000),
      sequence: sequence++,
      discontinuity: false,
      last: false,
      packet: new Uint8Array(PACKET_BYTES).fill(index),
    }));
    open.push(chunks);
    due += piece;
    systemClock.after(ms(Math.max(0, due - systemClock.now())), push);
  };
  push();
}

createInterface({ input: process.stdin }).on("line", (line) => {
  if (line === "gc") globalThis.gc?.();
  if (line === "reset") delay?.reset();
  if (line !== "stats") return;
  const stall = delay === undefined || !Number.isFinite(delay.max) ? 0 : delay.max / 1e6;
  process.stdout.write(`${JSON.stringify({ ...fanout.metrics(), stallMs: stall })}\n`);
});
