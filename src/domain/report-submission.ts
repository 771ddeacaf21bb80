/**
 * That a report was handed in: who did, when, to whom, and which document exactly.
 *
 * @module
 */
import * as z from "zod/mini";
import { areaIdSchema, sha256Schema } from "./ids.js";
import { monthSchema } from "./report-period.js";
import { stampSchema } from "./stamp.js";

/** Whoever gets a report, with why: `b/c` (để báo cáo), `p/h` (để phối hợp). */
export const recipientSchema = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
  as: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(20))),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** More than this nobody reads out of a list. */
export const MOST_RECIPIENTS = 50;

export const submissionSchema = z.strictObject({
  /** Counts up from 1 over all reports. */
  number: z.int().check(z.gte(1)),
  month: monthSchema,
  /** The part of the station that it is about; the whole when absent. */
  area: z.optional(areaIdSchema),
  ...stampSchema.shape,
  recipients: z.array(recipientSchema).check(z.maxLength(MOST_RECIPIENTS)),
  /** Of the PDF that was handed in, which the station keeps. */
  sha256: sha256Schema,
  bytes: z.int().check(z.gt(0)),
  /** Up to which line of the log it was counted, and that line's hash. */
  upTo: z.int().check(z.gte(0)),
  upToHash: z.string().check(z.maxLength(64)),
  note: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))),
});
export type Submission = z.infer<typeof submissionSchema>;
