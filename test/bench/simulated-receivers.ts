/**
 * Simulated receivers without a compiler: the words of `load-generator.c`, for fewer receivers and plain WebSocket only.
 * It costs about as much as the server it loads, so ratios taken with it say little.
 *
 * With devices=FILE (JSON, a list of `{receiver, privateKey}`) they greet a whole station as what it has paired, say that they
 * hold no clip, confirm orders, and tell when the last of all had each cue, stop, opening and first chunk of a stream:
 * `{"event":"all","what":kind,"at":ms}` by the clock that all processes of the machine share. "had" on standard input makes
 * them tell how many have had the latest ones.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { decodeChunk } from "../../src/protocol/chunk.js";
import { RECEIVER_PATH, SUBPROTOCOL } from "../../src/protocol/limits.js";
import { deviceKeyOf } from "../support/device-key.js";
import { monotonicMs, readArguments } from "./child.js";
import type { Paired } from "./paired.js";

const given = readArguments();
const number = (name: string, otherwise: number) => Number(given.get(name) ?? otherwise);
const [port, count, inflight] = [number("port", 0), number("count", 100), number("inflight", 100)];
const [report, jitter, stall] = [number("report", 0), number("jitter", -1), number("stall", 0)];

const devices = given.has("devices")
  ? (JSON.parse(readFileSync(given.get("devices") ?? "", "utf8")) as readonly Paired[]).map(
      ({ receiver, privateKey }) => ({
        receiver,
        key: deviceKeyOf(privateKey),
      }),
    )
  : undefined;

const [ping, burst] = [number("ping", 0), number("burst", 0)];
/** Clock questions in a burst, each after the answer to the one before. */
const QUESTIONS = 4;

const none = {
  ...{ bytes: 0, packets: 0, gaps: 0, repeated: 0, corrupt: 0, lost: 0, unsent: 0 },
  ...{ pings: 0, pongs: 0, asked: 0, answers: 0 },
};
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

/** What stands for a proof where none is asked for. */
const NO_PROOF = "A".repeat(86);

function hello(index: number, challenge: string): string {
  const { receiver, key } = devices?.[index] ?? { receiver: `loa-${index}`, key: undefined };
  const proof = key?.proof(JSON.parse(challenge).p.nonce, receiver, "boot") ?? NO_PROOF;
  const about = {
    bootId: "boot",
    software: "bench",
    bufferMs: 10_000,
    leadMs: 120,
    programmeRevision: 1,
    journal: "j",
  };
  return JSON.stringify({ t: "hello", p: { versions: [1], receiver, proof, ...about } });
}

const NO_CLIPS = JSON.stringify({ t: "clips", p: { have: [], failed: [] } });

/** By cue, stop or stream, who has had it. */
const had = new Map<string, Set<number>>();
function note(index: number, what: string, key: string): void {
  const who = had.get(key) ?? new Set();
  had.set(key, who);
  if (who.has(index)) return;
  who.add(index);
  if (who.size === count) announce({ event: "all", what, at: monotonicMs() });
}

/** Takes an order as a receiver does, and confirms it. */
function obey(socket: WebSocket, index: number, text: string): void {
  const { t, p } = JSON.parse(text) as { t: string; p: { text: string } };
  if (t !== "order") return;
  const { id, body } = JSON.parse(p.text) as { id: string; body: { kind: string; cue?: { id: string } } };
  note(index, body.kind, `${body.kind} ${body.cue?.id ?? id}`);
  socket.send(JSON.stringify({ t: "ack", p: { order: id, ok: true, at: Date.now() * 1000 } }));
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
  let challenged = false;
  let welcomed = false;
  const habits: NodeJS.Timeout[] = [];
  let questions = 0;
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    for (const habit of habits) clearInterval(habit);
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
      if (!challenged) {
        challenged = true;
        socket.send(hello(index, data.toString()));
      } else if (!welcomed) welcome();
      else if (questions > 0) answered();
      else if (devices) obey(socket, index, data.toString());
      return;
    }
    const chunk = decodeChunk(data);
    const sequence = chunk?.sequence ?? 0;
    if (devices) note(index, "chunk", `chunk ${chunk?.stream}`);
    if (next !== undefined && sequence > next) totals.gaps += sequence - next;
    if (next !== undefined && sequence < next) totals.repeated += 1;
    next = sequence + 1;
    totals.packets += 1;
    heard.add(index);
    if (awaiting.delete(index) && awaiting.size === 0 && open === count) {
      announce({ event: "back", seconds: secondsSince(firstLoss) });
    }
  });
  socket.on("pong", () => {
    totals.pongs += 1;
  });
  const ask = () => {
    totals.asked += 1;
    socket.send(JSON.stringify({ t: "time", p: { c1: Math.round(performance.now() * 1000) } }));
  };
  const answered = () => {
    totals.answers += 1;
    questions -= 1;
    if (questions > 0) ask();
  };
  /** What it does once in a period, at a place of its own in it. */
  const follow = (period: number, act: () => void) => {
    if (period > 0 && index >= stall)
      setTimeout(() => habits.push(setInterval(act, period)), (index / count) * period).unref();
  };
  const welcome = () => {
    welcomed = true;
    open += 1;
    if (index < stall) socket.pause();
    if (devices) {
      socket.send(NO_CLIPS);
      socket.send(STATE);
    }
    follow(report, () => socket.send(STATE));
    follow(ping, () => {
      totals.pings += 1;
      socket.ping();
    });
    follow(burst, () => {
      questions = QUESTIONS;
      ask();
    });
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
  if (line === "had") {
    const last = [...had].slice(-3).map(([key, who]) => `${key}: ${who.size}`);
    return announce({ event: "had", open, lost: totals.lost, last });
  }
  const seconds = secondsSince(marked);
  const { user, system } = process.cpuUsage(cpu);
  const silent = Math.max(0, count - stall - heard.size);
  announce({ event: "result", seconds, open, ...totals, silent, load: (user + system) / 1e6 / seconds });
  process.exit(0);
});
