/**
 * More airtime for an area and everything below it on dated days, because somebody with the right to it decided so (tăng thời
 * lượng). It ends by itself after its last day, or earlier by another decision.
 *
 * @module
 */
import * as z from "zod/mini";
import { daysBetween } from "./calendar.js";
import { documentNumberIn } from "./document-number.js";
import { areaIdSchema } from "./ids.js";
import { localDateSchema } from "./local-time.js";
import { reasonedSchema, reasonSchema, stampSchema } from "./stamp.js";

/** Days that one decision may cover; what is to last for longer belongs into the policy. */
export const RAISE_MOST_DAYS = 92;

const fields = {
  area: areaIdSchema,
  /** First and last day. */
  from: localDateSchema,
  until: localDateSchema,
  reason: reasonSchema,
  /** Number of the document that it rests on, such as `12/KH-UBND`. */
  document: z.optional(
    z.string().check(
      z.trim(),
      z.normalize("NFC"),
      z.maxLength(64),
      z.refine((text) => documentNumberIn(text) === text, "no document number, such as 12/KH-UBND"),
    ),
  ),
  /** What a place allows at least on those days; a place that allows more keeps that. */
  sessionsPerDay: z.optional(z.int().check(z.gte(1), z.lte(96))),
  minutesPerSession: z.optional(z.number().check(z.gte(1), z.lte(1440))),
  minutesPerDay: z.optional(z.number().check(z.gte(1), z.lte(1440))),
  /** So many times the minutes that each place's own policy allows, a session and a day. */
  factor: z.optional(z.number().check(z.gt(1), z.lte(10))),
};

/** What somebody asks for. */
export const airtimeRaiseDraftSchema = z.strictObject(fields).check(
  z.refine(({ from, until }) => from <= until, { path: ["until"], message: "it ends before it begins" }),
  z.refine(({ from, until }) => daysBetween(from, until) < RAISE_MOST_DAYS, {
    path: ["until"],
    message: `more than ${RAISE_MOST_DAYS} days`,
  }),
  z.refine(
    ({ sessionsPerDay, minutesPerSession, minutesPerDay, factor }) =>
      [sessionsPerDay, minutesPerSession, minutesPerDay, factor].some((limit) => limit !== undefined),
    { path: ["minutesPerDay"], message: "it raises nothing" },
  ),
);
export type AirtimeRaiseDraft = z.infer<typeof airtimeRaiseDraftSchema>;

export const airtimeRaiseIdSchema = z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/));

export const airtimeRaiseSchema = z.strictObject({
  ...fields,
  id: airtimeRaiseIdSchema,
  decided: stampSchema,
  /** Who ended it before its last day. */
  ended: z.optional(
    z.strictObject({
      ...reasonedSchema.shape,
      /** The first day on which it is not planned with. */
      on: localDateSchema,
    }),
  ),
});
export type AirtimeRaise = z.infer<typeof airtimeRaiseSchema>;

/** A raise as far as limits are concerned, on days when it counts. */
export type DatedRaise = Omit<AirtimeRaiseDraft, "reason" | "document">;
