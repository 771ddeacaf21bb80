import { expect } from "chai";
import { type Clock, systemClock } from "../../src/base/clock.js";
import { epoch } from "../../src/base/units.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** A machine whose date is so far off. */
const wrongBy = (length: number): Clock => ({ ...systemClock, date: () => epoch(systemClock.date() + length) });

describe("a loudspeaker that wakes up in the wrong year, in the whole house", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  beforeEach(async () => {
    house = await openHouse();
    await house.record("tin", tone(1, 700));
  });
  afterEach(() => house.close());

  it("learns the time from what the station signed, and sounds what is planned in its second", async () => {
    for (const year of [1970, 2017, 2099]) {
      const id = `loa-${year}`;
      const clock = wrongBy(Date.UTC(year, 0, 1) - Date.now());
      await house.addRelay(id, { clock, machineClock: () => "rtc" });
    }
    const at = await house.scheduleOnce("tin", 12_000);
    for (const year of [1970, 2017, 2099]) await house.holdsEverything(`loa-${year}`);
    await eventually("the end of it", 30_000, () => Date.now() > at + 3_000);

    for (const year of [1970, 2017, 2099]) {
      const { samples, rate, startedAt } = await house.heard(`loa-${year}`);
      const first = samples.findIndex((sample) => Math.abs(sample) > 500);
      expect(startedAt + (first / rate) * 1000 - at, String(year)).to.be.within(-50, 50);
    }
  });
});
