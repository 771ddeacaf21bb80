/**
 * An alert that somebody gave or wants to give: from the wish through a second person's word to the all-clear.
 *
 * @module
 */
import * as z from "zod/mini";
import type { Words } from "../base/errors.js";
import { type AreaTree, ancestry } from "./area.js";
import { packIdSchema } from "./emergency-pack.js";
import type { AreaId } from "./ids.js";
import { announcementIdSchema, occurrenceIdSchema, receiverIdSchema } from "./ids.js";
import { isSamePerson, type Person } from "./person.js";
import type { Receiver } from "./receiver.js";
import { reasonSchema, stampSchema } from "./stamp.js";

/** So long the second person has, ms: an alert that nobody else stands by within it was no emergency (R9). */
export const SECOND_PERSON_MS = 120_000;

const needSchema = z.enum(["beyond-one-ward", "night"]);
/** Why one person is not enough: it would be heard in more than one ward, or in somebody's quiet hours. */
export type Need = z.infer<typeof needSchema>;

export const alertSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  pack: packIdSchema,
  title: z.string().check(z.maxLength(200)),
  /** What the parts were when it was given: an edit of the pack changes no alert. */
  parts: z.strictObject({
    alert: announcementIdSchema,
    correction: announcementIdSchema,
    allClear: announcementIdSchema,
    exercise: z.optional(announcementIdSchema),
  }),
  receivers: z.array(receiverIdSchema).check(z.minLength(1), z.maxLength(5000)),
  /** Those where a person has stopped it: it is not said again there, but its correction and its all-clear are. */
  silenced: z.optional(z.array(receiverIdSchema).check(z.maxLength(5000))),
  /** A rehearsal: it reaches loudspeakers in places for tests alone. */
  isExercise: z.boolean(),
  /** `awaiting`: a second person is asked; `given`: it was ordered to sound; `ended`; `lapsed`: nobody else stood by it. */
  stage: z.enum(["awaiting", "given", "ended", "lapsed"]),
  needs: z.array(needSchema).check(z.maxLength(2)),
  askedBy: stampSchema,
  /** The session of whoever asked, so that the second word comes from another device. */
  session: z.optional(z.string().check(z.maxLength(64))),
  /** Civil milliseconds; only while awaiting. */
  awaitsUntil: z.optional(z.number()),
  confirmedBy: z.optional(stampSchema),
  /** One person gave it alone, and why. */
  brokenGlass: z.optional(z.strictObject({ ...stampSchema.shape, reason: reasonSchema })),
  /** Its soundings, the newest last. */
  occurrences: z.array(occurrenceIdSchema).check(z.maxLength(1500)),
  /** Civil milliseconds: when it is said again, and after which instant no more. */
  nextAt: z.optional(z.number()),
  repeatUntil: z.optional(z.number()),
  everyMs: z.optional(z.number()),
  ended: z.optional(z.strictObject({ ...stampSchema.shape, how: z.enum(["all-clear", "correction", "stopped"]) })),
});
export type Alert = z.infer<typeof alertSchema>;

/** Where an alert would sound. */
export interface Reach {
  readonly areas: AreaTree;
  readonly receivers: readonly Pick<Receiver, "area">[];
  readonly isQuiet: (area: AreaId) => boolean;
}

/** Why a second person is needed; empty when one is enough. */
export function needsOf({ areas, receivers, isQuiet }: Reach): readonly Need[] {
  const places = [...new Set(receivers.map(({ area }) => area))];
  const wards = new Set(places.map((area) => ancestry(areas, area).find(({ kind }) => kind === "ward")?.id));
  // What lies in no ward belongs to all of them.
  const isWide = wards.size > 1 || (wards.has(undefined) && !places.every((area) => isForTests(areas, area)));
  return [...(isWide ? (["beyond-one-ward"] as const) : []), ...(places.some(isQuiet) ? (["night"] as const) : [])];
}

/** Whether a place is there for tests: nobody lives by its loudspeakers, and an exercise may sound there. */
export const isForTests = (areas: AreaTree, area: AreaId): boolean =>
  ancestry(areas, area).some(({ kind }) => kind === "test");

/** Why this person's word does not count as the second; `undefined` when it does. */
export function refusalOfSecond(alert: Alert, second: Person): Words | undefined {
  const { askedBy, session } = alert;
  if (isSamePerson({ name: askedBy.by, account: askedBy.account }, second))
    return {
      vi: `${second.name} đã yêu cầu phát cảnh báo này, nên người thứ hai phải là người khác. Nếu không gọi được ai: dùng «phá kính», ghi lý do.`,
      en: `${second.name} asked for this alert, so the second person has to be somebody else. When nobody can be reached, break the glass and give the reason.`,
    };
  if (session !== undefined && session === second.session)
    return {
      vi: "Người thứ hai phải xác nhận trên một thiết bị khác.",
      en: "The second person has to confirm on another device.",
    };
  return undefined;
}

/** Whether it may be corrected or cleared: it was given, and nobody has answered it yet. A stop is no answer. */
export const isUnanswered = ({ stage, ended }: Alert): boolean => stage === "given" || ended?.how === "stopped";

/**
 * When it is said again after an instant, in its own rhythm. What was due while the station was down is said once, at once: an
 * emergency holds until it is over (R4).
 */
export function nextRepeat(alert: Alert, now: number): number | undefined {
  const { nextAt, everyMs, repeatUntil } = alert;
  if (nextAt === undefined || everyMs === undefined || repeatUntil === undefined) return undefined;
  const next = nextAt > now ? nextAt : nextAt + Math.ceil((now - nextAt + 1) / everyMs) * everyMs;
  return next <= repeatUntil ? next : undefined;
}
