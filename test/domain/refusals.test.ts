import { expect } from "chai";
import { reviewSchedule } from "../../src/domain/refusals.js";
import type { Schedule } from "../../src/domain/schedule.js";
import { aSchedule, aStation, type StationWishes } from "../support/a-station.js";

const week = { from: "2026-11-23", until: "2026-11-30" };

function review(draft: ReturnType<typeof aSchedule>, wishes: StationWishes = {}) {
  return reviewSchedule(draft, aStation({ ...week, lengths: { [draft.id]: 60 }, ...wishes }));
}

describe("reviewSchedule", () => {
  it("lets a harmless schedule pass and shows its coming days", () => {
    const { refusals, warnings, rundown } = review(aSchedule("tin"));
    expect([refusals, warnings]).to.deep.equal([[], []]);
    expect(rundown.lines).to.have.length(7);
  });

  it("refuses a schedule inside quiet hours, naming hour, day, zone and place", () => {
    const { refusals } = review(aSchedule("tiep-song", { at: ["03:15", "17:00"] }));
    expect(refusals.map(({ path, reason }) => [path, reason])).to.deep.equal([["/at", "quiet-hours"]]);
    expect(refusals[0]?.words.vi).to.equal(
      '03:15 Thứ Hai 23/11/2026 (múi giờ Asia/Ho_Chi_Minh) rơi vào giờ yên tĩnh 21:00–05:30 của Tổ 1, Tổ 2. Lịch "tiep-song" chưa được lưu; hãy chọn giờ khác.',
    );
  });

  it("refuses what would run into quiet hours and could not stop before", () => {
    const { refusals } = review(aSchedule("dai", { at: ["20:50"] }), { lengths: { dai: 1200 } });
    expect(refusals[0]?.words.en).to.contain(
      "20:50 Monday 2026-11-23 (zone Asia/Ho_Chi_Minh) takes 20 min and runs into the quiet hours 21:00–05:30",
    );
  });

  it("finds the one sensitive place among many", () => {
    const receivers = [
      { id: "pole-1", name: "1", area: "group-1", kind: "fixed" },
      { id: "pole-s", name: "2", area: "school", kind: "fixed" },
    ];
    const { refusals } = review(aSchedule("sang", { at: ["05:45"] }), { receivers });
    expect(refusals).to.have.length(1);
    expect(refusals[0]?.words.vi).to.contain("của Trường Lê Quý Đôn.");
  });

  it("finds a day far ahead: a later policy, a rule that comes once a year, a change of the clocks", () => {
    const policies = [{ from: "2027-06-01", quiet: [{ from: "16:00", to: "05:30" }] }];
    expect(review(aSchedule("tin"), { policies }).refusals[0]?.words.vi).to.contain("Thứ Ba 01/06/2027");
    const yearly = aSchedule("nam", { start: "2026-11-22", rule: "FREQ=YEARLY", at: ["22:00"] });
    expect(review(yearly).refusals).to.have.length(1);
    const lateStart = aSchedule("sau", { start: "2028-02-29", rule: undefined, at: ["05:00"] });
    expect(review(lateStart).refusals[0]?.words.en).to.contain("2028-02-29");
  });

  it("allows any hour where a test area has no quiet hours", () => {
    const policies = [{ quiet: [] }];
    expect(review(aSchedule("thu", { at: ["03:00"] }), { policies }).refusals).to.deep.equal([]);
  });

  it("warns of those who would lose by it, by name", () => {
    const schedules = [aSchedule("cu", { at: ["17:05"], title: "Bản tin cũ" })];
    const { refusals, warnings } = review(aSchedule("moi", { order: 1, title: "Bản tin mới" }), {
      schedules,
      lengths: { cu: 60, moi: 1800 },
    });
    expect(refusals).to.deep.equal([]);
    expect(warnings).to.have.length(7);
    expect(warnings[0]).to.deep.include({ path: "/at", reason: "waited-too-long" });
    expect(warnings[0]?.words.vi).to.equal(
      'Thứ Hai 23/11/2026, 17:05 "Bản tin cũ" chờ "Bản tin mới" xong lúc 17:30, quá 10 phút cho phép nên không phát.',
    );
  });

  it("warns of what becomes of itself, and only once of each kind of thing that never happens", () => {
    const draft = aSchedule("tin", { maxMs: 30_000 });
    const { warnings } = review(draft);
    expect(warnings[0]).to.deep.include({ path: "/maxMs", reason: "too-long" });
    const nobody = review(aSchedule("tin", { targets: { areas: ["nowhere"] } }));
    expect(nobody.warnings.map(({ reason }) => reason)).to.deep.equal(["no-receiver"]);
    const never = review(aSchedule("tin", { rule: "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31" }));
    expect(never.warnings.map(({ reason }) => reason)).to.deep.equal(["never"]);
  });

  it("warns that an ordinary item is not begun so late, whatever its schedule says", () => {
    const late = (of: Schedule["class"], lateMs: number) =>
      review(aSchedule("tin", { class: of, lateMs }))
        .warnings.filter(({ reason }) => reason === "late-capped")
        .map(({ path, words }) => [path, words.en.includes("10 min"), words.vi.includes("2 phút")]);
    expect(late("ordinary", 600_000)).to.deep.equal([["/lateMs", true, true]]);
    expect([...late("ordinary", 120_000), ...late("priority", 600_000)]).to.deep.equal([]);
  });

  it("counts the warnings that it does not spell out", () => {
    const schedules = [
      aSchedule("cu", { at: ["17:05", "17:15", "17:20", "17:25"], timing: { kind: "soft", waitMs: 0 } }),
    ];
    const { warnings } = review(aSchedule("moi"), { schedules, lengths: { cu: 60, moi: 1800 } });
    expect(warnings).to.have.length(21);
    expect(warnings.at(-1)?.words.vi).to.equal("… và 8 lượt phát khác.");
  });

  it("refuses a rule that cannot be read and an end before the start", () => {
    expect(review(aSchedule("tin", { rule: "FREQ=HOURLY" })).refusals[0]).to.deep.include({
      path: "/rule",
      reason: "bad-rule",
    });
    expect(review(aSchedule("tin", { until: "2026-11-22" })).refusals[0]?.path).to.equal("/until");
  });

  it("takes the place of the schedule with the same id and reviews a disabled one as if it were enabled", () => {
    const schedules = [aSchedule("tin", { at: ["10:00"] })];
    const { rundown } = review(aSchedule("tin", { enabled: false }), { schedules });
    expect(rundown.lines).to.have.length(7);
    expect(rundown.lines[0]?.occurrence).to.equal("tin@20261123t100000z");
  });
});
