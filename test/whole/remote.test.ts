import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { LogPageView } from "../../src/server/api/log-views.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { soundedSpans } from "../support/sounded-spans.js";
import { tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the whole house, with loudspeakers that are real programs, from far away", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  beforeEach(async () => {
    house = await openHouse();
    await house.record("tin", tone(1, 700));
  });
  afterEach(() => house.close());

  const view = async (id = "loa-1") =>
    (await house.call<ReceiverView[]>("GET", "/receivers")).find((one) => one.id === id);
  const says = (what: string, check: (one: ReceiverView) => boolean | undefined, id = "loa-1") =>
    eventually(what, 30_000, async () => {
      const one = await view(id);
      return one !== undefined && check(one);
    });
  const play = async (fields: object = {}) => {
    const wish = {
      class: "ordinary",
      content: { kind: "announcement", announcement: "tin" },
      targets: { areas: ["phuong"] },
    };
    return (await house.call<{ occurrence: string }>("POST", "/play", { ...wish, ...fields })).occurrence;
  };
  const linesOf = async (occurrence: string) =>
    (await house.call<LogPageView>("GET", `/log?occurrence=${encodeURIComponent(occurrence)}`)).lines;
  const ended = (occurrence: string, receivers = 1) =>
    eventually("the end at all of them", 40_000, async () => {
      const last = (await linesOf(occurrence)).filter(({ kind }) => /^(finished|muted|missed|cut|refused)$/.test(kind));
      return last.length >= receivers && last;
    });
  const spans = async (id: string) => soundedSpans(id, await house.heard(id));
  /** Loudness of the stretches that it sounded, in their middle. */
  const loudness = async (id: string) => {
    const heard = await house.heard(id);
    return soundedSpans(id, heard).map(({ at, until }) => rms(stretch(heard, (at + until) / 2 - 100, 200)));
  };

  it("is told how its machine is, by its own word, in the panel's picture and in metrics", async () => {
    await house.addRelay("loa-1");
    await says("its health", ({ health, reported }) => health?.clockSource !== "none" && reported?.clock === "trusted");
    const { health, reported, lastSeen } = (await view()) ?? {};
    expect(health?.diskFreeBytes).to.be.within(1, health?.diskTotalBytes ?? 0);
    expect(health?.load).to.be.within(0, 1_000);
    expect(health?.uptimeS).to.be.above(0);
    expect(health?.version).to.equal("loa-relay");
    expect(health?.clockSource).to.be.oneOf(["server", "ntp", "rtc"]);
    expect(reported).to.include({ muted: false, sink: "ok", clock: "trusted", underruns: 0 });
    expect(Date.now() - Date.parse(lastSeen ?? "")).to.be.below(60_000);
    const metrics = await (await fetch(`${house.server.url}/metrics`)).text();
    for (const name of ["disk_free_bytes_min", "load_max", "uptime_seconds_min", "volume_ratio_min", "received_bytes"])
      expect(metrics).to.match(new RegExp(`^loa_receivers_${name} [0-9.e+-]+$`, "m"));
    expect(metrics).to.include('loa_receivers_version{version="loa-relay"} 1\n');
    expect(metrics).to.include('loa_receivers_sink{state="ok"} 1\n');
  });

  it("obeys its volume, and says and sounds so", async () => {
    await house.addRelay("loa-1");
    await says("its volume", ({ reported }) => reported?.volume === 80);
    await ended(await play());
    await house.call("PUT", "/receivers/loa-1/volume", { percent: 20 });
    await says("the new volume", ({ reported }) => reported?.volume === 20);
    await ended(await play());
    const [loud = 0, soft = 0] = await loudness("loa-1");
    expect(loud).to.be.above(0.05);
    expect(soft / loud, "a quarter of the volume, well below half the loudness").to.be.within(0.01, 0.4);
  });

  it("is muted and heard again, and what would have sounded meanwhile is written as muted", async () => {
    await house.addRelay("loa-1");
    await house.call("PUT", "/receivers/loa-1/mute", { muted: true });
    await says("that it is muted", ({ reported }) => reported?.muted);
    // Told at its beginning and at its end.
    const muted = await ended(await play(), 2);
    expect(muted.map(({ kind, why }) => `${kind} ${why}`)).to.deep.equal(["muted muted", "muted muted"]);
    expect(await spans("loa-1")).to.deep.equal([]);
    await house.call("PUT", "/receivers/loa-1/mute", { muted: false });
    await says("that it is not", ({ reported }) => reported?.muted === false);
    expect((await ended(await play()))[0]?.kind).to.equal("finished");
    expect(await spans("loa-1")).to.have.length(1);
  });

  it("is heard from where on it was let sound again in the middle of something, and says so", async () => {
    await house.record("dai", tone(4, 700));
    await house.addRelay("loa-1");
    await house.call("PUT", "/receivers/loa-1/mute", { muted: true });
    await says("that it is muted", ({ reported }) => reported?.muted);
    const long = await play({ content: { kind: "announcement", announcement: "dai" } });
    const [begun] = await ended(long);
    await eventually("its middle", 5_000, () => Date.now() > Date.parse(begun?.at ?? "") + 1_500);
    await house.call("PUT", "/receivers/loa-1/mute", { muted: false });
    await eventually("the end", 20_000, async () => (await linesOf(long)).some(({ kind }) => kind === "finished"));
    const lines = (await linesOf(long)).filter(({ receiver, kind }) => receiver !== undefined && kind !== "due");
    expect(lines.map(({ kind, why }) => `${kind} ${why ?? ""}`.trim())).to.include.members([
      ...["muted muted", "resumed unmuted", "finished"],
    ]);
    const [heard] = await spans("loa-1");
    expect((heard?.until ?? 0) - (heard?.at ?? 0)).to.be.within(500, 2_600);
  });

  it("obeys, as it comes back, what it was told about that while it was away", async () => {
    await house.addRelay("loa-1");
    await says("the time", ({ reported }) => reported?.clock === "trusted");
    for (const muted of [true, false]) {
      await house.stopRelay("loa-1");
      await eventually("it to be away", 10_000, async () => (await view())?.connected === false);
      await house.call("PUT", "/receivers/loa-1/mute", { muted });
      await house.startRelay("loa-1");
      await says(`that it is ${muted ? "" : "not "}muted`, ({ reported }) => reported?.muted === muted);
    }
    // Nothing is left to be told: it is not ordered again when it comes back once more.
    const orders = async () => (await house.call<LogPageView>("GET", "/log?kind=order.issued")).lines.length;
    await eventually(
      "what it obeyed to be noted",
      5_000,
      async () => !(await readFile(join(house.folder, "config/state/receivers.json"), "utf8")).includes("muteWish"),
    );
    const before = await orders();
    await house.stopRelay("loa-1");
    await house.startRelay("loa-1");
    await says("the time again", ({ reported }) => reported?.clock === "trusted");
    expect((await ended(await play()))[0]?.kind).to.equal("finished");
    expect((await orders()) - before, "the play, and no order about muting").to.be.within(1, 2);
  });

  it("sounds a pip when it is tested, and starts anew when it is told to", async () => {
    const relay = await house.addRelay("loa-1");
    await says("the time", ({ reported }) => reported?.clock === "trusted");
    await house.call("POST", "/receivers/loa-1/test", { lengthMs: 600 });
    const [pip] = await eventually("the pip", 10_000, async () => {
      const found = await spans("loa-1");
      return found.length > 0 && Date.now() > (found[0]?.until ?? 0) + 1_000 && found;
    });
    expect((pip?.until ?? 0) - (pip?.at ?? 0)).to.be.closeTo(600, 100);
    await house.call("POST", "/receivers/loa-1/restart");
    const code = await Promise.race([relay.done, new Promise((late) => setTimeout(() => late("late"), 10_000))]);
    expect(code, "what its supervisor starts it again for").to.not.equal("late");
    await house.stopRelay("loa-1");
    await house.startRelay("loa-1");
    await says("that it is back", ({ connected }) => connected);
    expect((await ended(await play()))[0]?.kind).to.equal("finished");
  });

  it("takes turns with the pole beside it for what is ordinary, and sounds in step with it in an emergency", async () => {
    await house.record("khan", tone(1, 1_500), "emergency");
    for (const id of ["loa-1", "loa-2"]) {
      await house.addRelay(id);
      await house.call("PATCH", `/receivers/${id}`, { overlap: { group: "cho", mode: "turns" } }, { "if-match": "*" });
    }
    for (const id of ["loa-1", "loa-2"]) await says("the time", ({ reported }) => reported?.clock === "trusted", id);
    await ended(await play(), 2);
    const urgent = await play({
      ...{
        class: "emergency",
        confirmedBy: "Trưởng ca (thử)",
        content: { kind: "announcement", announcement: "khan" },
      },
    });
    await ended(urgent, 2);
    const [first = [], second = []] = [await spans("loa-1"), await spans("loa-2")];
    expect([first.length, second.length]).to.deep.equal([2, 2]);
    const pause = (second[0]?.at ?? 0) - (first[0]?.until ?? 0);
    expect(pause, "ms of silence between the turns").to.be.within(4_500, 5_800);
    const apart = Math.abs((second[1]?.at ?? 0) - (first[1]?.at ?? 0));
    // Blocks of 20 ms are looked at.
    expect(apart, "ms between the two in an emergency").to.be.at.most(20);
  });
});
