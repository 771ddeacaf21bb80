/**
 * A playlist laid out on a time line for one day: which clips sound when, what is left out and why.
 *
 * @module
 */
import type { Announcement } from "./announcement.js";
import type { Chime } from "./chime.js";
import type { AnnouncementId } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import type { Playlist, PlaylistItem } from "./playlist.js";
import type { PlannedItem, PlanReason } from "./rundown.js";
import type { Targets } from "./schedule.js";

/** An announcement or a chime of the playlist that does not sound. */
export interface LeftOut {
  readonly title: string;
  readonly reason: PlanReason;
}

/** What an occurrence holds. */
export interface Layout {
  readonly items: readonly PlannedItem[];
  /** From the start to the end of the last sound, milliseconds, rounded up. A pause at the end is not waited for. */
  readonly length: number;
  /** Where it may end early without breaking an item or losing every announcement; rising. */
  readonly cutPoints: readonly number[];
  readonly left: readonly LeftOut[];
  /** Why nothing of it may sound. */
  readonly failure?: PlanReason | undefined;
  /** The longest it may be, when the playlist is longer than that. */
  readonly cutTo?: number | undefined;
}

/** Where a layout finds its sounds. */
export interface Library {
  readonly announcements: ReadonlyMap<AnnouncementId, Announcement>;
  readonly chimes: ReadonlyMap<string, Chime>;
  /** Whether everywhere where the playlist is to sound lies within the targets of an announcement that has its own. */
  readonly isWithin: (targets: Targets) => boolean;
}

const NOTHING: Layout = { items: [], length: 0, cutPoints: [], left: [] };

/** Lays the playlist out as it may sound on that day: approved, valid, with audio, not recalled (R2). */
export function layOut(playlist: Playlist | undefined, library: Library, day: LocalDate): Layout {
  if (!playlist) return { ...NOTHING, failure: "no-audio" };
  const items: PlannedItem[] = [];
  const left: LeftOut[] = [];
  const unsaid: LeftOut[] = [];
  let offset = 0;
  for (const item of playlist.items) {
    const missing = leftOut(item, library, day);
    if (missing) left.push(missing);
    else offset = append(items, offset, { item, library });
    if (missing && item.kind === "announcement") unsaid.push(missing);
  }
  const announced = playlist.items.filter((item) => item.kind === "announcement").length;
  // Chimes alone are no airing of a playlist that says something; without its chimes it still says it.
  if (items.length === 0 || (announced > 0 && unsaid.length === announced))
    return { ...NOTHING, left, failure: (unsaid[0] ?? left[0])?.reason ?? "no-audio" };
  return { items, length: endOf(items), cutPoints: cutPointsOf(items, announced > 0), left };
}

/** The layout made to end within `most` milliseconds: after a whole item where that keeps an announcement. */
export function shorten(layout: Layout, most: number): Layout {
  if (layout.length <= most) return layout;
  const point = lastCutPoint(layout, most);
  const items = itemsUntil(layout, point ?? most);
  return {
    ...layout,
    items,
    length: point ?? most,
    cutPoints: layout.cutPoints.filter((one) => one <= (point ?? most)),
    cutTo: most,
  };
}

/** Relayed radio may end early at any whole minute, ms. */
const MINUTE = 60_000;

/**
 * The layout of a relayed programme of that length, ms: what `fallback` holds sounds while the programme cannot be heard, and where
 * nothing of it may sound, the programme is relayed all the same.
 */
export function relayed(fallback: Layout, length: number, isApproved: boolean): Layout {
  if (!isApproved) return { ...NOTHING, failure: "not-approved" };
  const minutes = Array.from({ length: Math.floor(length / MINUTE) }, (_, index) => (index + 1) * MINUTE);
  return { items: itemsUntil(fallback, length), length, cutPoints: minutes, left: fallback.left };
}

/** The last point up to `most` milliseconds where the layout may end early. */
export const lastCutPoint = (layout: Layout, most: number): number | undefined =>
  layout.cutPoints.findLast((point) => point <= most);

/** The items of which something is heard when the layout ends at `end` milliseconds. */
export const itemsUntil = (layout: Layout, end: number): readonly PlannedItem[] =>
  end >= layout.length ? layout.items : layout.items.filter((item) => item.offsetMs < end);

function append(
  items: PlannedItem[],
  offset: number,
  { item, library }: { readonly item: PlaylistItem; readonly library: Library },
): number {
  if (item.kind === "pause") return offset + item.ms;
  const isChime = item.kind === "chime";
  const clip = isChime ? library.chimes.get(item.recording)?.clip : library.announcements.get(item.announcement)?.clip;
  if (!clip) return offset;
  let next = offset;
  for (let time = 0; time < (isChime ? 1 : item.repeat); time++) {
    if (time > 0 && !isChime) next += item.gapMs;
    const named = isChime ? {} : { announcement: item.announcement };
    items.push({ ...named, sha256: clip.sha256, offsetMs: next, durationMs: clip.durationMs, gainDb: item.gainDb });
    next += clip.durationMs;
  }
  return next;
}

/** What is left out of the item, if it is. */
function leftOut(
  item: PlaylistItem,
  { announcements, chimes, isWithin }: Library,
  day: LocalDate,
): LeftOut | undefined {
  if (item.kind === "pause") return undefined;
  if (item.kind === "chime") {
    const chime = chimes.get(item.recording);
    if (chime?.isApproved) return undefined;
    return { title: item.recording, reason: chime ? "not-approved" : "no-audio" };
  }
  const announcement = announcements.get(item.announcement);
  const reason = announcement ? (whyNot(announcement, day) ?? whyNotHere(announcement, isWithin)) : "no-audio";
  return reason && { title: announcement?.title ?? item.announcement, reason };
}

/** Why the announcement may not sound on that day; undefined when it may. */
function whyNot(announcement: Announcement, day: LocalDate): PlanReason | undefined {
  const { clip, approval, blocked, recalledAt, validFrom, validUntil } = announcement;
  if (recalledAt !== undefined) return "recalled";
  if (blocked) return "blocked";
  if (!clip) return "no-audio";
  if (!approval) return "not-approved";
  const valid = (validFrom === undefined || day >= validFrom) && (validUntil === undefined || day <= validUntil);
  return valid ? undefined : "not-valid";
}

const whyNotHere = ({ targets }: Announcement, isWithin: Library["isWithin"]): PlanReason | undefined =>
  targets === undefined || isWithin(targets) ? undefined : "outside-targets";

function cutPointsOf(items: readonly PlannedItem[], needsAnnouncement: boolean): number[] {
  const first = needsAnnouncement ? items.findIndex((item) => item.announcement !== undefined) : 0;
  return items.slice(first).map((item) => Math.ceil(item.offsetMs + item.durationMs));
}

function endOf(items: readonly PlannedItem[]): number {
  const last = items.at(-1);
  return last ? Math.ceil(last.offsetMs + last.durationMs) : 0;
}
