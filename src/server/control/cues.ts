/**
 * From the planner's words to the receivers': a line of the rundown, or a ticket, as a cue.
 *
 * @module
 */
import { epoch, toMicros } from "../../base/units.js";
import type { AnnouncementId, Sha256 } from "../../domain/ids.js";
import type { RundownLine } from "../../domain/rundown.js";
import { type People, type Ticket, ticketId } from "../../domain/ticket.js";
import type { Behind, Cue } from "../../protocol/orders.js";

/** Bytes of a stored clip; 0 when it is not known. */
export type BytesOf = (sha256: Sha256) => number;

/** Who wrote and approved what is in a list of items. */
export type PeopleBehind = (items: readonly { readonly announcement?: AnnouncementId | undefined }[]) => People;

/** Freezes a line. Everybody's result starts as `due`. */
export function ticketOf(line: RundownLine, bytesOf: BytesOf, peopleBehind: PeopleBehind): Ticket {
  return {
    id: ticketId(line.occurrence, line.start, line),
    occurrence: line.occurrence,
    schedule: line.schedule,
    title: line.title,
    class: line.class,
    order: line.order,
    planned: line.planned,
    start: line.start,
    end: line.end,
    notAfter: line.notAfter,
    resume: line.resume,
    items: itemsOf(line.items, bytesOf),
    receivers: [...line.receivers],
    results: Object.fromEntries(line.receivers.map((receiver) => [receiver, { state: "due" as const }])),
    people: peopleBehind(line.items),
    ...(line.radio === undefined ? {} : { radio: line.radio }),
    closed: false,
  };
}

/** What receivers are told of a ticket. */
export function cueOf(ticket: Ticket): Cue {
  return {
    id: ticket.occurrence,
    title: ticket.title,
    class: ticket.class,
    order: ticket.order,
    at: toMicros(epoch(ticket.start)),
    durationMs: ticket.end - ticket.start,
    notAfter: toMicros(epoch(ticket.notAfter)),
    resume: ticket.resume,
    by: behind(ticket, ticket.people),
    items: ticket.items,
  };
}

/**
 * A ticket as a stop sees it. Of relayed radio the items are no more than the fallback: a recall leaves out what was recalled and ends
 * nothing else.
 */
export const stoppedAs = (ticket: Ticket): Cue =>
  ticket.radio === undefined ? cueOf(ticket) : { ...cueOf(ticket), items: [] };

/** What receivers are told of a line, long before it is frozen: the same as of its ticket. */
export const cueOfLine = (line: RundownLine, items: Cue["items"], people: People): Cue => ({
  id: line.occurrence,
  title: line.title,
  class: line.class,
  order: line.order,
  at: toMicros(line.start),
  durationMs: line.end - line.start,
  notAfter: toMicros(line.notAfter),
  resume: line.resume,
  by: behind(line, people),
  items,
});

/** A person, or else the schedule: the same of a line and of its ticket, so that freezing changes no programme. */
const behind = ({ by, schedule }: Pick<Ticket, "by" | "schedule">, people: People = {}): Behind => ({
  ...people,
  ...(by === undefined ? { schedule } : { aired: by }),
});

/** The items of a line as receivers get them. */
export const itemsOf = (items: RundownLine["items"], bytesOf: BytesOf): Ticket["items"] =>
  items.map((item) => ({
    sha256: item.sha256,
    bytes: bytesOf(item.sha256),
    offsetMs: item.offsetMs,
    durationMs: item.durationMs,
    gainDb: item.gainDb,
    ...(item.announcement === undefined ? {} : { announcement: item.announcement }),
  }));
