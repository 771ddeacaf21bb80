/**
 * Response levels: what an area does differently while a level is in force (cấp độ).
 *
 * @module
 */
import * as z from "zod/mini";
import { areaIdSchema, scheduleIdSchema } from "./ids.js";
import { localDateSchema, timeRangeSchema } from "./local-time.js";
import { stampSchema } from "./stamp.js";
import { lineSchema } from "./title.js";

const levelName = z.string().check(z.regex(/^[a-z0-9-]{1,32}$/));

/** A prepared level: while it is in force its schedules sound, the suspended ones do not, and airtime may be raised. */
export const alertLevelSchema = z.strictObject({
  name: levelName,
  title: lineSchema(120),
  /** Higher is more serious. */
  rank: z.int().check(z.gte(0), z.lte(10)),
  /** Schedules that sound only at this level. */
  schedules: z._default(z.array(scheduleIdSchema).check(z.maxLength(200)), []),
  /** Schedules that fall silent at this level. */
  suspends: z._default(z.array(scheduleIdSchema).check(z.maxLength(200)), []),
  windows: z.optional(z.array(timeRangeSchema).check(z.maxLength(24))),
  sessionsPerDay: z.optional(z.int().check(z.gte(0), z.lte(96))),
  minutesPerSession: z.optional(z.number().check(z.gte(0), z.lte(1440))),
  minutesPerDay: z.optional(z.number().check(z.gte(0), z.lte(1440))),
});
export type AlertLevel = z.infer<typeof alertLevelSchema>;

/** A level declared for an area and everything below it; it ends by itself after `until`, or earlier by another decision. */
export const declarationSchema = z.strictObject({
  level: levelName,
  area: areaIdSchema,
  from: localDateSchema,
  until: localDateSchema,
  reason: z.string().check(z.minLength(1), z.maxLength(300)),
  by: z.string().check(z.maxLength(120)),
  /** How many former ones of the same level, area and first day were ended before it. */
  again: z.optional(z.int().check(z.gte(1), z.lte(1000))),
  ended: z.optional(
    z.strictObject({
      ...stampSchema.shape,
      /** The first day on which it is not planned with. */
      on: localDateSchema,
    }),
  ),
});
export type Declaration = z.infer<typeof declarationSchema>;

/** Names a declaration: one that was ended stays beside another of the same level, area and first day. */
export const declarationKey = ({
  level,
  area,
  from,
  again,
}: Pick<Declaration, "level" | "area" | "from" | "again">): string =>
  `${level}@${area}@${from}${again === undefined ? "" : `#${again}`}`;
