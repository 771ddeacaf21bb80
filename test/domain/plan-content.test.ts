import { expect } from "chai";
import { plan } from "../../src/domain/plan.js";
import { aClip, anAnnouncement, aPlaylist, aSchedule, aStation, type StationWishes } from "../support/a-station.js";
import { told } from "../support/told.js";

describe("plan of content and places", () => {
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
      chimes: { "chuong.wav": { clip: aClip(2.5), isApproved: true } },
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
        [
          { blocked: { by: "Biên tập", at: "2026-11-22T00:00:00Z", reason: "chờ số liệu" } },
          "blocked",
          "bị thành phố chặn",
        ],
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

    it("leaves out a chime that nobody approved or that is not there, and says what the playlist says all the same", () => {
      const unapproved = { "chuong.wav": { clip: aClip(2.5), isApproved: false } };
      for (const [chimes, reason, words] of [
        [unapproved, "not-approved", "chưa được duyệt"],
        [{}, "no-audio", "chưa có âm thanh"],
      ] as const) {
        const [line] = plan(aStation({ ...with_({}), chimes })).lines;
        expect([line?.fate, line?.reason]).to.deep.equal(["airs", reason]);
        expect(line?.explanation?.vi).to.equal(`17:00 "tin" phát đúng giờ; bỏ "chuong.wav" (${words})`);
        expect(line?.items.map((item) => item.announcement)).to.deep.equal(["tot", "tot", "xau"]);
      }
      const alone = [aPlaylist("tin", items.slice(0, 2))];
      const [line] = plan(aStation({ ...with_({}), playlists: alone, chimes: unapproved })).lines;
      expect([line?.fate, line?.reason, line?.items]).to.deep.equal(["dropped", "not-approved", []]);
    });

    it("leaves out what is meant for a part of where the playlist sounds, for it was approved for there alone", () => {
      const left = (targets: object) => {
        const [line] = plan(
          aStation(with_({ targets: { kinds: ["fixed", "van"], areas: [], receivers: [], except: [], ...targets } })),
        ).lines;
        return [line?.reason, line?.items.some((item) => item.announcement === "xau")];
      };
      expect(left({ areas: ["ward"] })).to.deep.equal([undefined, true]);
      expect(left({ receivers: ["pole-1", "pole-2"] })).to.deep.equal([undefined, true]);
      expect(left({ areas: ["group-1"] })).to.deep.equal(["outside-targets", false]);
      expect(left({ areas: ["ward"], except: ["pole-2"] })).to.deep.equal(["outside-targets", false]);
    });

    it("lays one playlist out for each schedule, where some of it is not meant for everywhere", () => {
      const schedules = [
        aSchedule("ca-phuong", { playlist: "tin" }),
        aSchedule("to-1", { playlist: "tin", targets: { areas: ["group-1"] }, at: ["18:00"] }),
      ];
      const xau = { targets: { areas: ["group-1"], receivers: [], except: [], kinds: ["fixed", "van"] } };
      const { lines } = plan(aStation({ ...with_(xau), schedules }));
      expect(lines.map(({ schedule, reason }) => [schedule, reason])).to.deep.equal([
        ["ca-phuong", "outside-targets"],
        ["to-1", undefined],
      ]);
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

    it("keeps ordinary items to the windows of the level in place of the policy's, as long as it holds", () => {
      const wide = { name: "cap-2", title: "Cấp 2", rank: 2, schedules: [] };
      const windows = [{ from: "10:00", to: "11:30" }];
      const there = {
        policies: [{ windows: [{ from: "17:00", to: "18:00" }] }],
        schedules: [aSchedule("trua", { at: ["11:00"] }), aSchedule("tin")],
        until: "2026-11-25",
      };
      const byPolicy = ["trua dropped outside-window", "tin airs 17:00-17:01"];
      expect(told({ ...there, levels: [{ ...wide, windows }] })).to.deep.equal([...byPolicy, ...byPolicy]);
      const declared = { ...there, declarations: [declare("cap-2")] };
      expect(told({ ...declared, levels: [{ ...wide, windows }] })).to.deep.equal([
        "trua airs 11:00-11:01",
        "tin dropped outside-window",
        ...byPolicy,
      ]);
      // A level that says nothing of windows leaves those of the policy.
      expect(told({ ...declared, levels: [wide] })).to.deep.equal([...byPolicy, ...byPolicy]);
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
});
