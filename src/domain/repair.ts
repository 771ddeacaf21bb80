/**
 * What is broken at a loudspeaker, from when somebody wrote it down until it is mended. While one that takes the loudspeaker out
 * of service is open, it gets nothing to sound.
 *
 * @module
 */
import * as z from "zod/mini";
import { areaIdSchema, receiverIdSchema } from "./ids.js";

const person = z.string().check(z.maxLength(120));
/** What people write about a loudspeaker. */
export const remarkSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(1000));

export const repairSchema = z.strictObject({
  /** Counts up from 1. */
  number: z.int().check(z.gte(1)),
  receiver: receiverIdSchema,
  /** Where that stood when it was last written about: whose affair it is once the place is gone. Absent from before that was kept. */
  area: z.optional(areaIdSchema),
  /** What is broken. */
  text: remarkSchema,
  /** Whether the loudspeaker is out of service meanwhile. */
  excludes: z.boolean(),
  openedBy: person,
  /** Civil milliseconds. */
  openedAt: z.number(),
  closedBy: z.optional(person),
  closedAt: z.optional(z.number()),
  /** What was done. */
  done: z.optional(remarkSchema),
});
export type Repair = z.infer<typeof repairSchema>;

/** Whether somebody is still to mend it. */
export const isOpen = (repair: Repair): boolean => repair.closedAt === undefined;
