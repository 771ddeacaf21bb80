/**
 * How long orders take to the last of a city's receivers, through a whole station: its door, its record of what was
 * frozen, its signatures, its fan-out.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../../src/base/errors.js";
import { tone } from "../support/tones.js";
import { openHouse } from "../support/whole-house.js";
import type { Bench } from "./cell.js";
import { type Child, monotonicMs, namedArguments, pause, startNode } from "./child.js";
import { pairMany } from "./paired.js";
import { threeOf } from "./start.js";
import type { Row } from "./table.js";
import { percentile } from "./usage.js";

const RECEIVERS = 400;
/** Receivers report this often while something is on air, ms. */
const REPORT = 2000;
const PATIENCE = 5000;
/** Of the emergency, ms. */
const LENGTH = 2000;

type What = "cue" | "chunk" | "stop";

/** Emergencies to 400 connected receivers that hold nothing and must be fed, and stops in the middle of them. */
export async function measureOrderPath(bench: Bench): Promise<readonly Row[]> {
  const rounds = bench.long ? 40 : 8;
  const house = await openHouse();
  const waits: Record<What, number[]> = { cue: [], chunk: [], stop: [] };
  let receivers: Child | undefined;
  try {
    await house.record("khan", tone(LENGTH / 1000, 1000), "emergency");
    const devices = join(bench.folder, "devices.json");
    writeFileSync(devices, JSON.stringify(await pairMany(house, RECEIVERS)));
    const port = Number(new URL(house.server.url).port);
    receivers = startNode("simulated-receivers", namedArguments({ port, count: RECEIVERS, devices, report: REPORT }));
    await receivers.line('{"event":"open"');
    await pause(3000);
    for (let round = 0; round < rounds; round++) {
      const ordered = monotonicMs();
      await house.call("POST", "/play", EMERGENCY);
      const heard = await whenAllHad(receivers, ordered, ["cue", "chunk"]);
      for (const what of ["cue", "chunk"] as const) waits[what].push(heard[what] - ordered);
      await pause(1200 + 31 * round);
      const stopped = monotonicMs();
      await house.call("POST", "/stop", {});
      waits.stop.push((await whenAllHad(receivers, stopped, ["stop"])).stop - stopped);
      // They do not report what they have cut short, so they are fed again until its end, which must not reach the next.
      await pause(ordered + LENGTH + 1500 - monotonicMs());
    }
  } finally {
    await receivers?.end();
    await house.close();
  }
  return [
    rowOf("emergency: order to the cue at the last", waits.cue),
    rowOf("emergency: order to the first audio at the last", waits.chunk),
    rowOf("stop all: order to the stop at the last", waits.stop),
  ];
}

const EMERGENCY = {
  content: { kind: "announcement", announcement: "khan" },
  targets: { areas: ["phuong"] },
  class: "emergency",
  confirmedBy: "bench",
};

/**
 * When the last had each of `whats` after `since`, in whatever order they came; what never came is infinitely late, and said.
 */
async function whenAllHad<W extends What>(
  receivers: Child,
  since: number,
  whats: readonly W[],
): Promise<Record<W, number>> {
  const times = Object.fromEntries(whats.map((what) => [what, Number.POSITIVE_INFINITY])) as Record<W, number>;
  try {
    while (whats.some((what) => times[what] === Number.POSITIVE_INFINITY)) {
      const { what, at } = JSON.parse(await receivers.line('{"event":"all"', PATIENCE)) as { what: W; at: number };
      if (whats.includes(what) && at >= since) times[what] = Math.min(times[what], at);
    }
  } catch (thrown) {
    receivers.say("had");
    process.stderr.write(`${reasonOf(thrown)}: ${await receivers.line('{"event":"had"')}\n`);
  }
  return times;
}

const rowOf = (what: string, waits: readonly number[]): Row => ({
  what: `${RECEIVERS} simulated, ${what}`,
  figure: threeOf(waits, 0),
  against: `${waits.length} times`,
  goal: "p99 ≤ 1 s",
  reached: percentile(waits, 0.99) <= 1000,
});
