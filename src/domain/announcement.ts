/**
 * A text or recording with its class, topic, source and validity. It becomes a clip; a version of it is approved.
 *
 * @module
 */
import * as z from "zod/mini";
import { classSchema } from "./class.js";
import { decisionSchema, findingSchema, readingSummarySchema } from "./finding.js";
import { announcementIdSchema, areaIdSchema, scheduleIdSchema, sha256Schema } from "./ids.js";
import { localDateSchema, localTimeSchema } from "./local-time.js";
import { officialMarkSchema } from "./official-text.js";
import { targetsSchema } from "./schedule.js";
import { personSchema, reasonedSchema, stampSchema } from "./stamp.js";
import { templateUseSchema } from "./template.js";
import { titleSchema } from "./title.js";

/** Encoded audio in the house format, named by its SHA-256. */
export const clipSchema = z.strictObject({
  sha256: sha256Schema,
  /** Length of what is heard, milliseconds (a whole number of samples, so it may have a fraction). */
  durationMs: z.number().check(z.gt(0), z.lte(7_200_000)),
  bytes: z.int().check(z.gt(0)),
  /** Integrated loudness (EBU R 128) and true peak, measured on the encoded clip. */
  loudnessLufs: z.number(),
  truePeakDb: z.number(),
});
export type Clip = z.infer<typeof clipSchema>;

/** Which voice spoke, kept with the clip so that a re-render sounds the same. */
export const voiceChoiceSchema = z.strictObject({
  /** `google`, `piper`, `espeak`, `http`. */
  provider: z.string().check(z.maxLength(32)),
  /** The provider's own name of the voice. */
  voice: z.string().check(z.maxLength(64)),
  /** 1 is normal; 0.5 half as fast. */
  speed: z.number().check(z.gte(0.5), z.lte(2)),
});
export type VoiceChoice = z.infer<typeof voiceChoiceSchema>;

/** Why one person was enough for an approval: see `two-people.ts`. */
export const aloneSchema = z.enum(["emergency", "single-officer", "brought-in"]);
export type Alone = z.infer<typeof aloneSchema>;

/** A person's consent to one exact version (R2). */
export const approvalSchema = z.strictObject({
  /** See `versionOf` in `version.ts`. */
  version: z.string(),
  ...stampSchema.shape,
  /** Present when whoever approved it is among its authors. */
  alone: z.optional(aloneSchema),
});
export type Approval = z.infer<typeof approvalSchema>;

/** An author's request to look at one exact version. */
export const submissionSchema = z.strictObject({ version: z.string(), ...stampSchema.shape });

/** An approver's refusal of one exact version, with what to mend. */
export const returnSchema = z.strictObject({ version: z.string(), ...reasonedSchema.shape });

/** An order to air it: a schedule of its own, which the wards cannot change. */
export const mandateSchema = z.strictObject({
  areas: z.array(areaIdSchema).check(z.maxLength(500)),
  /** First and last day. */
  from: localDateSchema,
  until: localDateSchema,
  /** Times of day. */
  times: z.array(localTimeSchema).check(z.maxLength(24)),
  schedule: scheduleIdSchema,
  ...stampSchema.shape,
});
export type Mandate = z.infer<typeof mandateSchema>;

/** More people than this have not changed one text since it was last approved. */
export const MOST_AUTHORS = 100;

export const announcementSchema = z.strictObject({
  id: announcementIdSchema,
  title: titleSchema,
  class: classSchema,
  /** `dich-benh`, `guong-tot`, `thi-truong`…: what the monthly report counts by. */
  topic: z.string().check(z.maxLength(64)),
  /** Issuing body and document, as the announcement rests on it. */
  source: z.optional(z.string().check(z.maxLength(300))),
  /** What was written; absent for a recording. */
  text: z.optional(z.string().check(z.maxLength(20_000))),
  /** What the voice says: the text after normalisation. Absent while the sound of a new text is being made. */
  spokenText: z.optional(z.string().check(z.maxLength(60_000))),
  /** What the voice made of the text when `spokenText` was made; absent for a recording and before the first reading. */
  reading: z.optional(readingSummarySchema),
  /** What the checks of wording found when the text was last saved or approved, the first fifty. */
  findings: z.optional(z.array(findingSchema).check(z.maxLength(50))),
  /** How many more there were that are not kept; those that somebody has yet to decide about are kept first. */
  findingsCut: z.optional(z.int().check(z.gt(0))),
  /** What people decided about findings of this very text. */
  decisions: z.optional(z.array(decisionSchema).check(z.maxLength(200))),
  /** The template that the text came out of; absent once the text was changed by hand. */
  template: z.optional(templateUseSchema),
  voice: z.optional(voiceChoiceSchema),
  /** Name of the file that was handed in; absent for a text. */
  recording: z.optional(z.string().check(z.maxLength(200))),
  /** Absent while it is being made or when no voice could be had; then `problem` says why. */
  clip: z.optional(clipSchema),
  problem: z.optional(z.strictObject({ vi: z.string(), en: z.string() })),
  /** Where alone it may sound; wherever it is played or scheduled when left out. */
  targets: z.optional(targetsSchema),
  /** Present while it says an official text word for word. */
  official: z.optional(officialMarkSchema),
  /** The announcement that it puts right. */
  corrects: z.optional(announcementIdSchema),
  /** First and last day on which it may sound (the last included). */
  validFrom: z.optional(localDateSchema),
  validUntil: z.optional(localDateSchema),
  /** Whoever wrote or recorded it: everybody who has changed what is said since the last approval. */
  authors: z.optional(z.array(personSchema).check(z.maxLength(MOST_AUTHORS))),
  /** Holds only while it names the present version, like the return and the approval. */
  submission: z.optional(submissionSchema),
  /** Kept until it is submitted again, so that whoever mends it still sees why. */
  returned: z.optional(returnSchema),
  approval: z.optional(approvalSchema),
  /** Kept off the air, whatever else is decided, until it is lifted. */
  blocked: z.optional(reasonedSchema),
  mandate: z.optional(mandateSchema),
  /** Withdrawn for good: it never sounds again, and the time says since when. */
  recalledAt: z.optional(z.string()),
});
export type Announcement = z.infer<typeof announcementSchema>;
