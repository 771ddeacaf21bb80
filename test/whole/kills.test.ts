import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { areaId } from "../../src/domain/ids.js";
import { policySchema } from "../../src/domain/policy.js";
import { KILLS } from "../faults/length.js";
import { type Happening, violations } from "../support/history.js";
import { tone } from "../support/tones.js";
import { eventually } from "../support/whole-house.js";

const LOA = fileURLToPath(new URL(`../../src/cli/loa${extname(import.meta.url)}`, import.meta.url));
/** A short item every few seconds, so that kills fall into items, between them, and into writes. */
const EVERY_S = 3;
const LENGTH_S = 1.2;
/** The process is let live a random time up to this, milliseconds. */
const LIFE_MS = 1_800;

interface LogLine {
  readonly kind: string;
  readonly at: string;
  readonly receiver?: string;
  readonly occurrence?: string;
  readonly announcements?: readonly string[];
  readonly class?: string;
  readonly why?: string;
}

describe("server and loudspeaker, killed at random moments", function () {
  this.timeout(60_000 + KILLS * 6_000);
  let folder: string;
  let port: number;
  const running = new Map<string, ChildProcess>();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-kills-"));
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    port = (probe.address() as { port: number }).port;
    probe.close();
    await mkdir(join(folder, "config"), { recursive: true });
    const write = (name: string, value: unknown) => writeFile(join(folder, "config", name), JSON.stringify(value));
    await write("station.json", { station: { name: "Đài thử" }, listen: { port }, voices: { order: ["espeak"] } });
    await write("areas.json", [{ id: "phuong", name: "Phường thử", kind: "ward" }]);
    await write("policy.json", [{ area: "phuong", quiet: [], quietSensitive: [] }]);
  });
  afterEach(async () => {
    for (const child of running.values()) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  const run = (name: string, ...args: string[]) => {
    const child = spawn(process.execPath, [...process.execArgv, LOA, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout?.resume();
    child.stderr?.resume();
    running.set(name, child);
    return child;
  };
  const kill = async (name: string) => {
    const child = running.get(name);
    if (!child || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  const serve = () => run("server", "serve", folder);
  const relay = (...more: string[]) =>
    run(
      ...(["relay", "relay", "--server", `http://127.0.0.1:${port}`, "--out", "null"] as const),
      ...["--state", join(folder, "relay"), ...more],
    );
  const token = () => readFile(join(folder, "config", "token"), "utf8").then((text) => text.trim());
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
  const readLog = async (): Promise<LogLine[]> => {
    const lines: LogLine[] = [];
    for (let after = 0; ; ) {
      const page = await call<{ lines: LogLine[]; next?: number }>("GET", `/log?after=${after}&limit=1000`);
      lines.push(...page.lines);
      if (page.next === undefined) return lines;
      after = page.next;
    }
  };
  const answers = () =>
    eventually("the server to answer", 20_000, () =>
      call("GET", "/station").then(
        () => true,
        () => false,
      ),
    );

  async function prepare(): Promise<void> {
    serve();
    await answers();
    const query = new URLSearchParams({ id: "tin", title: "tin", class: "ordinary", topic: "thu", name: "tin.wav" });
    const upload = await fetch(`http://127.0.0.1:${port}/api/v1/recordings?${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${await token()}` },
      body: Buffer.from(tone(LENGTH_S, 700)),
    });
    const { version } = (await upload.json()) as { version: string };
    await call("POST", "/announcements/tin/approval", { version });
    await call("PUT", "/playlists/tin", {
      id: "tin",
      title: "tin",
      items: [{ kind: "announcement", announcement: "tin" }],
    });
    await call("POST", "/receivers", { id: "loa-1", name: "loa-1", area: "phuong", kind: "fixed" });
    const { code } = await call<{ code: string }>("POST", "/receivers/loa-1/pairing");
    relay("--pair", code);
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
  }

  /** Soundings `EVERY_S` apart, in schedules of at most 96 each, none over midnight. */
  async function plan(from: number, count: number): Promise<void> {
    const times = Array.from({ length: count }, (_, index) =>
      new Date(from + index * EVERY_S * 1000 + 7 * 3_600_000).toISOString().slice(0, 19).split("T"),
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
  }

  it(`repeats nothing, loses no acknowledged write and goes on, ${KILLS} times`, async () => {
    await prepare();
    const from = Math.ceil(Date.now() / 1000) * 1000 + 3_000;
    await plan(from, KILLS * 2);
    /** Levels of volume that the server has acknowledged. */
    let acknowledged = 80;
    for (let number = 0; number < KILLS; number++) {
      const victim = Math.random() < 0.5 ? "server" : "relay";
      const until = Date.now() + Math.random() * LIFE_MS;
      let wanted = acknowledged;
      while (Date.now() < until) {
        wanted = 1 + ((wanted + 1) % 100);
        const done = await call("PUT", "/receivers/loa-1/volume", { percent: wanted }).then(
          () => true,
          () => false,
        );
        if (done) acknowledged = wanted;
      }
      // A write that is on its way may or may not have been kept; the acknowledged one must have been.
      const last = 1 + ((wanted + 1) % 100);
      const onTheWay = call("PUT", "/receivers/loa-1/volume", { percent: last }).then(
        () => true,
        () => false,
      );
      await kill(victim);
      if (await onTheWay) acknowledged = last;
      if (victim === "server") serve();
      else relay();
      if (victim === "server") await answers();
      const [receiver] = await call<{ volume: number }[]>("GET", "/receivers");
      expect([acknowledged, last], `after kill ${number}`).to.include(receiver?.volume);
      acknowledged = receiver?.volume ?? 0;
    }
    const survived = Date.now();
    await eventually("more of the programme", 30_000, async () => {
      const lines = await readLog();
      return lines.some(({ kind, at }) => kind === "finished" && Date.parse(at) > survived + 3_000);
    });

    const lines = await readLog();
    const history = lines.flatMap((line): Happening[] => {
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
      if (kind === "started" || kind === "resumed") {
        return [
          { kind, at, receiver, cue, class: of, announcements, confirmed: false, lateMs: 0, lengthMs: LENGTH_S * 1000 },
        ];
      }
      return kind === "finished" || kind === "cut" ? [{ kind: "ended", at, receiver, cue }] : [];
    });
    const policies = [policySchema.parse({ area: "phuong", quiet: [], quietSensitive: [] })];
    const placeOf = () => ({ zone: "Asia/Ho_Chi_Minh", areas: [areaId("phuong")], sensitive: false, policies });
    expect(violations(history, { placeOf })).to.deep.equal([]);
    const started = history.filter(({ kind }) => kind === "started").length;
    expect(started, "soundings that began").to.be.greaterThan(5);
    expect(await call("GET", "/log/verification")).to.include({ ok: true });
  });
});
