import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { fillWeek } from "../support/full-week.js";
import { bestMaker, type HouseBehindNetwork, openHouseBehindNetwork } from "../support/house-behind-network.js";
import { pitch, rising, tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually } from "../support/whole-house.js";
import { CUT_S } from "./length.js";

const ALARM = 3000;
const MAKER = await bestMaker();

describe(`a loudspeaker behind a bad network, which is made by ${MAKER}`, function () {
  this.timeout(180_000 + CUT_S * 1000);
  let run: HouseBehindNetwork;
  beforeEach(async () => {
    run = await openHouseBehindNetwork(MAKER);
  });
  afterEach(() => run?.close());

  it("sounds stored items without a gap while the link is gone for a second", async () => {
    await run.house.record("dai", tone(8, 700));
    await run.addLoudspeaker();
    const at = await run.house.scheduleOnce("dai", 4_000);
    await run.house.holdsEverything("loa-1");
    await run.passed(at + 2_000);
    await run.network.change({ blackHole: true });
    await run.passed(at + 3_000);
    await run.network.change({ blackHole: false });
    await run.passed(at + 9_000);

    expect(Math.min(...(await run.tenths(at + 200, 7)))).to.be.above(0.01);
    await eventually("the journal", 10_000, async () => (await run.linesOf("finished")).length === 1);
  });

  it(`sounds its programme through ${CUT_S} s without a network, comes back within 5 s and reports each line once`, async () => {
    await run.house.record("dai", tone(1, 700));
    await run.addLoudspeaker();
    const at = await run.house.scheduleOnce("dai", 6_000, { lateMs: 0 });
    await run.house.holdsEverything("loa-1");
    await run.cut();
    await run.passed(Math.max(at + 2_000, Date.now() + CUT_S * 1000));
    expect(await run.linesOf("finished")).to.have.length(0);
    await run.mend();
    const back = Date.now();

    // Waits between its tries grow to a minute; a cut that long is followed by up to such a wait.
    await eventually("the connection", Math.min(65_000, 5_000 + CUT_S * 1000), run.isConnected);
    const took = Date.now() - back;
    await eventually("the journal", 10_000, async () => (await run.linesOf("finished")).length > 0);
    expect((await run.linesOf("started")).length, "lines of a beginning").to.equal(1);
    expect(rms(stretch(await run.house.heard("loa-1"), at + 200, 500))).to.be.above(0.01);
    expect(took).to.be.at.most(65_000);
  });

  it("finds a link dead in which nothing passes, within the time that the protocol gives, and connects anew", async () => {
    await run.house.record("dai", tone(12, 700));
    await run.addLoudspeaker({ clipBudget: 0 });
    const at = await run.house.scheduleOnce("dai", 4_000);
    await run.passed(at + 2_000);
    await run.network.change({ blackHole: true });
    const gone = Date.now();
    await eventually("the server to miss it", 8_000, async () => !(await run.isConnected()));
    expect(Date.now() - gone, "until it is missed, ms").to.be.within(2_000, 7_500);
    await run.mend();
    await eventually("the connection", 10_000, run.isConnected);
  });

  for (const [holeS, end] of [
    [4, "a link that was not given up"],
    [12, "a new connection"],
  ] as const)
    it(`goes on at the live edge after ${holeS} s in a black hole while it is fed, by ${end}, and sounds nothing stale`, async () => {
      // Its pitch tells what is heard.
      const seconds = 30;
      const pitchAt = (second: number) => 400 + 60 * second;
      await run.house.record("dai", rising(seconds, 400, 60));
      await run.addLoudspeaker({ clipBudget: 0 });
      const at = await run.house.scheduleOnce("dai", 8_000);
      await run.passed(at + 4_000);
      await run.network.change({ blackHole: true });
      await run.passed(at + 4_000 + holeS * 1_000);
      await run.network.change({ blackHole: false });
      await run.passed(at + seconds * 1_000 + 500);

      const heard = await run.house.heard("loa-1");
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
    await run.house.record("lon", tone(240, 500));
    await run.house.record("khan", tone(2, ALARM), "emergency");
    await run.network.change({ bytesPerSecond: 32_000 });
    await run.addLoudspeaker();
    await run.house.scheduleOnce("khan", 3_600_000, { class: "emergency" });
    await run.house.holdsEverything("loa-1");
    await run.house.scheduleOnce("lon", 1_800_000);
    const isFetching = async () => (await run.receiver())?.missingClips === 1;
    await eventually("the download to be under way", 10_000, isFetching);
    await run.passed(Date.now() + 2_000);

    expect(await run.untilEmergency("khan", ALARM), "order to sound, ms").to.be.at.most(1_500);
    expect(await isFetching(), "the download was still under way").to.equal(true);
  });

  it("sounds an emergency within 1.5 s at 256 kbit/s while it fetches the programme of a week", async () => {
    await run.house.record("khan", tone(2, ALARM), "emergency");
    await run.house.scheduleOnce("khan", 3_600_000, { class: "emergency" });
    await fillWeek(run.house, { sessions: 5, items: 6 });
    await run.addLoudspeaker();
    await run.house.holdsEverything("loa-1");
    const size = (await readFile(join(run.house.folder, "relays", "loa-1", "programme.json"))).length;
    expect(size, "bytes of the programme").to.be.within(40_000, 60_000);
    await run.network.change({ bytesPerSecond: 32_000 });
    await run.house.scheduleOnce("so-0", 7_200_000);
    await eventually("the next programme to be offered", 10_000, async () => {
      const { offered = 0, held = 0 } = (await run.receiver())?.programme ?? {};
      return offered > held;
    });

    expect(await run.untilEmergency("khan", ALARM), "order to sound, ms").to.be.at.most(1_500);
    await run.house.holdsEverything("loa-1");
  });

  it("is fed over the wire without a gap when 10 % of the pieces are lost", async () => {
    await run.network.change({ loss: 0.1 });
    await run.house.record("dai", tone(8, 700));
    await run.addLoudspeaker({ clipBudget: 0 });
    const at = await run.house.scheduleOnce("dai", 10_000);
    await run.passed(at + 9_500);

    expect(Math.min(...(await run.tenths(at + 200, 7)))).to.be.above(0.01);
  });
});

describe("a loudspeaker behind a long and shaky line, which is made by a proxy in this program", function () {
  this.timeout(60_000);
  let run: HouseBehindNetwork;
  beforeEach(async () => {
    run = await openHouseBehindNetwork("a proxy in this program");
  });
  afterEach(() => run?.close());

  for (const loss of [0.02, 0.1, 0.25])
    it(`is fed over the wire without a gap, and begins in time, when ${loss * 100} % of the pieces are lost`, async () => {
      await run.network.change({ loss, delayMs: 30, jitterMs: 20 });
      await run.house.record("dai", tone(8, 700));
      await run.addLoudspeaker({ clipBudget: 0 });
      const at = await run.house.scheduleOnce("dai", 10_000);
      await run.passed(at + 9_500);

      expect(Math.min(...(await run.tenths(at + 200, 7)))).to.be.above(0.01);
      const [line] = await run.linesOf("started");
      expect(Math.abs(Date.parse(line?.at ?? "") - at), "start error, ms").to.be.at.most(50);
    });
});
