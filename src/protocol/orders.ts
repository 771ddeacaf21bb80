/**
 * Orders: what a station tells its receivers to do. An order travels as the exact text that was signed, so both ends
 * agree on its bytes without a rule for spelling JSON.
 *
 * @module
 */
import * as z from "zod/mini";
import { classSchema, resumeSchema } from "../domain/class.js";
import {
  announcementIdSchema,
  areaIdSchema,
  occurrenceIdSchema,
  receiverIdSchema,
  scheduleIdSchema,
  sha256Schema,
} from "../domain/ids.js";
import { MAX_ORDER_TEXT, MAX_TEST_TONE } from "./limits.js";
import { publicKeySchema } from "./signing.js";
import { updateBodySchema, updateStopBodySchema } from "./update.js";

/** µs since the Unix epoch on the server clock. */
const time = z.int().check(z.gte(0));
const length = z.number().check(z.gte(0), z.lte(86_400_000));

/** One clip at its place in a cue. */
export const cueItemSchema = z.object({
  sha256: sha256Schema,
  /** Bytes of the clip, so that a receiver can judge whether it fits. */
  bytes: z._default(z.int().check(z.gte(0)), 0),
  announcement: z.optional(announcementIdSchema),
  /** From the start of the cue to the clip's first sample, ms. */
  offsetMs: length,
  durationMs: length,
  gainDb: z._default(z.number().check(z.gte(-60), z.lte(12)), 0),
});
export type CueItem = z.infer<typeof cueItemSchema>;

/** Names of people, joined with commas where several had a part. */
const names = z.string().check(z.maxLength(1000));

/** Who is behind a sound or an order. */
export const behindSchema = z.object({
  /** Wrote it. */
  composed: z.optional(names),
  /** Approved exactly this. */
  approved: z.optional(names),
  /** Made it sound, or gave the order. */
  aired: z.optional(names),
  /** The schedule that makes it sound, where no person did. */
  schedule: z.optional(scheduleIdSchema),
});
export type Behind = z.infer<typeof behindSchema>;

/** One sounding of prepared audio. Its id is deterministic, so that nothing plays twice (R4). */
export const cueSchema = z.object({
  id: occurrenceIdSchema,
  title: z._default(z.string().check(z.maxLength(200)), ""),
  class: classSchema,
  /** Which of two equals goes first: the smaller. */
  order: z._default(z.int(), 100),
  /** When the first sample is heard. */
  at: time,
  /** Length of the whole cue, ms: it ends here even when an item is longer. */
  durationMs: length,
  /** Last instant at which it may still be started; later it is missed (R4). */
  notAfter: time,
  resume: resumeSchema,
  /** Signed with the rest of it, so that whoever holds a receiver can tell whose word it sounds. */
  by: z._default(behindSchema, {}),
  items: z.array(cueItemSchema).check(z.maxLength(2000)),
});
export type Cue = z.infer<typeof cueSchema>;

/** What a stop silences. */
export const stopScopeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("areas"), areas: z.array(areaIdSchema) }),
  z.object({ kind: z.literal("receivers"), receivers: z.array(receiverIdSchema) }),
  z.object({ kind: z.literal("occurrence"), occurrence: occurrenceIdSchema }),
  /** Recall: it never sounds again. */
  z.object({ kind: z.literal("announcement"), announcement: announcementIdSchema }),
]);
export type StopScope = z.infer<typeof stopScopeSchema>;

/** What an order asks for. */
export const orderBodySchema = z.discriminatedUnion("kind", [
  /** Plays a cue, at its time or in place of one with the same id. */
  z.object({ kind: z.literal("cue"), cue: cueSchema }),
  /** Takes planned cues back before they start. */
  z.object({ kind: z.literal("cancel"), cues: z.array(occurrenceIdSchema).check(z.maxLength(500)) }),
  /** Silences what sounds, and drops what was due up to the instant of issue (R3). */
  z.object({ kind: z.literal("stop"), scope: stopScopeSchema }),
  /**
   * Announces chunks to come. With a cue they are that cue's audio, for a receiver that lacks the clips; else they are live, and what
   * is heard of them is reported under the occurrence.
   */
  z.object({
    kind: z.literal("open"),
    stream: z.int().check(z.gte(0), z.lte(0xffffffff)),
    /** Each piece of the stream is sealed with this key; it was made for this stream alone. */
    sealKey: publicKeySchema,
    cue: z.optional(cueSchema),
    occurrence: z.optional(occurrenceIdSchema),
    class: classSchema,
    title: z._default(z.string().check(z.maxLength(200)), ""),
    /** Samples at 48 kHz to drop after each decoder start. */
    preSkip: z.int().check(z.gte(0), z.lte(48_000)),
    /** A forgotten microphone ends here. */
    maxMs: length,
  }),
  /** Nothing more comes in this stream; what is buffered is still heard. */
  z.object({ kind: z.literal("close"), stream: z.int().check(z.gte(0), z.lte(0xffffffff)) }),
  /** Sets the configured volume, percent. */
  z.object({ kind: z.literal("volume"), percent: z.int().check(z.gte(0), z.lte(100)) }),
  /** Silences the receiver, or lets it sound again, whatever it plays. */
  z.object({ kind: z.literal("mute"), muted: z.boolean() }),
  /** Sounds a short pip, within quiet hours and ceilings like any other sound, so that somebody at the pole can hear it. */
  z.object({ kind: z.literal("test"), lengthMs: z.int().check(z.gte(100), z.lte(MAX_TEST_TONE)) }),
  /** Starts the receiver's program anew, unless something sounds. */
  z.object({ kind: z.literal("restart") }),
  /** Fetches another version of the receiver's program, and tries it when it is quiet. */
  updateBodySchema,
  updateStopBodySchema,
]);
export type OrderBody = z.infer<typeof orderBodySchema>;

/** Who an order is for; a receiver knows its own id and the areas it lies in. */
export const audienceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("areas"), areas: z.array(areaIdSchema) }),
  z.object({ kind: z.literal("receivers"), receivers: z.array(receiverIdSchema).check(z.maxLength(20_000)) }),
]);
export type Audience = z.infer<typeof audienceSchema>;

export const orderSchema = z.object({
  v: z.literal(1),
  /** Unique; a receiver obeys it once. */
  id: z.string().check(z.regex(/^[0-9a-z]{8,40}$/)),
  audience: audienceSchema,
  /** Which server time base numbered it, then its number: a lower pair than the highest seen is refused. */
  epoch: z.int().check(z.gte(0)),
  sequence: z.int().check(z.gte(0)),
  issuedAt: time,
  notBefore: time,
  notAfter: time,
  class: classSchema,
  body: orderBodySchema,
  /** Who is behind it, and behind the sound that it is about. */
  by: behindSchema,
  /** An emergency inside quiet hours sounds only when a named person has confirmed it (R1). */
  confirmedBy: z.optional(z.string()),
  policyVersion: z._default(z.string(), ""),
});
export type Order = z.infer<typeof orderSchema>;

/** What a receiver needs of an order that is newer than itself: whose refusal to send. */
const namedSchema = z.object({
  v: z.literal(1),
  id: orderSchema.shape.id,
  body: z.object({ kind: z.string().check(z.maxLength(32)) }),
});

/** What the text of an order turned out to be; `unknown` for a kind that this version does not know. */
export type ReadOrder =
  | { readonly kind: "order"; readonly order: Order }
  | { readonly kind: "unknown"; readonly id: string }
  | { readonly kind: "malformed" };

/** Reads the text of an order, whatever it is. */
export function readOrder(text: string): ReadOrder {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not even JSON: the caller answers as for any other text that is no order.
    return { kind: "malformed" };
  }
  const order = orderSchema.safeParse(value).data;
  if (order) return { kind: "order", order };
  const named = namedSchema.safeParse(value).data;
  const isKnown = named !== undefined && KINDS.has(named.body.kind);
  return named === undefined || isKnown ? { kind: "malformed" } : { kind: "unknown", id: named.id };
}

const KINDS: ReadonlySet<string> = new Set(orderBodySchema.def.options.flatMap(({ shape }) => shape.kind.def.values));

/** An order as it travels: the text that was signed, and the signature over its UTF-8 bytes. */
export const signedSchema = z.object({
  text: z.string().check(z.maxLength(MAX_ORDER_TEXT)),
  keyId: z._default(z.string().check(z.maxLength(64)), ""),
  /** Ed25519, base64url. */
  signature: z._default(z.string().check(z.maxLength(128)), ""),
});
export type Signed = z.infer<typeof signedSchema>;
