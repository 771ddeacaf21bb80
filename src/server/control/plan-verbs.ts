/**
 * What sounds in which order and when: the verbs about playlists, schedules, alert levels and the rundown.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Declaration } from "../../domain/alert-level.js";
import { addDays } from "../../domain/calendar.js";
import type { AreaId, PlaylistId, ReceiverId, ScheduleId } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";
import { exportM3u8, importM3u8 } from "../../domain/m3u8.js";
import type { Playlist } from "../../domain/playlist.js";
import type { PlanInput, Rundown } from "../../domain/rundown.js";
import type { Schedule } from "../../domain/schedule.js";
import { numberOf } from "./announcements.js";
import type { Days } from "./days.js";
import { planMatter } from "./plan-matter.js";
import type { createPlaylistReview } from "./playlist-review.js";
import type { AsRunLog, Planner, Playlists, Records } from "./ports.js";
import type { Timetable } from "./timetable.js";

/** A schedule is reviewed this many days ahead before it is saved. */
const REVIEW_DAYS = 7;

interface Person {
  readonly name: string;
}
interface Saving {
  readonly expected: string | undefined;
  readonly by: Person;
}

export interface PlanParts {
  readonly playlists: Playlists;
  readonly schedules: Records<ScheduleId, Schedule>;
  readonly declarations: Records<string, Declaration>;
  readonly planner: Planner;
  readonly timetable: Pick<Timetable, "between">;
  readonly days: Days;
  readonly reviewInput: () => Omit<PlanInput, "from" | "until">;
  readonly digest: (text: string) => string;
  readonly reviewPlaylist: ReturnType<typeof createPlaylistReview>;
  readonly hasLevel: (name: string) => boolean;
  readonly hasArea: (area: AreaId) => boolean;
  readonly inArea: (receiver: ReceiverId, area: AreaId) => boolean;
  readonly asRun: AsRunLog;
  /** What was planned may be different now. */
  readonly onEdit: (what: "playlists" | "schedules" | "declarations") => void;
}

export function createPlanVerbs(parts: PlanParts) {
  const { playlists, schedules, declarations, planner, timetable, days, digest, asRun, onEdit } = parts;

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
  const review = async (draft: Schedule) => {
    const input = { ...parts.reviewInput(), ...days.span(days.today(), REVIEW_DAYS) };
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
    const [refusal] = value.enabled ? (await review(value)).refusals : [];
    if (refusal)
      throw new Fault(refusal.reason === "quiet-hours" ? "forbidden" : "invalid", refusal.words, {
        reason: refusal.reason,
        path: refusal.path,
      });
    // It may have been removed while the review was under way.
    playlist(value.playlist);
    await schedules.put(value, expected === undefined ? 0 : numberOf(expected));
    asRun.event({ kind: "schedule.saved", by: by.name, detail: value });
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
      asRun.event({ kind: "playlist.saved", by: by.name, detail: value });
      onEdit("playlists");
      return keptPlaylist(value);
    },
    async removePlaylist(id: PlaylistId, by: Person) {
      playlist(id);
      const users = schedules.all().filter((value) => value.playlist === id);
      if (users.length > 0) throw inUse(users.map(({ title }) => title));
      await playlists.remove(id);
      asRun.event({ kind: "playlist.removed", by: by.name, detail: { id } });
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
    async removeSchedule(id: ScheduleId, by: Person) {
      schedule(id);
      await schedules.delete(id);
      asRun.event({ kind: "schedule.removed", by: by.name, detail: { id } });
      onEdit("schedules");
    },
    enableSchedule: (id: ScheduleId, enabled: boolean, by: Person) =>
      putSchedule({ ...schedule(id).value, enabled }, { expected: schedule(id).revision, by }),

    declarations: () => declarations.all(),
    async declare(draft: Omit<Declaration, "by">, by: Person) {
      if (!parts.hasLevel(draft.level)) throw missing(`cấp độ «${draft.level}»`, `alert level "${draft.level}"`);
      if (!parts.hasArea(draft.area)) throw missing(`địa bàn «${draft.area}»`, `area "${draft.area}"`);
      if (draft.until < draft.from) throw backwards();
      const declaration = { ...draft, by: by.name };
      await declarations.put(declaration);
      asRun.event({ kind: "level.declared", area: draft.area, by: by.name, detail: declaration });
      onEdit("declarations");
      return declaration;
    },
    async endDeclaration(level: string, area: AreaId, by: Person) {
      const today = days.today();
      const running = declarations.all().filter((it) => it.level === level && it.area === area && it.until >= today);
      if (running.length === 0) throw missing("cấp độ đang áp dụng ở đó", "such level in force there");
      const yesterday: LocalDate = addDays(today, -1);
      for (const declaration of running) {
        // One that has not begun yet, or began today, never was.
        if (declaration.from > yesterday) await declarations.delete(keyOf(declaration));
        else await declarations.put({ ...declaration, until: yesterday });
      }
      asRun.event({ kind: "level.ended", area, by: by.name, detail: { level } });
      onEdit("declarations");
    },
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

const keyOf = ({ level, area, from }: Declaration): string => `${level}@${area}@${from}`;

const missing = (vi: string, en: string) => new Fault("not-found", { vi: `Không có ${vi}.`, en: `There is no ${en}.` });

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

const backwards = () =>
  new Fault(
    "invalid",
    { vi: "Ngày kết thúc phải từ ngày bắt đầu trở đi.", en: "The last day must not be before the first." },
    { path: "/until" },
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
