import { expect } from "chai";
import { anAnnouncement, aSchedule, aStation } from "../../support/a-station.js";
import { openPaperStation } from "../../support/paper-station.js";

const MINUTE = 60_000;

describe("an approval in the plan", () => {
  const soundings = async (change: object) => {
    const schedules = [aSchedule("tin", { at: ["08:00"], timing: { kind: "hard" } })];
    const station = aStation({ schedules, lengths: { tin: 5 } });
    const announcement = { ...anAnnouncement("tin", 5), ...change };
    const house = await openPaperStation(
      { ...station, announcements: new Map([[announcement.id, announcement]]) },
      { at: station.from + 8 * 60 * MINUTE - MINUTE },
    );
    await house.pass(2 * MINUTE);
    return house.speakers.flatMap(({ lines }) => lines().filter(({ event }) => event === "started")).length;
  };

  it("counts while it is of what the announcement is", async () => {
    expect(await soundings({})).to.equal(2);
    expect(await soundings({ title: "Tên khác" })).to.equal(2);
  });

  it("is none of something else, whatever is written beside it in the station's files", async () => {
    const other = anAnnouncement("khac", 7).clip;
    for (const change of [{ clip: other }, { class: "priority" }, { spokenText: "Khác." }, { source: "Khác" }])
      expect(await soundings(change), JSON.stringify(change)).to.equal(0);
  });
});
