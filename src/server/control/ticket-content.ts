/**
 * What an occurrence consists of, as its last line in the log keeps it: a report of years later must still tell what was heard,
 * whatever has become of the announcements.
 *
 * @module
 */
import type { Announcement } from "../../domain/announcement.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Piece, Ticket } from "../../domain/ticket.js";

/** In the order in which they are heard, each time that one is; chimes are left out. */
export const contentOf = (
  { items, radio }: Pick<Ticket, "items" | "radio">,
  announcementOf: (id: AnnouncementId) => Announcement | undefined,
): Piece[] =>
  // Of relayed radio the items are what would have sounded without it: nobody may count them as heard.
  (radio === undefined ? items : []).flatMap(({ announcement: id, offsetMs, durationMs }) => {
    if (id === undefined) return [];
    const { title, topic, source } = announcementOf(id) ?? { title: id, topic: "", source: undefined };
    const about = { announcement: id, title, topic, ...(source === undefined ? {} : { source }) };
    return [{ ...about, at: Math.round(offsetMs), ms: Math.round(durationMs) }];
  });
