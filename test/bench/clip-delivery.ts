/**
 * What it costs to hand whole clips to receivers ahead of the hour, beside a stream of the same minutes from Icecast.
 *
 * @module
 */
import { connect } from "node:net";
import { type Bench, measureCell } from "./cell.js";
import { startNode } from "./child.js";
import type { Offer } from "./clip-server.js";
import type { Row } from "./table.js";
import { cpuSeconds, median } from "./usage.js";

/** Of Icecast's CPU for the same minutes, at most. */
const GOAL = 0.4;
const ICECAST = { server: "icecast", count: 5000, piece: 1000 } as const;
/** Receivers that fetch at the same moment; each comes with a connection of its own, as after hours of silence. */
const AT_ONCE = 50;
const FETCHES = { short: 2000, long: 10_000 } as const;
const WARM_UP = 300;

export async function measureClipDelivery(bench: Bench): Promise<readonly Row[]> {
  const server = startNode("clip-server", []);
  try {
    const offer: Offer = JSON.parse(await server.line("{"));
    const costs = offer.clips.map((): number[] => []);
    const peers: number[] = [];
    for (let repetition = 0; repetition < bench.repetitions; repetition++) {
      for (const [index, { seconds }] of offer.clips.entries()) {
        await fetchMany(offer, index, WARM_UP);
        const fetches = bench.long ? FETCHES.long : FETCHES.short;
        const before = cpuSeconds(server.pid);
        await fetchMany(offer, index, fetches);
        costs[index]?.push(((cpuSeconds(server.pid) - before) / fetches / (seconds / 60)) * 1e6);
      }
      if (bench.icecast && bench.native) peers.push((await measureCell(bench, ICECAST)).micros * 60);
    }
    return offer.clips.map(({ seconds, bytes }, index) =>
      rowOf(`clip of ${seconds} s (${(bytes / 1000).toFixed(0)} kB) over HTTP, for a listener's minute`, {
        own: median(costs[index] ?? []),
        peer: peers.length === 0 ? undefined : median(peers),
      }),
    );
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

async function fetchMany(offer: Offer, clip: number, times: number): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let index = next++; index < times; index = next++) await fetchOne(offer, clip, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Fetches one clip as a receiver does and counts its bytes. @throws Error when they are not all there */
function fetchOne({ url, clips, devices }: Offer, clip: number, index: number): Promise<void> {
  const { sha256 = "", bytes = 0 } = clips[clip] ?? {};
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let head = "";
    let got = 0;
    socket.on("error", reject);
    socket.on("connect", () =>
      socket.write(
        `GET /clips/${sha256} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n` +
          `Authorization: Bearer ${devices[index % devices.length]?.token}\r\n\r\n`,
      ),
    );
    socket.on("data", (piece) => {
      if (head.endsWith("\r\n\r\n")) {
        got += piece.length;
        return;
      }
      const end = piece.indexOf("\r\n\r\n");
      head += piece.toString("latin1", 0, end < 0 ? piece.length : end + 4);
      if (end >= 0) got += piece.length - end - 4;
    });
    socket.on("close", () =>
      got === bytes && head.startsWith("HTTP/1.1 200")
        ? resolve()
        : reject(new Error(`${got} of ${bytes} bytes: ${head.slice(0, 60)}`)),
    );
  });
}
