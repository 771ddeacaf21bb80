/**
 * What the API answers with, as schemas: the same values type the verbs of the control, fill the OpenAPI document and
 * are checked against real answers in the tests. Times are ISO 8601 in UTC, lengths are milliseconds.
 *
 * @module
 */
import * as z from "zod";
import { announcementSchema, voiceChoiceSchema } from "../../domain/announcement.js";
import { classSchema } from "../../domain/class.js";
import {
  announcementIdSchema,
  occurrenceIdSchema,
  receiverIdSchema,
  scheduleIdSchema,
  sha256Schema,
} from "../../domain/ids.js";
import { receiverSchema } from "../../domain/receiver.js";
import { stageSchema } from "../../domain/stage.js";
import { resultStateSchema } from "../../domain/ticket.js";
import { deviceHealthSchema } from "../../protocol/device-health.js";
import { pairingAnswerSchema } from "../../protocol/identity.js";
import { orderKeySchema } from "../../protocol/signing.js";
import { updateReportSchema } from "../../protocol/update.js";
import { conditionView, repairView } from "./care-views.js";

/** A list that nobody changes. */
export const list = <T extends z.core.SomeType>(item: T) => z.array(item).readonly();
/** ISO 8601 in UTC, `2026-11-23T05:30:00.000Z`. */
export const timeView = z.iso.datetime();
export const wordsView = z.object({ vi: z.string(), en: z.string() });

/** The station at a glance. */
export const stationView = z.object({
  name: z.string(),
  /** IANA zone, shown beside every time. */
  zone: z.string(),
  now: timeView,
  version: z.string(),
  startedAt: timeView,
  /** Whether it has one officer only, who may approve what they wrote. */
  singleOfficer: z.boolean(),
  receivers: z.object({ total: z.int(), connected: z.int(), sounding: z.int() }),
});
export type StationView = z.infer<typeof stationView>;

/** What a receiver said last, in its own words (R10). */
const reportedView = z.object({
  now: list(
    z.object({
      cue: z.string(),
      title: z.string().optional(),
      class: classSchema,
      state: z.enum(["sounding", "interrupted", "waiting"]),
      positionMs: z.number(),
    }),
  ),
  /** Confirmed volume, percent, and whether it is muted. */
  volume: z.number(),
  muted: z.boolean(),
  bufferMs: z.number(),
  late: z.int(),
  underruns: z.int(),
  clock: z.enum(["trusted", "untrusted"]),
  clockErrorUs: z.number(),
  sink: z.enum(["ok", "restarting", "failed"]),
  at: timeView,
});

/** A receiver: its place as set by people, and its state as it reported it. */
export const receiverView = z.object({
  ...receiverSchema.shape,
  /** Whether a device has been paired with this place and confirmed by a person. */
  paired: z.boolean(),
  /** That device; `key` is a short name of its public key. */
  device: z.object({ key: z.string(), pairedAt: timeView, confirmedAt: timeView, confirmedBy: z.string() }).optional(),
  /** A device that came with a pairing code and shows these words; it waits for a person to compare them. */
  waiting: z.object({ key: z.string(), pairedAt: timeView, name: z.string(), words: list(z.string()) }).optional(),
  /** Two devices showed the same key: none is let in until a person clears the place or pairs it anew. */
  quarantined: z.object({ since: timeView }).optional(),
  connected: z.boolean(),
  lastSeen: timeView.optional(),
  software: z.string().optional(),
  condition: conditionView,
  /** What keeps it out of service. */
  repair: repairView.optional(),
  /** Who silenced it from here; whether it obeyed stands in `reported`. */
  muted: z.object({ by: z.string(), at: timeView }).optional(),
  /** Who set its output delay and path bias last, and by which loudspeaker when they were measured. */
  aligned: z.object({ by: z.string(), at: timeView, reference: z.optional(receiverIdSchema) }).optional(),
  /** Of its machine, as far as it can read it. */
  health: z.object(deviceHealthSchema.shape).optional(),
  /** Absent until the receiver has spoken since the server started. */
  reported: reportedView.optional(),
  /** Present and true when it knows none of the keys that orders are signed with now: it obeys nobody until it is paired again. */
  mustPairAgain: z.boolean().optional(),
  /** What it refused last since the server started, with its reason code. */
  refused: z
    .object({ what: z.enum(["order", "programme"]), why: z.string(), words: wordsView, at: timeView })
    .optional(),
  /** A device that claims to be it was not let in, and none has been since: why, and when last. */
  turnedAway: z.object({ why: z.string(), words: wordsView, at: timeView }).optional(),
  /** When it was away last and what kept it from the station, by its own account, since the server started. */
  away: z.object({ from: timeView, until: timeView, why: z.string(), words: wordsView }).optional(),
  /** The program that it runs by its own account, and what became of its last update; `words` for its reason. */
  program: z.object({ ...updateReportSchema.shape, words: wordsView.optional(), at: timeView }).optional(),
  programme: z.object({ offered: z.int(), held: z.int() }),
  /** Clips of its programme that it does not hold yet. */
  missingClips: z.int(),
  /** What `If-Match` takes. */
  revision: z.string(),
});
export type ReceiverView = z.infer<typeof receiverView>;

/** What a device types in or is started with to take a place. Single use. */
export const pairingView = z.object({ receiver: receiverIdSchema, code: z.string(), expiresAt: timeView });
export type PairingView = z.infer<typeof pairingView>;
/** A key that orders may be signed with. */
export const orderKeyView = z.object({
  ...orderKeySchema.shape,
  /** Whether it is the one that signs now; exactly one is. */
  signs: z.boolean(),
  madeAt: timeView,
  /** When loudspeakers stop believing it. */
  until: timeView.optional(),
});
export type OrderKeyView = z.infer<typeof orderKeyView>;
/** What a device is told to trust from now on. The words that it shows must be confirmed before it is let in. */
export const pairedView = pairingAnswerSchema;
export type PairedView = z.infer<typeof pairedView>;

/**
 * An announcement with where its sound stands: `draft` has no sound yet and none is being made (no voice, for instance),
 * `making` is in work, `ready` has its clip, `failed` says why in `problem`.
 */
export const announcementView = z.object({
  ...announcementSchema.shape,
  state: z.enum(["draft", "making", "ready", "failed", "recalled"]),
  /** Where it stands between draft and past. */
  stage: stageSchema,
  /** What an approval names (R2): of text, sound and all that it rests on. Absent while there is no clip. */
  version: z.string().optional(),
  /** Whether `approval` names this very version. */
  approved: z.boolean(),
  /** When it will sound next, by the plan. */
  nextAt: timeView.optional(),
  /** When a loudspeaker began it last, by its own account. */
  heardAt: timeView.optional(),
});
export type AnnouncementView = z.infer<typeof announcementView>;

export const peaksView = z.object({ sha256: sha256Schema, peaks: list(z.number()) });

/** One sounding as ordered, confirmed and heard: three lists, never guessed (R10). */
export const onAirView = z.object({
  /** The occurrence. */
  cue: z.string(),
  title: z.string(),
  class: classSchema,
  start: timeView,
  end: timeView,
  ordered: list(receiverIdSchema),
  confirmed: list(receiverIdSchema),
  sounding: list(receiverIdSchema),
  failed: list(z.object({ receiver: receiverIdSchema, why: z.string() })),
  /** What it consists of. */
  announcements: list(z.object({ id: announcementIdSchema, title: z.string() })),
  /** The reasons in `failed` in words, by their codes. */
  reasons: z.record(z.string(), wordsView),
});
export type OnAirView = z.infer<typeof onAirView>;

/**
 * An occurrence that is frozen: an edit of its schedule changes the next time, not this one, which only a stop takes back.
 * With what is known so far of it at each receiver.
 */
export const ticketView = z.object({
  occurrence: occurrenceIdSchema,
  /** Absent when a person ordered it by hand. */
  schedule: z.optional(scheduleIdSchema),
  title: z.string(),
  class: classSchema,
  start: timeView,
  end: timeView,
  results: list(z.object({ receiver: receiverIdSchema, state: resultStateSchema, why: z.string().optional() })),
});
export type TicketView = z.infer<typeof ticketView>;

/** What an order reached. */
export const orderedView = z.object({
  order: z.string(),
  /** Absent for a stop. */
  occurrence: z.optional(occurrenceIdSchema),
  receivers: list(receiverIdSchema),
  /** Those of them that are not connected now: a stop reaches them when they come back, a play does not. */
  away: list(receiverIdSchema),
});
export type OrderedView = z.infer<typeof orderedView>;

/** The spoken form of a text, as `loa normalize --json` prints it. */
export const spokenView = z.object({
  spoken: z.string(),
  tokens: list(
    z.object({
      source: z.string(),
      spoken: z.string(),
      kind: z.string(),
      known: z.boolean(),
      start: z.int(),
      end: z.int(),
    }),
  ),
  unknown: list(z.string()),
  seconds: z.number(),
  /** Whether the pace of the voice that will speak is known; else `seconds` is that of the embedded one. */
  measured: z.boolean(),
  warnings: list(
    z.object({
      kind: z.string(),
      text: z.string(),
      start: z.int(),
      end: z.int(),
      words: wordsView,
      /** What may have been meant. */
      suggestion: z.optional(z.string()),
    }),
  ),
});
export type SpokenView = z.infer<typeof spokenView>;

/** A voice that can be chosen. */
export const voiceView = z.object({
  choice: voiceChoiceSchema,
  title: wordsView,
  works: z.boolean(),
  /** Whether its pace is known, and what the usual estimate is multiplied with where the station has learned it. */
  pace: z.object({ measured: z.boolean(), factor: z.optional(z.number()) }),
});

export const readinessView = z.object({
  ready: z.boolean(),
  /** What keeps it from being ready, or weakens it: store, clock, voice, ffmpeg, disk. */
  reasons: list(z.object({ part: z.string(), words: wordsView })),
});
export type ReadinessView = z.infer<typeof readinessView>;

/** A thing in a list, with the mark that `If-Match` takes. */
export const keptView = <T extends z.core.SomeType>(value: T) => z.object({ value, revision: z.string() });
