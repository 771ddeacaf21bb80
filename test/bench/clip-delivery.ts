/**
 * What it costs to hand whole clips to receivers ahead of the hour, beside a stream of the same minutes from Icecast.
 *
 * @module
 */
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { type Bench, measureCell } from "./cell.js";
import { startNode } from "./child.js";
import type { Offer } from "./clip-server.js";
import type { Row } from "./table.js";
import { cpuSeconds, median } from "./usage.js";

/** Of Icecast's CPU for the same minutes, at most. */
const GOAL = 0.4;
const ICECAST = { server: "icecast", count: 5000, piece: 1000 } as const;
/** Receivers that fetch at the same moment. */
const AT_ONCE = 50;
const FETCHES = { short: 2000, long: 10_000 } as const;
/** Fetches before the measurement: what is compiled while it runs is not what a clip costs. */
const WARM_UP = 2000;

/** Together, as when a new programme comes: one after the other. Alone, as after an edit: a connection for one clip. */
const WAYS = [
  { clip: 0, each: 10 },
  { clip: 1, each: 1 },
  { clip: 0, each: 1 },
] as const;

export async function measureClipDelivery(bench: Bench): Promise<readonly Row[]> {
  const server = startNode("clip-server", []);
  try {
    const offer: Offer = JSON.parse(await server.line("{"));
    const costs = WAYS.map((): number[] => []);
    const peers: number[] = [];
    const times = bench.long ? FETCHES.long : FETCHES.short;
    for (let repetition = 0; repetition < bench.repetitions; repetition++) {
      for (const [index, way] of WAYS.entries()) {
        await fetchMany(offer, { ...way, times: WARM_UP });
        const before = cpuSeconds(server.pid);
        await fetchMany(offer, { ...way, times });
        const minutes = (offer.clips[way.clip]?.seconds ?? 0) / 60;
        costs[index]?.push(((cpuSeconds(server.pid) - before) / times / minutes) * 1e6);
      }
      if (bench.icecast && bench.native) peers.push((await measureCell(bench, ICECAST)).micros * 60);
    }
    return WAYS.map(({ clip, each }, index) => {
      const { seconds = 0, bytes = 0 } = offer.clips[clip] ?? {};
      const what = `clip of ${seconds} s (${(bytes / 1000).toFixed(0)} kB) over HTTP, ${each} on a connection, for a minute`;
      const peer = peers.length === 0 ? undefined : median(peers);
      return rowOf(what, { own: median(costs[index] ?? []), peer });
    });
  } finally {
    await server.end();
  }
}

function rowOf(what: string, { own, peer }: { own: number; peer: number | undefined }): Row {
  const figure = `${own.toFixed(0)} µs`;
  if (peer === undefined) return { what, figure };
  const ratio = own / peer;
  return {
    ...{ what, figure, ratio, reached: ratio <= GOAL, goal: `≤ ${GOAL.toFixed(2)} ×` },
    against: `icecast, 1 s pages ${peer.toFixed(0)} µs`,
  };
}

interface Fetching {
  readonly clip: number;
  readonly times: number;
  /** Clips over one connection, one after the other. */
  readonly each: number;
}

async function fetchMany(offer: Offer, { clip, times, each }: Fetching): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < times) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let turn = 0; turn < each && next < times; turn++) await fetchOne(offer, { clip, index: next++, agent });
      agent.destroy();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Fetches one clip as a receiver does and counts its bytes. @throws Error when they are not all there */
async function fetchOne(
  { url, clips, devices }: Offer,
  { clip, index, agent }: { clip: number; index: number; agent: Agent },
): Promise<void> {
  const { sha256, bytes } = clips[clip] ?? {};
  const authorization = `Bearer ${devices[index % devices.length]?.token}`;
  const request = get(`${url}/clips/${sha256}`, { agent, headers: { authorization } });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let got = 0;
  for await (const piece of response) got += (piece as Buffer).length;
  if (response.statusCode !== 200 || got !== bytes)
    throw new Error(`HTTP ${response.statusCode}, ${got} of ${bytes} bytes`);
}
