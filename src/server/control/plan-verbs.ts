/**
 * What sounds in which order and when: the verbs about playlists, schedules and the rundown.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import type { AreaId, PlaylistId, RadioId, ReceiverId, ScheduleId } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";
import { exportM3u8, importM3u8 } from "../../domain/m3u8.js";
import type { Person } from "../../domain/person.js";
import type { Playlist } from "../../domain/playlist.js";
import type { PlanInput, Rundown } from "../../domain/rundown.js";
import type { Schedule } from "../../domain/schedule.js";
import { numberOf } from "./announcements.js";
import type { Days } from "./days.js";
import { missing } from "./missing.js";
import { planMatter } from "./plan-matter.js";
import type { createPlaylistReview } from "./playlist-review.js";
import type { AsRunLog, Planner, Playlists, Records } from "./ports.js";
import type { createSlots } from "./slots.js";
import type { Timetable } from "./timetable.js";

/** A schedule is reviewed this many days ahead before it is saved. */
const REVIEW_DAYS = 7;

interface Saving {
  readonly expected: string | undefined;
  readonly by: Person;
}

export interface PlanParts {
  readonly playlists: Playlists;
  readonly schedules: Records<ScheduleId, Schedule>;
  readonly planner: Planner;
  readonly timetable: Pick<Timetable, "between">;
  readonly days: Days;
  readonly reviewInput: () => Omit<PlanInput, "from" | "until">;
  readonly digest: (text: string) => string;
  readonly reviewPlaylist: ReturnType<typeof createPlaylistReview>;
  readonly hasArea: (area: AreaId) => boolean;
  readonly inArea: (receiver: ReceiverId, area: AreaId) => boolean;
  /** Whether that station can be relayed. */
  readonly hasRadio: (source: RadioId) => boolean;
  /** What becomes of the approval of a schedule that relays radio. */
  readonly slots: Pick<ReturnType<typeof createSlots>, "kept" | "removed">;
  /** Which of these relay radio as somebody has approved it. */
  readonly approvedAmong: (schedules: readonly Schedule[]) => readonly ScheduleId[];
  readonly asRun: AsRunLog;
  /** What was planned may be different now. */
  readonly onEdit: (what: "playlists" | "schedules") => void;
}

export type PlanVerbs = ReturnType<typeof createPlanVerbs>;

export function createPlanVerbs(parts: PlanParts) {
  const { playlists, schedules, planner, timetable, days, digest, asRun, onEdit } = parts;

  const keptPlaylist = (value: Playlist) => ({ value, revision: digest(JSON.stringify(value)).slice(0, 16) });
  const playlist = (id: PlaylistId) => {
    const found = playlists.get(id);
    if (!found) throw missing(`danh sách phát «${id}»`, `playlist "${id}"`);
    return keptPlaylist(found);
  };
  const keptSchedule = (value: Schedule) => ({ value, revision: String(schedules.version(value.id) ?? 0) });
  const schedule = (id: ScheduleId) => {
    const found = schedules.get(id);
    if (!found) throw missing(`lịch phát «${id}»`, `schedule "${id}"`);
    return keptSchedule(found);
  };
  const findingsOf = (id: PlaylistId) => {
    const found = playlists.get(id);
    return found ? parts.reviewPlaylist(found).findings : [];
  };
  const review = async (draft: Schedule, beside: readonly Schedule[] = []) => {
    const now = parts.reviewInput();
    const kept = now.schedules.filter(({ id }) => !beside.some((other) => other.id === id));
    const schedulesThen = [...kept, ...beside];
    const approvedSlots = parts.approvedAmong([...schedulesThen.filter(({ id }) => id !== draft.id), draft]);
    const input = { ...now, schedules: schedulesThen, approvedSlots, ...days.span(days.today(), REVIEW_DAYS) };
    const found = await planner.review(draft, planMatter(input, draft));
    return {
      rundown: found.rundown,
      remarks: [...found.warnings, ...findingsOf(draft.playlist)].map(({ words }) => words),
      refusals: found.refusals,
    };
  };

  const putSchedule = async (value: Schedule, { expected, by }: Saving) => {
    playlist(value.playlist);
    const unknown = value.targets.areas.findIndex((area) => !parts.hasArea(area));
    if (unknown >= 0) throw unknownArea(value.targets.areas[unknown] ?? "", unknown);
    if (value.radio && !parts.hasRadio(value.radio.source)) throw unknownRadio(value.radio.source);
    const [refusal] = value.enabled ? (await review(value)).refusals : [];
    if (refusal)
      throw new Fault(refusal.reason === "quiet-hours" ? "forbidden" : "invalid", refusal.words, {
        reason: refusal.reason,
        path: refusal.path,
      });
    // It may have been removed while the review was under way.
    playlist(value.playlist);
    const before = schedules.get(value.id);
    const read = expected === undefined ? 0 : numberOf(expected);
    // Before the schedule is: nobody may find the new one with the author or the approval of the one before (R2).
    if (read === undefined || read === (schedules.version(value.id) ?? 0)) await parts.slots.kept(value, by);
    await schedules.put(value, read);
    asRun.event({ kind: "schedule.saved", by, detail: value, before, after: value });
    onEdit("schedules");
    return keptSchedule(value);
  };

  return {
    playlists: () => playlists.all().map(keptPlaylist),
    playlist,
    reviewPlaylist: parts.reviewPlaylist,
    async putPlaylist(value: Playlist, { expected, by }: Saving) {
      const present = playlists.get(value.id);
      const revision = present && keptPlaylist(present).revision;
      if (expected !== "*" && expected !== revision) throw stale(value.title);
      await playlists.put(value);
      asRun.event({ kind: "playlist.saved", by, detail: value, before: present, after: value });
      onEdit("playlists");
      return keptPlaylist(value);
    },
    async removePlaylist(id: PlaylistId, { expected, by }: Saving) {
      const { value: before, revision } = playlist(id);
      if (expected !== "*" && expected !== revision) throw stale(before.title);
      const users = schedules.all().filter((value) => value.playlist === id);
      if (users.length > 0) throw inUse(users.map(({ title }) => title));
      await playlists.remove(id);
      asRun.event({ kind: "playlist.removed", by, detail: { id }, before });
      onEdit("playlists");
    },
    exportPlaylist: (id: PlaylistId) => exportM3u8(playlist(id).value),
    async importPlaylist(id: PlaylistId, text: string, by: Person) {
      return this.putPlaylist(importM3u8(text, id), { expected: undefined, by });
    },

    schedules: () => schedules.all().map(keptSchedule),
    schedule,
    reviewSchedule: review,
    putSchedule,
    async removeSchedule(id: ScheduleId, { expected, by }: Saving) {
      const { value: before } = schedule(id);
      await schedules.delete(id, numberOf(expected));
      await parts.slots.removed(id);
      asRun.event({ kind: "schedule.removed", by, detail: { id }, before });
      onEdit("schedules");
    },
    enableSchedule: (id: ScheduleId, enabled: boolean, by: Person) =>
      putSchedule({ ...schedule(id).value, enabled }, { expected: schedule(id).revision, by }),

    async rundown({ from, days: count, area }: RundownQuery): Promise<Rundown> {
      const rundown = await timetable.between(from ?? days.today(), count);
      if (area === undefined) return rundown;
      const lines = rundown.lines
        .map((line) => ({ ...line, receivers: line.receivers.filter((id) => parts.inArea(id, area)) }))
        .filter((line) => line.receivers.length > 0);
      return { ...rundown, lines };
    },
  };
}

interface RundownQuery {
  /** Today when left out. */
  readonly from?: LocalDate | undefined;
  readonly days: number;
  readonly area?: AreaId | undefined;
}

const stale = (title: string) =>
  new Fault(
    "conflict",
    {
      vi: `«${title}» đã được người khác sửa hoặc đã có sẵn. Bản của bạn chưa được lưu. Hãy xem bản mới rồi lưu lại.`,
      en: `"${title}" was changed by somebody else or exists already. Your version is not saved. Look at the new one, then save again.`,
    },
    { reason: "stale" },
  );

const inUse = (titles: readonly string[]) =>
  new Fault(
    "conflict",
    {
      vi: `Danh sách phát còn được dùng trong lịch: ${titles.join(", ")}. Hãy đổi các lịch đó trước.`,
      en: `The playlist is still used by these schedules: ${titles.join(", ")}. Change them first.`,
    },
    { reason: "in-use" },
  );

const unknownArea = (area: string, index: number) =>
  new Fault(
    "invalid",
    {
      vi: `Không có địa bàn «${area}» trong config/areas.json, nên lịch chưa được lưu.`,
      en: `There is no area "${area}" in config/areas.json, so the schedule was not saved.`,
    },
    { path: `/targets/areas/${index}`, reason: "unknown-area" },
  );

const unknownRadio = (source: string) =>
  new Fault(
    "invalid",
    {
      vi: `Đài không có nguồn tiếp âm «${source}» trong config/station.json, nên lịch chưa được lưu.`,
      en: `config/station.json names no radio source "${source}", so the schedule was not saved.`,
    },
    { path: "/radio/source", reason: "unknown-radio" },
  );
