/**
 * An occurrence that is about to sound, frozen: from here on it does not change, whatever is edited. Edits ask «next time»
 * or «stop now».
 *
 * @module
 */
import * as z from "zod/mini";
import { classSchema, resumeSchema } from "./class.js";
import {
  announcementIdSchema,
  occurrenceIdSchema,
  radioIdSchema,
  receiverIdSchema,
  scheduleIdSchema,
  sha256Schema,
} from "./ids.js";

/**
 * What became of an occurrence at one receiver (R7). `due` until something is known; `unknown` when the receiver has not
 * been heard of since before it was due. All others are final, but what a receiver itself reports replaces what the server
 * had to assume.
 */
export const resultStateSchema = z.enum([
  "due",
  "sounding",
  "interrupted",
  "played",
  "cut",
  "missed",
  "muted",
  "recalled",
  "refused",
  "unknown",
]);
export type ResultState = z.infer<typeof resultStateSchema>;

export const resultSchema = z.strictObject({
  state: resultStateSchema,
  /** Reason code, such as `quiet-hours`, `stopped`, `no-network`. */
  why: z.optional(z.string()),
  /** Trusted time of the first sample and of the last, civil milliseconds. */
  startedAt: z.optional(z.number()),
  endedAt: z.optional(z.number()),
  from: z.optional(z.enum(["clip", "stream"])),
  /** The person behind it, such as who stopped it. */
  by: z.optional(z.string()),
  /** Since when the receiver has not been heard of, civil milliseconds. */
  since: z.optional(z.number()),
});
export type Result = z.infer<typeof resultSchema>;

/** Names, joined with commas where several had a part. */
export const peopleSchema = z.strictObject({ composed: z.optional(z.string()), approved: z.optional(z.string()) });
export type People = z.infer<typeof peopleSchema>;

/** One piece of an occurrence as a report years later must still tell it, whatever has become of the announcement. */
export const pieceSchema = z.strictObject({
  announcement: announcementIdSchema,
  title: z.string(),
  topic: z.string(),
  source: z.optional(z.string()),
  /** Where in the occurrence it begins, and how long it is heard; milliseconds. */
  at: z.number(),
  ms: z.number(),
});
export type Piece = z.infer<typeof pieceSchema>;

export const ticketSchema = z.strictObject({
  /** See {@link ticketId}: where conflicts differ from place to place, one occurrence has several tickets. */
  id: z.string().check(z.maxLength(120)).brand<"ticket">(),
  occurrence: occurrenceIdSchema,
  /** Absent when a person ordered it by hand. */
  schedule: z.optional(scheduleIdSchema),
  title: z.string(),
  class: classSchema,
  order: z.int(),
  /** Civil milliseconds. */
  planned: z.number(),
  start: z.number(),
  end: z.number(),
  notAfter: z.number(),
  resume: resumeSchema,
  items: z.array(
    z.strictObject({
      announcement: z.optional(announcementIdSchema),
      sha256: sha256Schema,
      bytes: z.int(),
      offsetMs: z.number(),
      durationMs: z.number(),
      gainDb: z.number(),
    }),
  ),
  /** What it consists of, as it was frozen; absent of tickets that an older version froze. */
  content: z.optional(z.array(pieceSchema)),
  receivers: z.array(receiverIdSchema),
  results: z.record(z.string(), resultSchema),
  /** Who ordered it, when a person did. */
  by: z.optional(z.string()),
  /** Who wrote what sounds, and who approved it, as it was frozen; absent of tickets that an older version froze. */
  people: z.optional(peopleSchema),
  confirmedBy: z.optional(z.string()),
  /** It comes from a microphone, as it is spoken: no receiver holds it, and its end is not known before. */
  isLive: z.optional(z.literal(true)),
  /** Another station is relayed; the items are what sounds while that cannot be heard. */
  radio: z.optional(radioIdSchema),
  /** Everything is known or assumed, and written into the log; items, content and results are dropped then. */
  closed: z._default(z.boolean(), false),
});
export type Ticket = z.infer<typeof ticketSchema>;

export type TicketId = Ticket["id"];

/**
 * The id of an occurrence's ticket for the places where it starts at that instant (civil milliseconds) and, when that is
 * said, ends and may last be begun at those: quiet hours may cut it short in one place and not in another.
 */
export const ticketId = (
  occurrence: Ticket["occurrence"],
  start: number,
  limits?: { readonly end: number; readonly notAfter: number },
): TicketId => {
  const apart = limits ? `+${Math.round(limits.end - start)}+${Math.round(limits.notAfter - start)}` : "";
  return ticketSchema.shape.id.parse(`${occurrence}#${Math.round(start)}${apart}`);
};

/** Whether nothing more is expected of this result while the receiver is connected. */
export const isFinal = (state: ResultState): boolean => !["due", "sounding", "interrupted"].includes(state);

/** Whether a ticket still concerns a receiver: nothing final is known of it there. */
export const isAwaited = (ticket: Ticket, receiver: Ticket["receivers"][number]): boolean =>
  ticket.receivers.includes(receiver) && !isFinal(ticket.results[receiver]?.state ?? "due");
