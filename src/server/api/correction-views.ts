/**
 * What the doors about recalls and corrections take and answer with.
 *
 * @module
 */
import * as z from "zod";
import { announcementSchema } from "../../domain/announcement.js";
import { areaIdSchema, receiverIdSchema } from "../../domain/ids.js";
import { reasonSchema } from "../../domain/stamp.js";
import { templateUseSchema, templateValuesSchema } from "../../domain/template.js";
import { MAX_TEXT } from "./requests.js";
import { list, orderedView, timeView } from "./views.js";

/** The words of a correction, or values for the correction that the announcement's template has. */
export const correctionSchema = z.strictObject({
  title: z.optional(announcementSchema.shape.title),
  source: announcementSchema.shape.source,
  text: z.string().trim().min(1).max(MAX_TEXT).optional(),
  values: z.optional(templateValuesSchema),
});
export type CorrectionRequest = z.infer<typeof correctionSchema>;

/** A recall is as quick as a stop: a reason is kept when one is given. */
export const recallRequest = z.strictObject({ reason: z.optional(reasonSchema) }).prefault({});

export const hearingsView = z.object({
  /** Where it was begun by the receiver's own account, first come first. A van without a signal tells when it has one. */
  heard: list(
    z.object({
      receiver: receiverIdSchema,
      /** Absent when the receiver is there no more. */
      area: z.optional(areaIdSchema),
      first: timeView,
      last: timeView,
      times: z.int(),
    }),
  ),
  /** Where it was to sound and nothing is known yet: loudspeakers that are away tell when they are back. */
  untold: list(z.object({ receiver: receiverIdSchema, area: z.optional(areaIdSchema) })),
  /** What a correction can be made from: the template's with what is known already, or words. */
  correction: z.discriminatedUnion("from", [
    z.object({ from: z.literal("template"), template: z.object(templateUseSchema.shape) }),
    z.object({ from: z.literal("text") }),
  ]),
});
export type HearingsView = z.infer<typeof hearingsView>;

export const recalledView = z.object({ ...orderedView.shape, ...hearingsView.shape });
export type RecalledView = z.infer<typeof recalledView>;
