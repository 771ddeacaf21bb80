import { expect } from "chai";
import { type BadNetwork, openBadNetwork } from "../support/bad-network.js";
import { pitch, rising, tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";
import { CUT_S } from "./length.js";

const ALARM = 3000;

describe("a loudspeaker behind a bad network", function () {
  this.timeout(180_000 + CUT_S * 1000);
  let house: WholeHouse;
  let network: BadNetwork;

  beforeEach(async () => {
    house = await openHouse();
    network = await openBadNetwork(new URL(house.server.url));
  });
  afterEach(async () => {
    await house.close();
    await network.close();
  });

  const passed = (time: number) => eventually("the time to come", time - Date.now() + 1_000, () => Date.now() > time);
  const linesOf = async (kind: string) => {
    const { lines } = await house.call<{ lines: { kind: string; at: string; occurrence?: string }[] }>(
      "GET",
      "/log?receiver=loa-1",
    );
    return lines.filter((line) => line.kind === kind);
  };
  /** Loudness in every tenth of a second of a stretch, beginning at a server time. */
  const tenths = (heard: Awaited<ReturnType<WholeHouse["heard"]>>, from: number, seconds: number) =>
    Array.from({ length: seconds * 10 }, (_, index) => rms(stretch(heard, from + index * 100, 100)));
  const isConnected = async () =>
    (await house.call<{ connected: boolean }[]>("GET", "/receivers"))[0]?.connected === true;

  it("sounds stored items without a gap while the link is gone for a second", async () => {
    await house.record("dai", tone(8, 700));
    await house.addRelay("loa-1", { via: network.url });
    const at = await house.scheduleOnce("dai", 4_000);
    await house.holdsEverything("loa-1");
    await passed(at + 2_000);
    network.weather.blackHole = true;
    await passed(at + 3_000);
    network.weather.blackHole = false;
    await passed(at + 9_000);

    expect(Math.min(...tenths(await house.heard("loa-1"), at + 200, 7))).to.be.above(0.01);
    await eventually("the journal", 10_000, async () => (await linesOf("finished")).length === 1);
  });

  it(`sounds its programme through ${CUT_S} s without a network, comes back within 5 s and reports each line once`, async () => {
    await house.record("dai", tone(1, 700));
    await house.addRelay("loa-1", { via: network.url });
    const at = await house.scheduleOnce("dai", 6_000, { lateMs: 0 });
    await house.holdsEverything("loa-1");
    network.weather.blackHole = true;
    network.weather.refuses = true;
    await passed(Math.max(at + 2_000, Date.now() + CUT_S * 1000));
    expect(await linesOf("finished")).to.have.length(0);
    network.weather.blackHole = false;
    network.weather.refuses = false;
    network.reset();
    const back = Date.now();

    // Waits between its tries grow to a minute; a cut that long is followed by up to such a wait.
    await eventually("the connection", Math.min(65_000, 5_000 + CUT_S * 1000), isConnected);
    const took = Date.now() - back;
    await eventually("the journal", 10_000, async () => (await linesOf("finished")).length > 0);
    expect((await linesOf("started")).length, "lines of a beginning").to.equal(1);
    expect(rms(stretch(await house.heard("loa-1"), at + 200, 500))).to.be.above(0.01);
    expect(took).to.be.at.most(65_000);
  });

  it("finds a link dead in which nothing passes, within the time that the protocol gives, and connects anew", async () => {
    await house.record("dai", tone(12, 700));
    await house.addRelay("loa-1", { via: network.url, clipBudget: 0 });
    const at = await house.scheduleOnce("dai", 4_000);
    await passed(at + 2_000);
    network.weather.blackHole = true;
    const gone = Date.now();
    await eventually("the server to miss it", 8_000, async () => !(await isConnected()));
    expect(Date.now() - gone, "until it is missed, ms").to.be.within(2_000, 7_500);
    network.weather.blackHole = false;
    network.reset();
    await eventually("the connection", 10_000, isConnected);
  });

  for (const [holeS, end] of [
    [4, "a link that was not given up"],
    [12, "a new connection"],
  ] as const)
    it(`goes on at the live edge after ${holeS} s in a black hole while it is fed, by ${end}, and sounds nothing stale`, async () => {
      // Its pitch tells what is heard.
      const seconds = 30;
      const pitchAt = (second: number) => 400 + 60 * second;
      await house.record("dai", rising(seconds, 400, 60));
      await house.addRelay("loa-1", { via: network.url, clipBudget: 0 });
      const at = await house.scheduleOnce("dai", 8_000);
      await passed(at + 4_000);
      network.weather.blackHole = true;
      await passed(at + 4_000 + holeS * 1_000);
      network.weather.blackHole = false;
      await passed(at + seconds * 1_000 + 500);

      const heard = await house.heard("loa-1");
      const windows = Array.from({ length: seconds * 2 }, (_, index) => ({
        second: index / 2 + 0.25,
        piece: stretch(heard, at + index * 500 + 150, 200),
      }));
      const sounding = windows.filter(({ piece }) => rms(piece) > 0.02);
      const stale = sounding.filter(({ second, piece }) => Math.abs(pitch(piece) - pitchAt(second)) > 30);
      expect(stale.map(({ second, piece }) => `${second} s: ${Math.round(pitch(piece))} Hz`)).to.deep.equal([]);
      const last = sounding.filter(({ second }) => second >= seconds - 6);
      expect(last.length, "half seconds heard of the last six").to.be.at.least(11);
    });

  it("sounds an emergency within 1.5 s at 256 kbit/s while it fetches clips", async () => {
    await house.record("lon", tone(240, 500));
    await house.record("khan", tone(2, ALARM), "emergency");
    network.weather.bytesPerSecond = 32_000;
    network.weather.delayMs = 40;
    await house.addRelay("loa-1", { via: network.url });
    await house.scheduleOnce("khan", 3_600_000, { class: "emergency" });
    await house.holdsEverything("loa-1");
    await house.scheduleOnce("lon", 1_800_000);
    await eventually("the download to be under way", 10_000, async () => {
      const [it] = await house.call<{ missingClips: number }[]>("GET", "/receivers");
      return it?.missingClips === 1;
    });
    await passed(Date.now() + 2_000);

    const ordered = Date.now();
    await house.call("POST", "/play", {
      content: { kind: "announcement", announcement: "khan" },
      targets: { areas: ["phuong"] },
      class: "emergency",
      confirmedBy: "Trưởng ca (thử)",
    });
    await passed(ordered + 4_500);
    const heard = await house.heard("loa-1");
    const first = Array.from({ length: 300 }, (_, index) => ordered + index * 10).find((time) => {
      const piece = stretch(heard, time, 50);
      return rms(piece) > 0.01 && Math.abs(pitch(piece) - ALARM) < 100;
    });
    expect((first ?? Number.POSITIVE_INFINITY) - ordered, "order to sound, ms").to.be.at.most(1_500);
    const [it] = await house.call<{ missingClips: number }[]>("GET", "/receivers");
    expect(it?.missingClips, "the download was still under way").to.equal(1);
  });

  for (const loss of [0.02, 0.25])
    it(`is fed over the wire without a gap when ${loss * 100} % of the pieces are lost`, async () => {
      network.weather.loss = loss;
      network.weather.delayMs = 30;
      network.weather.jitterMs = 20;
      await house.record("dai", tone(8, 700));
      await house.addRelay("loa-1", { via: network.url, clipBudget: 0 });
      const at = await house.scheduleOnce("dai", 10_000);
      await passed(at + 9_500);

      expect(Math.min(...tenths(await house.heard("loa-1"), at + 200, 7))).to.be.above(0.01);
      const [line] = await linesOf("started");
      expect(Math.abs(Date.parse(line?.at ?? "") - at), "start error, ms").to.be.at.most(50);
    });
});
