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
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { silentLog } from "../../src/base/log.js";
import { areaId } from "../../src/domain/ids.js";
import { runRelay } from "../../src/relay/index.js";
import { startServer } from "../../src/server/app.js";
import { loadStation } from "../../src/server/config.js";
import { makeAuthority } from "../support/certificates.js";
import { fastClock } from "../support/fast-clock.js";
import { pliantSigner } from "../support/pliant-signer.js";
import { eventually } from "../support/whole-house.js";
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

/** A station that speaks TLS, in a folder of its own. */
async function layStation(folder: string): Promise<string> {
  const { authority, issue } = makeAuthority();
  const { certificate, key } = issue();
  await mkdir(join(folder, "config"), { recursive: true });
  const files = {
    "ca.pem": authority.certificate,
    "server.pem": certificate,
    "server.key": key,
    "config/station.json": JSON.stringify({
      station: { name: "Đài đo" },
      listen: { port: 0, tls: { certificate: "server.pem", key: "server.key" } },
      trust: { authority: "ca.pem" },
      voices: { order: ["espeak"] },
    }),
    "config/areas.json": JSON.stringify([{ id: "phuong", name: "Phường đo", kind: "test" }]),
    "config/policy.json": JSON.stringify([{ area: "phuong", quiet: [], quietSensitive: [] }]),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
  return authority.certificate;
}

const BY = { name: "Đo" };

async function startBoth(bench: Bench) {
  const clock = fastClock(TIMES);
  const folder = join(bench.folder, "idle-station");
  const authority = await layStation(folder);
  const world = { clock, random: Math.random, log: silentLog };
  const server = await startServer(loadStation(folder, { env: {} }), { ...world, signer: pliantSigner() });
  const { control } = server;
  const place = { outputDelayMs: 0, pathBiasUs: 0, volume: 80, disabled: false };
  const { id } = await control.addPlace({ ...place, name: "Cột 1", area: areaId("phuong"), kind: "fixed" }, BY);
  const { code } = await control.createPairing(id, BY);
  const relay = await runRelay({
    ...{ ...world, authority, pair: code, out: "null" },
    ...{ server: server.url, state: join(bench.folder, "idle-relay") },
    onUnconfirmed: async ({ receiver, words }) => void (await control.confirmDevice(receiver, words, BY)),
  });
  return { server, relay };
}

/** Bytes of a loudspeaker that idles for a day, from an hour of it (three with --long). */
export async function measureIdleData(bench: Bench): Promise<readonly Row[]> {
  const hours = bench.long ? 3 : 1;
  const { server, relay } = await startBoth(bench);
  const port = Number(new URL(server.url).port);
  const isReady = () => {
    const [it] = server.control.receivers();
    return it?.connected === true && it.reported?.clock === "trusted";
  };
  try {
    await eventually("the loudspeaker", SETTLE, isReady);
    await pause(SETTLE);
    const before = trafficTo(port);
    await pause((hours * 3_600_000) / TIMES);
    return rows({ before, after: trafficTo(port), hours, connected: isReady() });
  } finally {
    await relay.close();
    await server.stop();
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
