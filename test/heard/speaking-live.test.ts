import { expect } from "chai";
import { parseOggOpus } from "../../src/protocol/ogg-opus.js";
import type { TalkView } from "../../src/server/api/live-routes.js";
import { speak } from "../support/a-voice.js";
import { pitch, tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** The voice rises by 100 Hz a second from 400 Hz, so that its pitch tells the moment at which it was spoken. */
const LOW = 400;
const SLOPE = 100;
const voice = (time: number) => 0.4 * Math.sin(2 * Math.PI * (LOW * time + (SLOPE * time * time) / 2));

describe("the whole house, when somebody speaks live", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  before(async () => {
    house = await openHouse();
    await house.addRelay("loa-1");
    await house.addRelay("loa-2");
    for (const id of ["loa-1", "loa-2"]) await house.holdsEverything(id);
  });
  after(() => house.close());
  // Two soundings close behind each other look like one that nobody ordered in the middle.
  afterEach(() => passes(1_000));

  const soundAt = (heard: Awaited<ReturnType<WholeHouse["heard"]>>, time: number) => {
    const piece = stretch(heard, time - 25, 50);
    return rms(piece) < 0.01 ? 0 : pitch(piece);
  };
  /** From speaking until it is heard, ms: of what sounds in a stretch after the beginning the middle one, for machines stumble. */
  const delayOf = (
    heard: Awaited<ReturnType<WholeHouse["heard"]>>,
    { spokenAt, from, until }: { spokenAt: number; from: number; until: number },
  ) => {
    const delays = [];
    for (let since = from; since < until; since += 100) {
      const hz = soundAt(heard, spokenAt + since);
      if (hz > 0) delays.push(since - ((hz - LOW) / SLOPE) * 1000);
    }
    expect(delays.length, "pieces that sound").to.be.above((until - from) / 400);
    return delays.toSorted((one, other) => one - other)[Math.floor(delays.length / 2)] ?? Number.NaN;
  };
  const talk = async (occurrence: string) =>
    (await house.call<TalkView[]>("GET", "/live")).find((one) => one.occurrence === occurrence);
  const onAir = (occurrence: string) =>
    house
      .call<{ cue: string; sounding: string[] }[]>("GET", "/on-air")
      .then((all) => all.find(({ cue }) => cue === occurrence));
  const passes = (length: number) => new Promise((resolve) => setTimeout(resolve, length));

  it("is heard at every loudspeaker with the delay of its pace, told of, logged and kept", async () => {
    const { opened, spokenAt, ended, finish } = await speak(house, { mode: "robust" }, voice);
    expect(opened.receivers).to.have.members(["loa-1", "loa-2"]);
    await eventually("both to say that they sound", 10_000, async () => {
      const line = await onAir(opened.occurrence);
      return line?.sounding.length === 2;
    });
    await passes(2_500);
    finish();
    expect(await ended).to.equal("finished");
    const finished = performance.now();
    const kept = await eventually("the recording", 5_000, async () => {
      const one = await talk(opened.occurrence);
      return one?.recording ? one : undefined;
    });
    await eventually("the tail", 9_000, () => performance.now() - finished > 3_000);

    for (const id of ["loa-1", "loa-2"]) {
      const heard = await house.heard(id);
      expect(delayOf(heard, { spokenAt, from: 2_200, until: 3_400 }), `microphone to ${id}, ms`).to.be.within(
        1_200,
        2_300,
      );
      expect(rms(stretch(heard, Date.now() - 700, 300)), "afterwards it is quiet").to.be.below(0.0005);
    }
    expect(kept.ended?.spokenMs).to.be.above(2_500);
    const file = await fetch(`${house.server.url}/api/v1/live/${opened.occurrence}/recording`, {
      headers: { authorization: `Bearer ${house.server.token}` },
    });
    const clip = parseOggOpus(new Uint8Array(await file.arrayBuffer()));
    expect(clip.packets.length * 20).to.equal(kept.ended?.spokenMs);
    const { lines } = await house.call<{ lines: { kind: string; receiver?: string; why?: string; by?: string }[] }>(
      "GET",
      `/log?occurrence=${opened.occurrence}`,
    );
    expect(lines.find(({ kind }) => kind === "live.opened")).to.include({ why: "Nói thử" });
    for (const id of ["loa-1", "loa-2"])
      expect(lines.filter(({ receiver }) => receiver === id).map(({ kind }) => kind)).to.include.members([
        "started",
        "finished",
      ]);
  });

  it("falls silent within a second of a stop, whoever goes on speaking", async () => {
    const { opened, ended } = await speak(house, { mode: "robust" }, voice);
    await eventually("it to sound", 10_000, async () => (await onAir(opened.occurrence))?.sounding.length === 2);
    await passes(1_000);
    const stopped = Date.now();
    await house.call("POST", "/stop", {});
    expect(await ended).to.equal("stopped");
    await passes(2_500);
    const heard = await house.heard("loa-1");
    expect(soundAt(heard, stopped - 300)).to.be.above(LOW);
    expect(rms(stretch(heard, stopped + 1_000, 1_200))).to.be.below(0.0005);
  });

  it("gives way to an emergency and goes on at what is being said then", async () => {
    await house.record("khan", tone(1.5, 3_000), "emergency");
    const { opened, spokenAt, finish, ended } = await speak(house, { mode: "robust" }, voice);
    await eventually("it to sound", 10_000, async () => (await onAir(opened.occurrence))?.sounding.length === 2);
    await house.call("POST", "/play", {
      ...{ content: { kind: "announcement", announcement: "khan" }, targets: { areas: ["phuong"] } },
      ...{ class: "emergency", confirmedBy: "Trưởng ca (thử)" },
    });
    const ordered = Date.now();
    await passes(3_500);
    finish();
    await ended;
    await passes(2_000);
    const heard = await house.heard("loa-1");
    const high = [];
    for (let time = ordered; time < ordered + 3_000; time += 50) if (soundAt(heard, time) > 2_500) high.push(time);
    expect(high.length * 50, "ms of the emergency").to.be.within(1_200, 1_700);
    const from = (high.at(-1) ?? 0) + 300 - spokenAt;
    const delay = delayOf(heard, { spokenAt, from, until: from + 800 });
    expect(delay, "still at the live edge, ms").to.be.within(1_200, 2_300);
  });

  it("ends by itself when the microphone is lost, and leaves no sound behind", async () => {
    const { opened, vanish } = await speak(house, { mode: "robust" }, voice);
    await eventually("it to sound", 10_000, async () => (await onAir(opened.occurrence))?.sounding.length === 2);
    vanish();
    const lost = Date.now();
    const one = await eventually("the station to notice", 9_000, async () => {
      const it = await talk(opened.occurrence);
      return it?.ended ? it : undefined;
    });
    expect(one.ended?.why).to.equal("network-lost");
    await eventually("nothing on air", 5_000, async () => (await onAir(opened.occurrence)) === undefined);
    const heard = await house.heard("loa-1");
    expect(rms(stretch(heard, lost + 2_500, 2_000))).to.be.below(0.0005);
  });

  it("is refused in quiet hours, without a loudspeaker, and to whoever comes while another speaks there", async () => {
    const { finish, ended } = await speak(house, {}, voice);
    const refused = await speak(house, { reason: "Người thứ hai" }, voice).catch(String);
    expect(refused).to.include("somebody-speaks");
    finish();
    await ended;
    expect(await speak(house, { targets: { areas: ["phuong-2"] } }, voice).catch(String)).to.include("no-receiver");
  });
});
