/**
 * What the city's editor does over the heads of the wards: an announcement is kept off the air, or it must be aired.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Announcement, Mandate } from "../../domain/announcement.js";
import { type AnnouncementId, type AreaId, type PlaylistId, playlistIdSchema } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Receiver } from "../../domain/receiver.js";
import { type Schedule, scheduleSchema } from "../../domain/schedule.js";
import { stampOf } from "../../domain/stamp.js";
import type { AnnouncementBook } from "./announcement-book.js";
import type { FrozenAnswer, FrozenQuestion } from "./frozen-question.js";
import type { PlanVerbs } from "./plan-verbs.js";
import type { AsRunLog } from "./ports.js";

export interface OversightParts {
  readonly book: AnnouncementBook;
  readonly frozen: FrozenQuestion;
  /** The verbs that change also what only this office may change. */
  readonly plan: Pick<PlanVerbs, "putPlaylist" | "putSchedule" | "removePlaylist" | "removeSchedule">;
  readonly asRun: Pick<AsRunLog, "hearings">;
  readonly receivers: () => readonly Receiver[];
  readonly isBelow: (area: AreaId, roots: readonly AreaId[]) => boolean;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
}

interface Blocking {
  readonly reason: string;
  readonly frozen?: FrozenAnswer | undefined;
}
/** Where and when it must be aired. */
type Wish = Pick<Mandate, "areas" | "from" | "until" | "times">;

/** What must be aired waits this long for the end of something else, for it is not to be lost to a neighbour. */
const PATIENCE_MS = 1_800_000;
const LONGEST_ID = 64;

export function createOversightVerbs(parts: OversightParts) {
  const { book, frozen, plan, now } = parts;

  const standing = (announcement: Announcement, mandate: Mandate) => {
    const since = Date.parse(mandate.at);
    const heard = new Set(
      parts.asRun.hearings(announcement.id).flatMap(({ receiver, last }) => (last >= since ? [receiver] : [])),
    );
    const { nextAt, stage } = book.viewOf(announcement);
    const { areas, from, until, times, by } = mandate;
    return {
      ...{ announcement: announcement.id, title: announcement.title, stage, from, until, times, by },
      ...(nextAt === undefined ? {} : { nextAt }),
      areas: areas.map((area) => {
        const there = parts.receivers().filter((receiver) => parts.isBelow(receiver.area, [area]));
        return { area, receivers: there.length, heard: there.filter(({ id }) => heard.has(id)).length };
      }),
    };
  };

  return {
    /** Keeps it off the air until the block is lifted, approved or not. */
    async block(id: AnnouncementId, { reason, frozen: answer }: Blocking, by: Person) {
      const found = book.get(id);
      frozen.mustBeAnswered(id, answer);
      await book.write({ ...found, blocked: { ...stampOf(by, now()), reason } }, { what: "blocked", by, why: reason });
      await frozen.obey(id, answer, by);
      return book.kept(id);
    },

    async unblock(id: AnnouncementId, by: Person) {
      const { blocked, ...rest } = book.get(id);
      if (blocked) await book.write(rest, { what: "unblocked", by });
      return book.kept(id);
    },

    /** Has it aired in these areas, by a schedule that only this office may change. @throws Fault as a schedule's saving does */
    async require(id: AnnouncementId, wish: Wish, by: Person) {
      const found = book.allowing("require", id);
      const schedule = scheduleOf(found, wish);
      const playlist = playlistIdSchema.parse(schedule.id);
      const item = { kind: "announcement", announcement: id, repeat: 1, gapMs: 0, gainDb: 0 } as const;
      await plan.putPlaylist({ id: playlist, title: schedule.title, items: [item] }, { expected: "*", by });
      try {
        await plan.putSchedule(schedule, { expected: "*", by });
      } catch (thrown) {
        if (!found.mandate) await plan.removePlaylist(playlist, { expected: "*", by });
        throw thrown;
      }
      const mandate: Mandate = { ...wish, schedule: schedule.id, ...stampOf(by, now()) };
      const detail = { areas: wish.areas, from: wish.from, until: wish.until, times: wish.times };
      await book.write({ ...book.get(id), mandate }, { what: "required", by, detail });
      return book.kept(id);
    },

    async endMandate(id: AnnouncementId, by: Person) {
      const { mandate, ...rest } = book.get(id);
      if (mandate) {
        await book.write(rest, { what: "mandate-ended", by });
        const as = { expected: "*", by };
        await plan.removeSchedule(mandate.schedule, as).catch(unlessMissing);
        await plan.removePlaylist(mandate.schedule as string as PlaylistId, as).catch(unlessMissing);
      }
      return book.kept(id);
    },

    /** What must be aired, and how many receivers of each area have told that they did since it was ordered. */
    mandates: () => book.all().flatMap((one) => (one.mandate ? [standing(one, one.mandate)] : [])),
  };
}

/** Every day at those times; first in the programme, unless it is an emergency already. */
function scheduleOf({ id, title, class: of }: Announcement, { areas, from, until, times }: Wish): Schedule {
  return scheduleSchema.parse({
    id: `bat-buoc-${id}`.slice(0, LONGEST_ID).replace(/-+$/, ""),
    title,
    class: of === "emergency" ? "emergency" : "priority",
    playlist: `bat-buoc-${id}`.slice(0, LONGEST_ID).replace(/-+$/, ""),
    targets: { areas },
    start: from,
    until,
    at: times,
    rule: "FREQ=DAILY",
    timing: { kind: "soft", waitMs: PATIENCE_MS },
    lateMs: PATIENCE_MS,
    order: 0,
  });
}

function unlessMissing(thrown: unknown): void {
  if (!(thrown instanceof Fault) || thrown.code !== "not-found") throw thrown;
}
