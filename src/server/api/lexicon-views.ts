/**
 * What the doors about readings take and answer.
 *
 * @module
 */
import * as z from "zod";
import { announcementIdSchema } from "../../domain/ids.js";
import { lexiconEntrySchema } from "../../domain/lexicon.js";
import { list, timeView } from "./views.js";

/** Most readings in one request. */
const MOST_AT_ONCE = 200;

const source = z.enum(["shipped", "file", "taught"]);
const taughtId = z.string().regex(/^[0-9a-f]{16}$/);

export const readingParams = z.strictObject({ id: taughtId });
export const readingsQuerySchema = z.strictObject({
  from: source.optional(),
  /** Part of what is written or said. */
  q: z.string().max(100).optional(),
});
export type ReadingsQuery = z.infer<typeof readingsQuerySchema>;
export const exportQuerySchema = z.strictObject({ from: z.enum([...source.options, "all"]).default("taught") });
export const importQuerySchema = z.strictObject({
  /** Only says what it would do. */
  dry: z.enum(["true", "false"]).default("false"),
});
export const outdatedQuerySchema = z.strictObject({ after: z.optional(announcementIdSchema) });
export const readingsChangeSchema = z.strictObject({
  put: z.array(lexiconEntrySchema).max(MOST_AT_ONCE).optional(),
  /** Ids of taught readings. */
  remove: z.array(taughtId).max(MOST_AT_ONCE).optional(),
});
export type ReadingsChange = z.infer<typeof readingsChangeSchema>;
export { lexiconEntrySchema };

/** A reading that somebody taught. */
export const taughtView = z.object({
  id: taughtId,
  from: z.literal("taught"),
  entry: lexiconEntrySchema,
  by: z.string(),
  at: timeView,
  revision: z.string(),
});
export type TaughtView = z.infer<typeof taughtView>;

/** Any reading, with where it stands. Only taught ones have an id, because only they can be changed here. */
export const readingView = z.discriminatedUnion("from", [
  taughtView,
  z.object({ from: z.literal("file"), entry: lexiconEntrySchema }),
  z.object({ from: z.literal("shipped"), entry: lexiconEntrySchema }),
]);
export type ReadingView = z.infer<typeof readingView>;

/** Announcements whose reading is or would be another. None of them is changed; with `next` there are more to look at. */
export const impactView = z.object({
  announcements: list(
    z.object({
      id: announcementIdSchema,
      title: z.string(),
      approved: z.boolean(),
      /** The first words that differ. */
      before: z.string(),
      after: z.string(),
    }),
  ),
  next: z.optional(announcementIdSchema),
});
export type ImpactView = z.infer<typeof impactView>;

export const taughtAnswer = z.object({ reading: taughtView, impact: impactView });
export const forgottenAnswer = z.object({ impact: impactView });
export const importAnswer = z.object({
  /** Readings that are new or changed. */
  taught: z.int(),
  unchanged: z.int(),
  dry: z.boolean(),
  impact: impactView,
});
