/**
 * What the doors about the care of loudspeakers take.
 *
 * @module
 */
import * as z from "zod";
import { complaintSchema } from "../../domain/complaint.js";
import { receiverIdSchema } from "../../domain/ids.js";
import { repairSchema } from "../../domain/repair.js";
import { MAX_TEST_TONE } from "../../protocol/limits.js";

const repair = repairSchema.shape;
const complaint = complaintSchema.shape;

/** A pip; two seconds when its length is left out. */
export const testSchema = z.strictObject({ lengthMs: z.int().min(100).max(MAX_TEST_TONE).default(2000) }).prefault({});

/** What is broken at a loudspeaker; with `excludes` it is out of service until the repair is closed. */
export const newRepairSchema = z.strictObject({
  receiver: receiverIdSchema,
  text: repair.text,
  excludes: z.boolean().default(false),
});
export type NewRepair = z.infer<typeof newRepairSchema>;
export const repairClosingSchema = z.strictObject({ done: z.optional(repair.text) }).prefault({});

/** What a resident said; the loudspeaker is found by the number on the pole when it is not named. */
export const newComplaintSchema = z.strictObject({
  pole: z.string().trim().min(1).max(20).optional(),
  receiver: z.optional(receiverIdSchema),
  place: complaint.place,
  /** When it was heard, or not heard. */
  at: z.iso.datetime({ offset: true }),
  what: complaint.what,
  contact: z.string().trim().min(1).max(200).optional(),
});
export type NewComplaint = z.infer<typeof newComplaintSchema>;
export const complaintChangeSchema = z
  .strictObject({
    receiver: receiverIdSchema,
    action: repair.text,
    answer: repair.text,
    /** `true`: whoever asks works on it from now on; `false`: nobody does. */
    taken: z.boolean(),
  })
  .partial();
export type ComplaintChange = z.infer<typeof complaintChangeSchema>;

/** Of one receiver, and only those that are open or only those that are closed. */
export const careQuerySchema = z.strictObject({
  receiver: z.optional(receiverIdSchema),
  open: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
});
export type CareQuery = z.infer<typeof careQuerySchema>;
export const silentQuerySchema = z.strictObject({ days: z.coerce.number().int().min(0).max(3650).default(3) });
export type SilentQuery = z.infer<typeof silentQuerySchema>;
