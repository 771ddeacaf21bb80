/**
 * When it sounds: real relays in processes of their own around a whole station, judged by the samples they wrote. Some
 * hold the clips, some are fed over the wire.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { wavOfClip } from "../../src/cli/wav-of-clip.js";
import { rising, tone } from "../support/tones.js";
import { readWav } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";
import type { Bench } from "./cell.js";
import { type Child, namedArguments, pause, startNode } from "./child.js";
import type { Wish } from "./loudspeakers.js";
import { beginningOf, type Recording, readRecording, silenceFrom, toneFrom } from "./recording.js";
import type { Row } from "./table.js";
import { percentile } from "./usage.js";

/** Loudspeakers by process; those without room for clips are fed. */
const PROCESSES = [
  ["giu-1", "giu-2", "nhan-1"],
  ["giu-3", "giu-4", "nhan-2"],
  ["giu-5", "nhan-3"],
] as const;
const ALL = PROCESSES.flat();
const isFed = (id: string) => id.startsWith("nhan");

/** From one planned occurrence to the next, seconds; the clip is half as long. */
const PERIOD = 4;
/** From pairing to the first occurrence, seconds: clips are fetched and clocks learnt meanwhile. */
const RUN_UP = 12;
const ALARM_HZ = 3000;

interface Orders {
  readonly emergencies: readonly number[];
  readonly stops: readonly number[];
}

/** Start errors, spread, and how long orders take. The whole takes under five minutes: then a recorder begins anew. */
export async function measureStart(bench: Bench): Promise<readonly Row[]> {
  const [occurrences, rounds] = bench.long ? [25, 16] : [8, 4];
  const house = await openHouse();
  const children: Child[] = [];
  try {
    await house.record("dung-gio", rising(PERIOD / 2, 400, 1000));
    await house.record("nen", tone(12, 700));
    await house.record("khan", tone(4, ALARM_HZ), "emergency");
    for (const ids of PROCESSES) children.push(await startLoudspeakers(house, ids));
    const planned = await airPlanned(house, occurrences);
    const orders = await giveOrders(house, rounds);
    const recordings = await readAll(house, children);
    const clip = await clipOf(house, "dung-gio");
    return [...startRows(planned, recordings, clip), ...orderRows(orders, recordings)];
  } finally {
    for (const child of children) await child.end();
    await house.close();
  }
}

async function startLoudspeakers(house: WholeHouse, ids: readonly string[]): Promise<Child> {
  const relays: Wish[] = [];
  for (const id of ids) {
    await house.call("POST", "/receivers", { id, name: id, area: "phuong", kind: "fixed" });
    const { code } = await house.call<{ code: string }>("POST", `/receivers/${id}/pairing`);
    const state = join(house.folder, "relays", id);
    relays.push({ id, code, file: house.wavOf(id), state, ...(isFed(id) ? { clipBudget: 0 } : {}) });
  }
  const child = startNode("loudspeakers", namedArguments({ server: house.server.url, relays: JSON.stringify(relays) }));
  await child.line("ready");
  await house.confirmWaiting();
  // Whoever waits to be let in asks again after five to fifteen seconds.
  await eventually(`${ids} to be let in`, 30_000, async () => {
    const all = await house.call<{ id: string; connected: boolean }[]>("GET", "/receivers");
    return ids.every((id) => all.some((one) => one.id === id && one.connected));
  });
  return child;
}

/** Airs a schedule of many hours; returns them, in ms. */
async function airPlanned(house: WholeHouse, occurrences: number): Promise<readonly number[]> {
  const first = Math.ceil(Date.now() / 1000 + RUN_UP) * 1000;
  const planned = Array.from({ length: occurrences }, (_, index) => first + index * PERIOD * 1000);
  const localTime = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(11, 19);
  await house.scheduleOnce("dung-gio", RUN_UP * 1000, { at: planned.map(localTime) });
  for (const id of ALL.filter((one) => !isFed(one))) await house.holdsEverything(id);
  const end = first + occurrences * PERIOD * 1000;
  await eventually("the last occurrence", end - Date.now() + 10_000, () => Date.now() > end);
  return planned;
}

/** Again and again: something ordinary sounds, an emergency breaks in, and all is stopped in the middle of it. */
async function giveOrders(house: WholeHouse, rounds: number): Promise<Orders> {
  const [emergencies, stops]: [number[], number[]] = [[], []];
  const play = (announcement: string, more: object) =>
    house.call("POST", "/play", {
      content: { kind: "announcement", announcement },
      targets: { areas: ["phuong"] },
      class: "ordinary",
      ...more,
    });
  for (let round = 0; round < rounds; round++) {
    await play("nen", {});
    await pause(2000 + 37 * round);
    emergencies.push(Date.now());
    await play("khan", { class: "emergency", confirmedBy: "bench" });
    await pause(2000 + 23 * round);
    stops.push(Date.now());
    await house.call("POST", "/stop", {});
    await pause(2000);
  }
  return { emergencies, stops };
}

async function readAll(house: WholeHouse, children: readonly Child[]): Promise<ReadonlyMap<string, Recording>> {
  const recordings = new Map<string, Recording>();
  for (const child of children) {
    child.say("origins");
    for (const [id, origin] of Object.entries(JSON.parse(await child.line("{")) as Record<string, number>))
      recordings.set(id, readRecording(house.wavOf(id), origin));
  }
  return recordings;
}

/** The clip as any receiver decodes it. */
async function clipOf(house: WholeHouse, id: string): Promise<Int16Array> {
  const { clip } = await house.call<{ clip: { sha256: string } }>("GET", `/announcements/${id}`);
  const opus = await readFile(join(house.folder, "audio", "clips", `${clip.sha256}.opus`));
  return readWav(Buffer.from(await wavOfClip(opus))).samples;
}

function startRows(
  planned: readonly number[],
  recordings: ReadonlyMap<string, Recording>,
  clip: Int16Array,
): readonly Row[] {
  const found = [...recordings].flatMap(([id, recording]) =>
    planned.map((at) => {
      const sample = beginningOf(recording, clip, at);
      const [believed, real] =
        sample === undefined
          ? [Number.NaN, Number.NaN]
          : [recording.believed(sample) - at, recording.real(sample) - at];
      return { id, at, believed, real };
    }),
  );
  const heard = found.filter(({ real }) => !Number.isNaN(real));
  const spreads = (of: "believed" | "real") =>
    planned.map((at) => {
      const errors = heard.filter((one) => one.at === at).map((one) => one[of]);
      return Math.max(...errors) - Math.min(...errors);
    });
  const [fed, held] = [heard.filter(({ id }) => isFed(id)), heard.filter(({ id }) => !isFed(id))];
  return [
    {
      what: `${planned.length} hours at ${recordings.size} loudspeakers`,
      figure: `${found.length - heard.length} not heard`,
      goal: "0",
      reached: found.length === heard.length,
    },
    errorRow(
      "start error by its own clock, clip on disk",
      held.map((one) => one.believed),
    ),
    errorRow(
      "start error by its own clock, fed over the wire",
      fed.map((one) => one.believed),
    ),
    errorRow(
      "start error by the machine's clock, all",
      heard.map((one) => one.real),
    ),
    spreadRow("spread between loudspeakers, machine's clock", spreads("real")),
    spreadRow("spread between loudspeakers, their own clocks", spreads("believed")),
  ];
}

function errorRow(what: string, errors: readonly number[]): Row {
  const sizes = errors.map(Math.abs);
  return {
    what,
    figure: threeOf(sizes, 2),
    against: `median ${percentile(errors, 0.5).toFixed(2)} ms, ${errors.length} starts`,
    goal: "p99 ≤ 50 ms, max ≤ 1 s",
    reached: percentile(sizes, 0.99) <= 50 && Math.max(...sizes) <= 1000,
  };
}

const spreadRow = (what: string, spreads: readonly number[]): Row => ({
  what,
  figure: threeOf(spreads, 2),
  against: `${spreads.length} hours`,
  goal: "≤ 10 ms",
  reached: Math.max(...spreads) <= 10,
});

function orderRows({ emergencies, stops }: Orders, recordings: ReadonlyMap<string, Recording>): readonly Row[] {
  const each = (
    orders: readonly number[],
    find: (recording: Recording, from: number) => number | undefined,
  ): readonly number[] =>
    [...recordings.values()].flatMap((recording) =>
      orders.map((at) => (find(recording, at) ?? Number.POSITIVE_INFINITY) - at),
    );
  return [
    waitRow(
      "emergency breaks in: order to first sound",
      each(emergencies, (recording, at) => toneFrom(recording, at, ALARM_HZ)),
    ),
    waitRow("stop all: order to silence", each(stops, silenceFrom)),
  ];
}

const waitRow = (what: string, waits: readonly number[]): Row => ({
  what,
  figure: threeOf(waits, 0),
  against: `${waits.length} times`,
  goal: "p99 ≤ 1 s",
  reached: percentile(waits, 0.99) <= 1000,
});

/** Median, 99th percentile and largest, ms. */
export const threeOf = (values: readonly number[], digits: number): string =>
  [0.5, 0.99, 1]
    .map((share) => percentile(values, share).toFixed(digits))
    .join(" / ")
    .concat(" ms (p50/p99/max)");
