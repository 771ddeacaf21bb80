import { expect } from "chai";
import type { RadioView } from "../../src/server/api/radio-routes.js";
import { freePort } from "../support/process-house.js";
import { startRadio } from "../support/radio-double.js";
import { pitch, tone } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, LEADER, openHouse, type WholeHouse } from "../support/whole-house.js";

/** The other station, and what is prepared for the time in which it cannot be heard. */
const STATION = 1_000;
const PREPARED = 500;

describe("the whole house, when it relays another station", function () {
  this.timeout(150_000);
  let house: WholeHouse;
  let station: Awaited<ReturnType<typeof startRadio>>;
  before(async () => {
    station = await startRadio(STATION);
    house = await openHouse({
      config: {
        // Loudspeakers find it again where it was.
        listen: { port: await freePort() },
        radio: { "dai-tinh": { title: "Đài tỉnh (mẫu)", url: station.url, allowPrivate: true } },
      },
    });
    for (const id of ["loa-1", "loa-2"]) await house.addRelay(id);
    await house.record("tiep-am", tone(8, PREPARED));
  });
  after(async () => {
    await house.close();
    await station.close();
  });

  /** What sounds at an instant: a pitch, or 0. */
  const soundAt = async (id: string, at: number): Promise<number> => {
    const piece = stretch(await house.heard(id), at, 200);
    return rms(piece) < 0.01 ? 0 : Math.round(pitch(piece) / 50) * 50;
  };
  const slot = async () => {
    const { slots } = await house.call<RadioView>("GET", "/radio");
    const found = slots.find(({ schedule }) => schedule === "tiep-am");
    if (!found) throw new Error("no slot");
    return found;
  };
  const passed = (at: number) => eventually("the time to pass", 120_000, () => Date.now() > at);
  const lines = async (kind: string) =>
    (await house.call<{ lines: { kind: string; detail?: object }[] }>("GET", "/log")).lines.filter(
      (line) => line.kind === kind,
    );

  it("is heard from the second of the slot, once somebody else has approved it; its loss is bridged, and it comes back", async () => {
    const start = await house.scheduleOnce("tiep-am", 34_000, { radio: { source: "dai-tinh", lengthMs: 60_000 } });
    const { version, isApproved } = await slot();
    expect(isApproved).to.equal(false);
    const own = house.call("POST", "/schedules/tiep-am/radio/approval", { version });
    expect(await own.catch(({ message }: Error) => message)).to.match(/403.*own-text/s);
    await house.call("POST", "/schedules/tiep-am/radio/approval", { version }, LEADER);
    for (const id of ["loa-1", "loa-2"]) await house.holdsEverything(id);

    await passed(start + 6_000);
    // One loudspeaker starts anew in the middle: it goes on with what it holds, where it would be by now.
    await house.stopRelay("loa-2");
    await house.startRelay("loa-2");
    await passed(start + 12_000);
    station.off();
    await passed(start + 30_000);
    station.on();
    await passed(start + 38_000);
    // The station's own program starts anew within the slot: loudspeakers go on in its new stream.
    await house.restartServer();
    await passed(start + 64_000);

    for (const second of [1, 3, 9, 13])
      expect(await soundAt("loa-1", start + second * 1_000), `${second} s`).to.equal(STATION);
    expect(await soundAt("loa-1", start - 500), "nothing before its hour").to.equal(0);
    const bridged = await Promise.all([18, 20, 22, 24].map((second) => soundAt("loa-1", start + second * 1_000)));
    expect(bridged, "the station is gone").to.include(PREPARED).and.not.include(STATION);
    for (const second of [54, 56, 58])
      expect(await soundAt("loa-1", start + second * 1_000), `${second} s`).to.equal(STATION);
    expect(await soundAt("loa-1", start + 61_000), "nothing after its end").to.equal(0);

    expect((await lines("radio.heard")).length).to.be.at.least(2);
    expect((await lines("radio.lost")).length).to.be.at.least(1);
    expect(await lines("radio.ended"), "one for each run of the station").to.have.length(2);
    expect(station.listeners(), "nobody listens any more").to.equal(0);
    const { results } = await house.call<{ results: { receiver: string; state: string }[] }>("GET", "/results");
    expect(results.filter(({ receiver }) => receiver === "loa-1").at(-1)?.state).to.equal("played");
  });

  it("is silent once its approval is taken back, or the slot is changed", async () => {
    await house.call("POST", "/schedules/tiep-am/radio/withdrawal", { reason: "đổi giờ tiếp âm" }, LEADER);
    expect((await slot()).isApproved).to.equal(false);
    await house.call("POST", "/schedules/tiep-am/radio/approval", { version: (await slot()).version }, LEADER);
    await house.scheduleOnce("tiep-am-2", 3_600_000, {
      radio: { source: "dai-tinh", lengthMs: 60_000 },
      playlist: "tiep-am",
    });
    const schedule = await house.call<Record<string, unknown>>("GET", "/schedules/tiep-am");
    const changed = { ...schedule, radio: { source: "dai-tinh", lengthMs: 120_000 } };
    await house.call("PUT", "/schedules/tiep-am", changed, { "if-match": "*" });
    expect((await slot()).isApproved).to.equal(false);
  });
});
