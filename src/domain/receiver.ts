/**
 * A paired device that makes sound: a loudspeaker cluster on a pole (cụm loa) or a loudspeaker van (xe loa).
 *
 * @module
 */
import * as z from "zod/mini";
import { areaIdSchema, receiverIdSchema } from "./ids.js";
import { overlapSchema } from "./overlap.js";
import { lineSchema } from "./title.js";

/** What an output may be late, ms; less than nothing where it says that it is later than it is. */
export const LEAST_DELAY_MS = -500;
export const MOST_DELAY_MS = 5000;

export const positionSchema = z.strictObject({
  latitude: z.number().check(z.gte(-90), z.lte(90)),
  longitude: z.number().check(z.gte(-180), z.lte(180)),
});

export const receiverSchema = z.strictObject({
  id: receiverIdSchema,
  name: lineSchema(120),
  area: areaIdSchema,
  kind: z.enum(["fixed", "van"]),
  /** The number painted on the pole, which residents quote in complaints. */
  pole: z.optional(z.string().check(z.maxLength(20))),
  /** Time from handing a sample to the output until it is heard, milliseconds, beyond what the output measures by itself. */
  outputDelayMs: z._default(z.number().check(z.gte(LEAST_DELAY_MS), z.lte(MOST_DELAY_MS)), 0),
  /** Correction for a path that is slower one way than the other, microseconds; measured when commissioning. */
  pathBiasUs: z._default(z.int().check(z.gte(-1_000_000), z.lte(1_000_000)), 0),
  /** Volume the place is set to, percent; policies may lower it by hour and class. */
  volume: z._default(z.int().check(z.gte(0), z.lte(100)), 80),
  /** Where its pole stands, degrees (WGS 84). */
  position: z.optional(positionSchema),
  /** Others that can be heard at the same spot, and how they go together. */
  overlap: z.optional(overlapSchema),
  /** Taken out of service by a person: it keeps its place and history but gets no orders to sound. */
  disabled: z._default(z.boolean(), false),
});
export type Receiver = z.infer<typeof receiverSchema>;
