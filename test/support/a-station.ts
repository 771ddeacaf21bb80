import { createHash } from "node:crypto";
import { epoch } from "../../src/base/units.js";
import { airtimeRaiseDraftSchema, type DatedRaise } from "../../src/domain/airtime-raise.js";
import {
  type AlertLevel,
  alertLevelSchema,
  type Declaration,
  declarationSchema,
} from "../../src/domain/alert-level.js";
import { type Announcement, announcementSchema, type Clip } from "../../src/domain/announcement.js";
import { type Area, areaSchema } from "../../src/domain/area.js";
import type { Chime } from "../../src/domain/chime.js";
import type { AnnouncementId, AreaId, PlaylistId } from "../../src/domain/ids.js";
import { sha256 } from "../../src/domain/ids.js";
import { localDate } from "../../src/domain/local-time.js";
import { type Playlist, playlistSchema } from "../../src/domain/playlist.js";
import { policySchema } from "../../src/domain/policy.js";
import { receiverSchema } from "../../src/domain/receiver.js";
import type { PlanInput } from "../../src/domain/rundown.js";
import { type Schedule, scheduleSchema } from "../../src/domain/schedule.js";
import { versionOf } from "../../src/domain/version.js";
import { zoneOf } from "../../src/domain/zone.js";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A clip whose name follows from its length. */
export function aClip(seconds: number): Clip {
  const name = sha256(String(seconds).replace(".", "0").padStart(64, "0"));
  return { sha256: name, durationMs: seconds * 1000, bytes: 4000 * seconds, loudnessLufs: -16, truePeakDb: -2 };
}

/** An approved announcement with audio. */
export function anAnnouncement(id: string, seconds: number, more: object = {}): Announcement {
  const approval = { version: id, by: "chi-hoa", at: "2026-11-01T00:00:00Z" };
  const base = { id, title: `Bản tin ${id}`, class: "ordinary", topic: "chung", clip: aClip(seconds), approval };
  const made = announcementSchema.parse({ ...base, ...more });
  const version = versionOf(made, digest);
  return made.approval && version !== undefined ? { ...made, approval: { ...made.approval, version } } : made;
}

/** A playlist of announcements named by id. */
export const aPlaylist = (id: string, items: readonly object[]): Playlist =>
  playlistSchema.parse({ id, title: `Danh sách ${id}`, items });

/** A schedule for the whole ward, daily, soft with ten minutes of patience; its playlist has its own id. */
export function aSchedule(id: string, more: object = {}): Schedule {
  return scheduleSchema.parse({
    id,
    title: id,
    class: "ordinary",
    playlist: id,
    targets: { areas: ["ward"] },
    start: "2026-11-23",
    at: ["17:00"],
    rule: "FREQ=DAILY",
    ...more,
  });
}

/** What {@link aStation} is told; everything has a plain default. */
export interface StationWishes {
  readonly zone?: string;
  readonly from?: string;
  readonly until?: string;
  readonly areas?: readonly object[];
  readonly receivers?: readonly object[];
  readonly policies?: readonly object[];
  readonly holidays?: readonly string[];
  readonly levels?: readonly object[];
  readonly declarations?: readonly object[];
  readonly raises?: readonly object[];
  readonly schedules?: readonly Schedule[];
  /** Lengths in seconds of the single announcement in the playlist of that id. */
  readonly lengths?: Readonly<Record<string, number>>;
  readonly playlists?: readonly Playlist[];
  readonly announcements?: readonly Announcement[];
  readonly chimes?: Readonly<Record<string, Chime>>;
  /** Schedules whose relaying of radio is approved. */
  readonly approvedSlots?: PlanInput["approvedSlots"];
}

const AREAS = [
  { id: "ward", name: "Phường Xuân Hương", kind: "ward" },
  { id: "group-1", name: "Tổ 1", kind: "group", parent: "ward" },
  { id: "group-2", name: "Tổ 2", kind: "group", parent: "ward" },
  { id: "school", name: "Trường Lê Quý Đôn", kind: "place", parent: "ward", sensitive: true },
];
const RECEIVERS = [
  { id: "pole-1", name: "Cột 1", area: "group-1", kind: "fixed" },
  { id: "pole-2", name: "Cột 2", area: "group-2", kind: "fixed" },
];

/** A ward with two poles and no policy: the input of a plan from Monday 2026-11-23, one day unless told otherwise. */
export function aStation(wishes: StationWishes = {}): PlanInput {
  const { zone = "Asia/Ho_Chi_Minh", from = "2026-11-23", until = "2026-11-24", schedules = [] } = wishes;
  const lengths = Object.entries(wishes.lengths ?? Object.fromEntries(schedules.map(({ id }) => [id, 60])));
  const playlists = [
    ...lengths.map(([id]) => aPlaylist(id, [{ kind: "announcement", announcement: id }])),
    ...(wishes.playlists ?? []),
  ];
  const announcements = [
    ...lengths.map(([id, seconds]) => anAnnouncement(id, seconds)),
    ...(wishes.announcements ?? []),
  ];
  const start = (text: string) => epoch(zoneOf(zone).toEpoch(localDate(text), 0));
  return {
    zone,
    areas: new Map<AreaId, Area>(
      (wishes.areas ?? AREAS).map((one) => areaSchema.parse(one)).map((one) => [one.id, one]),
    ),
    receivers: (wishes.receivers ?? RECEIVERS).map((one) => receiverSchema.parse(one)),
    policies: (wishes.policies ?? []).map((one) => policySchema.parse({ area: "ward", ...one })),
    holidays: (wishes.holidays ?? []).map((date) => ({ date: localDate(date), name: "Lễ" })),
    levels: (wishes.levels ?? []).map((one): AlertLevel => alertLevelSchema.parse(one)),
    declarations: (wishes.declarations ?? []).map((one): Declaration => declarationSchema.parse(one)),
    raises: (wishes.raises ?? []).map(
      (one): DatedRaise => airtimeRaiseDraftSchema.parse({ area: "ward", reason: "Dịch", ...one }),
    ),
    schedules,
    playlists: new Map<PlaylistId, Playlist>(playlists.map((one) => [one.id, one])),
    announcements: new Map<AnnouncementId, Announcement>(announcements.map((one) => [one.id, one])),
    chimes: new Map(Object.entries(wishes.chimes ?? {})),
    approvedSlots: wishes.approvedSlots ?? [],
    from: start(from),
    until: start(until),
  };
}
