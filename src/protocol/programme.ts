/**
 * The programme: everything a receiver needs to play the coming days alone. It always executes its programme, connected
 * or not; there is no other mode that could fail.
 *
 * @module
 */
import * as z from "zod/mini";
import { areaIdSchema, receiverIdSchema } from "../domain/ids.js";
import { policySchema } from "../domain/policy.js";
import { cueSchema } from "./orders.js";

const time = z.int().check(z.gte(0));

/** A policy as it travels: fields that a later version adds are ignored, while people who misspell one are told. */
const wirePolicySchema = z.object(policySchema.shape);

export const programmeSchema = z.object({
  v: z.literal(1),
  receiver: receiverIdSchema,
  /** Rises with each change; an older one is refused. */
  revision: z.int().check(z.gte(1)),
  issuedAt: time,
  /** µs; the cues cover this span, at least seven days. */
  from: time,
  until: time,
  /** IANA zone in which the policies speak. */
  zone: z.string(),
  /** The receiver's own area and its parents, nearest first: what audiences are matched against. */
  areas: z.array(areaIdSchema),
  /** Whether the place is sensitive, which lengthens the quiet hours. */
  sensitive: z.boolean(),
  /** Policies of those areas; the receiver judges hours and volume by them itself (R1). */
  policies: z.array(wirePolicySchema),
  /** Names those policies as orders name them. */
  policyVersion: z._default(z.string().check(z.maxLength(64)), ""),
  /** Configured volume, percent. */
  volume: z.int().check(z.gte(0), z.lte(100)),
  outputDelayMs: z.number(),
  pathBiasUs: z.int(),
  /** In order of time; explicit instants, no recurrence rules. */
  cues: z.array(cueSchema).check(z.maxLength(20_000)),
});
export type Programme = z.infer<typeof programmeSchema>;
