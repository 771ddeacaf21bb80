import { expect } from "chai";
import { aChirp } from "../relay/a-chirp.js";
import { until } from "../relay/fake-server.js";
import { firstSound, lag, loudness } from "../relay/recording.js";
import { aCue, openYard, type Yard } from "../relay/yard.js";

describe("a relay", () => {
  let yard: Yard;
  beforeEach(async () => {
    yard = await openYard();
  });
  afterEach(() => yard.close());

  it("plays a clip from its disk and the same clip from a stream as the same samples at the same instant", async () => {
    const { server, start, ended, heardFrom, soon } = yard;
    const clip = aChirp(1200);
    const sha256 = server.addClip(clip);
    server.world.withhold.add("loa-b");
    const cue = aCue(sha256, soon(2_000));
    server.setProgramme("loa-a", [cue]);
    server.setProgramme("loa-b", []);
    await Promise.all([start("loa-a"), start("loa-b")]);
    await until("both programmes", () => server.heard("loa-b", "holds").length > 0);
    server.order("loa-b", {
      ...{ kind: "open", stream: 7, sealKey: server.sealKey, cue, class: "ordinary", title: "", preSkip: 312 },
      maxMs: 1200,
    });
    server.feed("loa-b", 7, { clip, at: cue.at });
    await Promise.all([ended("loa-a"), ended("loa-b")]);

    const [a, b] = await Promise.all([heardFrom("loa-a", cue.at), heardFrom("loa-b", cue.at)]);
    expect(firstSound(a)).to.be.below(5 * 48);
    expect(firstSound(b)).to.be.below(5 * 48);
    expect(Math.abs(lag(a, b, { at: 9_600, length: 4_800, reach: 96 }))).to.be.below(24);
    expect(loudness(a, 1_000, 50_000)).to.be.above(0.1);
    const ways = (id: string) => server.journal(id).map(({ event, from }) => `${event} ${from}`);
    expect(ways("loa-a")).to.deep.equal(["due undefined", "started clip", "finished clip"]);
    expect(ways("loa-b")).to.deep.equal(["due undefined", "started stream", "finished stream"]);
  });

  it("falls silent on a stop and does not play again what was stopped", async () => {
    const { server, start, soon, ended, heardFrom } = yard;
    const sha256 = server.addClip(aChirp(4_000));
    const cue = aCue(sha256, soon(1_200), { durationMs: 4_000 });
    server.setProgramme("loa-a", [cue]);
    await start("loa-a");
    await until("some of it", () => server.now() > cue.at + 400_000);
    const order = server.order("loa-a", { kind: "stop", scope: { kind: "all" } }, { class: "emergency" });
    const stoppedAt = server.now();
    await ended("loa-a");
    server.setProgramme("loa-a", [cue]);
    await until("the second programme", () => server.heard("loa-a", "holds").at(-1)?.programmeRevision === 2);

    expect(server.heard("loa-a", "ack")).to.deep.include.members([
      { order, ok: true, at: server.heard("loa-a", "ack").find((ack) => ack.order === order)?.at },
    ]);
    const after = await heardFrom("loa-a", stoppedAt + 500_000);
    expect(loudness(after)).to.equal(0);
    expect(server.journal("loa-a").map(({ event, why }) => `${event} ${why}`)).to.deep.equal([
      "due undefined",
      "started undefined",
      "cut stopped",
    ]);
  });

  it("interrupts for an emergency within a second and goes on where it was", async () => {
    const { server, start, soon, sounding, heardFrom } = yard;
    const [low, high] = [aChirp(2_500), aChirp(600, { from: 3_000, to: 4_000 })];
    const cue = aCue(server.addClip(low), soon(1_000), { durationMs: 2_500 });
    const urgent = server.addClip(high);
    server.setProgramme("loa-a", [cue]);
    await start("loa-a");
    await sounding("loa-a");
    await until("the clip", () => server.heard("loa-a", "clips").at(-1)?.have.length === 1);
    server.send("loa-a", {
      t: "clips",
      p: { want: [{ sha256: urgent as never, bytes: 9000, deadline: 0 as never }], rate: 65_536 },
    });
    await until("the urgent clip", () => server.heard("loa-a", "clips").at(-1)?.have.length === 2);
    const ordered = server.now();
    const alarm = aCue(urgent, soon(500), { id: "bao-dong@20261123t000001z", class: "emergency", durationMs: 600 });
    server.order("loa-a", { kind: "cue", cue: alarm }, { class: "emergency", confirmedBy: "Chủ tịch" });
    await until("the end", () => server.journal("loa-a").filter(({ event }) => event === "finished").length === 2);

    const lines = server.journal("loa-a").map(({ event, cue: id }) => `${event} ${id.split("@")[0]}`);
    expect(lines).to.deep.equal([
      "due buoi-sang",
      "started buoi-sang",
      "due bao-dong",
      "interrupted buoi-sang",
      "started bao-dong",
      "finished bao-dong",
      "resumed buoi-sang",
      "finished buoi-sang",
    ]);
    const begun = server.journal("loa-a").find(({ cue: id, event }) => event === "started" && id === alarm.id);
    expect((begun?.at ?? 0) - ordered).to.be.below(1_000_000);
    expect(Math.abs((begun?.at ?? 0) - alarm.at)).to.be.below(1_000);
    const sound = await heardFrom("loa-a", alarm.at);
    expect(loudness(sound, 1_000, 28_000)).to.be.above(0.1);
  });
});
