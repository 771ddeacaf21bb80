/**
 * What the station keeps in `config/state`, one file a kind.
 *
 * @module
 */

import { z } from "zod";
import { alarmSchema } from "../../domain/alarm.js";
import { declarationSchema } from "../../domain/alert-level.js";
import { announcementSchema } from "../../domain/announcement.js";
import { complaintSchema } from "../../domain/complaint.js";
import { receiverIdSchema } from "../../domain/ids.js";
import { lexiconEntrySchema } from "../../domain/lexicon.js";
import { receiverSchema } from "../../domain/receiver.js";
import { repairSchema } from "../../domain/repair.js";
import { rolloutSchema } from "../../domain/rollout.js";
import { scheduleSchema } from "../../domain/schedule.js";
import { ticketSchema } from "../../domain/ticket.js";
import { orderSchema } from "../../protocol/orders.js";
import type { CollectionKind } from "./collection.js";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A raw Ed25519 public key, base64url. */
const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A receiver's place with its devices. Times are civil milliseconds; of codes only hashes are kept. */
export const receiverRecordSchema = z.strictObject({
  ...receiverSchema.shape,
  /** The device that a person confirmed; absent until then. */
  device: z
    .strictObject({
      publicKey,
      pairedAt: z.number(),
      confirmedAt: z.number(),
      confirmedBy: z.string().max(120),
      codeHash: hash,
    })
    .optional(),
  /** A device that waits to be confirmed. */
  candidate: z
    .strictObject({
      publicKey,
      pairedAt: z.number(),
      codeHash: hash,
      name: z.string().max(120),
      words: z.array(z.string().max(24)).max(12),
      factsHash: hash,
    })
    .optional(),
  /** A pairing code that waits to be used. */
  pairing: z.strictObject({ codeHash: hash, expiresAt: z.number() }).optional(),
  /** Who silenced it from here, and when; civil milliseconds. */
  muted: z.strictObject({ by: z.string().max(120), at: z.number() }).optional(),
  aligned: z.strictObject({ by: z.string(), at: z.number(), reference: z.optional(receiverIdSchema) }).optional(),
  quarantine: z.strictObject({ since: z.number() }).optional(),
});
export type ReceiverRecord = z.infer<typeof receiverRecordSchema>;

/** A device's key that is refused for ever. */
export const tombstoneSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  publicKey,
  receiver: receiverIdSchema,
  why: z.enum(["revoked", "replaced"]),
  at: z.number(),
  by: z.string().max(120),
});
export type Tombstone = z.infer<typeof tombstoneSchema>;

/** A stop order that receivers which were away still have to obey. */
export const keptStopSchema = z.strictObject({ id: z.string().max(64), order: orderSchema });
export type KeptStop = z.infer<typeof keptStopSchema>;

/** Numbers that must never be given twice. */
export const metaSchema = z.discriminatedUnion("kind", [
  /** Orders: the epoch, and up to which sequence numbers may have been given. */
  z.strictObject({ kind: z.literal("orders"), id: z.string(), epoch: z.int(), reservedUpTo: z.int() }),
  /** The programme that a receiver was last offered. */
  z.strictObject({
    kind: z.literal("programme"),
    id: z.string(),
    revision: z.int(),
    /** Of its content, without revision and times. */
    digest: hash,
    /** µs, as in the document. */
    issuedAt: z.number(),
    from: z.number(),
    until: z.number(),
  }),
  /** Anything else that is done once, such as bringing in `first-start.json`. */
  z.strictObject({ kind: z.literal("done"), id: z.string(), at: z.number() }),
]);
export type Meta = z.infer<typeof metaSchema>;

/** A reading that somebody taught, with who and when. */
export const taughtReadingSchema = z.strictObject({
  /** From what it is about, so that the same form at the same place is kept once. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  entry: lexiconEntrySchema,
  by: z.string().max(120),
  /** Civil milliseconds. */
  at: z.number(),
});
export type TaughtReading = z.infer<typeof taughtReadingSchema>;

/** The key of a declaration: a level is declared for an area once for a first day. */
export const declarationKey = ({ level, area, from }: z.infer<typeof declarationSchema>): string =>
  `${level}@${area}@${from}`;

/** Before version 2 devices had secrets of the server's making. They are void: such a device is paired anew. */
function withoutTokens(item: unknown): unknown {
  if (typeof item !== "object" || item === null || !("value" in item)) return item;
  const { value } = item;
  if (typeof value !== "object" || value === null) return item;
  const { device: _void, ...place } = value as Record<string, unknown>;
  return { ...item, value: place };
}

const kind = <Id extends string, T>(of: CollectionKind<Id, T>): CollectionKind<Id, T> => of;

/** By file name. The limits keep every file small enough to be written without a pause that could be heard. */
export const KINDS = {
  receivers: kind({
    schema: receiverRecordSchema,
    idOf: ({ id }) => id,
    atMost: 20_000,
    version: 2,
    migrations: { 1: (items) => items.map(withoutTokens) },
  }),
  tombstones: kind({ schema: tombstoneSchema, idOf: ({ id }) => id, atMost: 50_000 }),
  announcements: kind({ schema: announcementSchema, idOf: ({ id }) => id, atMost: 5000 }),
  schedules: kind({ schema: scheduleSchema, idOf: ({ id }) => id, atMost: 2000 }),
  declarations: kind({ schema: declarationSchema, idOf: declarationKey, atMost: 1000 }),
  tickets: kind({ schema: ticketSchema, idOf: ({ id }) => id, atMost: 20_000 }),
  stops: kind({ schema: keptStopSchema, idOf: ({ id }) => id, atMost: 2000 }),
  alarms: kind({ schema: alarmSchema, idOf: ({ id }) => id, atMost: 140_000 }),
  repairs: kind({ schema: repairSchema, idOf: ({ number }) => String(number), atMost: 5000 }),
  complaints: kind({ schema: complaintSchema, idOf: ({ number }) => String(number), atMost: 5000 }),
  rollouts: kind({ schema: rolloutSchema, idOf: ({ id }) => id, atMost: 100 }),
  lexicon: kind({ schema: taughtReadingSchema, idOf: ({ id }) => id, atMost: 5000 }),
  meta: kind({ schema: metaSchema, idOf: ({ id }) => id, atMost: 40_000 }),
};
