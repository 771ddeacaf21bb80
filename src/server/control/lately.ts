/**
 * What was on air in the last day, as far as the tickets tell.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import { epoch } from "../../base/units.js";
import type { Announcement } from "../../domain/announcement.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Ticket } from "../../domain/ticket.js";
import type { Aired } from "../../language/checks/index.js";
import type { Kept } from "./knowledge.js";

const DAY_MS = 86_400_000;

/**
 * Texts that were on air less than a day ago, oldest first. A ticket that is closed no longer says what was in it; then its
 * schedule's playlist of today, or the announcement of its title, stands for it.
 *
 * @param except the announcement that is being looked at: its own airings are no repetition by another
 */
export function airedLately(
  { tickets, schedules, playlists, announcements }: Pick<Kept, "tickets" | "schedules" | "playlists" | "announcements">,
  now: Epoch,
  except: AnnouncementId | undefined,
): readonly Aired[] {
  const isRecent = ({ start }: Ticket) => start <= now && now - start < DAY_MS;
  const inPlaylist = ({ schedule }: Ticket): readonly AnnouncementId[] => {
    const playlist = schedule && schedules.get(schedule)?.playlist;
    const items = (playlist && playlists.get(playlist)?.items) ?? [];
    return items.flatMap((item) => (item.kind === "announcement" ? [item.announcement] : []));
  };
  const inTicket = (ticket: Ticket): readonly (Announcement | undefined)[] => {
    if (!ticket.closed) return ticket.items.map((item) => item.announcement && announcements.get(item.announcement));
    if (ticket.schedule !== undefined) return inPlaylist(ticket).map((id) => announcements.get(id));
    return [announcements.all().find(({ title }) => title === ticket.title)];
  };
  return tickets
    .all()
    .filter(isRecent)
    .sort((a, b) => a.start - b.start)
    .flatMap((ticket) =>
      inTicket(ticket).flatMap((one) =>
        one?.text === undefined || one.id === except
          ? []
          : [{ title: one.title, text: one.text, at: epoch(ticket.start) }],
      ),
    );
}
