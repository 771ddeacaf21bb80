/**
 * What was heard in the last day, as far as tickets and results tell, and where.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import { epoch } from "../../base/units.js";
import type { Announcement } from "../../domain/announcement.js";
import type { AnnouncementId, ReceiverId } from "../../domain/ids.js";
import type { ResultState, Ticket } from "../../domain/ticket.js";
import type { Aired } from "../../language/checks/index.js";
import type { Kept, Knowledge } from "./knowledge.js";
import type { AsRunLog } from "./ports.js";

const DAY_MS = 86_400_000;
/** Results by which somebody heard something. What was recalled was wrong: to say it again, put right, is no repetition. */
const HEARD: ReadonlySet<ResultState> = new Set(["sounding", "interrupted", "played", "cut"]);

export interface LatelyParts {
  readonly kept: Pick<Kept, "tickets" | "schedules" | "playlists" | "announcements" | "receivers">;
  readonly asRun: Pick<AsRunLog, "settledAt">;
  readonly knowledge: Pick<Knowledge, "targeted" | "areaName">;
}

/**
 * Texts that somebody heard less than a day ago, oldest first, with the areas in which they were. A ticket that is closed no
 * longer says what was in it; then its schedule's playlist of today, or the announcement of its title, stands for it.
 *
 * @param about the announcement that is being looked at: its own airings are no repetition by another, and once schedules say
 *   where it is to sound, only what was heard at the same receivers counts
 */
export function airedLately(parts: LatelyParts, now: Epoch, about: AnnouncementId | undefined): readonly Aired[] {
  const { announcements, tickets, receivers } = parts.kept;
  const goesTo = about === undefined ? undefined : receiversOf(parts, about);
  const areasOf = (heardAt: readonly ReceiverId[]) => {
    const areas = heardAt.flatMap((id) => receivers.get(id)?.area ?? []);
    return [...new Set(areas)].map(parts.knowledge.areaName);
  };
  const airedIn = (ticket: Ticket): readonly Aired[] => {
    const heardAt = hearersOf(parts, ticket).filter((id) => goesTo?.has(id) ?? true);
    if (heardAt.length === 0) return [];
    const areas = areasOf(heardAt);
    return contentOf(parts, ticket).flatMap((id) => {
      const one = announcements.get(id);
      if (one?.text === undefined || id === about) return [];
      return [{ announcement: id, title: one.title, text: one.text, at: epoch(ticket.start), areas }];
    });
  };
  return tickets
    .all()
    .filter(({ start, radio }) => radio === undefined && start <= now && now - start < DAY_MS)
    .sort((a, b) => a.start - b.start)
    .flatMap(airedIn);
}

function hearersOf({ asRun }: LatelyParts, ticket: Ticket): readonly ReceiverId[] {
  const settled = ticket.closed ? asRun.settledAt(ticket.occurrence) : undefined;
  return ticket.receivers.filter((id) => HEARD.has((settled?.get(id) ?? ticket.results[id])?.state ?? "due"));
}

function contentOf({ kept }: LatelyParts, { closed, items, schedule, title }: Ticket): readonly AnnouncementId[] {
  if (!closed) return items.flatMap((item) => item.announcement ?? []);
  if (schedule !== undefined) return inPlaylist(kept, kept.schedules.get(schedule)?.playlist);
  return kept.announcements
    .all()
    .filter((one: Announcement) => one.title === title)
    .slice(0, 1)
    .map(({ id }) => id);
}

/** Where schedules let an announcement sound; undefined while none does. */
function receiversOf({ kept, knowledge }: LatelyParts, id: AnnouncementId): ReadonlySet<ReceiverId> | undefined {
  const schedules = kept.schedules
    .all()
    .filter(({ enabled, playlist }) => enabled && inPlaylist(kept, playlist).includes(id));
  if (schedules.length === 0) return undefined;
  return new Set(schedules.flatMap(({ targets }) => knowledge.targeted(targets).map((receiver) => receiver.id)));
}

function inPlaylist(
  { playlists }: Pick<Kept, "playlists">,
  id: Parameters<Kept["playlists"]["get"]>[0] | undefined,
): readonly AnnouncementId[] {
  const items = (id && playlists.get(id)?.items) ?? [];
  return items.flatMap((item) => (item.kind === "announcement" ? [item.announcement] : []));
}
