/**
 * What the doors about wording take and answer with.
 *
 * @module
 */
import * as z from "zod";
import { figuresIdSchema } from "../../domain/case-figures.js";
import { classSchema } from "../../domain/class.js";
import { decisionSchema, foundSchema, readingSummarySchema } from "../../domain/finding.js";
import { templateIdSchema } from "../../domain/ids.js";
import { templatePartSchema, templateSchema, templateValuesSchema } from "../../domain/template.js";
import { MAX_TEXT, voiceWishSchema } from "./requests.js";
import { list, spokenView, wordsView } from "./views.js";

/** A template as it stands in a list; its own door has the fields. */
export const templateSummaryView = z.object({
  id: templateIdSchema,
  title: z.string(),
  class: classSchema,
  topic: z.string(),
  version: z.int(),
  /** The texts that it has: the announcement, and what may follow it. */
  parts: list(templatePartSchema),
});

/** A form as far as it is filled in. */
export const previewSchema = z.strictObject({
  part: z._default(templatePartSchema, "body"),
  values: templateValuesSchema,
  /** Confirmed figures that fill in the fields of their names. */
  figures: z.optional(figuresIdSchema),
});
export type PreviewRequest = z.infer<typeof previewSchema>;

export const previewView = z.object({
  title: z.string(),
  class: classSchema,
  /** Where a value is still to come stands the label of its field as «label». */
  text: z.string(),
  /** What the voice would say, with a pause where a value is still to come. */
  spoken: z.string(),
  missing: list(z.object({ name: z.string(), label: wordsView })),
  /** Values that cannot be used, by the name of their field. */
  problems: list(z.object({ name: z.string(), words: wordsView })),
  unknown: list(z.string()),
  /** Absent until everything is filled in. */
  findings: list(foundSchema).optional(),
  seconds: z.number(),
  measured: z.boolean(),
});
export type PreviewView = z.infer<typeof previewView>;

/** A text that is still being written. */
export const checkSchema = z.strictObject({
  text: z.string().max(MAX_TEXT),
  class: z._default(classSchema, "ordinary"),
  topic: z.string().max(64).default("khac"),
  source: z.string().max(300).optional(),
  voice: voiceWishSchema.optional(),
});
export type CheckRequest = z.infer<typeof checkSchema>;

export const checkView = z.object({
  findings: list(foundSchema),
  /** What has no reading, and about how long it takes to say. */
  ...readingSummarySchema.shape,
});
export type CheckView = z.infer<typeof checkView>;

export const decideSchema = z.strictObject({
  finding: decisionSchema.shape.finding,
  reason: z.string().trim().min(3).max(500),
});

/** A text as it would be read now. */
export const readingView = z.object({
  ...spokenView.shape,
  /** False when its present sound says something else, as after a change of the lexicon. */
  isCurrent: z.boolean(),
  findings: list(foundSchema),
  decisions: list(decisionSchema),
});
export type ReadingView = z.infer<typeof readingView>;

/** A whole template. */
export const templateView = z.object(templateSchema.shape);
