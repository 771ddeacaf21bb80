import { expect } from "chai";
import { epoch } from "../../src/base/units.js";
import { plan } from "../../src/domain/plan.js";
import { clockTime } from "../../src/domain/plan-words.js";
import type { RundownLine } from "../../src/domain/rundown.js";
import { zoneOf } from "../../src/domain/zone.js";
import { aClip, anAnnouncement, aPlaylist, aSchedule, aStation, type StationWishes } from "../support/a-station.js";

/** The plan in short: planned hour, title, fate, and from when to when it sounds or why not. */
function told(wishes: StationWishes): string[] {
  const input = aStation(wishes);
  return plan(input).lines.map((line) => short(line, input.zone));
}

function short(line: RundownLine, zone: string): string {
  const span = line.fate === "dropped" ? "" : ` ${clockTime(zone, line.start)}-${clockTime(zone, line.end)}`;
  const why = line.reason ? ` ${line.reason}` : "";
  return `${line.title} ${line.fate}${span}${why}`;
}

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

  describe("airtime", () => {
    it("gives the sessions of a day to golden hours and higher classes first", () => {
      const policies = [{ sessionsPerDay: 2, golden: [{ from: "17:00", to: "18:00" }] }];
      const schedules = [
        aSchedule("som", { at: ["07:00"] }),
        aSchedule("vang", { at: ["17:30"] }),
        aSchedule("uu-tien", { at: ["10:00"], class: "priority" }),
      ];
      expect(told({ schedules, policies })).to.deep.equal([
        "som dropped session-budget",
        "uu-tien airs 10:00-10:01",
        "vang airs 17:30-17:31",
      ]);
    });

    it("counts what follows within five minutes as the same session", () => {
      const policies = [{ sessionsPerDay: 1, minutesPerSession: 15 }];
      const schedules = [aSchedule("mot", { at: ["17:00"] }), aSchedule("hai", { at: ["17:14"] })];
      expect(told({ schedules, policies, lengths: { mot: minutes(10), hai: minutes(5) } })).to.deep.equal([
        "mot airs 17:00-17:10",
        "hai airs 17:14-17:19",
      ]);
      expect(told({ schedules, policies, lengths: { mot: minutes(10), hai: minutes(6) } })).to.deep.equal([
        "mot airs 17:00-17:10",
        "hai dropped session-minutes",
      ]);
    });

    it("keeps to the minutes of a day unless a dated raise lifts them", () => {
      const raises = [{ from: "2026-11-24", until: "2026-11-24", reason: "Dịch", minutesPerDay: 30 }];
      const policies = [{ minutesPerDay: 15, raises }];
      const schedules = [aSchedule("sang", { at: ["06:00"] }), aSchedule("chieu", { at: ["17:00"] })];
      const wishes = { schedules, policies, lengths: { sang: minutes(10), chieu: minutes(10) }, until: "2026-11-26" };
      expect(told(wishes)).to.deep.equal([
        "sang airs 06:00-06:10",
        "chieu dropped day-minutes",
        "sang airs 06:00-06:10",
        "chieu airs 17:00-17:10",
        "sang airs 06:00-06:10",
        "chieu dropped day-minutes",
      ]);
    });

    it("gives the way back when the one in the way has no airtime", () => {
      const policies = [{ minutesPerSession: 15 }];
      const schedules = [aSchedule("qua-dai", { order: 1 }), aSchedule("vua", { at: ["17:01"], timing: soft(0) })];
      expect(told({ schedules, policies, lengths: { "qua-dai": minutes(20), vua: 60 } })).to.deep.equal([
        "qua-dai dropped session-minutes",
        "vua airs 17:01-17:02",
      ]);
    });

    it("counts what is moved over midnight for the day it was planned for", () => {
      const policies = [{ quiet: [], minutesPerDay: 6 }];
      const schedules = [
        aSchedule("dau", { at: ["23:55"], until: "2026-11-23", order: 1 }),
        aSchedule("qua-dem", { at: ["23:59"], until: "2026-11-23", order: 3 }),
        aSchedule("sau", { at: ["00:00"], start: "2026-11-24", until: "2026-11-24", order: 2 }),
      ];
      const lengths = { dau: minutes(5), "qua-dem": minutes(2), sau: minutes(1) };
      expect(told({ schedules, policies, lengths, until: "2026-11-25" })).to.deep.equal([
        "dau airs 23:55-00:00",
        "qua-dem dropped day-minutes",
        "sau airs 00:00-00:01",
      ]);
    });

    it("cuts what is longer than its schedule allows", () => {
      const schedules = [aSchedule("dai", { maxMs: 300_000 })];
      expect(told({ schedules, lengths: { dai: minutes(9) } })).to.deep.equal(["dai cut 17:00-17:05 too-long"]);
    });
  });

  describe("content", () => {
    const items = [
      { kind: "chime", recording: "chuong.wav" },
      { kind: "pause", ms: 1000 },
      { kind: "announcement", announcement: "tot", repeat: 2, gapMs: 3000 },
      { kind: "announcement", announcement: "xau" },
      { kind: "pause", ms: 60_000 },
    ];
    const with_ = (xau: object, tot: object = {}): StationWishes => ({
      schedules: [aSchedule("tin")],
      lengths: {},
      playlists: [aPlaylist("tin", items)],
      announcements: [anAnnouncement("tot", 20, tot), anAnnouncement("xau", 10, xau)],
      chimes: { "chuong.wav": aClip(2.5) },
    });

    it("lays out chimes, pauses, repeats and gaps, and does not wait for a pause at the end", () => {
      const [line] = plan(aStation(with_({}))).lines;
      expect(line?.items.map((item) => [item.announcement, item.offsetMs, item.durationMs])).to.deep.equal([
        [undefined, 0, 2500],
        ["tot", 3500, 20_000],
        ["tot", 26_500, 20_000],
        ["xau", 46_500, 10_000],
      ]);
      expect((line?.end ?? 0) - (line?.start ?? 0)).to.equal(56_500);
    });

    it("leaves out what is not approved, not valid, recalled or without audio, and says so", () => {
      const cases: [object, string, string][] = [
        [{ approval: undefined }, "not-approved", "chưa được duyệt"],
        [{ validUntil: "2026-11-22" }, "not-valid", "ngoài thời hạn hiệu lực"],
        [{ validFrom: "2026-11-24" }, "not-valid", "ngoài thời hạn hiệu lực"],
        [{ recalledAt: "2026-11-22T00:00:00Z" }, "recalled", "đã thu hồi"],
        [{ clip: undefined }, "no-audio", "chưa có âm thanh"],
      ];
      for (const [flaw, reason, words] of cases) {
        const [line] = plan(aStation(with_(flaw))).lines;
        expect([line?.fate, line?.reason]).to.deep.equal(["airs", reason]);
        expect(line?.explanation?.vi).to.equal(`17:00 "tin" phát đúng giờ; bỏ "Bản tin xau" (${words})`);
        expect(line?.items.map((item) => item.announcement)).to.not.include("xau");
      }
      const bothEnds = with_({ validFrom: "2026-11-23", validUntil: "2026-11-23" });
      expect(plan(aStation(bothEnds)).lines[0]?.items).to.have.length(4);
    });

    it("is silent when no announcement remains: a chime alone says nothing", () => {
      const flaw = { approval: undefined };
      expect(told(with_(flaw, flaw))).to.deep.equal(["tin dropped not-approved"]);
      expect(told({ schedules: [aSchedule("tin", { playlist: "khong-co" })] })).to.deep.equal(["tin dropped no-audio"]);
    });
  });

  describe("who hears", () => {
    it("leaves out excepted receivers and other kinds, and names those out of service", () => {
      const receivers = [
        { id: "pole-1", name: "1", area: "group-1", kind: "fixed" },
        { id: "pole-2", name: "2", area: "group-1", kind: "fixed" },
        { id: "pole-3", name: "3", area: "group-1", kind: "fixed", disabled: true },
        { id: "van-1", name: "Xe", area: "ward", kind: "van" },
        { id: "pole-far", name: "Xa", area: "elsewhere", kind: "fixed" },
      ];
      const targets = { areas: ["group-1", "ward"], receivers: ["pole-far"], except: ["pole-2"], kinds: ["fixed"] };
      const { lines } = plan(aStation({ receivers, schedules: [aSchedule("tin", { targets })] }));
      expect(lines.map((line) => [line.receivers, line.fate, line.reason])).to.deep.equal([
        [["pole-1", "pole-far"], "airs", undefined],
        [["pole-3"], "dropped", "disabled"],
      ]);
    });

    it("has one line for an occurrence that nobody would hear", () => {
      const targets = { areas: ["nowhere"] };
      const { lines } = plan(aStation({ schedules: [aSchedule("tin", { targets })] }));
      expect(lines.map((line) => [line.receivers, line.reason])).to.deep.equal([[[], "no-receiver"]]);
    });

    it("follows areas that end and merge from that day on", () => {
      const areas = [
        { id: "ward", name: "Cũ", kind: "ward", until: "2026-11-24", mergedInto: "new" },
        { id: "new", name: "Mới", kind: "ward", from: "2026-11-24" },
        { id: "group-1", name: "Tổ 1", kind: "group", parent: "ward" },
      ];
      const receivers = [{ id: "pole-1", name: "1", area: "group-1", kind: "fixed" }];
      const schedules = [aSchedule("cu"), aSchedule("moi", { targets: { areas: ["new"] } })];
      expect(told({ areas, receivers, schedules, until: "2026-11-25" })).to.deep.equal([
        "cu airs 17:00-17:01",
        "moi dropped no-receiver",
        "cu dropped no-receiver",
        "moi airs 17:00-17:01",
      ]);
    });
  });

  describe("levels and holidays", () => {
    const levels = [
      { name: "cap-1", title: "Cấp 1", rank: 1, schedules: ["goi-1"] },
      { name: "cap-3", title: "Cấp 3", rank: 3, schedules: ["goi-3"], suspends: ["tin"] },
    ];
    const declare = (level: string) => ({
      level,
      area: "ward",
      from: "2026-11-23",
      until: "2026-11-23",
      reason: "Bão",
      by: "Chủ tịch",
    });
    const schedules = [aSchedule("tin"), aSchedule("goi-1", { at: ["08:00"] }), aSchedule("goi-3", { at: ["09:00"] })];

    it("keeps a level's schedules silent until it is declared, and ends with its last day", () => {
      expect(told({ levels, schedules })).to.deep.equal(["tin airs 17:00-17:01"]);
      const declared = { levels, declarations: [declare("cap-1")], schedules, until: "2026-11-25" };
      expect(told(declared)).to.deep.equal(["goi-1 airs 08:00-08:01", "tin airs 17:00-17:01", "tin airs 17:00-17:01"]);
    });

    it("has one level in force, the gravest, which suspends what it names", () => {
      const declarations = [declare("cap-3"), declare("cap-1")];
      expect(told({ levels, declarations, schedules })).to.deep.equal([
        "goi-3 airs 09:00-09:01",
        "tin dropped suspended-by-level",
      ]);
    });

    it("says that a schedule is silent on a holiday", () => {
      const holiday = [aSchedule("tin", { holidays: "skip" }), aSchedule("le", { holidays: "only", at: ["18:00"] })];
      expect(told({ schedules: holiday, holidays: ["2026-11-23"] })).to.deep.equal([
        "tin dropped holiday",
        "le airs 18:00-18:01",
      ]);
      expect(told({ schedules: holiday })).to.deep.equal(["tin airs 17:00-17:01"]);
    });
  });

  it("is the same whichever part of a day is asked for, and shows what still sounds at its start", () => {
    const schedules = [aSchedule("dai", { at: ["17:00"] }), aSchedule("sau", { at: ["17:25"] })];
    const input = aStation({ schedules, lengths: { dai: minutes(30), sau: 60 } });
    const later = { ...input, from: epoch(zoneOf(input.zone).toEpoch("2026-11-23" as never, 17.5 * 3600 - 60)) };
    expect(plan(later).lines).to.deep.equal(plan(input).lines);
  });
});
