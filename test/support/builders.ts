import { type Clip, clipSchema } from "../../src/domain/announcement.js";
import { announcementId, occurrenceId, type ReceiverId, receiverId, sha256 } from "../../src/domain/ids.js";
import { type Ticket, ticketId, ticketSchema } from "../../src/domain/ticket.js";
import type { Cue } from "../../src/protocol/orders.js";

/** A hash that is easy to tell from others: `digit` repeated. */
export const aHash = (digit = "a") => sha256(digit.repeat(64));

export const aClip = (fields: Partial<Clip> = {}): Clip =>
  clipSchema.parse({
    sha256: aHash(),
    durationMs: 2000,
    bytes: 8000,
    loudnessLufs: -16,
    truePeakDb: -2,
    ...fields,
  });

/** Two seconds of sound at `start` for the given receivers. */
export function aTicket({ start = 0, ...fields }: Partial<Ticket> = {}): Ticket {
  const occurrence = fields.occurrence ?? occurrenceId("sang", start);
  const receivers: ReceiverId[] = fields.receivers ?? [receiverId("loa-1")];
  return ticketSchema.parse({
    id: ticketId(occurrence, start),
    occurrence,
    title: "Bản tin sáng",
    class: "ordinary",
    order: 100,
    planned: start,
    start,
    end: start + 2000,
    notAfter: start + 120_000,
    resume: "continue",
    items: [
      { announcement: announcementId("tin"), sha256: aHash(), bytes: 8000, offsetMs: 0, durationMs: 2000, gainDb: 0 },
    ],
    receivers,
    results: Object.fromEntries(receivers.map((id) => [id, { state: "due" }])),
    ...fields,
  });
}

/** A cue of one clip. */
export const aCue = (fields: Partial<Cue> = {}): Cue => ({
  id: occurrenceId("sang", 0),
  title: "Bản tin sáng",
  class: "ordinary",
  order: 100,
  at: 0,
  durationMs: 2000,
  notAfter: 120_000_000,
  resume: "continue",
  by: {},
  items: [{ sha256: aHash(), bytes: 8000, offsetMs: 0, durationMs: 2000, gainDb: 0 }],
  ...fields,
});
