import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Happening } from "./history.js";
import { tone } from "./tones.js";
import { eventually } from "./whole-house.js";

const LOA = fileURLToPath(new URL(`../../src/cli/loa${extname(import.meta.url)}`, import.meta.url));
/** Length of the one announcement, seconds. */
export const LENGTH_S = 1.2;

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
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

/**
 * A station and a loudspeaker as programs of their own, which can be killed and frozen. `folder` holds everything that they
 * keep, `station/` and `relay/`, unless the loudspeaker has a folder elsewhere. It may be replaced under them while they are down.
 */
export async function openProcessHouse(folder: string, relayFolder = join(folder, "relay")) {
  const port = await freePort();
  const station = join(folder, "station");
  const running = new Map<string, ChildProcess>();

  const write = (name: string, value: unknown) => writeFile(join(station, "config", name), JSON.stringify(value));
  const run = (name: string, ...args: string[]) => {
    const child = spawn(process.execPath, [...process.execArgv, LOA, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (data: Buffer) => process.env.LOA_TEST_LOG && process.stderr.write(`${name}: ${data}`));
    running.set(name, child);
    return child;
  };
  const token = () => readFile(join(station, "config", "token"), "utf8").then((text) => text.trim());
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, "content-type": "application/json" },
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
    relay: (...more: string[]) =>
      run(
        ...(["relay", "relay", "--server", `http://127.0.0.1:${port}`, "--out", "null"] as const),
        ...["--state", relayFolder, ...more],
      ),
    answers: () => eventually("the server to answer", 20_000, () => succeeds(call("GET", "/station"))),
    signal(name: string, signal: NodeJS.Signals) {
      running.get(name)?.kill(signal);
    },
    async kill(name: string) {
      const child = running.get(name);
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
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
    /** A station with one ward without quiet hours. */
    async lay() {
      await mkdir(join(station, "config"), { recursive: true });
      await write("station.json", { station: { name: "Đài thử" }, listen: { port }, voices: { order: ["espeak"] } });
      await write("areas.json", [{ id: "phuong", name: "Phường thử", kind: "test" }]);
      await write("policy.json", [{ area: "phuong", quiet: [], quietSensitive: [] }]);
    },
    /** Starts both with one approved announcement in a playlist, `tin`. */
    async prepare() {
      house.serve();
      await house.answers();
      const query = new URLSearchParams({ id: "tin", title: "tin", class: "ordinary", topic: "thu", name: "tin.wav" });
      const upload = await fetch(`http://127.0.0.1:${port}/api/v1/recordings?${query}`, {
        method: "POST",
        headers: { authorization: `Bearer ${await token()}` },
        body: Buffer.from(tone(LENGTH_S, 700)),
      });
      const { version } = (await upload.json()) as { version: string };
      await call("POST", "/announcements/tin/approval", { version });
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
    /** Soundings of `tin`, `everyS` apart, in schedules of at most 96 each, none over midnight. */
    async plan(from: number, count: number, everyS: number): Promise<void> {
      const times = Array.from({ length: count }, (_, index) =>
        new Date(from + index * everyS * 1000 + 7 * 3_600_000).toISOString().slice(0, 19).split("T"),
      );
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

/** What the station's log tells, for the checker of histories. */
export const historyOf = (lines: readonly LogLine[]): Happening[] =>
  lines.flatMap((line): Happening[] => {
    const {
      kind,
      at: time,
      receiver = "",
      occurrence: cue = "",
      announcements = ["tin"],
      class: of = "ordinary",
    } = line;
    const at = Date.parse(time);
    if (kind === "announcement.approved") return [{ kind: "approved", at, announcement: "tin" }];
    if (kind === "started" || kind === "resumed")
      return [
        { kind, at, receiver, cue, class: of, announcements, confirmed: false, lateMs: 0, lengthMs: LENGTH_S * 1000 },
      ];
    return kind === "finished" || kind === "cut" ? [{ kind: "ended", at, receiver, cue }] : [];
  });
