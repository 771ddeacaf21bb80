/**
 * What a person orders to sound at once, as a ticket.
 *
 * @module
 */
import type { Class, Resume } from "../../domain/class.js";
import type { AnnouncementId, PlaylistId } from "../../domain/ids.js";
import type { Receiver } from "../../domain/receiver.js";
import { ORDINARY_LATE_MS } from "../../domain/rundown-lines.js";
import type { Targets } from "../../domain/schedule.js";
import { type Ticket, ticketId } from "../../domain/ticket.js";

/** Late beyond this it is not begun any more (R4); an emergency holds until it is half an hour old. */
const LATE_MS: Record<Class, number> = { ordinary: ORDINARY_LATE_MS, priority: 600_000, emergency: 1_800_000 };

/** What a person wants to hear now, and where. */
export interface Wish {
  readonly content:
    | { readonly kind: "announcement"; readonly announcement: AnnouncementId }
    | { readonly kind: "playlist"; readonly playlist: PlaylistId }
    /** One after the other, under a title of their own. */
    | { readonly kind: "announcements"; readonly title: string; readonly announcements: readonly AnnouncementId[] };
  readonly targets: Targets;
  readonly class: Class;
  readonly confirmedBy?: string | undefined;
  /** What becomes of it when something more urgent interrupts it; it goes on where it was, as a schedule's does, when left out. */
  readonly resume?: Resume | undefined;
}

/** The wish, laid out: civil milliseconds, and those at whom it starts together. */
export interface ByHand extends Pick<Ticket, "occurrence" | "title" | "items" | "people" | "planned" | "start"> {
  readonly durationMs: number;
  readonly receivers: readonly Receiver[];
  readonly by: { readonly name: string };
}

/** What a person ordered to sound at these receivers. */
export function ticketByHand(
  { class: of, confirmedBy, resume = "continue" }: Wish,
  { occurrence, planned, start, durationMs, receivers, by, ...what }: ByHand,
): Ticket {
  return {
    ...{ id: ticketId(occurrence, start), occurrence, ...what, class: of, order: 0, resume },
    ...{ planned, start, end: start + durationMs, notAfter: start + LATE_MS[of] },
    receivers: receivers.map(({ id }) => id),
    results: Object.fromEntries(receivers.map(({ id }) => [id, { state: "due" as const }])),
    by: by.name,
    ...(confirmedBy === undefined ? {} : { confirmedBy }),
    closed: false,
  };
}
