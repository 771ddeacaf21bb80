/**
 * The control messages of `pa.v1`: JSON text frames `{ t, id?, p }`. Unknown types and fields are ignored, so that
 * programs of different age can talk; what is known must be right.
 *
 * @module
 */
import * as z from "zod/mini";
import { Fault } from "../base/errors.js";
import { classSchema } from "../domain/class.js";
import { announcementIdSchema, occurrenceIdSchema, receiverIdSchema, sha256Schema } from "../domain/ids.js";
import { localDateSchema } from "../domain/local-time.js";
import { signedDaySchema } from "./day-head.js";
import { deviceHealthSchema } from "./device-health.js";
import { nonceSchema, proofSchema } from "./identity.js";
import { MAX_CLIPS_LISTED, MAX_DAYS_LISTED, MAX_FAILED_LISTED, MAX_REPORT_LINES } from "./limits.js";
import { signedSchema } from "./orders.js";
import { timeNonceSchema } from "./signed-time.js";
import { keyIdSchema } from "./signing.js";
import { updateReportSchema } from "./update.js";

const micros = z.int().check(z.gte(0));
const count = z.int().check(z.gte(0));
const text = (max: number) => z.string().check(z.maxLength(max));

/** Why a receiver did not play, or stopped. Stable over versions; the panel and the report count by it. */
export const whySchema = text(48);

/** What a line of a journal may tell. */
export const journalEventSchema = z.enum([
  "due",
  "started",
  "finished",
  "cut",
  "missed",
  "muted",
  "refused",
  "interrupted",
  "resumed",
  "failed",
  "unordered",
]);

/** What a receiver writes into its journal. */
export const journalLineSchema = z.object({
  /** Position in the journal, from 1, without gaps. */
  seq: z.int().check(z.gte(1)),
  event: journalEventSchema,
  /** The occurrence, or the live stream as `live-<stream>`; empty for sound that nobody ordered. */
  cue: text(100),
  class: z.optional(classSchema),
  announcements: z.optional(z.array(announcementIdSchema).check(z.maxLength(200))),
  /** When it was due, and when it really happened: trusted time, µs. */
  dueAt: z.optional(micros),
  at: micros,
  /** Milliseconds heard so far. */
  heardMs: z.optional(z.number()),
  /** How sure the receiver is of `at`, µs. */
  clockErrorUs: z.optional(z.number()),
  volume: z.optional(z.number()),
  /** What was measured on the output while no order was on, dB below full scale. */
  levelDb: z.optional(z.number().check(z.gte(-200), z.lte(20))),
  /** `clip` or `stream`: where the sound came from. */
  from: z.optional(z.enum(["clip", "stream"])),
  why: z.optional(whySchema),
});
export type JournalLine = z.infer<typeof journalLineSchema>;

/** Receiver to server. */
const fromReceiver = {
  /** Answer to the challenge. */
  hello: z.object({
    versions: z.array(z.int()).check(z.maxLength(16)),
    receiver: receiverIdSchema,
    /** Signature of the device over `helloText`: the server's nonce, the receiver and `bootId`. */
    proof: proofSchema,
    /** New at each start of the program. */
    bootId: text(64),
    software: text(64),
    /** Milliseconds of audio it can hold ahead, at most. */
    bufferMs: z.int().check(z.gte(0), z.lte(3_600_000)),
    /** Milliseconds between receiving a chunk and being able to sound it. */
    leadMs: z.int().check(z.gte(0), z.lte(10_000)),
    programmeRevision: z.int().check(z.gte(0)),
    journal: text(64),
    /** The last day of the log whose head it keeps. */
    day: z.optional(localDateSchema),
    /** Why there was no connection before, and for how long, ms; left out when nothing was wrong. */
    away: z.optional(z.object({ why: whySchema, forMs: count })),
  }),
  /** One leg of the clock exchange: the receiver's own monotonic clock, µs. */
  time: z.object({
    c1: z.int(),
    /** Asks for a signed time beside the answer. */
    nonce: z.optional(timeNonceSchema),
  }),
  /** What it is doing, on its own account (R10). */
  state: z.object({
    /** Everything sounding or held back by something above it; the first one sounds. */
    now: z
      .array(
        z.object({
          cue: text(100),
          class: classSchema,
          state: z.enum(["sounding", "interrupted", "waiting"]),
          positionMs: z.number(),
        }),
      )
      .check(z.maxLength(32)),
    volume: z.number(),
    muted: z.boolean(),
    bufferMs: z.number(),
    /** Chunks that came too late to be heard, since the start of the program. */
    late: count,
    underruns: count,
    clockErrorUs: z.number(),
    /** `trusted` once the clock is known well enough to obey a programme. */
    clock: z.enum(["trusted", "untrusted"]),
    sink: z.enum(["ok", "restarting", "failed"]),
    /** Of its machine; left out when nothing in it has changed enough to be told. */
    health: z.optional(deviceHealthSchema),
  }),
  /** What it holds. Sent after hello and whenever it changes. */
  clips: z.object({
    have: z.array(sha256Schema).check(z.maxLength(MAX_CLIPS_LISTED)),
    failed: z._default(
      z.array(z.object({ sha256: sha256Schema, why: whySchema })).check(z.maxLength(MAX_FAILED_LISTED)),
      [],
    ),
  }),
  /** Journal lines, resent until acknowledged. */
  report: z.object({ journal: text(64), lines: z.array(journalLineSchema).check(z.maxLength(MAX_REPORT_LINES)) }),
  /** An order was taken or refused. */
  ack: z.object({ order: text(64), ok: z.boolean(), why: z.optional(whySchema), at: micros }),
  /** The programme of this revision is on its disk. */
  holds: z.object({
    programmeRevision: count,
    /** The one that was offered last and is not taken, and why. */
    refused: z.optional(z.object({ revision: count, why: whySchema })),
  }),
  /** The keys by which it knows its station: after welcome and when they change. */
  trusts: z.object({ keys: z.array(keyIdSchema).check(z.maxLength(8)) }),
  /** Heads of days that it keeps, oldest first, as the station asked; more of them follow. */
  days: z.object({ heads: z.array(signedDaySchema).check(z.maxLength(MAX_DAYS_LISTED)), more: z.boolean() }),
  /** Which program it runs, and what became of the last update. Sent after `welcome` and at each change. */
  update: updateReportSchema,
};

/** Server to receiver. */
const fromServer = {
  /** First message of a connection: `hello` must prove the device by this nonce. */
  challenge: z.object({ nonce: nonceSchema, now: micros }),
  welcome: z.object({
    session: text(64),
    /** For `/programme` and `/clips`, while this connection lives and ten minutes more. */
    token: text(64),
    version: z.int().check(z.gte(1)),
    /** The server's time base; a new one makes the receiver forget its clock filter. */
    epoch: count,
    /** Journal lines up to here are safe on the server. */
    reported: count,
    /** After a lost connection wait a random time up to this before the first try, ms. */
    spreadMs: count,
  }),
  time: z.object({ c1: z.int(), s2: micros, s3: micros }),
  /** A new programme waits at `GET /programme` (with the token of the welcome). Signed are the UTF-8 bytes of that document. */
  programme: z.object({
    revision: z.int().check(z.gte(1)),
    sha256: sha256Schema,
    keyId: z.optional(text(64)),
    signature: z.optional(text(128)),
  }),
  order: signedSchema,
  /** The answer to a nonce: see `signed-time.ts`. */
  "signed-time": z.object({ text: text(64), keyId: text(64), signature: text(128) }),
  /** Which order keys hold from now on; its text is a notice, signed by one of those before. */
  keys: signedSchema,
  /** Clips to fetch from `GET /clips/<sha256>`, most urgent first, and those never to be dropped. */
  clips: z.object({
    want: z
      .array(z.object({ sha256: sha256Schema, bytes: count, deadline: micros }))
      .check(z.maxLength(MAX_CLIPS_LISTED)),
    /** Bytes a second the receiver should not exceed. */
    rate: z.int().check(z.gte(1)),
  }),
  reported: z.object({ journal: text(64), upTo: count }),
  /** Heads of closed days of the log, for the receiver to keep. */
  days: z.object({ heads: z.array(signedDaySchema).check(z.maxLength(MAX_DAYS_LISTED)) }),
  /** Asks for the heads that it keeps: of the days after that one, or of all. */
  "days-wanted": z.object({ after: z.optional(localDateSchema) }),
  bye: z.object({ reason: text(64), retryAfterMs: z.optional(count) }),
};

type Union<Shapes extends Record<string, z.ZodMiniType>> = {
  [T in keyof Shapes & string]: { readonly t: T; readonly p: z.infer<Shapes[T]> };
}[keyof Shapes & string];

/** Any message from a receiver. */
export type ReceiverMessage = Union<typeof fromReceiver>;
/** Any message from the server. */
export type ServerMessage = Union<typeof fromServer>;
/** The body of one kind of message. */
export type Body<M extends ReceiverMessage | ServerMessage, T extends M["t"]> = Extract<M, { t: T }>["p"];

export type HelloBody = Body<ReceiverMessage, "hello">;
export type StateBody = Body<ReceiverMessage, "state">;

/** Reads one text frame from a receiver; `undefined` for a type this version does not know. @throws Fault "invalid" */
export const parseReceiverMessage = (raw: string): ReceiverMessage | undefined =>
  plainQuestion(raw) ?? parse<ReceiverMessage>(fromReceiver, raw);
/** Reads one text frame from the server; `undefined` for a type this version does not know. @throws Fault "invalid" */
export const parseServerMessage = (raw: string) => parse<ServerMessage>(fromServer, raw);
/** The text frame of a message. */
export const encodeMessage = (message: ReceiverMessage | ServerMessage): string => JSON.stringify(message);

function parse<M>(shapes: Record<string, z.ZodMiniType>, raw: string): M | undefined {
  const { t, p } = envelope(raw);
  const shape = Object.hasOwn(shapes, t) ? shapes[t] : undefined;
  if (shape === undefined) return undefined;
  const body = shape.safeParse(p);
  if (!body.success)
    throw malformed(`${t}: ${body.error.issues[0]?.path.join("/") ?? ""} ${body.error.issues[0]?.message ?? ""}`);
  return { t, p: body.data } as M;
}

/** What idle receivers by the thousand ask, and little else: worth reading without a schema. */
const PLAIN_QUESTION = /^\{"t":"time","p":\{"c1":([1-9]\d{0,14})\}\}$/;

const LONGEST_PLAIN = 48;

function plainQuestion(raw: string): ReceiverMessage | undefined {
  if (raw.length > LONGEST_PLAIN) return undefined;
  const c1 = PLAIN_QUESTION.exec(raw)?.[1];
  return c1 === undefined ? undefined : { t: "time", p: { c1: Number(c1) } };
}

/** Longest name of a message type, letters. */
const MAX_TYPE = 32;

/** Looked at by hand: this runs for every message of ten thousand receivers. */
function envelope(raw: string): { t: string; p: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (cause) {
    throw malformed("not JSON", cause);
  }
  if (typeof value !== "object" || value === null || !("t" in value)) throw malformed("no message");
  const { t } = value;
  if (typeof t !== "string" || t.length > MAX_TYPE) throw malformed("no message");
  return { t, p: "p" in value && value.p !== undefined ? value.p : {} };
}

const malformed = (what: string, cause?: unknown): Fault =>
  new Fault("invalid", { vi: `thông điệp sai: ${what}`, en: `malformed message: ${what}` }, { cause });

/** The id under which a receiver files what it heard. */
export const occurrenceOf = (cue: string) => occurrenceIdSchema.safeParse(cue).data;
