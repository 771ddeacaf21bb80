/**
 * What an area allows, as dated data: quiet hours, windows, budgets, volume. Nothing here is a constant of the program;
 * the defaults are those of a station whose people have decided nothing yet.
 *
 * @module
 */
import * as z from "zod/mini";
import { classSchema } from "./class.js";
import { areaIdSchema } from "./ids.js";
import { localDateSchema, localTime, timeRangeSchema } from "./local-time.js";

/** Monday is 1, Sunday is 7 (ISO 8601). */
const weekday = z.int().check(z.gte(1), z.lte(7));

/** The volume allowed at an hour, for one class or all. Percent of the receiver's full scale. */
const volumeCeilingSchema = z.strictObject({
  from: timeRangeSchema.shape.from,
  to: timeRangeSchema.shape.to,
  class: z.optional(classSchema),
  percent: z.int().check(z.gte(0), z.lte(100)),
});

/** More airtime for a while, decided and dated; it ends by itself. */
const raiseSchema = z.strictObject({
  from: localDateSchema,
  until: localDateSchema,
  reason: z.string().check(z.minLength(1), z.maxLength(300)),
  sessionsPerDay: z.optional(z.int().check(z.gte(0), z.lte(96))),
  minutesPerSession: z.optional(z.number().check(z.gte(0), z.lte(1440))),
  minutesPerDay: z.optional(z.number().check(z.gte(0), z.lte(1440))),
});

export const policySchema = z.strictObject({
  area: areaIdSchema,
  /** First day of this policy; always when left out. The latest that has begun is in force. */
  from: z.optional(localDateSchema),
  /** Last day, included. */
  until: z.optional(localDateSchema),
  /** No sound but a confirmed emergency. `[]` only for a test area. */
  quiet: z._default(z.array(timeRangeSchema).check(z.maxLength(12)), [
    { from: localTime("21:00"), to: localTime("05:30") },
  ]),
  /** Quiet hours of sensitive places below this area. */
  quietSensitive: z._default(z.array(timeRangeSchema).check(z.maxLength(12)), [
    { from: localTime("21:00"), to: localTime("06:00") },
  ]),
  /** Ordinary items sound only inside these; anywhere outside the quiet hours when left out. */
  windows: z.optional(z.array(timeRangeSchema).check(z.maxLength(24))),
  /** Hours when most people listen: filled first, counted in the report. */
  golden: z._default(z.array(timeRangeSchema).check(z.maxLength(12)), []),
  /** Days on which ordinary items sound. */
  weekdays: z._default(z.array(weekday).check(z.maxLength(7)), [1, 2, 3, 4, 5, 6, 7]),
  sessionsPerDay: z.optional(z.int().check(z.gte(0), z.lte(96))),
  minutesPerSession: z.optional(z.number().check(z.gte(0), z.lte(1440))),
  minutesPerDay: z.optional(z.number().check(z.gte(0), z.lte(1440))),
  volume: z._default(z.array(volumeCeilingSchema).check(z.maxLength(48)), []),
  raises: z._default(z.array(raiseSchema).check(z.maxLength(100)), []),
});
export type Policy = z.infer<typeof policySchema>;
