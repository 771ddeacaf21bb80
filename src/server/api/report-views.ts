/**
 * Monthly reports as they are asked for and answered. Lengths of time are milliseconds.
 *
 * @module
 */
import * as z from "zod";
import { classSchema } from "../../domain/class.js";
import { announcementIdSchema, areaIdSchema, occurrenceIdSchema, receiverIdSchema } from "../../domain/ids.js";
import { localDateSchema } from "../../domain/local-time.js";
import { monthSchema } from "../../domain/report-period.js";
import { MOST_RECIPIENTS, recipientSchema, submissionSchema } from "../../domain/report-submission.js";
import { resultStateSchema } from "../../domain/ticket.js";
import { list, wordsView } from "./views.js";

export const monthParams = z.strictObject({ month: monthSchema });
/** The part of the station that is meant; the whole when left out. */
export const areaQuery = z.strictObject({ area: z.optional(areaIdSchema) });
export const submissionParams = z.strictObject({ number: z.coerce.number().int().min(1) });
export const digestQuery = z.strictObject({ date: z.optional(localDateSchema) });

export type ReportForm = "pdf" | "xlsx" | "html" | "sql";

export const submissionWish = z.strictObject({
  area: z.optional(areaIdSchema),
  /** To whom; those of the settings when left out. */
  recipients: z.optional(z.array(recipientSchema).max(MOST_RECIPIENTS)),
  note: z.optional(z.string().trim().min(1).max(500)),
});
export type SubmissionWish = z.infer<typeof submissionWish>;

/** Where a month's report stands. */
export const reportMonthView = z.object({
  month: monthSchema,
  from: localDateSchema,
  /** Last day, included. */
  to: localDateSchema,
  draftOn: localDateSchema,
  dueOn: localDateSchema,
  stage: z.enum(["open", "draft", "due", "late", "submitted"]),
  words: wordsView,
  submissions: list(submissionSchema),
});
export type ReportMonthView = z.infer<typeof reportMonthView>;

const share = z.object({ airings: z.int(), ms: z.number() });
const day = z.object({ date: localDateSchema, ms: z.number(), goldenMs: z.number() });
/** A unit of nowhere has an empty name: what the log has of places that are not known. */
const unit = z.union([areaIdSchema, z.literal("")]);
const totals = z.object({
  ...share.shape,
  sessions: z.int(),
  goldenMs: z.number(),
  /** Of topics that people are glad to hear of. */
  goodMs: z.number(),
  byClass: z.record(classSchema, share),
  byTopic: list(z.object({ topic: z.string(), ...share.shape })),
  byLevel: list(z.object({ level: z.string(), ...share.shape })),
  days: list(day),
  coverage: z.object({
    receivers: z.int(),
    sounded: z.int(),
    due: z.int(),
    played: z.int(),
    cut: z.int(),
    recalled: z.int(),
    missed: z.int(),
  }),
  misses: list(
    z.object({ state: resultStateSchema, why: z.string(), byPlan: z.boolean(), times: z.int(), receivers: z.int() }),
  ),
  vans: z.object({ missions: z.int(), stops: z.int(), notes: z.int(), soundings: z.int(), ms: z.number() }),
});
const allowance = z.object({
  least: z.number(),
  most: z.number(),
  used: z.number(),
  on: z.optional(localDateSchema),
  daysOver: z.int(),
});
const at = z.number().nullable();
const repair = z.object({
  ...{ unit, number: z.int(), receiver: receiverIdSchema, text: z.string().nullable() },
  ...{ openedAt: at, closedAt: at, done: z.string().nullable() },
});

/** The whole report; see `domain/report.ts`. */
export const reportView = z.object({
  month: monthSchema,
  from: localDateSchema,
  to: localDateSchema,
  dueOn: localDateSchema,
  station: z.string(),
  scope: z.optional(areaIdSchema),
  about: z.string(),
  countedAt: z.string(),
  isOver: z.boolean(),
  upTo: z.object({ n: z.int(), hash: z.string() }),
  closedDay: z.optional(
    z.object({
      ...{ date: localDateSchema, n: z.int(), head: z.string() },
      ...{ keyId: z.string().nullable(), signature: z.string().nullable() },
    }),
  ),
  units: list(
    z.object({
      unit,
      name: z.string(),
      ...totals.shape,
      airtime: z.object({
        minutesPerDay: z.optional(allowance),
        sessionsPerDay: z.optional(allowance),
        minutesPerSession: z.optional(allowance),
      }),
    }),
  ),
  total: totals,
  lifts: list(
    z.object({
      ...{ area: areaIdSchema, unit, unitName: z.string(), from: localDateSchema, until: localDateSchema },
      ...{ reason: z.string(), level: z.string().optional() },
      sessionsPerDay: z.number().optional(),
      minutesPerSession: z.number().optional(),
      minutesPerDay: z.number().optional(),
      /** Minutes a day, on average. */
      before: z.number().optional(),
      during: z.number().optional(),
      after: z.number().optional(),
    }),
  ),
  directives: list(
    z.object({
      ...{ number: z.string(), source: z.string(), titles: list(z.string()), units: list(unit) },
      ...{ airings: z.int(), ms: z.number(), firstAt: z.number(), lastAt: z.number() },
    }),
  ),
  weak: list(
    z.object({
      ...{ unit, receiver: receiverIdSchema, name: z.string(), pole: z.string().optional() },
      ...{ due: z.int(), missed: z.int(), state: z.string(), why: z.string(), repairs: list(repair) },
    }),
  ),
  repairs: list(repair),
  recalls: list(
    z.object({
      ...{ announcement: announcementIdSchema, title: z.string().nullable(), at: z.number() },
      ...{ by: z.string().nullable(), why: z.string().nullable() },
      ...{ heardBefore: z.int(), receivers: z.int(), ended: z.int(), correction: z.nullable(announcementIdSchema) },
    }),
  ),
  complaints: list(
    z.object({
      ...{ unit, number: z.int(), receiver: z.nullable(receiverIdSchema), recordedAt: at, closedAt: at },
      ...{ place: z.string().optional(), what: z.string().optional() },
      ...{ action: z.string().optional(), answer: z.string().optional() },
    }),
  ),
  levels: list(
    z.object({
      ...{ at: z.number(), kind: z.string(), area: areaIdSchema, areaName: z.string(), level: z.string() },
      ...{ by: z.string().nullable(), from: z.nullable(localDateSchema), until: z.nullable(localDateSchema) },
      reason: z.string().nullable(),
    }),
  ),
});
export type ReportView = z.infer<typeof reportView>;

/** What did not sound in a day and night, and what to do about it. */
export const digestView = z.object({
  date: localDateSchema,
  from: z.string(),
  until: z.string(),
  items: list(
    z.object({
      ...{ occurrence: occurrenceIdSchema, title: z.string(), unit, unitName: z.string(), at: z.string() },
      ...{ state: resultStateSchema, why: z.string(), byPlan: z.boolean(), receivers: list(receiverIdSchema) },
      ...{ words: wordsView, advice: wordsView },
    }),
  ),
  receivers: z.int(),
  words: wordsView,
  upTo: z.object({ n: z.int(), hash: z.string() }),
});
