import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { epoch } from "../src/base/units.js";
import { type Announcement, announcementSchema, type Clip } from "../src/domain/announcement.js";
import { areaId, playlistId, sha256 } from "../src/domain/ids.js";
import { localDate } from "../src/domain/local-time.js";
import { plan } from "../src/domain/plan.js";
import { type Playlist, playlistSchema } from "../src/domain/playlist.js";
import { type Receiver, receiverSchema } from "../src/domain/receiver.js";
import { reviewSchedule } from "../src/domain/refusals.js";
import type { PlanInput } from "../src/domain/rundown.js";
import { loadStation } from "../src/server/config.js";

const station = loadStation(".", { env: {} });
const first = station.firstStart;
if (first === undefined) throw new Error("the sample station has no first-start.json");

const clip = (seconds: number): Clip => ({
  sha256: sha256("a".repeat(64)),
  durationMs: seconds * 1000,
  bytes: 4000 * seconds,
  loudnessLufs: -16,
  truePeakDb: -2,
});

const announcements: Announcement[] = first.announcements.map(({ approved: _approved, ...draft }) =>
  announcementSchema.parse({
    ...draft,
    clip: clip(50),
    approval: { version: "1", by: "test", at: "2026-11-01T00:00:00Z" },
  }),
);
const playlists: Playlist[] = readdirSync("playlists")
  .filter((name) => name.endsWith(".json"))
  .map((name) => playlistSchema.parse(JSON.parse(readFileSync(`playlists/${name}`, "utf8"))));

const receiver = (area: string, kind: "fixed" | "van"): Receiver =>
  receiverSchema.parse({ id: `${kind}-${area}`, name: area, area, kind });
const wards = ["xuan-huong", "cam-ly", "lam-vien", "xuan-truong", "lang-biang"];
const receivers = [
  ...wards.flatMap((ward) => [receiver(ward, "fixed"), receiver(ward, "van")]),
  receiver("mau-benh-vien", "fixed"),
  receiver("thu-nghiem", "fixed"),
];

/** Monday 23 to Sunday 29 November 2026, local time. */
const week: PlanInput = {
  zone: station.settings.zone,
  areas: station.areas,
  receivers,
  policies: station.policies,
  holidays: station.holidays,
  levels: station.levels,
  declarations: [],
  raises: [],
  schedules: first.schedules,
  playlists: new Map(playlists.map((playlist) => [playlistId(playlist.id), playlist])),
  announcements: new Map(announcements.map((announcement) => [announcement.id, announcement])),
  approvedSlots: [],
  chimes: new Map(readdirSync("audio/library").map((name) => [name, { clip: clip(4), isApproved: true }])),
  from: epoch(Date.UTC(2026, 10, 22, 17)),
  until: epoch(Date.UTC(2026, 10, 29, 17)),
};

const declared = (level: string) => ({
  ...week,
  declarations: [
    {
      level,
      area: areaId("lam-dong"),
      from: localDate("2026-11-23"),
      until: localDate("2026-11-28"),
      reason: "test",
      by: "test",
    },
  ],
});
const losersOf = (input: PlanInput) =>
  plan(input).lines.flatMap(({ fate, occurrence, reason, receivers: who }) =>
    fate === "airs" ? [] : [`${occurrence} ${fate} ${reason} ${who}`],
  );

describe("a week of the sample station", () => {
  it("sounds as it is written: nothing dropped, moved or cut, twice a day at the poles", () => {
    const { lines } = plan(week);
    const at = (id: string) => lines.filter((line) => line.receivers.some((one) => one === id));

    expect(losersOf(week)).to.deep.equal([]);
    for (const ward of wards) {
      expect(at(`fixed-${ward}`), ward).to.have.length(12);
      expect(at(`van-${ward}`), ward).to.have.length(4);
    }
    expect(at("fixed-mau-benh-vien")).to.have.length(12);
    expect(at("fixed-thu-nghiem")).to.have.length(0);
  });

  it("uses the golden hours for the loudspeakers on poles", () => {
    const poles = plan(week).lines.filter((line) => line.receivers.some((id) => id.startsWith("fixed-")));
    expect(poles.every((line) => line.golden)).to.equal(true);
  });

  it("may be saved: no schedule is refused, and none takes anything from another", () => {
    for (const schedule of first.schedules.filter(({ enabled }) => enabled)) {
      const { refusals, warnings } = reviewSchedule(schedule, week);
      expect({ refusals, warnings }, schedule.id).to.deep.equal({ refusals: [], warnings: [] });
    }
  });

  it("gains a session when risk is declared, and another in an outbreak, within the raised budgets", () => {
    const heard = (input: PlanInput) =>
      plan(input).lines.filter((line) => line.fate !== "dropped" && line.receivers.some((id) => id === "fixed-cam-ly"))
        .length;

    expect(losersOf(declared("nguy-co"))).to.deep.equal([]);
    expect(losersOf(declared("bung-phat"))).to.deep.equal([]);
    expect([heard(week), heard(declared("nguy-co")), heard(declared("bung-phat"))]).to.deep.equal([12, 18, 24]);
  });

  it("keeps to what must be heard in an emergency", () => {
    const silent = new Set(
      plan(declared("khan-cap"))
        .lines.filter(({ fate }) => fate === "dropped")
        .map(({ schedule }) => schedule),
    );
    expect([...silent].sort()).to.deep.equal(["chieu-guong-tot", "xe-loa-cho"]);
  });
});
