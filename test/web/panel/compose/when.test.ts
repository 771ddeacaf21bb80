import { expect } from "chai";
import { scheduleSchema } from "../../../../src/domain/schedule.js";
import { NOWHERE, titleOf } from "../../../../src/web/panel/compose/draft.js";
import {
  isPlannedAs,
  isToCome,
  type Later,
  laterOf,
  REPEATS,
  scheduleOf,
  usualTime,
} from "../../../../src/web/panel/compose/when.js";
import { freshId } from "../../../../src/web/panel/words/identifiers.js";

const once: Later = { is: "later", date: "2026-11-24", time: "17:00", repeat: "once", until: "" };
const targets = { ...NOWHERE, areas: ["phuong"] } as typeof NOWHERE;
const about = { id: "tin", title: "Tin", class: "ordinary", playlist: "tin", targets } as const;

describe("when an announcement is to sound", () => {
  it("offers the next end of the working day that is not upon us", () => {
    const at = (now: string) => usualTime({ today: "2026-11-24", tomorrow: "2026-11-25", now });
    expect(at("04:00")).to.include({ date: "2026-11-24", time: "06:00" });
    expect(at("16:50")).to.include({ date: "2026-11-24", time: "17:00" });
    expect(at("16:51")).to.include({ date: "2026-11-25", time: "06:00" });
  });

  it("knows what is past", () => {
    const here = { today: "2026-11-24", now: "16:59" };
    expect(isToCome(once, here)).to.equal(true);
    expect(isToCome(once, { ...here, now: "17:00" })).to.equal(false);
    expect(isToCome({ ...once, date: "" }, here)).to.equal(false);
    expect(isToCome({ ...once, date: "2026-11-01", repeat: "daily" }, here)).to.equal(true);
    expect(isToCome({ ...once, date: "2026-11-01", repeat: "daily", until: "2026-11-23" }, here)).to.equal(false);
    expect(isToCome({ is: "now" }, here)).to.equal(true);
  });

  for (const repeat of REPEATS)
    it(`makes a schedule that the station takes, and reads it back: ${repeat}`, () => {
      const when: Later = { ...once, repeat, until: repeat === "once" ? "" : "2026-12-31" };
      const schedule = scheduleSchema.parse(scheduleOf(when, about));
      expect(laterOf(schedule)).to.deep.equal(when);
      expect(isPlannedAs([schedule], when, targets)).to.equal(true);
      expect(isPlannedAs([{ ...schedule, enabled: false }], when, targets)).to.equal(false);
      expect(isPlannedAs([schedule], { ...when, time: "17:01" }, targets)).to.equal(false);
    });

  it("repeats weekly on the weekday of the first day", () => {
    expect(scheduleOf({ ...once, repeat: "weekly" }, about).rule).to.equal("FREQ=WEEKLY;BYDAY=TU");
  });

  it("leaves alone a schedule that says more than the screen can", () => {
    expect(laterOf(scheduleSchema.parse({ ...scheduleOf(once, about), rule: "FREQ=MONTHLY" }))).to.equal(undefined);
    expect(laterOf(scheduleSchema.parse({ ...scheduleOf(once, about), at: ["06:00", "17:00"] }))).to.equal(undefined);
  });

  it("gives names that nothing has yet, never longer than names may be", () => {
    expect(freshId("tin", new Set())).to.equal("tin");
    expect(freshId("tin", new Set(["tin", "tin-2"]))).to.equal("tin-3");
    expect(freshId("a".repeat(64), new Set(["a".repeat(64)]))).to.equal(`${"a".repeat(62)}-2`);
  });

  it("takes the title from the first words where nobody wrote one", () => {
    expect(titleOf({ title: " ", text: "  Cắt nước\nngày mai" })).to.equal("Cắt nước");
    const long = titleOf({
      title: "",
      text: "Ủy ban nhân dân phường thông báo lịch cắt nước tổ dân phố chín từ tám giờ sáng",
    });
    expect(long).to.equal("Ủy ban nhân dân phường thông báo lịch cắt nước tổ dân phố…");
  });
});
