/**
 * What the station keeps in `config/state`, one file a kind.
 *
 * @module
 */

import { z } from "zod";
import { accountSchema, programTokenSchema, sessionSchema } from "../../domain/account.js";
import { airtimeRaiseSchema } from "../../domain/airtime-raise.js";
import { alarmSchema } from "../../domain/alarm.js";
import { alertSchema } from "../../domain/alert.js";
import { declarationKey, declarationSchema } from "../../domain/alert-level.js";
import { announcementSchema } from "../../domain/announcement.js";
import { campaignSchema } from "../../domain/campaign.js";
import { caseFiguresSchema } from "../../domain/case-figures.js";
import { chimeApprovalSchema, chimeUploadSchema } from "../../domain/chime.js";
import { complaintSchema } from "../../domain/complaint.js";
import { packSchema } from "../../domain/emergency-pack.js";
import { receiverIdSchema } from "../../domain/ids.js";
import { lexiconEntrySchema } from "../../domain/lexicon.js";
import { talkSchema } from "../../domain/live.js";
import { noticeSchema } from "../../domain/notice.js";
import { officialTextSchema } from "../../domain/official-text.js";
import { outlineSchema } from "../../domain/outline.js";
import { slotSchema } from "../../domain/radio.js";
import { receiverSchema } from "../../domain/receiver.js";
import { repairSchema } from "../../domain/repair.js";
import { submissionSchema } from "../../domain/report-submission.js";
import { rolloutSchema } from "../../domain/rollout.js";
import { scheduleSchema } from "../../domain/schedule.js";
import { ticketSchema } from "../../domain/ticket.js";
import { voicePaceSchema } from "../../domain/voice-pace.js";
import { orderSchema } from "../../protocol/orders.js";
import { withAuthors, withoutHeardTitles } from "./announcement-migrations.js";
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
  muteWish: z.strictObject({ muted: z.boolean(), by: z.string().max(120), order: z.string().max(64) }).optional(),
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

/** A notice that one recipient has not got yet. */
export const waitingNoticeSchema = z.strictObject({
  id: z.string().max(64),
  recipient: z.string().max(80),
  notice: noticeSchema,
});

export type WaitingNotice = z.infer<typeof waitingNoticeSchema>;

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
  announcements: kind({
    schema: announcementSchema,
    idOf: ({ id }) => id,
    atMost: 5000,
    version: 3,
    migrations: { 1: (items) => items.map(withAuthors), 2: (items) => items.map(withoutHeardTitles) },
  }),
  schedules: kind({ schema: scheduleSchema, idOf: ({ id }) => id, atMost: 2000 }),
  slots: kind({ schema: slotSchema, idOf: ({ schedule }) => schedule, atMost: 2000 }),
  declarations: kind({
    schema: declarationSchema,
    idOf: declarationKey,
    atMost: 20_000,
    // Version 2 keeps what was ended early; before, its last day was changed, or it was forgotten.
    version: 2,
    migrations: { 1: (items) => items },
  }),
  // A hundred outlines as fine as allowed are 20 MB: the verb keeps them far below that together.
  outlines: kind({ schema: outlineSchema, idOf: ({ area }) => area, atMost: 500 }),
  raises: kind({ schema: airtimeRaiseSchema, idOf: ({ id }) => id, atMost: 20_000 }),
  tickets: kind({
    schema: ticketSchema,
    idOf: ({ id }) => id,
    atMost: 20_000,
    // Version 2 keeps who wrote and approved what sounds, version 3 what it consists of; of tickets from before nobody knows.
    version: 3,
    migrations: { 1: (items) => items, 2: (items) => items },
  }),
  talks: kind({ schema: talkSchema, idOf: ({ occurrence }) => occurrence, atMost: 20_000 }),
  stops: kind({ schema: keptStopSchema, idOf: ({ id }) => id, atMost: 2000 }),
  alarms: kind({ schema: alarmSchema, idOf: ({ id }) => id, atMost: 140_000 }),
  repairs: kind({ schema: repairSchema, idOf: ({ number }) => String(number), atMost: 5000 }),
  complaints: kind({
    schema: complaintSchema,
    idOf: ({ number }) => String(number),
    atMost: 5000,
    // Version 2 keeps the area; for those from before it is looked up when the station opens (`complaint-areas.ts`).
    version: 2,
    migrations: { 1: (items) => items },
  }),
  campaigns: kind({ schema: campaignSchema, idOf: ({ id }) => id, atMost: 200 }),
  packs: kind({ schema: packSchema, idOf: ({ id }) => id, atMost: 500 }),
  alerts: kind({ schema: alertSchema, idOf: ({ id }) => id, atMost: 1000 }),
  rollouts: kind({ schema: rolloutSchema, idOf: ({ id }) => id, atMost: 100 }),
  accounts: kind({ schema: accountSchema, idOf: ({ id }) => id, atMost: 2000 }),
  sessions: kind({ schema: sessionSchema, idOf: ({ id }) => id, atMost: 5000 }),
  programs: kind({ schema: programTokenSchema, idOf: ({ id }) => id, atMost: 1000 }),
  submissions: kind({ schema: submissionSchema, idOf: ({ number }) => String(number), atMost: 5000 }),
  officialTexts: kind({ schema: officialTextSchema, idOf: ({ id }) => id, atMost: 1000 }),
  chimeUploads: kind({ schema: chimeUploadSchema, idOf: ({ file }) => file, atMost: 2000 }),
  chimeApprovals: kind({ schema: chimeApprovalSchema, idOf: ({ file }) => file, atMost: 2000 }),
  figures: kind({ schema: caseFiguresSchema, idOf: ({ id }) => id, atMost: 10_000 }),
  lexicon: kind({ schema: taughtReadingSchema, idOf: ({ id }) => id, atMost: 5000 }),
  voicePaces: kind({ schema: voicePaceSchema, idOf: ({ voice }) => voice, atMost: 500 }),
  notices: kind({ schema: waitingNoticeSchema, idOf: ({ id }) => id, atMost: 10_500 }),
  meta: kind({ schema: metaSchema, idOf: ({ id }) => id, atMost: 40_000 }),
};
