/**
 * Lines of a receiver's journal on their way into the log.
 *
 * @module
 */
import { type AreaId, occurrenceIdSchema, type ReceiverId } from "../../domain/ids.js";
import type { HeardLine } from "../../protocol/journal-results.js";
import type { LogBody } from "./log-line.js";

/** Lines of one receiver's journal. */
export interface Heard {
  readonly receiver: ReceiverId;
  readonly area: AreaId;
  readonly journal: string;
  readonly lines: readonly HeardLine[];
}

/** What a journal's line tells beside what the log has columns and fields for: nothing of it may be left out. */
type Told = Record<
  Exclude<
    keyof HeardLine,
    "event" | "at" | "dueAt" | "seq" | "cue" | "class" | "announcements" | "heardMs" | "why" | "by" | "unreached"
  >,
  unknown
> & { readonly atUs: number };

/** A journal's line as the log keeps it. */
export function heardBody(
  line: HeardLine,
  { receiver, area, journal }: Omit<Heard, "lines">,
): Omit<LogBody, "n" | "writtenAt"> {
  const { event, at, dueAt, seq, cue, class: of, announcements, heardMs, why, by } = line;
  const { clockErrorUs, volume, levelDb, from } = line;
  // Every field is written out: taking the rest of an object costs as much as the other half of a line's way to the disk.
  return {
    receiver,
    area,
    journal,
    source: "receiver",
    kind: event,
    at: Math.round(at / 1000),
    seq,
    cue,
    occurrence: occurrenceIdSchema.safeParse(cue).data,
    class: of,
    announcements,
    heardMs,
    why,
    by,
    dueAt: dueAt === undefined ? undefined : Math.round(dueAt / 1000),
    detail: { atUs: at, clockErrorUs, volume, levelDb, from } satisfies Told,
  };
}
