import { expect } from "chai";
import { aSchedule, aStation } from "../support/a-station.js";
import { openPaperStation } from "../support/paper-station.js";

const station = aStation({ schedules: [aSchedule("tin", { at: ["08:04"] })], lengths: { tin: 20 } });
const EIGHT_FOUR = station.from + (8 * 60 + 4) * 60_000;

describe("a stop that comes while something is about to begin", () => {
  for (const before of [50, 300, 450])
    it(`keeps it silent, ${before} ms before it was to begin`, async () => {
      const house = await openPaperStation(station, { at: EIGHT_FOUR - 120_000 });
      await house.pass(119_000);
      house.clock.advance(1_000 - before);
      for (const speaker of house.speakers) speaker.step();
      await house.control.stop({ kind: "all" }, { name: "Hoa" });
      for (let step = 0; step < 20; step++) {
        house.clock.advance(50);
        for (const speaker of house.speakers) speaker.step();
        await new Promise(setImmediate);
      }
      await house.pass(60_000);

      for (const { lines } of house.speakers) {
        expect(lines().map(({ event }) => event)).to.deep.equal(["due"]);
      }
    });
});
