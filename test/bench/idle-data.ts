/**
 * What a loudspeaker costs on a mobile line while nothing is planned: a real relay and a real server, with TLS between them,
 * and the kernel's own counts of segments and bytes on their connections.
 *
 * Clocks run faster, so that an hour passes in minutes; what both programs do in it is the same, and gaps are still long for
 * the kernel's timers. What a day brings beside idling, such as a new programme, is not in the figure.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { silentLog } from "../../src/base/log.js";
import { runRelay } from "../../src/relay/index.js";
import { fastClock } from "../support/fast-clock.js";
import { eventually, openHouse } from "../support/whole-house.js";
import type { Bench } from "./cell.js";
import { pause } from "./child.js";
import type { Row } from "./table.js";

/** How much faster the clocks run. A ping must be answered before the next one is due, 83 ms of the machine's time. */
const TIMES = 12;
/** Let greeting, programme and the first clock bursts pass, ms of the machine's time. */
const SETTLE = 15_000;
/** Headers of a segment: IPv4 20, TCP 20, its timestamps 12, which Linux sends by default. */
const HEADERS = 52;
const GOAL = 1e6;

interface Traffic {
  readonly up: number;
  readonly down: number;
  readonly segments: number;
}

/** What has gone over all connections to a port of this machine, as their own ends have counted it. */
function trafficTo(port: number): Traffic {
  const text = execFileSync("ss", ["-tinH", "state", "established", `dport = :${port}`], { encoding: "utf8" });
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`\\b${name}:(\\d+)`, "g"))].reduce((total, [, count]) => total + Number(count), 0);
  const [out, back] = [sum("segs_out"), sum("segs_in")];
  return {
    up: sum("bytes_sent") + out * HEADERS,
    down: sum("bytes_received") + back * HEADERS,
    segments: out + back,
  };
}

/** Speaks TLS in front of a plain port. */
async function openTls(secrets: { readonly key: string; readonly cert: string }, to: number) {
  const options = { key: readFileSync(secrets.key), cert: readFileSync(secrets.cert), minVersion: "TLSv1.3" } as const;
  const door = createServer(options, (socket) => {
    const inner = connect(to, "127.0.0.1").setNoDelay();
    socket.setNoDelay().on("error", () => inner.destroy());
    inner.on("error", () => socket.destroy());
    socket.pipe(inner).pipe(socket);
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  return { port: (door.address() as AddressInfo).port, close: () => void door.close() };
}

/** Bytes of a loudspeaker that idles for a day, from an hour of it (three with --long). */
export async function measureIdleData(bench: Bench): Promise<readonly Row[]> {
  const { certificate, folder, long } = bench;
  if (!certificate) return [];
  const hours = long ? 3 : 1;
  const clock = fastClock(TIMES);
  const house = await openHouse({ clock });
  const door = await openTls(certificate, Number(new URL(house.server.url).port));
  await house.call("POST", "/receivers", { id: "loa-1", name: "Loa 1", area: "phuong", kind: "fixed" });
  const { code } = await house.call<{ code: string }>("POST", "/receivers/loa-1/pairing");
  const relay = await runRelay({
    ...{ clock, log: silentLog, random: Math.random, out: "null", pair: code },
    server: `https://localhost:${door.port}/`,
    state: join(folder, "idle-relay"),
    authority: readFileSync(certificate.cert, "utf8"),
    onUnconfirmed: async ({ receiver, words }) => {
      await house.call("POST", `/receivers/${receiver}/confirm`, { words });
    },
  });
  const isConnected = async () => {
    const [it] = await house.call<readonly { readonly connected: boolean }[]>("GET", "/receivers");
    return it?.connected === true;
  };
  try {
    await eventually("the loudspeaker", SETTLE, isConnected);
    await pause(SETTLE);
    const before = trafficTo(door.port);
    await pause((hours * 3_600_000) / TIMES);
    const after = trafficTo(door.port);
    return rows({ before, after, hours, connected: await isConnected() });
  } finally {
    await relay.close();
    door.close();
    await house.close();
  }
}

interface Measured {
  readonly before: Traffic;
  readonly after: Traffic;
  readonly hours: number;
  readonly connected: boolean;
}

function rows({ before, after, hours, connected }: Measured): Row[] {
  const perDay = (name: keyof Traffic) => ((after[name] - before[name]) * 24) / hours;
  const [up, down] = [perDay("up"), perDay("down")];
  return [
    {
      what: "idle data of a receiver, a day, TLS and headers included",
      figure: `${((up + down) / 1e6).toFixed(2)} MB`,
      against: `${(up / 1000).toFixed(0)} kB up, ${(down / 1000).toFixed(0)} kB down, ${perDay("segments").toFixed(0)} segments`,
      goal: "≤ 1 MB",
      reached: connected && up + down > 0 && up + down <= GOAL,
    },
  ];
}
