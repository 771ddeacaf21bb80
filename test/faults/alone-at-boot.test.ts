import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { type Relay, type RelayOptions, runRelay } from "../../src/relay/index.js";
import { aChirp } from "../relay/a-chirp.js";
import { type FakeServer, startFakeServer, until } from "../relay/fake-server.js";
import { aCue } from "../relay/yard.js";
import { judgeAlone } from "../support/judge-alone.js";
import { createListeningSink } from "../support/listening-sink.js";
import { type LoopDisk, openLoopDisk } from "../support/loop-disk.js";
import { testLog } from "../support/whole-house.js";

const ID = "loa-a";
const LENGTH = 600;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a whole loudspeaker with nobody to ask", function () {
  this.timeout(120_000);
  let folder: string;
  let server: FakeServer;
  let relay: Relay;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-alone-"));
    server = await startFakeServer();
  });
  afterEach(async () => {
    await relay?.close();
    await server.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (more: Partial<RelayOptions>) => {
    relay = await runRelay({
      ...{ server: server.url, pair: `code-${ID}`, out: "null", state: join(folder, "relay"), clock: systemClock },
      ...{ log: testLog, random: () => 0, machineClock: () => "rtc", ...more },
    });
  };
  const aSound = (sha256: string, name: string, inMs: number) =>
    aCue(sha256, server.now() + inMs * 1000, {
      ...{ id: `${name}@20261129t000000z`, durationMs: LENGTH, notAfter: server.now() + (inMs + 1_000) * 1000 },
    });

  it("sounds nothing planned while no clock can be believed, and goes on when the network's time steers its machine", async () => {
    const sha256 = server.addClip(aChirp(LENGTH));
    const cues = [aSound(sha256, "truoc", 12_000), aSound(sha256, "sau", 24_000)];
    server.setProgramme(ID, cues);
    await start({});
    await until("the clip", () => server.heard(ID, "clips").at(-1)?.have.length === 1);
    await until("the programme", () => server.heard(ID, "holds").length > 0);
    await relay.close();
    await server.away();

    // Booted without a network, by a clock that nobody vouches for.
    let source: "none" | "ntp" = "none";
    const sink = createListeningSink(() => Date.now() * 1000, 1);
    await start({ out: sink, machineClock: () => source });
    await pause((cues[0]?.notAfter ?? 0) / 1000 - Date.now() + 500);
    expect(sink.heard, "by a clock that nobody vouches for").to.have.length(0);
    source = "ntp";
    await pause((cues[1]?.at ?? 0) / 1000 - Date.now() + LENGTH + 1_500);
    expect(sink.heard, "by the network's time").to.have.length(1);
    expect(Math.abs((sink.heard[0]?.trusted ?? 0) - (cues[1]?.at ?? 0)) / 1000, "start error, ms").to.be.at.most(50);

    await server.back();
    const journal = () => server.journal(ID).filter(({ event }) => event !== "due");
    await until("its journal", () => journal().some(({ event }) => event === "finished"), 60_000);
    expect(journal().map(({ event, cue }) => `${event} ${cue.split("@")[0]}`)).to.deep.equal([
      "missed truoc",
      "started sau",
      "finished sau",
    ]);
    expect(judgeAlone(server, ID, { cues, heard: sink.heard })).to.equal(1);
  });

  describe("and a disk that is full", () => {
    let disk: LoopDisk;
    beforeEach(async () => {
      disk = await openLoopDisk(folder, 80);
    });
    afterEach(() => disk.close());

    it("fetches no clip, says so, sounds what it holds, and fetches on when there is room", async () => {
      const held = server.addClip(aChirp(LENGTH));
      const cue = aSound(held, "co", 14_000);
      server.setProgramme(ID, [cue]);
      const sink = createListeningSink(() => Date.now() * 1000, 1);
      await start({ state: join(disk.folder, "relay"), out: sink });
      await until("the clip", () =>
        server
          .heard(ID, "clips")
          .at(-1)
          ?.have.includes(held as never),
      );
      await disk.fill();
      const clip = aChirp(LENGTH * 2);
      const wanted = server.addClip(clip);
      const asked = () => server.requests.filter(({ url }) => url.includes(wanted)).length;
      const want = { sha256: wanted as never, bytes: clip.length, deadline: server.now() + 60e6 };
      server.send(ID, { t: "clips", p: { want: [want as never], rate: 1_000_000 } });

      const failed = () =>
        server
          .heard(ID, "clips")
          .at(-1)
          ?.failed?.find(({ sha256 }) => sha256 === wanted);
      expect(await until("the clip among the failed ones", failed, 40_000)).to.include({ why: "no-room" });
      expect(asked(), "requests for a clip that has no room").to.equal(0);
      await until("what it holds", () => sink.heard.length === 1, 30_000);
      await disk.empty();
      await until(
        "the clip",
        () =>
          server
            .heard(ID, "clips")
            .at(-1)
            ?.have.includes(wanted as never),
        70_000,
      );
      const events = () => server.journal(ID).map(({ event }) => event);
      await until("the end of what it holds", () => events().includes("finished"), 20_000);
      expect(events()).to.include("started");
      expect(judgeAlone(server, ID, { cues: [cue], heard: sink.heard })).to.equal(1);
    });
  });
});
