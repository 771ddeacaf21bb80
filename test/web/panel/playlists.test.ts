import { expect } from "chai";
import fc from "fast-check";
import { epoch } from "../../../src/base/units.js";
import type { LocalDate } from "../../../src/domain/local-time.js";
import { type PlaylistItem, playlistItemSchema } from "../../../src/domain/playlist.js";
import { policySchema } from "../../../src/domain/policy.js";
import { scheduleSchema } from "../../../src/domain/schedule.js";
import { moved, type Row } from "../../../src/web/panel/playlists/rows.js";
import { fitOf, nextSlot, type Sounds, timingOf } from "../../../src/web/panel/playlists/timing.js";
import { identifierFrom } from "../../../src/web/panel/words/identifiers.js";

const item = (fields: object): PlaylistItem => playlistItemSchema.parse(fields);
const tin = (announcement: string, more: object = {}) => item({ kind: "announcement", announcement, ...more });
const pause = (ms: number) => item({ kind: "pause", ms });

describe("the order of a playlist", () => {
  const rows = (...keys: number[]): Row[] => keys.map((key) => ({ key, item: pause(1000) }));
  const keysOf = (all: readonly Row[]) => all.map(({ key }) => key);

  it("is changed for one item only, within the list only", () => {
    expect(keysOf(moved(rows(1, 2, 3), 0, 2))).to.deep.equal([2, 3, 1]);
    expect(keysOf(moved(rows(1, 2, 3), 2, 0))).to.deep.equal([3, 1, 2]);
    for (const [from, to] of [
      [0, -1],
      [2, 3],
      [1, 1],
      [5, 0],
    ] as const)
      expect(keysOf(moved(rows(1, 2, 3), from, to))).to.deep.equal([1, 2, 3]);
  });

  it("loses nothing, wherever something is moved", () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), (from, to) => {
        const all = rows(0, 1, 2, 3, 4, 5);
        const next = moved(all, from, to);
        expect(keysOf(next).toSorted()).to.deep.equal([0, 1, 2, 3, 4, 5]);
        if (from < 6 && to < 6) expect(next[to]?.key).to.equal(from);
      }),
    );
  });
});

describe("the times of a playlist", () => {
  const sounds: Sounds = {
    announcements: new Map([
      ["a", { title: "A", lengthMs: 60_000, stage: "approved" }],
      ["b", { title: "B", lengthMs: 30_000, stage: "draft" }],
      ["c", { title: "C", lengthMs: undefined, stage: "planned" }],
    ]),
    chimes: new Map([["chuong.wav", { title: "chuong.wav", lengthMs: 4000, stage: "approved" }]]),
  };
  const chime = item({ kind: "chime", recording: "chuong.wav" });

  it("follow on each other, with repeats, their silences and pauses; a pause at the end is not waited for", () => {
    const { items, lengthMs } = timingOf([chime, tin("a", { repeat: 2 }), pause(5000), tin("a"), pause(9000)], sounds);
    expect(items.map(({ offsetMs }) => offsetMs)).to.deep.equal([0, 4000, 126_000, 131_000, 191_000]);
    expect(lengthMs).to.equal(191_000);
  });

  it("are not taken by what does not sound, and say why it does not", () => {
    const { items, lengthMs } = timingOf([tin("b"), tin("c"), tin("la"), tin("a")], sounds);
    expect(items.map(({ silent }) => silent)).to.deep.equal(["draft", "no-sound", "missing", undefined]);
    expect(lengthMs).to.equal(60_000);
  });

  const areas = new Map([["phuong", { id: "phuong", name: "Phường", kind: "ward" }]]) as never;
  const line = (schedule: string, time: string, more: object = {}) => ({
    ...{ occurrence: `${schedule}@${time}`, schedule, title: schedule, receivers: ["loa-1"] },
    ...{ planned: `2026-11-24T${time}:00+07:00`, ...more },
  });
  const schedule = scheduleSchema.parse({
    ...{ id: "sang", title: "Sáng", class: "ordinary", playlist: "p", targets: { areas: ["phuong"] } },
    ...{ start: "2026-11-24", at: ["06:00"], maxMs: 3_600_000 },
  });
  const slotOf = (lines: object[], policy: object = {}) =>
    nextSlot(schedule, {
      ...{
        lines: lines as never,
        areas,
        zone: "Asia/Ho_Chi_Minh",
        now: epoch(Date.parse("2026-11-24T00:00:00+07:00")),
      },
      receivers: new Map([["loa-1", { area: "phuong" as never }]]),
      policies: [policySchema.parse({ area: "phuong", ...policy })],
      dayOf: () => "2026-11-24" as LocalDate,
    });

  it("have room until the next at the same loudspeakers, the quiet hours, the limits of a session or of the schedule", () => {
    expect(slotOf([line("sang", "06:00")])).to.deep.include({ roomMs: 3_600_000, end: { by: "longest" } });
    expect(slotOf([line("sang", "06:00"), line("voi", "06:20")])).to.deep.include({
      roomMs: 1_200_000,
      end: { by: "next", title: "voi" },
    });
    const elsewhere = line("voi", "06:20", { receivers: ["loa-2"] });
    expect(slotOf([line("sang", "06:00"), elsewhere])?.end).to.deep.equal({ by: "longest" });
    expect(slotOf([line("sang", "20:45")])).to.deep.include({ roomMs: 900_000, end: { by: "quiet" } });
    expect(slotOf([line("sang", "06:00")], { minutesPerSession: 15 })).to.deep.include({
      roomMs: 900_000,
      end: { by: "session" },
    });
  });

  it("have no room where nothing is planned any more", () => {
    expect(slotOf([])).to.equal(undefined);
    expect(slotOf([{ ...line("sang", "06:00"), planned: "2026-11-23T06:00:00+07:00" }])).to.equal(undefined);
  });

  it("are too long by little up to a tenth", () => {
    expect([99, 100, 101, 110, 111].map((long) => fitOf(long, 100))).to.deep.equal([
      ...["fits", "fits", "tight", "tight", "over"],
    ]);
  });
});

describe("a name from a title", () => {
  it("has small letters without marks", () => {
    expect(identifierFrom("  Buổi sáng – Đà Lạt (mới)!")).to.equal("buoi-sang-da-lat-moi");
    expect(identifierFrom("***")).to.equal("");
    expect(identifierFrom("a".repeat(200))).to.have.length(60);
  });
});
