/**
 * What the doors between draft and approval take and answer with.
 *
 * @module
 */
import * as z from "zod";
import { frozenAnswerSchema } from "./frozen.js";
import { timeView, wordsView } from "./views.js";

/** The version that was read and heard. */
const version = z.string().min(1).max(128);
const reason = z.string().trim().min(3).max(500);

export const approveSchema = z.strictObject({ version });
export const returnSchema = z.strictObject({ version, reason });
export type ReturnRequest = z.infer<typeof returnSchema>;
/** An approval is taken back for a reason; a submission needs none. */
export const withdrawSchema = z.strictObject({ reason: reason.optional(), frozen: frozenAnswerSchema }).prefault({});
export type WithdrawRequest = z.infer<typeof withdrawSchema>;

export const historyQuerySchema = z.strictObject({
  /** Lines of the log after this number. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** What people did with one announcement, oldest first; every line stands in the log, too. */
export const historyView = z.object({
  lines: z
    .array(
      z.object({
        n: z.int(),
        at: timeView,
        /** Such as `approved`; see `words` for people. */
        what: z.string(),
        by: z.string().optional(),
        /** The reason that a person gave, or a code of it such as `single-officer`. */
        why: z.string().optional(),
        /** The words of such a code. */
        reason: wordsView.optional(),
        words: wordsView,
      }),
    )
    .readonly(),
  next: z.int().optional(),
});
export type HistoryView = z.infer<typeof historyView>;
