import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mergeCopies } from "../../src/relay/disk/sealed-lines.js";
import { checkStation, type JudgedStation } from "./check-house.js";
import type { Happening } from "./history.js";
import { tone } from "./tones.js";
import { eventually, LEADER } from "./whole-house.js";

const LOA = fileURLToPath(new URL(`../../src/cli/loa${extname(import.meta.url)}`, import.meta.url));
/** Length of the one announcement, seconds. */
export const LENGTH_S = 1.2;

/** Letters of a program's output that are kept. */
const LAST_WORDS = 4_000;

export interface LogLine {
  readonly kind: string;
  readonly at: string;
  readonly receiver?: string;
  readonly occurrence?: string;
  readonly announcements?: readonly string[];
  readonly class?: string;
  readonly why?: string;
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

/**
 * A station and a loudspeaker as programs of their own, which can be killed and frozen. `folder` holds everything that they
 * keep, `station/` and `relay/`, unless the loudspeaker has a folder elsewhere. It may be replaced under them while they are down;
 * `outFolder` then lies elsewhere, for what was heard is not taken back.
 */
export async function openProcessHouse(
  folder: string,
  relayFolder = join(folder, "relay"),
  outFolder = join(folder, "out"),
) {
  const port = await freePort();
  const station = join(folder, "station");
  const running = new Map<string, ChildProcess>();
  const restarts: number[] = [];
  const recordings: string[] = [];
  const deaths: Happening[] = [];
  const died = (name: string) => {
    if (name === "server") restarts.push(Date.now());
    else deaths.push({ kind: "killed", at: Date.now(), receiver: "loa-1" });
  };
  let policies: readonly object[] = [{ area: "phuong", quiet: [], quietSensitive: [] }];
  /** What each said since it was started, for when it does not answer. */
  const said = new Map<string, string>();

  const write = (name: string, value: unknown) => writeFile(join(station, "config", name), JSON.stringify(value));
  const run = (name: string, ...args: string[]) => {
    const child = spawn(process.execPath, [...process.execArgv, LOA, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    said.set(name, "");
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (data: Buffer) => {
        said.set(name, `${said.get(name)}${data}`.slice(-LAST_WORDS));
        if (process.env.LOA_TEST_LOG) process.stderr.write(`${name}: ${data}`);
      });
    running.set(name, child);
    return child;
  };
  const token = () => readFile(join(station, "config", "token"), "utf8").then((text) => text.trim());
  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, "content-type": "application/json", ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  };
  const succeeds = (task: Promise<unknown>): Promise<boolean> =>
    task.then(
      () => true,
      () => false,
    );

  const house = {
    call,
    succeeds,
    station,
    /** What the server answers when it refuses. @throws Error when it does not */
    async refusal(
      method: string,
      path: string,
      body?: unknown,
    ): Promise<{ status: number; reason?: string; detail: string }> {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${await token()}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (response.ok) throw new Error(`${method} ${path}: not refused`);
      return { status: response.status, ...((await response.json()) as { reason?: string; detail: string }) };
    },
    pidOf(name: string): number {
      const pid = running.get(name)?.pid;
      if (pid === undefined) throw new Error(`${name} does not run`);
      return pid;
    },
    serve: () => run("server", "serve", station),
    /** Each run of it writes its samples into a file of its own, by which it is judged beside its journal. */
    relay(...more: string[]) {
      const file = join(outFolder, `${recordings.length + 1}.wav`);
      recordings.push(file);
      return run(
        ...(["relay", "relay", "--server", `http://127.0.0.1:${port}`, "--out", `wav:${file}`] as const),
        ...["--state", relayFolder, ...more],
      );
    },
    answers: () =>
      eventually("the server to answer", 60_000, () => succeeds(call("GET", "/station"))).catch((late: Error) => {
        throw new Error(`${late.message}; it said: ${said.get("server")}`);
      }),
    signal(name: string, signal: NodeJS.Signals) {
      running.get(name)?.kill(signal);
      if (signal === "SIGSTOP") died(name);
    },
    async kill(name: string) {
      const child = running.get(name);
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
      died(name);
    },
    /** Holds the rules that never bend against everything so far. Returns how many soundings there were. */
    async check(more: Partial<JudgedStation> = {}): Promise<number> {
      return checkStation({
        ...(await house.access()),
        ...{ receivers: ["loa-1"], areas: ["phuong"], policies, restarts, lengthMs: LENGTH_S * 1000 },
        recordings: house.recordings(),
        ...more,
        more: [...deaths, ...(more.more ?? [])],
      });
    },
    /** Every file that the loudspeaker wrote its samples into. */
    recordings: () =>
      recordings
        .flatMap((file) => [file, file.replace(/\.wav$/, ".previous.wav")])
        .map((file) => ({ receiver: "loa-1", file })),
    killAll: () => Promise.all([...running.keys()].map(house.kill)),
    async readLog(): Promise<LogLine[]> {
      const lines: LogLine[] = [];
      for (let after = 0; ; ) {
        const page = await call<{ lines: LogLine[]; next?: number }>("GET", `/log?after=${after}&limit=1000`);
        lines.push(...page.lines);
        if (page.next === undefined) return lines;
        after = page.next;
      }
    },
    /** Where it answers, and the word that opens it. */
    access: async () => ({ url: `http://127.0.0.1:${port}`, token: await token() }),
    /** What the loudspeaker's own disk holds of its journal. */
    async journal() {
      const copies = ["journal.ndjson", "journal.ndjson.copy"].map((name) =>
        readFile(join(relayFolder, name)).catch(() => undefined),
      );
      const [head, ...lines] = mergeCopies(await Promise.all(copies)).lines.map((line) => JSON.parse(line));
      return { id: String(head?.journal), lines: lines as { seq: number; event: string; cue: string }[] };
    },
    /** A recording, not approved yet. */
    async upload(id: string, wav: Uint8Array, of = "ordinary"): Promise<{ version: string }> {
      const query = new URLSearchParams({ id, title: id, class: of, topic: "thu", name: `${id}.wav` });
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/recordings?${query}`, {
        method: "POST",
        headers: { authorization: `Bearer ${await token()}` },
        body: Buffer.from(wav),
        signal: AbortSignal.timeout(15_000),
      });
      if (!response.ok) throw new Error(`recording ${id}: ${response.status} ${await response.text()}`);
      return (await response.json()) as { version: string };
    },
    /** Another person than whoever made it approves a version. */
    approve: (id: string, version: string) =>
      call<unknown>("POST", `/announcements/${id}/approval`, { version }, LEADER),
    /** A station with one ward; without quiet hours unless they are given. */
    async lay(rules: readonly object[] = policies) {
      policies = rules;
      await mkdir(join(station, "config"), { recursive: true });
      await write("station.json", {
        station: { name: "Đài thử" },
        listen: { port },
        voices: { order: ["espeak"] },
        editorial: { singleOfficer: true },
      });
      await write("areas.json", [{ id: "phuong", name: "Phường thử", kind: "test" }]);
      await write("policy.json", policies);
    },
    /** Starts both with one approved announcement in a playlist, `tin`. */
    async prepare() {
      house.serve();
      await house.answers();
      const { version } = await house.upload("tin", tone(LENGTH_S, 700));
      await house.approve("tin", version);
      const items = [{ kind: "announcement", announcement: "tin" }];
      await call("PUT", "/playlists/tin", { id: "tin", title: "tin", items });
      await call("POST", "/receivers", { id: "loa-1", name: "loa-1", area: "phuong", kind: "fixed" });
      const { code } = await call<{ code: string }>("POST", "/receivers/loa-1/pairing");
      house.relay("--pair", code);
      const words = await eventually(
        "the relay to be paired",
        20_000,
        async () => (await call<{ waiting?: { words: string[] } }[]>("GET", "/receivers"))[0]?.waiting?.words,
      );
      await call("POST", "/receivers/loa-1/confirm", { words });
      await eventually(
        "the relay to connect",
        20_000,
        async () => (await call<{ connected: boolean }[]>("GET", "/receivers"))[0]?.connected,
      );
    },
    /** Soundings of `tin`, `everyS` apart, where they may be, in schedules of at most 96 each, none over midnight. */
    async plan(from: number, count: number, everyS: number, mayBe = (_at: number) => true): Promise<void> {
      const times = Array.from({ length: count }, (_, index) => from + index * everyS * 1000)
        .filter(mayBe)
        .map((at) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 19).split("T"));
      for (const day of new Set(times.map(([date]) => date))) {
        const at = times.flatMap(([date, time]) => (date === day ? [time] : []));
        for (let done = 0; done < at.length; done += 96) {
          await call("PUT", `/schedules/lich-${day}-${done}`, {
            ...{ id: `lich-${day}-${done}`, title: "lịch", class: "ordinary", playlist: "tin" },
            ...{ targets: { areas: ["phuong"] }, start: day, at: at.slice(done, done + 96) },
            ...{ timing: { kind: "hard" }, lateMs: 500 },
          });
        }
      }
    },
  };
  return house;
}
export type ProcessHouse = Awaited<ReturnType<typeof openProcessHouse>>;
