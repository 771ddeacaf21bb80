/**
 * One measurement: a server, a number of receivers, a length of audio per write; what it costs.
 *
 * @module
 */
import { freePort, namedArguments, pause, startChild, startNode } from "./child.js";
import { type LoadResult, startGenerator } from "./generator.js";
import { JOIN_RATE, MOUNT, startIcecast } from "./icecast.js";
import type { Native } from "./native.js";
import { cpuSeconds } from "./usage.js";

/** Receivers in one slot of the fan-out; the peer in C is spread the same way. */
const SLOT = 1250;
const SLOT_GAP = 60;
/** Let the last joiner's burst pass before measuring, ms. */
const SETTLE = 3000;

/** What the machine offers, and where to put things. */
export interface Bench {
  readonly folder: string;
  readonly native: Native | undefined;
  readonly certificate: { readonly key: string; readonly cert: string } | undefined;
  readonly icecast: boolean;
  /** Measuring time of one cell, seconds. */
  readonly seconds: number;
  readonly repetitions: number;
  readonly long: boolean;
}

export interface Cell {
  readonly server: "fanout" | "c" | "icecast";
  readonly count: number;
  /** Audio in one write, ms. */
  readonly piece: number;
  readonly tls?: boolean;
  /** Receivers report their state every two seconds, as they do on air; otherwise they only listen. */
  readonly reporting?: boolean;
}

export interface Cost {
  /** CPU of the server for one listener and one second of audio that arrived, µs. */
  readonly micros: number;
  readonly result: LoadResult;
}

/** Runs one cell. @throws Error when the server does not start, or packets are missing */
export async function measureCell(bench: Bench, cell: Cell): Promise<Cost> {
  const port = await freePort();
  const { server, helpers } = await startServer(bench, cell, port);
  const report = cell.reporting ? 2000 : 0;
  const generator = startGenerator(bench.native, {
    port,
    count: cell.count,
    ...(cell.server === "icecast"
      ? { proto: "ogg", path: MOUNT, rate: JOIN_RATE, inflight: cell.count }
      : { tls: cell.tls ? 1 : 0, report }),
  });
  try {
    await generator.opened();
    await pause(SETTLE + cell.piece);
    generator.mark();
    const before = cpuSeconds(server.pid);
    await pause(Math.max(bench.seconds * 1000, 3 * cell.piece));
    const used = cpuSeconds(server.pid) - before;
    const result = await generator.stop();
    check(cell, result);
    return { micros: (used / (result.packets / 50)) * 1e6, result };
  } finally {
    await generator.end();
    for (const helper of [...helpers, server]) await helper.end("SIGKILL");
  }
}

async function startServer(bench: Bench, { server: kind, count, piece, tls, reporting }: Cell, port: number) {
  const secrets = tls ? bench.certificate : undefined;
  if (kind === "icecast") {
    const { server, source } = await startIcecast(bench.folder, port, piece);
    return { server, helpers: [source] };
  }
  if (kind === "fanout") {
    const server = startNode(
      "fanout-server",
      namedArguments({ port, piece, patient: reporting ? undefined : 1, ...secrets }),
    );
    await server.line("ready");
    return { server, helpers: [] };
  }
  if (!bench.native) throw new Error("no compiler");
  const slots = Math.ceil(count / SLOT);
  const gap = Math.floor(Math.min(SLOT_GAP, piece / slots));
  const server = startChild(bench.native.limitServer, namedArguments({ port, piece, slots, gap, ...secrets }));
  await server.line("ready");
  return { server, helpers: [] };
}

function check(cell: Cell, result: LoadResult): void {
  const { gaps, repeated, corrupt, lost, silent, load } = result;
  const wrong = Object.entries({ gaps, repeated, corrupt, lost, silent }).filter(([, count]) => count > 0);
  const name = `${cell.server} ${cell.piece} ms × ${cell.count}`;
  if (wrong.length > 0) throw new Error(`${name}: ${wrong.map(([what, count]) => `${count} ${what}`).join(", ")}`);
  if (load > 0.8) process.stderr.write(`${name}: the simulated receivers were the limit (${load} of a core)\n`);
}
