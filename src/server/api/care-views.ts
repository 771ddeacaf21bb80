/**
 * What the doors about the care of loudspeakers answer with.
 *
 * @module
 */
import * as z from "zod";
import { alarmSchema } from "../../domain/alarm.js";
import { classSchema } from "../../domain/class.js";
import { complaintSchema } from "../../domain/complaint.js";
import { conditionStateSchema, troubleSchema } from "../../domain/condition.js";
import { announcementIdSchema, areaIdSchema, occurrenceIdSchema, receiverIdSchema } from "../../domain/ids.js";
import { repairSchema } from "../../domain/repair.js";

/** ISO 8601 in UTC. */
const time = z.iso.datetime();
const list = <T extends z.core.SomeType>(item: T) => z.array(item).readonly();
const words = z.object({ vi: z.string(), en: z.string() });

/** How a receiver is: `fault` has some trouble, `silenced` is muted or turned down, `disabled` is out of service. */
export const conditionView = z.object({ state: conditionStateSchema, troubles: list(troubleSchema) });

/** A trouble of one receiver, one alarm however often it comes and goes. */
export const alarmView = z.object({
  id: z.string(),
  receiver: receiverIdSchema,
  area: areaIdSchema,
  trouble: troubleSchema,
  since: time,
  /** When it was last there. */
  lastAt: time,
  times: alarmSchema.shape.times,
  /** Whether the trouble is there now; it is over when it has been gone for two minutes. */
  isThere: z.boolean(),
  acknowledgedBy: z.string().optional(),
  acknowledgedAt: time.optional(),
  words,
});
export type AlarmView = z.infer<typeof alarmView>;

export const repairView = z.object({
  number: repairSchema.shape.number,
  receiver: receiverIdSchema,
  /** Where that stands, or stood when it was last written about. */
  area: z.optional(areaIdSchema),
  text: z.string(),
  excludes: z.boolean(),
  openedBy: z.string(),
  openedAt: time,
  closedBy: z.string().optional(),
  closedAt: time.optional(),
  done: z.string().optional(),
});
export type RepairView = z.infer<typeof repairView>;

const complaintFields = {
  number: complaintSchema.shape.number,
  pole: z.string().optional(),
  /** Absent while nobody knows which loudspeaker is meant. */
  receiver: z.optional(receiverIdSchema),
  /** Where that stood when it was named. */
  area: z.optional(areaIdSchema),
  place: z.string(),
  at: time,
  what: z.string(),
  contact: z.string().optional(),
  recordedBy: z.string(),
  recordedAt: time,
  /** Who has said to be working on it. */
  takenBy: z.string().optional(),
  takenAt: time.optional(),
  action: z.string().optional(),
  answer: z.string().optional(),
  closedBy: z.string().optional(),
  closedAt: time.optional(),
  /** What `If-Match` takes. */
  revision: z.string(),
};
export const complaintView = z.object(complaintFields);
export type ComplaintView = z.infer<typeof complaintView>;

/** A complaint with what its loudspeaker did around that time, by its own account. */
export const complaintWithSoundsView = z.object({
  ...complaintFields,
  played: list(
    z.object({
      n: z.int(),
      at: time,
      kind: z.string(),
      occurrence: z.optional(occurrenceIdSchema),
      announcements: list(announcementIdSchema).optional(),
      class: z.optional(classSchema),
      why: z.string().optional(),
      heardMs: z.number().optional(),
    }),
  ),
});
export type ComplaintWithSoundsView = z.infer<typeof complaintWithSoundsView>;

/** A receiver that has not sounded for days. */
export const silentView = z.object({
  receiver: receiverIdSchema,
  name: z.string(),
  area: areaIdSchema,
  pole: z.string().optional(),
  /** Absent when the log knows of no sound there at all. */
  lastSound: time.optional(),
  days: z.int().optional(),
  state: conditionStateSchema,
});
export type SilentView = z.infer<typeof silentView>;
