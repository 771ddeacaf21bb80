/**
 * Simulated receivers without a compiler: the words of `load-generator.c`, for fewer receivers and plain WebSocket only.
 * It costs about as much as the server it loads, so ratios taken with it say little.
 *
 * @module
 */
import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { decodeChunk } from "../../src/protocol/chunk.js";
import { RECEIVER_PATH, SUBPROTOCOL } from "../../src/protocol/limits.js";
import { readArguments } from "./child.js";

const given = readArguments();
const number = (name: string, otherwise: number) => Number(given.get(name) ?? otherwise);
const [port, count, inflight] = [number("port", 0), number("count", 100), number("inflight", 100)];
const [report, jitter, stall] = [number("report", 0), number("jitter", -1), number("stall", 0)];

const none = { bytes: 0, packets: 0, gaps: 0, repeated: 0, corrupt: 0, lost: 0, unsent: 0 };
let totals = { ...none };
let marked = performance.now();
let cpu = process.cpuUsage();
let begun = 0;
let open = 0;
let firstLoss = 0;
const awaiting = new Set<number>();
const heard = new Set<number>();
const began = performance.now();

const announce = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
const secondsSince = (instant: number) => (performance.now() - instant) / 1000;

function hello(index: number): string {
  const [receiver, token] = [`loa-${index}`, `bench-token-${index}`];
  const about = {
    bootId: "boot",
    software: "bench",
    bufferMs: 10_000,
    leadMs: 120,
    programmeRevision: 1,
    journal: "j",
  };
  return JSON.stringify({ t: "hello", p: { versions: [1], receiver, token, ...about } });
}

const STATE = JSON.stringify({
  t: "state",
  p: {
    ...{ now: [], volume: 80, muted: false, bufferMs: 900, late: 0, underruns: 0 },
    ...{ clockErrorUs: 100, clock: "trusted", sink: "ok" },
  },
});

function start(index: number): void {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${RECEIVER_PATH}`, SUBPROTOCOL, { perMessageDeflate: false });
  let next: number | undefined;
  let welcomed = false;
  let reports: NodeJS.Timeout | undefined;
  socket.on("open", () => socket.send(hello(index)));
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clearInterval(reports);
    if (welcomed) {
      open -= 1;
      totals.lost += 1;
      firstLoss ||= performance.now();
      awaiting.add(index);
    }
    if (jitter >= 0) setTimeout(() => start(index), (welcomed ? 0 : 100) + Math.random() * jitter);
  });
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    totals.bytes += data.length;
    if (!isBinary) {
      if (!welcomed) welcome();
      return;
    }
    const sequence = decodeChunk(data)?.sequence ?? 0;
    if (next !== undefined && sequence > next) totals.gaps += sequence - next;
    if (next !== undefined && sequence < next) totals.repeated += 1;
    next = sequence + 1;
    totals.packets += 1;
    heard.add(index);
    if (awaiting.delete(index) && awaiting.size === 0 && open === count) {
      announce({ event: "back", seconds: secondsSince(firstLoss) });
    }
  });
  const welcome = () => {
    welcomed = true;
    open += 1;
    if (index < stall) socket.pause();
    if (report > 0 && index >= stall) reports = setInterval(() => socket.send(STATE), report);
    if (firstLoss > 0) return;
    if (open === count) announce({ event: "open", seconds: secondsSince(began) });
    else if (begun < count) start(begun++);
  };
}

while (begun < Math.min(inflight, count)) start(begun++);

createInterface({ input: process.stdin }).on("line", (line) => {
  if (line === "mark") {
    totals = { ...none };
    heard.clear();
    marked = performance.now();
    cpu = process.cpuUsage();
    return;
  }
  const seconds = secondsSince(marked);
  const { user, system } = process.cpuUsage(cpu);
  const silent = Math.max(0, count - stall - heard.size);
  announce({ event: "result", seconds, open, ...totals, silent, load: (user + system) / 1e6 / seconds });
  process.exit(0);
});
