/**
 * `config/first-start.json`: what a station brings along the first time it starts.
 *
 * @module
 */
import { z } from "zod";
import { declarationSchema } from "../../domain/alert-level.js";
import { announcementSchema } from "../../domain/announcement.js";
import { scheduleSchema } from "../../domain/schedule.js";

const {
  id,
  title,
  class: classSchema,
  topic,
  source,
  text,
  recording,
  voice,
  validFrom,
  validUntil,
} = announcementSchema.shape;

const { ended: _later, ...declaration } = declarationSchema.shape;

/** An announcement to make: from a text, or from a recording in `audio/library`. */
export const draftSchema = z
  .strictObject({
    id,
    title,
    class: classSchema,
    topic,
    source,
    text,
    recording,
    voice,
    validFrom,
    validUntil,
    /** Whether it counts as approved; the log names `first-start.json` as the one who did. */
    approved: z.boolean().default(false),
  })
  .refine((draft) => (draft.text === undefined) !== (draft.recording === undefined), "text or recording");

export const firstStartSchema = z.strictObject({
  $schema: z.string().optional(),
  announcements: z.array(draftSchema).max(500).default([]),
  schedules: z.array(scheduleSchema).max(500).default([]),
  declarations: z.array(z.strictObject(declaration)).max(50).default([]),
});
export type FirstStart = z.infer<typeof firstStartSchema>;
