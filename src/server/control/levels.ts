/**
 * Response levels: put in force for an area and dated days, looked at before, ended early.
 *
 * @module
 */
import { Fault, type Words } from "../../base/errors.js";
import { type AlertLevel, type Declaration, declarationKey } from "../../domain/alert-level.js";
import { isLongOver, isRunning, plannedDays } from "../../domain/dated.js";
import type { AreaId } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { Person } from "../../domain/person.js";
import type { PlanInput } from "../../domain/rundown.js";
import { stampOf } from "../../domain/stamp.js";
import { missing } from "./missing.js";
import type { AsRunLog, Records } from "./ports.js";
import type { WeekAhead } from "./week-ahead.js";

export interface LevelParts {
  readonly declarations: Records<string, Declaration>;
  readonly levels: readonly AlertLevel[];
  readonly hasArea: (area: AreaId) => boolean;
  readonly weekAhead: WeekAhead;
  readonly reviewInput: () => Omit<PlanInput, "from" | "until">;
  readonly asRun: Pick<AsRunLog, "event">;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  readonly today: () => LocalDate;
  /** What was planned may be different now. */
  readonly onChange: () => void;
}

/** Which level, where and when. */
type Dates = Pick<Declaration, "level" | "area" | "from" | "until">;
/** What somebody thinks of doing. */
export type LevelWish =
  | ({ readonly kind: "declare" } & Dates)
  | { readonly kind: "end"; readonly level: string; readonly area: AreaId };

export function createLevelVerbs(parts: LevelParts) {
  const { declarations, levels, weekAhead, reviewInput, asRun, now, today, onChange } = parts;

  /** @throws Fault "not-found", "invalid" */
  const checked = (dates: Dates): AlertLevel => {
    const level = levels.find(({ name }) => name === dates.level);
    if (!level) throw missing(`cấp độ «${dates.level}»`, `alert level "${dates.level}"`);
    if (!parts.hasArea(dates.area)) throw missing(`địa bàn «${dates.area}»`, `area "${dates.area}"`);
    if (dates.until < dates.from) throw backwards();
    if (dates.until < today()) throw over("/until");
    if (dates.from < today() && !runningFrom(dates)) throw over("/from");
    return level;
  };
  /** The one that runs from that day on may be given another last day; those that were ended stay as they are. */
  const runningFrom = ({ level, area, from }: Dates): Declaration | undefined =>
    declarations
      .all()
      .find((it) => it.level === level && it.area === area && it.from === from && isRunning(it, today()));
  /** The declaration with what tells it from those of the same first day that were ended. */
  const numbered = (draft: Omit<Declaration, "again" | "ended">): Declaration => {
    const { level, area, from } = draft;
    const ended = declarations.all().filter((it) => it.level === level && it.area === area && it.from === from);
    const again = runningFrom(draft)?.again ?? ended.filter((it) => it !== runningFrom(draft)).length;
    return { ...draft, ...(again === 0 ? {} : { again }) };
  };
  const running = (level: string, area: AreaId): readonly Declaration[] => {
    const found = declarations.all().filter((it) => it.level === level && it.area === area && isRunning(it, today()));
    if (found.length === 0) throw missing("cấp độ đang áp dụng ở đó", "such level in force there");
    return found;
  };
  /** Words about what a level brings that could not sound today. */
  const unready = ({ schedules: named }: AlertLevel, input: Omit<PlanInput, "from" | "until">): readonly Words[] =>
    named.flatMap((id) => {
      const schedule = input.schedules.find((one) => one.id === id);
      if (!schedule)
        return [{ vi: `Chưa có lịch «${id}» của cấp độ này.`, en: `The level's schedule "${id}" is not there.` }];
      const items = input.playlists.get(schedule.playlist)?.items ?? [];
      return items.flatMap((item) => {
        if (item.kind !== "announcement") return [];
        const found = input.announcements.get(item.announcement);
        if (found?.approval && found.clip && !found.recalledAt && !found.blocked) return [];
        const title = found?.title ?? item.announcement;
        return [
          {
            vi: `«${title}» trong lịch «${schedule.title}» chưa được duyệt hoặc chưa có âm thanh nên sẽ không phát.`,
            en: `"${title}" in the schedule "${schedule.title}" is not approved or has no sound, so it will not be aired.`,
          },
        ];
      });
    });
  const withIt = (dates: Dates): readonly Declaration[] => [
    ...declarations.all().filter((one) => one !== runningFrom(dates)),
    { ...dates, reason: "–", by: "–" },
  ];
  const withoutThem = (some: readonly Declaration[]): readonly Declaration[] => {
    const ended = { by: "–", at: now(), on: today() };
    return declarations.all().map((one) => (some.includes(one) ? { ...one, ended } : one));
  };

  return {
    /** Also those that are over. */
    declarations: () => declarations.all(),

    /** What the coming seven days gain and lose. @throws as the acts */
    async reviewLevel(wish: LevelWish) {
      const level = wish.kind === "declare" ? checked(wish) : undefined;
      const { kind: _kind, ...about } = wish;
      const next = "from" in about ? withIt(about) : withoutThem(running(about.level, about.area));
      return {
        ...(await weekAhead((input) => ({ ...input, declarations: next.flatMap(plannedDays) }))),
        unready: level ? [...unready(level, reviewInput())] : [],
      };
    },

    /** @throws Fault "not-found" for a level or an area, "invalid", reason `day-over`, for days that are over */
    async declare(draft: Omit<Declaration, "by" | "again" | "ended">, by: Person) {
      checked(draft);
      const before = runningFrom(draft);
      const declaration = numbered({ ...draft, by: by.name });
      // Nobody may find the shelf full in an emergency.
      const forgotten = declarations.all().filter((old) => isLongOver(old, today()));
      await declarations.commit([...forgotten.map((old) => ({ delete: declarationKey(old) })), { put: declaration }]);
      const { area, reason: why } = draft;
      const sides = { before, after: declaration };
      asRun.event({ kind: "level.declared", area, by, why, detail: declaration, ...sides });
      onChange();
      return declaration;
    },

    /** From now on the day is an ordinary one again. @throws Fault "not-found" when none is in force or to come there */
    async endDeclaration(level: string, area: AreaId, by: Person) {
      const before = running(level, area);
      const ended = { ...stampOf(by, now()), on: today() };
      const after = before.map((declaration) => ({ ...declaration, ended }));
      await declarations.commit(after.map((put) => ({ put })));
      const sides = { before: { declarations: before }, after: { declarations: after } };
      asRun.event({ kind: "level.ended", area, by, detail: { level }, ...sides });
      onChange();
    },
  };
}

const over = (path: "/from" | "/until") =>
  new Fault(
    "invalid",
    {
      vi: "Không thể công bố cấp độ cho ngày đã qua. Chưa có gì thay đổi. Hãy chọn từ hôm nay trở đi.",
      en: "A level cannot be put in force for days that are over. Nothing has changed. Begin today or later.",
    },
    { path, reason: "day-over" },
  );

const backwards = () =>
  new Fault(
    "invalid",
    { vi: "Ngày kết thúc phải từ ngày bắt đầu trở đi.", en: "The last day must not be before the first." },
    { path: "/until" },
  );
