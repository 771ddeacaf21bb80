import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "../../src/base/clock.js";
import { createLog, type Log, silentLog } from "../../src/base/log.js";
import { type Relay, runRelay } from "../../src/relay/index.js";
import type { RelayOptions } from "../../src/relay/relay-options.js";
import type { Sink } from "../../src/relay/sound/sink.js";
import { type RunningServer, startServer } from "../../src/server/app.js";
import { loadStation } from "../../src/server/config.js";
import type { Signer } from "../../src/server/trust/signer.js";
import { checkStation } from "./check-house.js";
import type { Happening } from "./history.js";
import { startRelayProgram } from "./relay-program.js";
import { readWav } from "./wav.js";

/** Prints what the programs say when `LOA_TEST_LOG` is set. */
export const testLog: Log = process.env.LOA_TEST_LOG
  ? createLog(systemClock, (line) => process.stderr.write(`${line}\n`), "debug")
  : silentLog;

/**
 * Looks again and again until `check` gives something other than undefined or false: often at first, and after a tenth of what
 * was waited already later, since looking takes the processor from whatever is waited for. @throws after `withinMs`
 */
export async function eventually<T>(
  what: string,
  withinMs: number,
  check: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const begin = performance.now();
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    const waited = performance.now() - begin;
    if (waited > withinMs) throw new Error(`waited ${withinMs} ms for ${what}`);
    const pause = Math.min(20 + waited / 10, 250);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Whoever approves is another person than whoever writes. */
export const LEADER = { "loa-person": encodeURIComponent("Lãnh đạo (thử)") };

/** No quiet hours: a test may run at night. */
const OPEN = [{ area: "da-lat", quiet: [], quietSensitive: [] }];

export interface HouseOptions {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly policies?: readonly object[];
  /** Alert levels that are prepared. */
  readonly levels?: readonly object[];
  readonly clock?: Clock;
  /** What its surroundings say, as `LOA_PORT`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Signs in place of the signer's program. */
  readonly signer?: Signer;
}

export interface RelayWishes {
  readonly kind?: "fixed" | "van";
  /** Bytes of clips that it may keep; with 0 it must be fed over the wire. */
  readonly clipBudget?: number;
  /** Address by which it reaches the server, when that is another than the server's own. */
  readonly via?: string;
  /** Takes its samples, in place of a WAV file. */
  readonly sink?: Sink | undefined;
  /** Its own clock, and what it says that keeps it right. */
  readonly clock?: Clock;
  readonly machineClock?: RelayOptions["machineClock"];
  /** Words that put it, as a program of its own, into another network. */
  readonly enter?: readonly string[];
  /** Told the six words that it shows; without it, they are confirmed at once. */
  readonly onWords?: (words: readonly string[]) => void;
}

/**
 * A whole station in a folder of its own, over real sockets: server, loudspeakers that write WAV files, and its API. When it is
 * closed, the rules that never bend are held against everything that happened in it.
 */
export async function openHouse({
  config = {},
  policies = OPEN,
  levels = [],
  clock = systemClock,
  env = {},
  signer,
}: HouseOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), "loa-house-"));
  const relays = new Map<string, Relay>();
  /** Every loudspeaker that ran here, with the file it wrote into, if it did. */
  const ran = new Map<string, string | undefined>();
  const told: Happening[] = [];
  await mkdir(join(folder, "config"), { recursive: true });
  await mkdir(join(folder, "playlists"));
  await mkdir(join(folder, "audio", "library"), { recursive: true });
  const write = (name: string, value: unknown) => writeFile(join(folder, "config", name), JSON.stringify(value));
  await write("station.json", {
    station: { name: "Đài thử" },
    listen: { port: 0 },
    voices: { order: ["espeak"] },
    ...config,
  });
  await write("areas.json", [
    { id: "da-lat", name: "Đà Lạt", kind: "test" },
    { id: "phuong", name: "Phường thử", kind: "ward", parent: "da-lat" },
    { id: "phuong-2", name: "Phường thử 2", kind: "ward", parent: "da-lat" },
  ]);
  await write("policy.json", policies);
  await write("levels.json", levels);

  const world = { clock, random: Math.random, log: testLog, ...(signer ? { signer } : {}) };
  const start = async () => startServer(loadStation(folder, { env, flags: {} }), world);
  let server: RunningServer = await start();

  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${server.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  };

  /** Schedules that were made here: whoever plays waits until the planner has heard of them, too. */
  const scheduled: string[] = [];
  const knowsOf = async (receiver: string) => {
    const held = await readFile(join(folder, "relays", receiver, "programme.json"), "utf8").catch(() => "");
    return scheduled.every((schedule) => held.includes(`${schedule}@`));
  };

  const wavOf = (id: string) => join(folder, "audio", "out", `${id}.wav`);
  const house = {
    folder,
    get server() {
      return server;
    },
    call,
    wavOf,
    /** Makes a place, pairs a relay with it, and waits until it is connected. */
    async addRelay(id: string, { kind = "fixed", ...wishes }: RelayWishes = {}): Promise<Relay> {
      await call("POST", "/receivers", { id, name: id, area: "phuong", kind });
      const { code } = await call<{ code: string }>("POST", `/receivers/${id}/pairing`);
      return house.startRelay(id, code, wishes);
    },
    async startRelay(
      id: string,
      code?: string,
      { clipBudget, via = server.url, sink, machineClock, clock: own = clock, enter = [], onWords }: RelayWishes = {},
    ): Promise<Relay> {
      ran.set(id, sink ? undefined : wavOf(id));
      const onUnconfirmed = async ({ receiver, words }: { receiver: string; words: readonly string[] }) => {
        if (onWords) return onWords(words);
        await call("POST", `/receivers/${receiver}/confirm`, { words });
      };
      const asked = { server: via, pair: code, name: id, state: join(folder, "relays", id), clipBudget };
      const relay =
        enter.length > 0
          ? await startRelayProgram({ ...asked, out: `wav:${wavOf(id)}` }, { enter, onUnconfirmed })
          : await runRelay({
              ...{ ...asked, out: sink ?? `wav:${wavOf(id)}`, clock: own, machineClock, onUnconfirmed },
              ...{ log: testLog.with({ relay: id }), random: Math.random },
            });
      relays.set(id, relay);
      return relay;
    },
    /** Confirms every device that waits, as a person does who has compared the words. Returns how many there were. */
    async confirmWaiting(): Promise<number> {
      const all = await call<{ id: string; waiting?: { words: string[] } }[]>("GET", "/receivers");
      const waiting = all.flatMap(({ id, waiting }) => (waiting ? [{ id, words: waiting.words }] : []));
      for (const { id, words } of waiting) await call("POST", `/receivers/${id}/confirm`, { words });
      return waiting.length;
    },
    async stopRelay(id: string) {
      await relays.get(id)?.close();
      relays.delete(id);
      told.push({ kind: "killed", at: clock.date(), receiver: id });
    },
    /** A text that has become an approved announcement. */
    async announce(id: string, text: string, of = "ordinary"): Promise<{ durationMs: number }> {
      await call("POST", "/announcements", { id, title: id, class: of, topic: "thu", text });
      const ready = await eventually(`the sound of ${id}`, 20_000, async () => {
        const it = await call<{ state: string; version?: string; clip?: { durationMs: number }; problem?: unknown }>(
          "GET",
          `/announcements/${id}`,
        );
        if (it.state === "failed") throw new Error(JSON.stringify(it.problem));
        return it.state === "ready" && it.version !== undefined && it;
      });
      await call("POST", `/announcements/${id}/approval`, { version: ready.version }, LEADER);
      return { durationMs: ready.clip?.durationMs ?? 0 };
    },
    /** A WAV file that has become an approved announcement. */
    async record(id: string, wav: Uint8Array, of = "ordinary"): Promise<void> {
      const query = new URLSearchParams({ id, title: id, class: of, topic: "thu", name: `${id}.wav` });
      const response = await fetch(`${server.url}/api/v1/recordings?${query}`, {
        method: "POST",
        headers: { authorization: `Bearer ${server.token}`, "content-type": "audio/wav" },
        body: Buffer.from(wav),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`recording ${id}: ${response.status} ${text}`);
      await call("POST", `/announcements/${id}/approval`, { version: JSON.parse(text).version }, LEADER);
    },
    /** Makes a playlist of one announcement and a schedule that sounds it once, `inMs` from now. Returns its instant. */
    async scheduleOnce(id: string, inMs: number, fields: object = {}): Promise<number> {
      const local = new Date(Math.ceil((clock.date() + inMs) / 1000) * 1000 + 7 * 3_600_000).toISOString();
      const [date, time] = [local.slice(0, 10), local.slice(11, 19)];
      await call("PUT", `/playlists/${id}`, { id, title: id, items: [{ kind: "announcement", announcement: id }] });
      await call("PUT", `/schedules/${id}`, {
        id,
        title: id,
        class: "ordinary",
        playlist: id,
        targets: { areas: ["phuong"] },
        start: date,
        at: [time],
        timing: { kind: "hard" },
        ...fields,
      });
      scheduled.push(id);
      return Date.parse(`${date}T${time}+07:00`);
    },
    /** Waits until a receiver says that it holds the newest programme and every clip of it. */
    holdsEverything: (id: string) =>
      eventually(`${id} to hold its programme and clips`, 15_000, async () => {
        const all = await call<
          { id: string; connected: boolean; missingClips: number; programme: { offered: number; held: number } }[]
        >("GET", "/receivers");
        const it = all.find((receiver) => receiver.id === id);
        return (
          (await knowsOf(id)) &&
          it?.connected &&
          it.missingClips === 0 &&
          it.programme.offered > 0 &&
          it.programme.held === it.programme.offered
        );
      }),
    /** What a loudspeaker has sounded so far, and the server time (ms) of its first sample. */
    async heard(id: string) {
      const { samples, rate } = readWav(wavOf(id));
      const { startedAtUs } = JSON.parse(await readFile(`${wavOf(id)}.json`, "utf8")) as { startedAtUs: number };
      return { samples, rate, startedAt: startedAtUs / 1000 };
    },
    /** @param between what is done to the folder while nobody serves it */
    async restartServer(between: () => Promise<void> = async () => {}) {
      await server.stop();
      await between();
      server = await start();
      return server;
    },
    /** Holds the rules against everything so far. Returns how many soundings there were. */
    check: () =>
      checkStation({
        ...{ url: server.url, token: server.token, receivers: [...ran.keys()], areas: ["phuong", "da-lat"], policies },
        ...{ more: told, now: clock.date },
        recordings: [...ran].flatMap(([receiver, file]) =>
          file === undefined
            ? []
            : [file, file.replace(/\.wav$/, ".previous.wav")].map((one) => ({ receiver, file: one })),
        ),
      }),
    async close() {
      try {
        await house.check();
      } finally {
        await Promise.all([...relays.values()].map((relay) => relay.close()));
        await server.stop();
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
  return house;
}
export type WholeHouse = Awaited<ReturnType<typeof openHouse>>;
