/**
 * Emergency packs and alerts as the API takes and shows them.
 *
 * @module
 */
import * as z from "zod";
import { alertSchema } from "../../domain/alert.js";
import { PARTS, packIdSchema, packSchema } from "../../domain/emergency-pack.js";
import { targetsSchema } from "../../domain/schedule.js";
import { reasonSchema } from "../../domain/stamp.js";

const words = z.object({ vi: z.string(), en: z.string() });

/** A pack with what it lacks today; it can be used when that is nothing. */
export const packView = z.object({
  ...packSchema.shape,
  problems: z.array(z.object({ part: z.enum(PARTS), words })).readonly(),
});
export type PackView = z.output<typeof packView>;

const { session: _inner, everyMs: _rhythm, ...shown } = alertSchema.shape;
const time = z.string();

/** An alert, and how far its last sounding has come by the loudspeakers' own account. Times are ISO 8601 in UTC. */
export const alertView = z.object({
  ...shown,
  awaitsUntil: time.optional(),
  nextAt: time.optional(),
  repeatUntil: time.optional(),
  /** Loudspeakers that it was ordered for, and those that have said that it sounds or has sounded there. */
  ordered: z.number(),
  heard: z.number(),
  /** Loudspeakers that it is for where whoever asks sees nothing; absent for none. */
  elsewhere: z.int().optional(),
});
export type AlertView = z.output<typeof alertView>;

export const alertRequest = z.strictObject({
  pack: packIdSchema,
  /** The pack's own places when left out. */
  targets: z.optional(targetsSchema),
  /** A rehearsal: loudspeakers in places for tests alone, and everybody hears that it is one. */
  isExercise: z.boolean().default(false),
});
export type AlertRequest = z.output<typeof alertRequest>;

export const glassRequest = z.strictObject({ reason: reasonSchema });
export const endRequest = z.strictObject({ how: z.enum(["all-clear", "correction"]) });
export type AlertEnd = z.output<typeof endRequest>["how"];
