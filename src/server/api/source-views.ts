/**
 * What the doors about official texts and confirmed figures take.
 *
 * @module
 */
import * as z from "zod";
import { voiceChoiceSchema } from "../../domain/announcement.js";
import { confirmedSchema } from "../../domain/case-figures.js";
import { announcementIdSchema } from "../../domain/ids.js";
import { localDateSchema } from "../../domain/local-time.js";
import { officialDraftSchema } from "../../domain/official-text.js";
import { targetsSchema } from "../../domain/schedule.js";

export const officialSchema = officialDraftSchema;

/** All that may be chosen of an official text. */
export const takeSchema = z
  .strictObject({
    id: z.optional(announcementIdSchema),
    voice: z.strictObject(voiceChoiceSchema.shape).partial().optional(),
    targets: z.optional(targetsSchema),
    validFrom: z.optional(localDateSchema),
    validUntil: z.optional(localDateSchema),
  })
  .prefault({});
export type TakeRequest = z.infer<typeof takeSchema>;

export const figuresSchema = confirmedSchema;
export const withdrawFiguresSchema = z.strictObject({ reason: z.string().trim().min(3).max(500) });
