/**
 * Announcements as they are kept, shown and written down: what every verb about them begins and ends with.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import type { Epoch } from "../../base/units.js";
import type { Announcement } from "../../domain/announcement.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { AnnouncementStep } from "../../domain/line-words.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { Person } from "../../domain/person.js";
import { type Act, refusalOf, stageOf } from "../../domain/stage.js";
import { isApproved, versionOf } from "../../domain/version.js";
import { mandated } from "./mandated-plan.js";
import type { AnnouncementRecords, AsRunLog } from "./ports.js";
import type { SoundMaking } from "./sound-making.js";

export interface BookParts {
  readonly announcements: AnnouncementRecords;
  readonly making: Pick<SoundMaking, "isMaking">;
  /** SHA-256 of a text, in hex. */
  readonly digest: (text: string) => string;
  readonly today: () => LocalDate;
  /** When it will sound next, by the plan and the tickets; `undefined` when it will not. */
  readonly nextAiring: (id: AnnouncementId) => Epoch | undefined;
  readonly asRun: Pick<AsRunLog, "event" | "lastHeard">;
  readonly onChange: (id: AnnouncementId) => void;
}

/** A line of an announcement's history. */
export interface Happening {
  /** Behind `announcement.`, such as `approved`. */
  readonly what: AnnouncementStep;
  readonly by: Person;
  /** Reason that a person gave, or a code of it. */
  readonly why?: string | undefined;
  readonly detail?: object;
}

export type AnnouncementBook = ReturnType<typeof createAnnouncementBook>;

export function createAnnouncementBook(parts: BookParts) {
  const { announcements, making, digest, asRun, onChange } = parts;

  const get = (id: AnnouncementId): Announcement => {
    const found = announcements.get(id);
    if (!found)
      throw new Fault("not-found", { vi: `Không có bản tin «${id}».`, en: `There is no announcement "${id}".` });
    return found;
  };
  const version = (announcement: Announcement) => versionOf(announcement, digest);
  const isCorrected = (id: AnnouncementId) =>
    announcements.all().some((other) => other.corrects === id && isApproved(other, digest));
  const viewOf = (announcement: Announcement) => {
    const { id } = announcement;
    const present = version(announcement);
    const [next, heard] = [parts.nextAiring(id), asRun.lastHeard(id)];
    const stage = stageOf(announcement, {
      version: present,
      today: parts.today(),
      isPlanned: next !== undefined,
      wasHeard: heard !== undefined,
      isCorrected: announcement.recalledAt !== undefined && isCorrected(id),
    });
    return {
      ...announcement,
      state: soundOf(announcement, making.isMaking(id)),
      stage,
      ...(present === undefined ? {} : { version: present }),
      approved: isApproved(announcement, digest),
      ...(next === undefined ? {} : { nextAt: iso(next) }),
      ...(heard === undefined ? {} : { heardAt: iso(heard) }),
    };
  };

  return {
    get,
    all: () => announcements.all(),
    version,
    isApproved: (announcement: Announcement) => isApproved(announcement, digest),
    viewOf,
    kept: (id: AnnouncementId) => ({ value: viewOf(get(id)), revision: String(announcements.version(id) ?? 0) }),

    /** The announcement, if the act may follow now. @throws Fault "forbidden" with the stage as its reason */
    allowing(act: Act, id: AnnouncementId): Announcement {
      const found = get(id);
      if (found.mandate && (act === "edit" || act === "withdraw")) throw mandated();
      const refusal = refusalOf(act, viewOf(found).stage);
      if (refusal) throw new Fault("forbidden", refusal.words, { reason: refusal.reason });
      return found;
    },

    /**
     * Keeps what became of it, then writes down what happened and tells everybody.
     * @throws Fault "conflict" when `ifVersion` is not the version that is kept
     */
    async write(next: Announcement, { what, by, why, detail }: Happening, ifVersion?: number): Promise<void> {
      const before = announcements.get(next.id);
      await announcements.put(next, ifVersion);
      const { account } = by;
      asRun.event({
        ...{ kind: `announcement.${what}`, by, why, before, after: next },
        detail: { id: next.id, ...(account === undefined ? {} : { account }), ...detail },
      });
      onChange(next.id);
    },
  };
}

function soundOf(announcement: Announcement, making: boolean) {
  if (announcement.recalledAt !== undefined) return "recalled" as const;
  if (making) return "making" as const;
  if (announcement.clip) return "ready" as const;
  return announcement.problem ? ("failed" as const) : ("draft" as const);
}

const iso = (time: number) => new Date(time).toISOString();
