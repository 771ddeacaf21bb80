/**
 * When a playlist sounds, and where: a recurrence in local wall time, targets, a timing policy and a validity.
 *
 * @module
 */
import * as z from "zod/mini";
import { classSchema, resumeSchema } from "./class.js";
import { areaIdSchema, playlistIdSchema, radioIdSchema, receiverIdSchema, scheduleIdSchema } from "./ids.js";
import { localDateSchema, localTimeSchema } from "./local-time.js";
import { titleSchema } from "./title.js";

/** Where it sounds: everything in these areas and below, and these receivers, but not the excepted ones. */
export const targetsSchema = z.strictObject({
  areas: z._default(z.array(areaIdSchema).check(z.maxLength(500)), []),
  receivers: z._default(z.array(receiverIdSchema).check(z.maxLength(5000)), []),
  except: z._default(z.array(receiverIdSchema).check(z.maxLength(5000)), []),
  /** Only fixed loudspeakers, only vans, or both. */
  kinds: z._default(z.array(z.enum(["fixed", "van"])).check(z.minLength(1)), ["fixed", "van"]),
});
export type Targets = z.infer<typeof targetsSchema>;

/**
 * How strictly the hour is kept when another item is still sounding. `hard`: it starts at its instant and cuts an item of
 * the same or lower class. `soft`: it waits for the end of the other, at most `waitMs`, else it is dropped.
 */
export const timingSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hard") }),
  z.strictObject({ kind: z.literal("soft"), waitMs: z.int().check(z.gte(0), z.lte(14_400_000)) }),
]);
export type Timing = z.infer<typeof timingSchema>;

/** Another station's programme at the hours of a schedule («tiếp âm»). */
export const radioSlotSchema = z.strictObject({
  source: radioIdSchema,
  /** How long it is relayed; one minute to two hours. */
  lengthMs: z.int().check(z.gte(60_000), z.lte(7_200_000)),
});
export type RadioSlot = z.infer<typeof radioSlotSchema>;

export const scheduleSchema = z.strictObject({
  id: scheduleIdSchema,
  title: titleSchema,
  class: classSchema,
  /** What sounds; beside `radio`, what sounds while that cannot be heard. */
  playlist: playlistIdSchema,
  /** Another station is relayed in place of the playlist. */
  radio: z.optional(radioSlotSchema),
  targets: targetsSchema,
  /** First day. */
  start: localDateSchema,
  /** Last day, included; without end when left out. */
  until: z.optional(localDateSchema),
  /** Times of day, each its own occurrence. */
  at: z.array(localTimeSchema).check(z.minLength(1), z.maxLength(96)),
  /** RFC 5545 recurrence over days, such as `FREQ=WEEKLY;BYDAY=MO,SU`; only the start day when left out. */
  rule: z.optional(z.string().check(z.maxLength(300))),
  /** Days left out, and days added. */
  except: z._default(z.array(localDateSchema).check(z.maxLength(366)), []),
  extra: z._default(z.array(localDateSchema).check(z.maxLength(366)), []),
  /** What a public holiday does: nothing, silence it, or make it sound on holidays only. */
  holidays: z._default(z.enum(["ignore", "skip", "only"]), "ignore"),
  timing: z._default(timingSchema, { kind: "soft", waitMs: 600_000 }),
  /** Later than this it is not started any more (R4: ordinary at most two minutes). */
  lateMs: z._default(z.int().check(z.gte(0), z.lte(7_200_000)), 120_000),
  resume: z._default(resumeSchema, "continue"),
  /** Which of two equals goes first: the smaller number, as the ward has set it. */
  order: z._default(z.int().check(z.gte(0), z.lte(9999)), 100),
  /** Never longer than this, whatever the playlist holds. */
  maxMs: z._default(z.int().check(z.gte(1000), z.lte(7_200_000)), 3_600_000),
  enabled: z._default(z.boolean(), true),
});
export type Schedule = z.infer<typeof scheduleSchema>;
