import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/base/clock.js";
import { createLog, silentLog } from "../../src/base/log.js";
import { type Cue, cueSchema } from "../../src/protocol/orders.js";
import { type Relay, type RelayOptions, runRelay } from "../../src/relay/index.js";
import { startFakeServer, until } from "./fake-server.js";
import { readRecording } from "./recording.js";

const log = process.env.LOA_TEST_LOG
  ? createLog(systemClock, (line) => process.stderr.write(`${line}\n`), "debug")
  : silentLog;

/** Loudspeakers in a folder of their own that write what they sound to WAV files, and the server that they talk to. */
export async function openYard() {
  const server = await startFakeServer({ aheadMs: 90_000 });
  const folder = await mkdtemp(join(tmpdir(), "loa-relay-"));
  const relays: Relay[] = [];
  const fileOf = (id: string) => join(folder, `${id}.wav`);

  return {
    server,
    folder,
    async start(id: string, more: Partial<RelayOptions> = {}): Promise<Relay> {
      const relay = await runRelay({
        server: server.url,
        pair: `code-${id}`,
        out: `wav:${fileOf(id)}`,
        state: join(folder, id),
        clock: systemClock,
        log: log.with({ relay: id }),
        random: () => 0,
        machineClock: () => "rtc",
        ...more,
      });
      relays.push(relay);
      return relay;
    },
    /** What a loudspeaker has sounded, from the instant `time` on. */
    async heardFrom(id: string, time: number): Promise<Int16Array> {
      const { startedAtUs } = JSON.parse(await readFile(`${fileOf(id)}.json`, "utf8")) as { startedAtUs: number };
      return readRecording(fileOf(id)).subarray(Math.round((time - startedAtUs) * 0.048));
    },
    /** An instant so far from now, on a whole millisecond. */
    soon: (ms: number): number => Math.round(server.now() / 1000 + ms) * 1000,
    ended: (id: string) =>
      until(`the end at ${id}`, () => server.journal(id).some(({ event }) => event === "finished" || event === "cut")),
    sounding: (id: string) =>
      until(`sound at ${id}`, () =>
        server
          .heard(id, "state")
          .at(-1)
          ?.now.some(({ state }) => state === "sounding"),
      ),
    async close() {
      await Promise.all(relays.map((relay) => relay.close()));
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type Yard = Awaited<ReturnType<typeof openYard>>;

/** A cue of one clip. */
export const aCue = (sha256: string, at: number, more: Partial<Record<keyof Cue, unknown>> = {}): Cue => {
  const durationMs = Number(more.durationMs ?? 1200);
  return cueSchema.parse({
    id: "buoi-sang@20261123t000000z",
    class: "ordinary",
    at,
    durationMs,
    notAfter: at + 60e6,
    resume: "continue",
    items: [{ sha256, announcement: "tin-mau", offsetMs: 0, durationMs }],
    ...more,
  });
};
