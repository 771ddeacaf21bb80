/**
 * Asked before every order and every sound. It trusts nothing but what the receiver holds itself (R1, R4, R5, R9).
 *
 * @module
 */
import { type Micros, toEpoch } from "../base/units.js";
import type { Class } from "../domain/class.js";
import type { AreaId, ReceiverId } from "../domain/ids.js";
import type { Place } from "../domain/place.js";
import { isQuiet } from "../domain/policy-rules.js";
import type { Order, StopScope } from "../protocol/orders.js";
import { announcementsOf, type Claim } from "./claims.js";
import type { Doubt } from "./keyring.js";
import type { Memory, Stop } from "./memory.js";
import type { OrderRefusal, PlayReason } from "./reasons.js";
import { microsOf } from "./samples.js";

/** Clocks differ and networks hurry: an order may come this much before its first instant, µs. */
const EARLY = 5_000_000;
/** A stop that comes within this time of its issue silences whatever sounds, even what began in between, µs. */
const FRESH_STOP = 10_000_000;
/** What begins this soon after a stop is on its way to the loudspeaker already, µs. */
const ON_ITS_WAY = 500_000;

export type Verdict<Why> = { readonly kind: "play" } | { readonly kind: "refuse"; readonly why: Why };

const PLAY = { kind: "play" } as const;
const refuse = <Why>(why: Why): Verdict<Why> => ({ kind: "refuse", why });

/** Who and where the receiver is. */
export interface Identity {
  readonly receiver: ReceiverId;
  /** Its own area and the parents. */
  readonly areas: readonly AreaId[];
}

/** What judges an order. */
export interface Standing extends Identity {
  readonly now: Micros;
  /** Whether `now` can be believed. */
  readonly trusted: boolean;
  /** The trusted key whose signature fits the order's text, or `false`; found by a verifier outside, for that is no pure thing. */
  readonly verified: string | false;
  /** Why there is none. */
  readonly doubt?: Doubt;
}

/**
 * Whether an order is to be obeyed. A stop need not wait its turn: it is checked for signature, audience, expiry and
 * having been seen, and nothing else (R3).
 */
export function judgeOrder(order: Order, standing: Standing, memory: Memory): Verdict<OrderRefusal> {
  if (standing.verified === false) return refuse(standing.doubt ?? "signature");
  if (!isAddressed(order, standing)) return refuse("audience");
  if (memory.seen.has(order.id)) return refuse("seen");
  if (!isOfItsClass(order)) return refuse("malformed");
  const { body } = order;
  const harmless = body.kind === "stop" || (body.kind === "mute" && body.muted) || body.kind === "close";
  if (!standing.trusted) return harmless ? PLAY : refuse("untrusted-clock");
  if (standing.now > order.notAfter) return refuse("expired");
  if (order.body.kind === "stop") return PLAY;
  if (order.notBefore > standing.now + EARLY) return refuse("too-early");
  const { epoch, sequence, forgotAt } = memory;
  // Whether it was obeyed is not known any more.
  if (order.issuedAt <= forgotAt) return refuse("replayed");
  if (order.epoch < epoch || (order.epoch === epoch && order.sequence <= sequence)) return refuse("replayed");
  return PLAY;
}

/** An order says of what class it is, and so does its sound: who gives way to whom must not depend on which is read. */
const isOfItsClass = ({ class: of, body }: Order): boolean =>
  body.kind === "cue"
    ? body.cue.class === of
    : body.kind !== "open" || (body.class === of && (body.cue?.class ?? of) === of);

/** What judges a sound. */
export interface Scene {
  readonly identity: Identity;
  readonly place: Place;
  readonly now: Micros;
  readonly trusted: boolean;
}

/** Whether a claim may begin. What sounds already is judged by {@link isHushed} alone. */
export function judgeStart(
  claim: Claim,
  { identity, place, now, trusted }: Scene,
  memory: Memory,
): Verdict<PlayReason> {
  if (!trusted && claim.content.kind === "clips") return refuse("untrusted-clock");
  const live = claim.content.kind === "live";
  // Of what is live only a stream in place of a cue has a name that is remembered: what is over there is over (R4).
  if (memory.played.get(claim.key)?.done) return refuse("played");
  if (!live && microsOf(claim.start) <= memory.forgotAt) return refuse("memory-lost");
  const announcements = announcementsOf(claim);
  if (announcements.length > 0 && announcements.every((one) => memory.recalled.has(one))) return refuse("recalled");
  for (const stop of memory.stops.values()) if (isStopped(claim, stop, identity)) return refuse("stopped");
  const at = Math.max(now, microsOf(claim.start));
  if (isHushed(claim, place, at)) return refuse("quiet-hours");
  if (!claim.begunBefore && now > microsOf(claim.notAfter)) return refuse("late");
  return PLAY;
}

/** Whether a quiet hour of the place silences the claim at an instant, µs (R1). */
export const isHushed = (claim: { class: Class; confirmed: boolean }, place: Place, at: number): boolean =>
  !(claim.class === "emergency" && claim.confirmed) && isQuiet(place, toEpoch(at as Micros));

/** What a stop asks of a claim. */
type Stoppable = Pick<Claim, "key" | "start" | "issuedAt" | "content" | "plannedAt">;

/**
 * Whether an earlier stop reaches a claim that has not begun: everything in its scope that was due when it was issued. Of what
 * is live only the order has a time: its first chunk lies ahead of that. A stream in place of a cue is due when that is, however
 * often it is ordered anew.
 */
export const isStopped = (claim: Stoppable, { scope, issuedAt }: Stop, identity: Identity): boolean =>
  inScope(claim, scope, identity) && (scope.kind === "occurrence" || dueAt(claim) <= issuedAt);

const dueAt = ({ content, plannedAt, issuedAt, start }: Stoppable): number =>
  content.kind === "live" ? (plannedAt ?? issuedAt) : microsOf(start);

/** Whether a stop that has just come silences a claim that sounds, waits or is interrupted. */
export const stopReaches = (
  claim: Claim,
  stop: Stop,
  { identity, now }: { identity: Identity; now: Micros },
): boolean =>
  isStopped(claim, stop, identity) ||
  (inScope(claim, stop.scope, identity) &&
    now - stop.issuedAt < FRESH_STOP &&
    microsOf(claim.start) <= now + ON_ITS_WAY);

/** A recall does not stop a claim as a whole: see the play-head. */
function inScope(claim: Stoppable, scope: StopScope, { receiver, areas }: Identity): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "areas":
      return isWithin(scope.areas, areas);
    case "receivers":
      return scope.receivers.includes(receiver);
    case "occurrence":
      return scope.occurrence === claim.key;
    case "announcement":
      return false;
  }
}

/** Who has no programme yet does not know where it stands: then any area that falls silent may be its own (R3). */
const isWithin = (silenced: readonly AreaId[], areas: readonly AreaId[]): boolean =>
  areas.length === 0 || silenced.some((area) => areas.includes(area));

function isAddressed({ audience, body }: Order, { receiver, areas }: Standing): boolean {
  switch (audience.kind) {
    case "all":
      return true;
    case "areas":
      return body.kind === "stop" ? isWithin(audience.areas, areas) : audience.areas.some((one) => areas.includes(one));
    case "receivers":
      return audience.receivers.includes(receiver);
  }
}
