import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { createLog, silentLog } from "../../src/base/log.js";
import { type Cue, cueSchema } from "../../src/protocol/orders.js";
import { type Relay, runRelay } from "../../src/relay/index.js";
import { lagOf, onset, readWav, rms } from "../support/wav.js";
import { aChirp } from "./a-chirp.js";
import { type FakeServer, startFakeServer, until } from "./fake-server.js";

const log = process.env.LOA_TEST_LOG
  ? createLog(systemClock, (line) => process.stderr.write(`${line}\n`), "debug")
  : silentLog;

describe("a relay", () => {
  let server: FakeServer;
  let folder: string;
  let relays: Relay[] = [];

  const start = async (id: string, more: { pair?: string | undefined } = { pair: `code-${id}` }) => {
    const relay = await runRelay({
      ...more,
      server: server.url,
      out: `wav:${join(folder, `${id}.wav`)}`,
      state: join(folder, id),
      clock: systemClock,
      log: log.with({ relay: id }),
      random: () => 0,
    });
    relays.push(relay);
    return relay;
  };
  const heard = async (id: string) => {
    const file = join(folder, `${id}.wav`);
    const { startedAtUs } = JSON.parse(await readFile(`${file}.json`, "utf8")) as { startedAtUs: number };
    const { samples } = readWav(file);
    return { samples, indexOf: (time: number) => Math.round((time - startedAtUs) * 0.048) };
  };
  const aCue = (sha256: string, at: number, more: Partial<Record<keyof Cue, unknown>> = {}): Cue =>
    cueSchema.parse({
      id: "buoi-sang@20261123t000000z",
      class: "ordinary",
      at,
      durationMs: 1200,
      notAfter: at + 60e6,
      resume: "continue",
      items: [{ sha256, offsetMs: 0, durationMs: 1200 }],
      ...more,
    });
  const ended = (id: string) =>
    until(`the end at ${id}`, () => server.journal(id).some(({ event }) => event === "finished" || event === "cut"));

  beforeEach(async () => {
    server = await startFakeServer({ aheadMs: 90_000 });
    folder = await mkdtemp(join(tmpdir(), "loa-relay-"));
    relays = [];
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.close()));
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("plays a clip from its disk and the same clip from a stream as the same samples at the same instant", async () => {
    const clip = aChirp(1200);
    const sha256 = server.addClip(clip);
    server.world.withhold.add("loa-b");
    const cue = aCue(sha256, Math.round((server.now() + 2_500_000) / 1000) * 1000);
    server.setProgramme("loa-a", [cue]);
    server.setProgramme("loa-b", []);
    await Promise.all([start("loa-a"), start("loa-b")]);
    await until("both programmes", () => server.heard("loa-b", "holds").length > 0);
    server.order("loa-b", { kind: "open", stream: 7, cue, class: "ordinary", title: "", preSkip: 312, maxMs: 1200 });
    server.feed("loa-b", 7, { clip, at: cue.at });
    await Promise.all([ended("loa-a"), ended("loa-b")]);

    const [a, b] = await Promise.all([heard("loa-a"), heard("loa-b")]);
    const from = a.indexOf(cue.at);
    const [startsA, startsB] = [onset(a.samples), onset(b.samples)];
    expect(Math.abs(startsA - from)).to.be.below(5 * 48);
    expect(Math.abs(startsB - b.indexOf(cue.at))).to.be.below(5 * 48);
    const [ofA, ofB] = [a.samples.subarray(from), b.samples.subarray(b.indexOf(cue.at))];
    const lag = lagOf(ofA, ofB, { at: 9_600, length: 4_800, reach: 96 });
    expect(Math.abs(lag)).to.be.below(24);
    expect(rms(a.samples, from + 1_000, from + 50_000)).to.be.above(0.1);
    expect(server.journal("loa-a").map(({ event, from: way }) => [event, way])).to.deep.equal([
      ["started", "clip"],
      ["finished", "clip"],
    ]);
    expect(server.journal("loa-b").map(({ event, from: way }) => [event, way])).to.deep.equal([
      ["started", "stream"],
      ["finished", "stream"],
    ]);
  });
});
