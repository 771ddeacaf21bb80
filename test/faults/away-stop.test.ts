import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { type Relay, runRelay } from "../../src/relay/index.js";
import { aChirp } from "../relay/a-chirp.js";
import { type FakeServer, startFakeServer, until } from "../relay/fake-server.js";
import { aCue } from "../relay/yard.js";
import { bestMaker, type HouseBehindNetwork, openHouseBehindNetwork } from "../support/house-behind-network.js";
import { judgeAlone } from "../support/judge-alone.js";
import { createListeningSink } from "../support/listening-sink.js";
import { pitch, tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, testLog } from "../support/whole-house.js";

const MAKER = await bestMaker();
const LONG = 700;
const NEXT = 1_500;

describe(`stop all, for a loudspeaker that was cut off in the middle of something long by ${MAKER}`, function () {
  this.timeout(120_000);
  let run: HouseBehindNetwork;
  beforeEach(async () => {
    run = await openHouseBehindNetwork(MAKER);
  });
  afterEach(() => run?.close());

  it("is obeyed as it comes back, before anything else sounds", async () => {
    await run.house.record("dai", tone(60, LONG));
    await run.house.record("sau", tone(2, NEXT));
    await run.addLoudspeaker();
    const at = await run.house.scheduleOnce("dai", 5_000);
    const next = await run.house.scheduleOnce("sau", 45_000);
    await run.house.holdsEverything("loa-1");
    await run.passed(at + 2_000);
    await run.cut();
    await eventually("the server to miss it", 10_000, async () => !(await run.isConnected()));
    const ordered = Date.now();
    const { away } = await run.house.call<{ away: string[] }>("POST", "/stop", {});
    expect(away).to.deep.equal(["loa-1"]);
    await run.passed(ordered + 3_000);
    await run.mend();
    const cut = await eventually("its obedience", 20_000, async () =>
      (await run.lines()).find(({ kind, occurrence }) => kind === "cut" && occurrence?.startsWith("dai@")),
    );
    expect(cut.why).to.equal("stopped");
    await run.passed(next + 2_500);

    const heard = await run.house.heard("loa-1");
    const silent = Date.parse(cut.at);
    expect(silent, "silent before the next").to.be.below(next - 1_000);
    expect(pitch(stretch(heard, ordered + 1_000, 200)), "while it was away").to.be.closeTo(LONG, 20);
    expect(rms(stretch(heard, silent + 50, next - silent - 100)), "from then on").to.equal(0);
    expect(pitch(stretch(heard, next + 500, 200)), "what was due after the stop").to.be.closeTo(NEXT, 30);
    const connected = (await run.lines()).filter(({ kind }) => kind === "receiver.connected").at(-1);
    expect(silent - Date.parse(connected?.at ?? ""), "from the connection to silence, ms").to.be.below(2_000);
  });
});

describe("a stop behind more than a thousand messages that wait", function () {
  this.timeout(60_000);
  const ID = "loa-a";
  const WAITING = 1_500;
  let folder: string;
  let server: FakeServer;
  let relay: Relay;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-waiting-"));
    server = await startFakeServer();
  });
  afterEach(async () => {
    await relay?.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is obeyed, though the time is not known and nothing else is judged yet", async () => {
    const sha256 = server.addClip(aChirp(600));
    const sink = createListeningSink(() => Date.now() * 1000, 1);
    server.world.answerTime = false;
    relay = await runRelay({
      ...{ server: server.url, pair: `code-${ID}`, out: sink, state: join(folder, "relay"), clock: systemClock },
      ...{ log: testLog, random: () => 0, machineClock: () => "none" },
    });
    await until("a connection", () => server.sockets.has(ID));
    // Without one, the quiet hours of every station hold, and this runs at night, too.
    server.setProgramme(ID, []);
    const begun = server.now();
    const aSound = (name: string, inMs: number) =>
      aCue(sha256, begun + inMs * 1000, { id: `${name}@20261129t000000z`, durationMs: 600 });
    const [stopped, other] = [aSound("dung", 6_000), aSound("khac", 9_000)];
    server.order(ID, { kind: "cue", cue: stopped });
    server.order(ID, { kind: "cue", cue: other });
    for (let count = 0; count < WAITING; count++) server.order(ID, { kind: "volume", percent: 100 });
    const stoppedAt = Date.now();
    const stop = server.order(ID, { kind: "stop", scope: { kind: "occurrence", occurrence: stopped.id } });
    const answer = () => server.heard(ID, "ack").find(({ order }) => order === stop);
    expect(await until("the stop to be obeyed", answer, 2_500)).to.include({ ok: true });
    server.world.answerTime = true;

    await until("the other's end", () => server.journal(ID).some(({ event }) => event === "finished"), 20_000);
    expect(sink.heard, "stretches of sound").to.have.length(1);
    const begunOf = (id: string) => server.journal(ID).some(({ cue, event }) => cue === id && event === "started");
    expect([stopped, other].map(({ id }) => begunOf(id))).to.deep.equal([false, true]);
    const stops = [{ kind: "stop", at: stoppedAt, receivers: [ID], cue: stopped.id }] as const;
    expect(judgeAlone(server, ID, { cues: [stopped, other], heard: sink.heard, more: stops })).to.equal(1);
  });
});
