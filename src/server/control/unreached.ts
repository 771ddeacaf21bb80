/**
 * Which announcements of a cue had not come yet when it was cut.
 *
 * @module
 */
import type { AnnouncementId } from "../../domain/ids.js";
import type { Ticket } from "../../domain/ticket.js";
import type { JournalLine } from "../../protocol/messages.js";

/**
 * Those that begin behind what was reached. Held against what was heard, and against the time that had passed since it was due:
 * whoever came late joined in the middle, and whoever was interrupted took longer. In doubt an announcement was heard, for a
 * correction too many does less harm than one too few.
 */
export function unreachedAt(
  { event, heardMs = 0, at, dueAt }: Pick<JournalLine, "event" | "heardMs" | "at" | "dueAt">,
  { content = [] }: Pick<Ticket, "content">,
): readonly AnnouncementId[] {
  if (event !== "cut" || dueAt === undefined) return [];
  const reached = Math.max(heardMs, (at - dueAt) / 1000);
  const heard = new Set(content.flatMap((piece) => (piece.at < reached ? [piece.announcement] : [])));
  return [...new Set(content.flatMap(({ announcement }) => (heard.has(announcement) ? [] : [announcement])))];
}
