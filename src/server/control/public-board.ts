/**
 * What residents see: what loudspeakers said that they sounded in the last two days, in words and sound. Nobody's name, and nothing
 * whose words were erased from the log or that was recalled.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import { isForTests } from "../../domain/alert.js";
import type { Announcement } from "../../domain/announcement.js";
import { type Area, type AreaTree, isWithinAreas } from "../../domain/area.js";
import type { Class } from "../../domain/class.js";
import type { AnnouncementId, AreaId, Sha256 } from "../../domain/ids.js";
import type { AsRunLog } from "./ports.js";

/** How far back it goes. */
export const BOARD_MS = 48 * 3_600_000;
/** Erasures that are looked through. */
const ERASURES = 1000;

export interface BoardItem {
  readonly title: string;
  readonly class: Class;
  /** Civil milliseconds, of the last time that it was begun. */
  readonly at: number;
  readonly areas: readonly AreaId[];
  /** Absent of recordings, and of what is not to be repeated. */
  readonly text?: string;
  readonly clip?: Sha256;
  /** Why there is neither text nor sound. */
  readonly withheld?: "recalled" | "erased";
}

export interface Board {
  readonly station: string;
  readonly zone: string;
  /** Wards to choose from. */
  readonly wards: readonly Area[];
  /** The newest first. */
  readonly items: readonly BoardItem[];
  /** Of those, what was heard in an area or below it. */
  in(area: AreaId): readonly BoardItem[];
}

export interface BoardParts {
  readonly name: string;
  readonly zone: string;
  readonly areas: AreaTree;
  readonly announcements: () => readonly Announcement[];
  readonly areaOf: (receiver: string) => AreaId | undefined;
  readonly asRun: Pick<AsRunLog, "lastHeard" | "hearings" | "page">;
  readonly now: () => Epoch;
}

export function createPublicBoard({ name, zone, areas, announcements, areaOf, asRun, now }: BoardParts) {
  return async (): Promise<Board> => {
    const since = now() - BOARD_MS;
    const erased = await erasedIn(asRun);
    const items = announcements()
      .flatMap((one): BoardItem[] => {
        if ((asRun.lastHeard(one.id) ?? 0) < since) return [];
        const heard = asRun.hearings(one.id).filter(({ last }) => last >= since);
        const places = [...new Set(heard.flatMap(({ receiver }) => areaOf(receiver) ?? []))];
        const lived = places.filter((area) => !isForTests(areas, area));
        if (lived.length === 0) return [];
        return [{ ...shown(one, erased), at: Math.max(...heard.map(({ last }) => last)), areas: lived }];
      })
      .toSorted((one, other) => other.at - one.at);
    return {
      ...{ station: name, zone, items },
      wards: [...areas.values()].filter(({ kind }) => kind === "ward"),
      in: (area) => items.filter((item) => item.areas.some((one) => isWithinAreas(areas, one, [area]))),
    };
  };
}

function shown(announcement: Announcement, erased: ReadonlySet<AnnouncementId>) {
  const { id, title, class: of, text, clip, recalledAt } = announcement;
  const about = { title, class: of };
  if (erased.has(id)) return { title: "", class: of, withheld: "erased" as const };
  if (recalledAt !== undefined) return { ...about, withheld: "recalled" as const };
  return { ...about, ...(text === undefined ? {} : { text }), ...(clip ? { clip: clip.sha256 } : {}) };
}

/** Announcements whose words somebody has had erased: whole, or those of a line about them. */
async function erasedIn(asRun: Pick<AsRunLog, "page">): Promise<ReadonlySet<AnnouncementId>> {
  const found = new Set<AnnouncementId>();
  for (const { detail } of await asRun.page({ kind: "log.words-erased" }, ERASURES)) {
    const { announcement, line } = (detail ?? {}) as { announcement?: AnnouncementId; line?: number };
    if (announcement !== undefined) found.add(announcement);
    if (line === undefined) continue;
    const [told] = await asRun.page({ after: line - 1 }, 1);
    const id = (told?.detail as { id?: AnnouncementId } | undefined)?.id;
    if (id !== undefined) found.add(id);
  }
  return found;
}
