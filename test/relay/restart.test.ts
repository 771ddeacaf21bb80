import { join } from "node:path";
import { expect } from "chai";
import { startRelayProgram } from "../support/relay-program.js";
import { aChirp } from "./a-chirp.js";
import { until } from "./fake-server.js";
import { loudness } from "./recording.js";
import { aCue, openYard, type Yard } from "./yard.js";

describe("a relay that is killed", () => {
  let yard: Yard;
  beforeEach(async () => {
    yard = await openYard();
  });
  afterEach(() => yard.close());

  /** The relay as a process of its own, which can be killed. */
  const spawnRelay = (id: string) =>
    startRelayProgram({
      ...{ server: yard.server.url, out: `wav:${join(yard.folder, `${id}.wav`)}`, state: join(yard.folder, id) },
      pair: `code-${id}`,
    });

  it("goes on in the middle after a restart, says so, and never begins again", async () => {
    const { server, soon, heardFrom } = yard;
    const clip = aChirp(5_000);
    const sha256 = server.addClip(clip);
    const cue = aCue(sha256, soon(2_500), { durationMs: 5_000 });
    server.setProgramme("loa-a", [cue]);
    const first = await spawnRelay("loa-a");
    await until("its start", () => server.journal("loa-a").some(({ event }) => event === "started"));
    await first.kill();
    const killedAt = server.now();
    const second = await spawnRelay("loa-a");
    await until("its end", () => server.journal("loa-a").some(({ event }) => event === "finished"), 12_000);
    await second.kill();
    const third = await spawnRelay("loa-a");
    await until("a third start", () => server.said.filter(({ message }) => message.t === "clips").length >= 3);
    await third.kill();

    expect(server.journal("loa-a").map(({ event, seq }) => `${seq} ${event}`)).to.deep.equal([
      "1 due",
      "2 started",
      "3 resumed",
      "4 finished",
    ]);
    const resumed = server.journal("loa-a")[2];
    expect(resumed?.at).to.be.above(killedAt);
    expect(resumed?.dueAt).to.be.closeTo(cue.at, 20);
    expect(server.paired).to.deep.equal(["code-loa-a"]);
    expect(loudness(await heardFrom("loa-a", cue.at + 5_100_000))).to.equal(0);
  });
});
