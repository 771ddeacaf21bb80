/**
 * Benchmarks: `npm run bench` for a short run of everything, `npm run bench -- fanout memory --long` for parts of it,
 * `--repetitions 3` for medians.
 *
 * Every figure is for this machine and this moment; what carries over are the ratios against a peer in the same run.
 * A compiler, OpenSSL and Icecast are used when they are there; rows that need a missing one are left out.
 *
 * @module
 */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { reasonOf } from "../../src/base/errors.js";
import type { Bench } from "./cell.js";
import { measureClipDelivery } from "./clip-delivery.js";
import { measureClips } from "./clips.js";
import { measureIdle, measureMemory, measureStalled, measureStorm } from "./endurance.js";
import { measureFanout } from "./fanout.js";
import { hasIcecast } from "./icecast.js";
import { measureIdleData } from "./idle-data.js";
import { measureLanguage } from "./language.js";
import { measureLive } from "./live.js";
import { buildNative, makeCertificate } from "./native.js";
import { measureOrderPath } from "./order-path.js";
import { measurePanel } from "./panel.js";
import { benchPlanning } from "./planning.js";
import { measureReport } from "./report.js";
import { measureSpoken } from "./spoken-comparison.js";
import { measureStart } from "./start.js";
import { formatTable, type Row, type Section } from "./table.js";

/** Planning seven days for 600 receivers and 200 schedules. */
async function measurePlanning(): Promise<readonly Row[]> {
  const taken = await benchPlanning();
  return [
    { what: "plan 7 days, 600 receivers", figure: `${taken.toFixed(0)} ms`, goal: "< 1 s", reached: taken < 1000 },
  ];
}

/** By the name that chooses it, in the order of a whole run. */
const SECTIONS: Readonly<Record<string, Section<Bench>>> = {
  clips: measureClips,
  start: async (bench) => [...(await measureStart(bench)), ...(await measureOrderPath(bench))],
  live: measureLive,
  "clip-delivery": measureClipDelivery,
  fanout: measureFanout,
  memory: measureMemory,
  idle: measureIdle,
  "idle-data": measureIdleData,
  storm: measureStorm,
  stalled: measureStalled,
  panel: measurePanel,
  planning: measurePlanning,
  report: measureReport,
  spoken: measureSpoken,
  language: measureLanguage,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: "boolean", default: false }, repetitions: { type: "string" } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(", ")}; sections: ${Object.keys(SECTIONS).join(", ")}\n`);
  process.exit(2);
}

/** A section that breaks says so and does not take the others with it. */
async function rowsOf(name: string, bench: Bench): Promise<readonly Row[]> {
  try {
    return (await SECTIONS[name]?.(bench)) ?? [];
  } catch (thrown) {
    process.exitCode = 1;
    return [{ what: name, figure: `failed: ${reasonOf(thrown)}`, reached: false }];
  }
}

const folder = await mkdtemp(join(tmpdir(), "loa-bench-"));
try {
  const native = buildNative(folder);
  const certificate = makeCertificate(folder);
  const { long } = values;
  const bench: Bench = {
    folder,
    native,
    certificate,
    icecast: hasIcecast(),
    seconds: long ? 10 : 6,
    repetitions: Number(values.repetitions ?? (long ? 3 : 1)),
    long,
  };
  const peers = [
    native ? "C writer" : "no compiler: C writer left out",
    bench.icecast ? "Icecast" : "no icecast2: left out",
  ];
  process.stdout.write(`peers: ${peers.join(", ")}; TLS: ${native?.tls && certificate ? "yes" : "left out"}\n`);
  for (const name of positionals.length > 0 ? positionals : Object.keys(SECTIONS)) {
    const [busy = 0] = loadavg();
    const begun = performance.now();
    const rows = await rowsOf(name, bench);
    const taken = ((performance.now() - begun) / 1000).toFixed(0);
    process.stdout.write(
      `\n${name} (${taken} s; load before: ${busy.toFixed(1)} on ${availableParallelism()} cores)\n${formatTable(rows)}\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
