/**
 * What a receiver must never forget: which orders it obeyed, what it has begun, what was stopped or recalled. A list of
 * facts on disk, and what follows from them.
 *
 * @module
 */
import * as z from "zod/mini";
import { type Micros, micros } from "../base/units.js";
import { announcementIdSchema, type OccurrenceId, occurrenceIdSchema } from "../domain/ids.js";
import { type Cue, cueSchema, type StopScope, stopScopeSchema } from "../protocol/orders.js";

/** Order ids remembered, the newest. */
export const MAX_SEEN = 4096;
/** Keys of sounds remembered: a month of forty a day and room for live streams. */
export const MAX_PLAYED = 4096;
/** Stops remembered: one for each place and occurrence that a signed order of the station has named, the newest of each. */
export const MAX_STOPS = 4096;
const MAX_RECALLED = 4096;
const MAX_CUES = 512;

const time = z.int().check(z.gte(0));

/** One line of the memory file. */
export const factSchema = z.discriminatedUnion("kind", [
  /** An order was taken. */
  z.object({ kind: z.literal("order"), id: z.string(), epoch: z.int(), sequence: z.int() }),
  /** A cue came by order, not by programme. */
  z.object({ kind: z.literal("cue"), cue: cueSchema, issuedAt: time, confirmed: z.boolean() }),
  z.object({ kind: z.literal("cancel"), cues: z.array(occurrenceIdSchema), issuedAt: time }),
  z.object({ kind: z.literal("stop"), scope: stopScopeSchema, issuedAt: time }),
  /** About to sound: written before the first sample. */
  z.object({ kind: z.literal("started"), key: z.string(), at: time }),
  /** Nothing more will be heard of it, whatever became of it. */
  z.object({ kind: z.literal("done"), key: z.string() }),
  z.object({ kind: z.literal("volume"), percent: z.int(), issuedAt: time }),
  z.object({ kind: z.literal("mute"), muted: z.boolean() }),
  /** Somebody at the pole muted it, or let it sound again. */
  z.object({ kind: z.literal("local-mute"), muted: z.boolean() }),
  /**
   * Earlier facts were lost with the disk: nothing that was due, or ordered, up to this instant is believed to be new. Without
   * `at` while the time is not known.
   */
  z.object({ kind: z.literal("forgot"), at: z.optional(time) }),
  /** The station has told anew what is to be played after something was forgotten. */
  z.object({ kind: z.literal("reminded") }),
  /** The time was trusted: a later start with an earlier clock is wrong. */
  z.object({ kind: z.literal("time"), at: time }),
]);
export type Fact = z.infer<typeof factSchema>;

export interface Stop {
  readonly scope: StopScope;
  readonly issuedAt: number;
}

export interface OrderedCue {
  readonly cue: Cue;
  readonly issuedAt: number;
  readonly confirmed: boolean;
}

/** What follows from the facts so far. */
export interface Memory {
  /** Highest order number obeyed. */
  epoch: number;
  sequence: number;
  /** Ids of orders obeyed, oldest first. */
  readonly seen: Set<string>;
  /** By key: whether it is still under way or done. */
  readonly played: Map<string, { at: number; done: boolean }>;
  /** By what was stopped, the least recently stopped first: a later stop of the same takes the place of an earlier one. */
  readonly stops: Map<string, Stop>;
  readonly recalled: Set<string>;
  /** Cues that came by order. */
  readonly cues: Map<OccurrenceId, OrderedCue>;
  /** When cues were taken back. */
  readonly cancelled: Map<OccurrenceId, number>;
  volume: { readonly percent: number; readonly issuedAt: number } | undefined;
  muted: boolean;
  /** By somebody at the pole: silences everything but a confirmed emergency. */
  locallyMuted: boolean;
  /** Up to when nothing is known of what sounded, µs; 0 for a memory that never failed, infinite until the time is known. */
  forgotAt: number;
  /** What was stopped or recalled may be forgotten: the programme of before must not be played. */
  isForgetful: boolean;
  lastTime: Micros;
}

export const emptyMemory = (): Memory => ({
  epoch: 0,
  sequence: -1,
  seen: new Set(),
  played: new Map(),
  stops: new Map(),
  recalled: new Set(),
  cues: new Map(),
  cancelled: new Map(),
  volume: undefined,
  muted: false,
  locallyMuted: false,
  forgotAt: 0,
  isForgetful: false,
  lastTime: micros(0),
});

/** Adds a fact. The memory is changed in place: it is as large as a file and is touched before every sound. */
export function remember(memory: Memory, fact: Fact): void {
  switch (fact.kind) {
    case "order":
      if (fact.epoch > memory.epoch || (fact.epoch === memory.epoch && fact.sequence > memory.sequence)) {
        memory.epoch = fact.epoch;
        memory.sequence = fact.sequence;
      }
      memory.seen.add(fact.id);
      trim(memory.seen, MAX_SEEN);
      break;
    case "cue":
      memory.cues.set(fact.cue.id, { cue: fact.cue, issuedAt: fact.issuedAt, confirmed: fact.confirmed });
      memory.cancelled.delete(fact.cue.id);
      trim(memory.cues, MAX_CUES);
      break;
    case "cancel":
      for (const id of fact.cues) {
        memory.cues.delete(id);
        memory.cancelled.set(id, fact.issuedAt);
      }
      trim(memory.cancelled, MAX_CUES);
      break;
    case "stop":
      if (fact.scope.kind === "announcement") memory.recalled.add(announcementIdSchema.parse(fact.scope.announcement));
      else for (const scope of partsOf(fact.scope)) keepStop(memory.stops, { scope, issuedAt: fact.issuedAt });
      trim(memory.recalled, MAX_RECALLED);
      trim(memory.stops, MAX_STOPS);
      break;
    case "started":
      memory.played.set(fact.key, { at: fact.at, done: false });
      trim(memory.played, MAX_PLAYED);
      break;
    case "done":
      memory.played.set(fact.key, { at: memory.played.get(fact.key)?.at ?? 0, done: true });
      trim(memory.played, MAX_PLAYED);
      break;
    case "volume":
      memory.volume = { percent: fact.percent, issuedAt: fact.issuedAt };
      break;
    case "mute":
      memory.muted = fact.muted;
      // The station's word ends a mute that somebody at the pole forgot.
      if (!fact.muted) memory.locallyMuted = false;
      break;
    case "local-mute":
      memory.locallyMuted = fact.muted;
      break;
    case "forgot":
      memory.forgotAt = fact.at ?? Number.POSITIVE_INFINITY;
      memory.isForgetful = memory.isForgetful || fact.at === undefined;
      break;
    case "reminded":
      memory.isForgetful = false;
      break;
    case "time":
      memory.lastTime = micros(Math.max(memory.lastTime, fact.at));
  }
}

/** The fewest facts from which the same memory follows: what a file is rewritten with. */
export function factsOf(memory: Memory): Fact[] {
  const { epoch, sequence, lastTime } = memory;
  const facts: Fact[] = [{ kind: "time", at: lastTime }];
  for (const id of memory.seen) facts.push({ kind: "order", id, epoch, sequence });
  for (const { cue, issuedAt, confirmed } of memory.cues.values())
    facts.push({ kind: "cue", cue, issuedAt, confirmed });
  for (const [id, issuedAt] of memory.cancelled) facts.push({ kind: "cancel", cues: [id], issuedAt });
  for (const announcement of memory.recalled)
    facts.push({
      kind: "stop",
      scope: { kind: "announcement", announcement: announcementIdSchema.parse(announcement) },
      issuedAt: 0,
    });
  for (const { scope, issuedAt } of memory.stops.values()) facts.push({ kind: "stop", scope, issuedAt });
  for (const [key, { at, done }] of memory.played) {
    facts.push({ kind: "started", key, at });
    if (done) facts.push({ kind: "done", key });
  }
  if (memory.volume) facts.push({ kind: "volume", ...memory.volume });
  facts.push({ kind: "mute", muted: memory.muted });
  facts.push({ kind: "local-mute", muted: memory.locallyMuted });
  // Since when is not known until the time is: then the fact without an instant stays, though a programme has come again.
  if (memory.isForgetful || memory.forgotAt === Number.POSITIVE_INFINITY) facts.push({ kind: "forgot" });
  if (!memory.isForgetful && memory.forgotAt === Number.POSITIVE_INFINITY) facts.push({ kind: "reminded" });
  if (memory.forgotAt > 0 && Number.isFinite(memory.forgotAt)) facts.push({ kind: "forgot", at: memory.forgotAt });
  return facts;
}

/** A scope of several places as scopes of one each, so that what is stopped again and again is remembered once. */
function partsOf(scope: StopScope): StopScope[] {
  if (scope.kind === "areas") return scope.areas.map((area) => ({ kind: "areas", areas: [area] }));
  if (scope.kind === "receivers") return scope.receivers.map((one) => ({ kind: "receivers", receivers: [one] }));
  return [scope];
}

function keepStop(stops: Map<string, Stop>, stop: Stop): void {
  const key = JSON.stringify(stop.scope);
  if ((stops.get(key)?.issuedAt ?? -1) >= stop.issuedAt) return;
  stops.delete(key);
  stops.set(key, stop);
}

function trim(kept: Set<unknown> | Map<unknown, unknown>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
