/**
 * What the doors of the city's editor take and answer with.
 *
 * @module
 */
import * as z from "zod";
import { announcementIdSchema, areaIdSchema } from "../../domain/ids.js";
import { localDateSchema, localTimeSchema } from "../../domain/local-time.js";
import { stageSchema } from "../../domain/stage.js";
import { frozenAnswerSchema } from "./frozen.js";
import { list, timeView } from "./views.js";

export const blockSchema = z.strictObject({
  reason: z.string().trim().min(3).max(500),
  frozen: frozenAnswerSchema,
});
export type BlockRequest = z.infer<typeof blockSchema>;

/** Where it must be aired, from which day to which (both included), and at which times of day. */
export const mandateSchema = z
  .strictObject({
    areas: z.array(areaIdSchema).min(1).max(500),
    from: localDateSchema,
    until: localDateSchema,
    times: z.array(localTimeSchema).min(1).max(24),
  })
  .refine(({ from, until }) => from <= until, { message: "ends before it begins", path: ["until"] });
export type MandateRequest = z.infer<typeof mandateSchema>;

export const mandateView = z.object({
  announcement: announcementIdSchema,
  title: z.string(),
  stage: stageSchema,
  from: localDateSchema,
  until: localDateSchema,
  times: list(localTimeSchema),
  by: z.string(),
  /** When it will sound next somewhere. */
  nextAt: timeView.optional(),
  areas: list(
    z.object({
      area: areaIdSchema,
      receivers: z.int(),
      /** How many of them have told that they began it since it was ordered. */
      heard: z.int(),
    }),
  ),
});
export type MandateView = z.infer<typeof mandateView>;
