import { expect } from "chai";
import { pitch, rising, tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** The scheduled item rises by 40 Hz a second from 400 Hz; the emergency stands at 3000 Hz. */
const LOW = 400;
const SLOPE = 40;
const ALARM = 3000;

describe("the whole house, when something urgent comes", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.close());

  /** What sounds at a server time: the pitch of 50 ms, or 0 for silence. */
  const soundAt = (heard: Awaited<ReturnType<WholeHouse["heard"]>>, time: number) => {
    const piece = stretch(heard, time - 25, 50);
    return rms(piece) < 0.01 ? 0 : pitch(piece);
  };
  /** The first instant from `from` on, in steps of 10 ms, at which `check` holds for the pitch. */
  const firstTime = (heard: Awaited<ReturnType<WholeHouse["heard"]>>, from: number, check: (hz: number) => boolean) => {
    for (let time = from; time < from + 20_000; time += 10) if (check(soundAt(heard, time))) return time;
    throw new Error("never");
  };

  it("breaks in within a second, silences the other first, and resumes where it was", async () => {
    await house.record("dai", rising(12, LOW, SLOPE));
    await house.record("khan", tone(2, ALARM), "emergency");
    await house.addRelay("loa-1");
    const at = await house.scheduleOnce("dai", 4_000);
    await house.holdsEverything("loa-1");
    await eventually("the middle of the item", 15_000, () => Date.now() > at + 4_000);

    const ordered = Date.now();
    await house.call("POST", "/play", {
      content: { kind: "announcement", announcement: "khan" },
      targets: { areas: ["phuong"] },
      class: "emergency",
      confirmedBy: "Trưởng ca (thử)",
    });
    await eventually("the end", 60_000, () => Date.now() > at + 12_000 + 2_000 + 3_000);

    const heard = await house.heard("loa-1");
    const begins = firstTime(heard, ordered - 200, (hz) => Math.abs(hz - ALARM) < 100);
    expect(begins - ordered, "order to first sample, ms").to.be.within(0, 1_000);
    const ends = firstTime(heard, begins + 500, (hz) => Math.abs(hz - ALARM) > 100);
    expect(ends - begins).to.be.closeTo(2_000, 150);

    // The pitch just before and just after the interruption tells the positions.
    const position = (time: number) => (soundAt(heard, time) - LOW) / SLOPE;
    const resumed = firstTime(heard, ends, (hz) => hz > LOW && hz < 2_000) + 200;
    const interrupted = begins - 300;
    expect(position(interrupted), "position before, s").to.be.closeTo((interrupted - at) / 1000, 0.1);
    const lost = position(resumed) - position(interrupted) - (300 + 200) / 1000;
    expect(Math.abs(lost) * 1000, "position lost or repeated, ms").to.be.at.most(100);

    const { lines } = await house.call<{ lines: { kind: string; why?: string }[] }>("GET", "/log?receiver=loa-1");
    const kinds = lines.map(({ kind }) => kind);
    expect(kinds).to.include.members(["started", "interrupted", "resumed", "finished"]);
  });

  it("falls silent within a second of stop all, and stays silent", async () => {
    await house.record("dai", tone(20, 700));
    await house.addRelay("loa-1");
    const at = await house.scheduleOnce("dai", 4_000);
    await house.holdsEverything("loa-1");
    await eventually("the middle of the item", 15_000, () => Date.now() > at + 3_000);
    const ordered = Date.now();
    await house.call("POST", "/stop", {});
    await eventually("some time", 10_000, () => Date.now() > ordered + 4_000);

    const heard = await house.heard("loa-1");
    expect(soundAt(heard, ordered - 100)).to.be.closeTo(700, 20);
    const silent = firstTime(heard, ordered, (hz) => hz === 0);
    expect(silent - ordered, "stop to silence, ms").to.be.at.most(1_000);
    expect(rms(stretch(heard, silent + 30, 2_000))).to.be.below(0.0005);
  });

  it("feeds nothing more of what was stopped to a loudspeaker that lives from the wire", async () => {
    await house.record("dai", tone(15, 700));
    await house.addRelay("loa-1", { clipBudget: 0 });
    const at = await house.scheduleOnce("dai", 4_000);
    await eventually("the middle of the item", 15_000, () => Date.now() > at + 2_000);
    const opens = async () => {
      const text = await fetch(`${house.server.url}/api/v1/log/export?format=ndjson`, {
        headers: { authorization: `Bearer ${house.server.token}` },
      }).then((response) => response.text());
      return text.split("\n").filter((line) => line.includes('"kind":"open"')).length;
    };
    expect(await opens()).to.equal(1);
    const ordered = Date.now();
    await house.call("POST", "/stop", {});
    await eventually("some beats", 10_000, () => Date.now() > ordered + 4_000);
    expect(await opens()).to.equal(1);
    const heard = await house.heard("loa-1");
    expect(rms(stretch(heard, ordered + 1_000, 2_500))).to.be.below(0.0005);
  });

  it("lets a loudspeaker that was away obey the stop before it plays anything", async () => {
    await house.record("dai", tone(20, 700));
    await house.addRelay("loa-1");
    await house.scheduleOnce("dai", 6_000);
    await house.holdsEverything("loa-1");
    await house.stopRelay("loa-1");
    const { occurrence } = await house
      .call<{ occurrence?: string }>("GET", "/rundown")
      .then((rundown) => ({ occurrence: (rundown as { lines: { occurrence: string }[] }).lines[0]?.occurrence }));
    await house.call("POST", "/stop", { scope: { kind: "occurrence", occurrence } });
    const back = Date.now();
    await house.startRelay("loa-1");
    await eventually("the hour to pass", 15_000, () => Date.now() > back + 10_000);
    const { samples } = await house.heard("loa-1");
    expect(rms(samples)).to.be.below(0.0005);
  });
});
