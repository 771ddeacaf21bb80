/**
 * What many receivers cost without audio, and what trouble costs the others: memory, idling, a storm after a crash,
 * sockets that stop reading.
 *
 * @module
 */
import { PING_IDLE, STATE_IDLE, STATE_ON_AIR } from "../../src/protocol/limits.js";
import { IDLE as BURST_IDLE } from "../../src/relay/link/bursts.js";
import type { FanoutMetrics } from "../../src/server/fanout/index.js";
import type { Bench } from "./cell.js";
import { type Child, freePort, namedArguments, pause, startChild, startNode } from "./child.js";
import { type Load, startGenerator } from "./generator.js";
import type { Native } from "./native.js";
import type { Row } from "./table.js";
import { cpuSeconds, rssKilobytes } from "./usage.js";

/** What receivers say while nothing sounds: pings, a few clock questions now and then, their state once an hour. */
const IDLE = { report: STATE_IDLE, ping: PING_IDLE, burst: BURST_IDLE };
const REPORT_ON_AIR = STATE_ON_AIR;

interface ServerOptions {
  readonly port: number;
  readonly piece?: number;
  readonly delay?: 1;
  readonly key?: string;
  readonly cert?: string;
}

async function startFanout(options: ServerOptions): Promise<Child> {
  const server = startNode("fanout-server", namedArguments({ ...options }), ["--expose-gc"]);
  await server.line("ready");
  return server;
}

async function statsOf(server: Child): Promise<FanoutMetrics & { readonly stallMs: number }> {
  server.say("stats");
  return JSON.parse(await server.line("{"));
}

/** Runs `measure` with a server and its receivers all connected, and ends both. */
async function withReceivers<T>(
  bench: Bench,
  options: Omit<ServerOptions, "port">,
  load: Omit<Load, "port">,
  measure: (
    server: Child,
    before: { readonly rss: number },
    generator: ReturnType<typeof startGenerator>,
  ) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const server = await startFanout({ port, ...options });
  await collect(server);
  const before = { rss: rssKilobytes(server.pid) };
  const generator = startGenerator(bench.native, { port, ...load });
  try {
    await generator.opened();
    return await measure(server, before, generator);
  } finally {
    await generator.end();
    await server.end("SIGKILL");
  }
}

async function collect(server: Child): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    server.say("gc");
    await statsOf(server);
    await pause(300);
  }
}

/** Memory of a connected receiver that has said hello and reported its state. */
export async function measureMemory(bench: Bench): Promise<readonly Row[]> {
  const row = async (title: string, count: number, goal: number, tls: boolean): Promise<Row[]> => {
    const secrets = tls ? bench.certificate : {};
    if (secrets === undefined || (tls && bench.native?.tls !== true)) return [];
    const load = { count, report: 5000, tls: tls ? (1 as const) : (0 as const) };
    const { before, after } = await withReceivers(bench, secrets, load, async (server, { rss }) => {
      await pause(7000);
      await collect(server);
      return { before: rss, after: rssKilobytes(server.pid) };
    });
    const each = (after - before) / count;
    const whole = after / 1024;
    return [
      { what: title, figure: `${each.toFixed(1)} kB`, goal: `≤ ${goal} kB`, reached: each <= goal },
      ...(tls
        ? []
        : [{ what: "whole process", figure: `${whole.toFixed(0)} MB`, goal: "≤ 200 MB", reached: whole <= 200 }]),
    ];
  };
  return [
    ...(await row("memory per receiver, 10,000", 10_000, 10, false)),
    ...(await row("memory per receiver, 4,000, TLS", 4000, 40, true)),
  ];
}

const IDLE_COUNT = 5000;

/** What a connected server uses while its receivers idle, ms of CPU in a second. */
async function idleCost(bench: Bench, server: Child, port: number, settle: number) {
  const length = bench.long ? 120 : 40;
  const generator = startGenerator(bench.native, { port, count: IDLE_COUNT, ...IDLE });
  try {
    await generator.opened();
    await pause(settle);
    generator.mark();
    const before = cpuSeconds(server.pid);
    await pause(length * 1000);
    const used = ((cpuSeconds(server.pid) - before) / length) * 1000;
    return { used, result: await generator.stop() };
  } finally {
    await generator.end();
    await server.end("SIGKILL");
  }
}

/** What five thousand arrivals leave behind, garbage and code still being compiled, is not what idling costs. */
const IDLE_SETTLE = 30_000;

async function idleAt(bench: Bench, server: (port: number) => Child, settle: number) {
  const port = await freePort();
  const child = server(port);
  await child.line("ready");
  return idleCost(bench, child, port, settle);
}

/** CPU while 5,000 receivers are connected and nothing is on air, beside the least that a server can use for that. */
export async function measureIdle(bench: Bench): Promise<readonly Row[]> {
  const { native } = bench;
  const own = await idleAt(bench, (port) => startNode("fanout-server", namedArguments({ port })), IDLE_SETTLE);
  const plain = await idleAt(bench, (port) => startNode("plain-ws-server", namedArguments({ port })), IDLE_SETTLE);
  const limit = native && (await idleAt(bench, (port) => startLimit(native, port), 5000));
  const { pings, pongs, asked, answers, lost } = own.result;
  const unanswered = pings - pongs + asked - answers;
  // What is on its way at the beginning and at the end may be counted at one of them only.
  const sound = lost === 0 && Math.abs(unanswered) <= 50;
  const peers = [`ws alone ${plain.used.toFixed(1)} ms/s`, ...(limit ? [`C ${limit.used.toFixed(1)} ms/s`] : [])];
  const counts = `${pings} pings, ${asked} clock questions, ${unanswered} unanswered, ${lost} lost`;
  return [
    {
      what: "idle, 5,000 receivers",
      figure: `${own.used.toFixed(1)} ms/s`,
      against: [...peers, counts].join("; "),
      ratio: own.used / plain.used,
      goal: "≤ 10 ms/s",
      reached: own.used <= 10 && sound,
    },
  ];
}

const startLimit = (native: Native, port: number) => startChild(native.limitServer, namedArguments({ port, piece: 0 }));

/** Kills the server under receivers that are on air and starts it again; they come back within two seconds or as they can. */
export async function measureStorm(bench: Bench): Promise<readonly Row[]> {
  const count = bench.native ? 10_000 : 1000;
  const port = await freePort();
  const first = await startFanout({ port, piece: 1000 });
  const load = { port, count, report: REPORT_ON_AIR, jitter: 2000, inflight: 200 };
  const generator = startGenerator(bench.native, load);
  let second: Child | undefined;
  try {
    await generator.opened();
    await pause(3000);
    generator.mark();
    await first.end("SIGKILL");
    second = await startFanout({ port, piece: 1000, delay: 1 });
    const back = await generator.back(60_000);
    const each = (cpuSeconds(second.pid) / count) * 1e6;
    const { stallMs } = await statsOf(second);
    return [
      {
        what: `kill -9, all ${count} back with audio`,
        figure: `${back.toFixed(1)} s`,
        goal: "≤ 5 s",
        reached: back <= 5,
      },
      {
        what: "CPU of each return, start included",
        figure: `${each.toFixed(0)} µs`,
        goal: "≤ 400 µs",
        reached: each <= 400,
      },
      { what: "longest stall meanwhile", figure: `${stallMs.toFixed(0)} ms`, goal: "≤ 50 ms", reached: stallMs <= 50 },
    ];
  } finally {
    await generator.end();
    await first.end("SIGKILL");
    await second?.end("SIGKILL");
  }
}

interface Stall {
  readonly growth: number;
  /** Packets that the receivers who read did not get, or got twice. */
  readonly harmed: number;
  readonly metrics: FanoutMetrics;
}

/** Growth of the server's memory under a stream while some of 2,000 receivers do not read, MB, and what the others lost. */
function stallSome(bench: Bench, stall: number, stallreport: 0 | 1, length: number): Promise<Stall> {
  const load = { count: 2000, stall, stallreport, rcvbuf: 4096, report: REPORT_ON_AIR, inflight: 100 };
  return withReceivers(bench, { piece: 1000 }, load, async (server, _before, generator) => {
    await collect(server);
    const before = rssKilobytes(server.pid);
    generator.mark();
    let most = before;
    for (let second = 0; second < length; second++) {
      await pause(1000);
      most = Math.max(most, rssKilobytes(server.pid));
    }
    const metrics = await statsOf(server);
    const { gaps, silent, repeated } = await generator.stop();
    return { growth: (most - before) / 1024, harmed: gaps + silent + repeated, metrics };
  });
}

/** A quarter of the receivers stop reading: mute, or reporting on that all is well. Beside it the same with nobody stalled. */
export async function measureStalled(bench: Bench): Promise<readonly Row[]> {
  const length = bench.long ? 60 : 15;
  const rows: Row[] = [];
  const { growth: usual } = await stallSome(bench, 0, 0, length);
  for (const stallreport of [0, 1] as const) {
    const { growth, harmed, metrics } = await stallSome(bench, 500, stallreport, length);
    const { skipped, closed } = metrics;
    const title = `500 of 2,000 stalled ${length} s, ${stallreport ? "reporting on" : "mute"}`;
    rows.push(
      {
        // A process breathes by itself under a stream; what the stalled ones cost is what comes on top.
        what: `${title}: memory above the same run with nobody stalled`,
        figure: `+ ${(growth - usual).toFixed(1)} MB`,
        against: `+ ${growth.toFixed(1)} MB, nobody stalled + ${usual.toFixed(1)} MB`,
        goal: "≤ 20 MB",
        reached: growth - usual <= 20,
      },
      {
        what: `${title}: the others`,
        figure: `${harmed} packets lost`,
        against: `skipped ${skipped}, closed ${closed.silent} silent, ${closed["too-slow"]} too slow`,
        goal: "0",
        reached: harmed === 0,
      },
    );
  }
  return rows;
}
