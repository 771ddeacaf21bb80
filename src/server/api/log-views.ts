/**
 * What the doors of the as-run log take, and what they answer with.
 *
 * @module
 */
import * as z from "zod";
import { classSchema } from "../../domain/class.js";
import { announcementIdSchema, areaIdSchema, occurrenceIdSchema, receiverIdSchema } from "../../domain/ids.js";
import { localDateSchema } from "../../domain/local-time.js";
import { accountIdSchema, factorSchema } from "../../domain/person.js";
import { resultStateSchema } from "../../domain/ticket.js";
import { signedDaySchema } from "../../protocol/day-head.js";
import { list, timeView, wordsView } from "./views.js";

const logSearch = {
  from: z.optional(localDateSchema),
  until: z.optional(localDateSchema),
  /** With everything below it, and what has been merged into it. */
  area: z.optional(areaIdSchema),
  receiver: z.optional(receiverIdSchema),
  announcement: z.optional(announcementIdSchema),
  occurrence: z.optional(occurrenceIdSchema),
  /** Number of the document that announcements come from, such as `335-CV/ThU`. */
  directive: z.string().trim().min(1).max(200).optional(),
  /** Account of who is behind it, their name, or a part of that without tones. */
  person: z.string().trim().min(1).max(120).optional(),
  /** Reason code, the reason that a person gave, or a part of that without tones. */
  why: z.string().trim().min(1).max(500).optional(),
  kind: z.string().trim().min(1).max(64).optional(),
};

export const logQuerySchema = z.strictObject({
  ...logSearch,
  /** Lines after this number. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export type LogQuery = z.infer<typeof logQuerySchema>;

/** Results of one occurrence, of one receiver, of both or of all, in the order in which they were written. */
export const resultQuerySchema = z.strictObject({
  occurrence: z.optional(occurrenceIdSchema),
  receiver: z.optional(receiverIdSchema),
  /** Told by a line of the log after this number. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export type ResultQuery = z.infer<typeof resultQuerySchema>;

export const logExportQuerySchema = z.strictObject({
  ...logSearch,
  format: z.enum(["csv", "ndjson"]).default("csv"),
});
export type LogExportQuery = z.infer<typeof logExportQuerySchema>;

const fieldsView = z.record(z.string(), z.unknown());

/** One line of the as-run log. */
export const logLineView = z.object({
  n: z.int(),
  at: timeView,
  kind: z.string(),
  /** What the line tells. */
  what: wordsView,
  receiver: z.optional(receiverIdSchema),
  area: z.optional(areaIdSchema),
  occurrence: z.string().optional(),
  announcements: list(announcementIdSchema).optional(),
  class: z.optional(classSchema),
  why: z.string().optional(),
  by: z.string().optional(),
  /** Of the person: by which account and session, from which address, and by what they had proven who they are. */
  who: z
    .object({
      account: z.optional(accountIdSchema),
      session: z.string().optional(),
      from: z.string().optional(),
      factor: z.optional(factorSchema),
    })
    .optional(),
  /** The fields that a change changed, as they were and as they are; secrets are left out. */
  before: fieldsView.optional(),
  after: fieldsView.optional(),
  /** Those of them with words that may hold personal data, which the law may want erased. */
  told: z.object({ before: fieldsView.optional(), after: fieldsView.optional() }).optional(),
  /** Whether such words were erased. */
  erased: z.boolean().optional(),
  heardMs: z.number().optional(),
  /** The reason in words, or how the plan explains it; absent where a person wrote the reason. */
  words: wordsView.optional(),
  hash: z.string(),
});
export type LogLineView = z.infer<typeof logLineView>;
export const logPageView = z.object({ lines: list(logLineView), next: z.int().optional() });
export type LogPageView = z.infer<typeof logPageView>;
/**
 * What became of one occurrence at one receiver: the newest word. `said` tells whether it is the receiver's own; what the
 * server had to assume is replaced when the receiver tells.
 */
export const resultView = z.object({
  occurrence: occurrenceIdSchema,
  receiver: receiverIdSchema,
  state: resultStateSchema,
  said: z.boolean(),
  /** The line of the log that tells it. */
  n: z.int(),
  at: timeView,
  why: z.string().optional(),
  /** The person behind it. */
  by: z.string().optional(),
  heardMs: z.number().optional(),
  /** Of an unknown one: since when the receiver has not been heard of. */
  since: timeView.optional(),
  words: wordsView,
});
export const resultPageView = z.object({ results: list(resultView), next: z.int().optional() });
export type ResultPageView = z.infer<typeof resultPageView>;
/** Whether the chain and its closed days hold, at which line they first do not, and what is wrong there. */
export const logCheckView = z.object({
  ok: z.boolean(),
  /** Good lines, and closed days among them. */
  lines: z.int(),
  days: z.int(),
  /** Hash of the last good line. */
  head: z.string(),
  brokenAt: z.int().optional(),
  words: wordsView.optional(),
  /** Lines that were lost with a damaged file, and the line that tells so; `last` is unknown where all of it went. */
  gaps: list(z.object({ first: z.int(), last: z.int().optional(), told: z.int(), words: wordsView })).optional(),
});
export type LogCheckView = z.infer<typeof logCheckView>;

export const heldDaysQuerySchema = z.strictObject({
  /** One receiver; up to twenty of those that are connected when left out. */
  receiver: z.optional(receiverIdSchema),
  /** Only days after this one. */
  after: z.optional(localDateSchema),
});
export type HeldDaysQuery = z.infer<typeof heldDaysQuerySchema>;
/** The signed heads of closed days that receivers keep; none are given of one that did not answer. */
export const heldDaysView = list(
  z.object({ receiver: receiverIdSchema, heads: z.optional(z.readonly(z.array(signedDaySchema))) }),
);
export type HeldDaysView = z.infer<typeof heldDaysView>;

/** Of one line, or of all lines about an announcement. */
export const erasureSchema = z.strictObject({
  of: z.union([z.strictObject({ line: z.int().min(1) }), z.strictObject({ announcement: announcementIdSchema })]),
  reason: z.string().trim().min(3).max(500),
});
export type Erasure = z.infer<typeof erasureSchema>;
/** The lines whose words are gone. */
export const erasedView = z.object({ lines: list(z.int()) });
export type ErasedView = z.infer<typeof erasedView>;
