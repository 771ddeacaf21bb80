import { expect } from "chai";
import { epoch } from "../../src/base/units.js";
import { plan } from "../../src/domain/plan.js";
import { clockTime } from "../../src/domain/plan-words.js";
import { zoneOf } from "../../src/domain/zone.js";
import { anAnnouncement, aPlaylist, aSchedule, aStation } from "../support/a-station.js";
import { short, told } from "../support/told.js";

const soft = (minutes: number) => ({ kind: "soft", waitMs: minutes * 60_000 });
const hard = { kind: "hard" };
const minutes = (count: number) => count * 60;

describe("plan", () => {
  it("lets a single schedule air on time at every receiver of its areas", () => {
    const { lines } = plan(aStation({ schedules: [aSchedule("tin")] }));
    expect(lines).to.have.length(1);
    expect(lines[0]).to.deep.include({
      fate: "airs",
      receivers: ["pole-1", "pole-2"],
      occurrence: "tin@20261123t100000z",
    });
    expect(lines[0]?.explanation).to.equal(undefined);
    expect(lines[0]?.notAfter).to.equal((lines[0]?.start ?? 0) + 120_000);
  });

  describe("conflicts", () => {
    it("waits for the end of what sounds, and says for what", () => {
      const input = aStation({
        schedules: [
          aSchedule("tiep-song", { title: "Tiếp sóng", at: ["18:00"] }),
          aSchedule("tiem-chung", { title: "Tiêm chủng", at: ["18:05"] }),
        ],
        lengths: { "tiep-song": minutes(12), "tiem-chung": 60 },
      });
      const [, second] = plan(input).lines;
      expect(second && short(second, input.zone)).to.equal("Tiêm chủng moved 18:12-18:13 waits");
      expect(second?.because).to.equal("tiep-song@20261123t110000z");
      expect(second?.explanation?.vi).to.equal('18:05 "Tiêm chủng" chờ "Tiếp sóng" xong lúc 18:12, phát lúc 18:12');
    });

    it("drops what would have to wait too long, naming titles, hours and the limit", () => {
      const input = aStation({
        schedules: [
          aSchedule("tiep-song", { title: "Tiếp sóng", at: ["18:00"] }),
          aSchedule("tiem-chung", { title: "Tiêm chủng", at: ["18:05"] }),
        ],
        lengths: { "tiep-song": minutes(30), "tiem-chung": 60 },
      });
      const second = plan(input).lines.find((line) => line.fate === "dropped");
      expect(second?.explanation).to.deep.equal({
        vi: '18:05 "Tiêm chủng" chờ "Tiếp sóng" xong lúc 18:30, quá 10 phút cho phép nên không phát',
        en: '18:05 "Tiêm chủng" does not air: it waits for "Tiếp sóng" to end at 18:30, longer than the 10 min allowed',
      });
    });

    it("lets the higher class go first, then the smaller order, then the earlier planned", () => {
      const schedules = [
        aSchedule("a", { order: 5 }),
        aSchedule("b", { order: 1 }),
        aSchedule("c", { class: "priority", order: 9 }),
        aSchedule("d", { class: "emergency", order: 9 }),
      ];
      expect(told({ schedules })).to.deep.equal([
        "d airs 17:00-17:01",
        "c moved 17:01-17:02 waits",
        "b moved 17:02-17:03 waits",
        "a moved 17:03-17:04 waits",
      ]);
    });

    it("cuts an equal for one that keeps its hour, but never a higher class", () => {
      const schedules = [aSchedule("dai", { at: ["17:00"] }), aSchedule("dung-gio", { at: ["17:10"], timing: hard })];
      const lengths = { dai: minutes(30), "dung-gio": 60 };
      expect(told({ schedules, lengths })).to.deep.equal([
        "dai cut 17:00-17:10 cut-by-other",
        "dung-gio airs 17:10-17:11",
      ]);
      const high = [aSchedule("dai", { at: ["17:00"], class: "priority" }), ...schedules.slice(1)];
      expect(told({ schedules: high, lengths })).to.deep.equal(["dai airs 17:00-17:30", "dung-gio dropped superseded"]);
    });

    it("cuts after a whole item where there is one", () => {
      const schedules = [aSchedule("dai"), aSchedule("dung-gio", { at: ["17:10"], timing: hard })];
      const items = ["x", "y", "z"].map((id) => ({ kind: "announcement", announcement: id }));
      expect(
        told({
          schedules,
          lengths: { "dung-gio": 60 },
          playlists: [aPlaylist("dai", items)],
          announcements: ["x", "y", "z"].map((id) => anAnnouncement(id, minutes(4))),
        }),
      ).to.deep.equal(["dai cut 17:00-17:08 cut-by-other", "dung-gio airs 17:10-17:11"]);
    });

    it("steps aside for one that keeps its hour when there is patience enough to sound whole afterwards", () => {
      const schedules = [aSchedule("tin", { timing: soft(10) }), aSchedule("giao", { at: ["17:02"], timing: hard })];
      expect(told({ schedules, lengths: { tin: minutes(5), giao: 60 } })).to.deep.equal([
        "giao airs 17:02-17:03",
        "tin moved 17:03-17:08 waits",
      ]);
    });

    it("never lets a higher class lose to a lower one that could not be waited for", () => {
      const schedules = [
        aSchedule("dai", { timing: soft(0) }),
        aSchedule("gap", { at: ["17:05"], class: "priority", timing: soft(5) }),
      ];
      const items = ["x", "y", "z"].map((id) => ({ kind: "announcement", announcement: id }));
      expect(
        told({
          schedules,
          lengths: { gap: 60 },
          playlists: [aPlaylist("dai", items)],
          announcements: ["x", "y", "z"].map((id) => anAnnouncement(id, minutes(4))),
        }),
      ).to.deep.equal(["dai cut 17:00-17:08 cut-by-other", "gap moved 17:08-17:09 waits"]);
    });

    it("does not begin what would be cut off after a few seconds", () => {
      const schedules = [aSchedule("tin", { timing: soft(0) }), aSchedule("giao", { at: ["17:00:05"], timing: hard })];
      expect(told({ schedules })).to.deep.equal(["tin dropped waited-too-long", "giao airs 17:00:05-17:01:05"]);
    });

    it("plans two instants inside one gap of the clocks as one", () => {
      const wishes = {
        zone: "America/New_York",
        from: "2026-03-08",
        until: "2026-03-09",
        policies: [{ quiet: [] }],
        schedules: [aSchedule("dem", { start: "2026-03-01", at: ["02:15", "02:45", "03:00"] })],
      };
      expect(told(wishes)).to.deep.equal(["dem airs 03:00-03:01"]);
    });
  });

  describe("hours", () => {
    it("drops what would begin in quiet hours, also when it is called an emergency", () => {
      const schedules = [
        aSchedule("som", { at: ["03:15"] }),
        aSchedule("bao", { at: ["22:00"], class: "emergency" }),
        aSchedule("sang", { at: ["05:30"] }),
      ];
      expect(told({ schedules })).to.deep.equal([
        "som dropped quiet-hours",
        "sang airs 05:30-05:31",
        "bao dropped quiet-hours",
      ]);
    });

    it("ends before the quiet hours after a whole item, else does not begin", () => {
      const items = ["x", "y"].map((id) => ({ kind: "announcement", announcement: id }));
      const schedules = [
        aSchedule("hai-tin", { at: ["20:50"], timing: hard }),
        aSchedule("mot-tin", { at: ["20:58"], timing: hard }),
      ];
      expect(
        told({
          schedules,
          playlists: [aPlaylist("hai-tin", items)],
          announcements: ["x", "y"].map((id) => anAnnouncement(id, minutes(6))),
          lengths: { "mot-tin": minutes(3) },
        }),
      ).to.deep.equal(["hai-tin cut 20:50-20:56 quiet-hours", "mot-tin dropped quiet-hours"]);
    });

    it("does not wait into the quiet hours", () => {
      const schedules = [aSchedule("truoc", { at: ["20:50"] }), aSchedule("sau", { at: ["20:55"] })];
      expect(told({ schedules, lengths: { truoc: minutes(9.5), sau: 60 } })).to.deep.equal([
        "truoc airs 20:50-20:59:30",
        "sau dropped quiet-hours",
      ]);
    });

    it("gives a sensitive place its own longer silence, in its own line", () => {
      const input = aStation({
        receivers: [
          { id: "pole-1", name: "Cột 1", area: "group-1", kind: "fixed" },
          { id: "pole-s", name: "Cột trường", area: "school", kind: "fixed" },
        ],
        schedules: [aSchedule("sang", { at: ["05:45"] })],
      });
      expect(plan(input).lines.map((line) => [line.receivers, line.fate, line.reason])).to.deep.equal([
        [["pole-1"], "airs", undefined],
        [["pole-s"], "dropped", "quiet-hours"],
      ]);
    });

    it("keeps ordinary items to windows and weekdays and lets priority pass them", () => {
      const policies = [{ windows: [{ from: "17:00", to: "18:00" }], weekdays: [1, 2, 3, 4, 5] }];
      const schedules = [
        aSchedule("trua", { at: ["11:00"] }),
        aSchedule("uu-tien", { at: ["11:00"], class: "priority" }),
        aSchedule("chieu", { at: ["17:59:30"], timing: hard }),
      ];
      expect(told({ schedules, policies })).to.deep.equal([
        "trua dropped outside-window",
        "uu-tien airs 11:00-11:01",
        "chieu dropped outside-window",
      ]);
      const sunday = { from: "2026-11-29", until: "2026-11-30", policies, schedules: [aSchedule("tin")] };
      expect(told(sunday)).to.deep.equal(["tin dropped weekday"]);
    });

    it("never allows a start so late that it would run into the quiet hours", () => {
      const schedules = [aSchedule("tin", { at: ["20:58:30"], class: "priority", lateMs: 3_600_000 })];
      const input = aStation({ schedules });
      const [line] = plan(input).lines;
      expect(clockTime(input.zone, line?.notAfter ?? epoch(0))).to.equal("20:59");
    });
  });

  it("is the same whichever part of a day is asked for, and shows what still sounds at its start", () => {
    const schedules = [aSchedule("dai", { at: ["17:00"] }), aSchedule("sau", { at: ["17:25"] })];
    const input = aStation({ schedules, lengths: { dai: minutes(30), sau: 60 } });
    const later = { ...input, from: epoch(zoneOf(input.zone).toEpoch("2026-11-23" as never, 17.5 * 3600 - 60)) };
    expect(plan(later).lines).to.deep.equal(plan(input).lines);
  });
});
