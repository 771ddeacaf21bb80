/**
 * A claim while the play-head holds it: its phase, its place on the timeline and its loudness envelope.
 *
 * @module
 */
import type { Class } from "../domain/class.js";
import type { Sha256 } from "../domain/ids.js";
import { STOP_FADE } from "../protocol/limits.js";
import type { Claim, ClaimItem } from "./claims.js";
import type { PlayReason } from "./reasons.js";
import { samplesIn } from "./samples.js";

/** A sound that must give way fades within this many samples: half of what the protocol allows. */
export const FADE = samplesIn(STOP_FADE / 2);
/** A sound that begins or goes on is soft after this many samples (10 ms: no click) … */
const SOFT = { gain: 0.25, samples: samplesIn(10) };
/** … and full after this many: nobody beside the horn is startled, and a warning loses no word. */
const fullAfter = (of: Class): number => samplesIn(of === "emergency" ? 50 : 300);

/** Where the rise from `gain` leads next, and by how much each sample. */
const rise = (gain: number, of: Class): { readonly to: number; readonly slope: number } =>
  gain < SOFT.gain
    ? { to: SOFT.gain, slope: SOFT.gain / SOFT.samples }
    : { to: 1, slope: (1 - SOFT.gain) / (fullAfter(of) - SOFT.samples) };

/** The envelope `count` samples after `gain`; `count` must not reach beyond an edge of {@link edges}. */
export function risen(gain: number, count: number, of: Class): number {
  const { to, slope } = rise(gain, of);
  return Math.min(to, gain + slope * count);
}

/** Samples until its rise changes its slope or is over. */
function riseLeft(gain: number, of: Class): number {
  const { to, slope } = rise(gain, of);
  return Math.ceil((to - gain) / slope - 1e-6);
}

/** What becomes of a claim when its fade is over. */
export type Outcome =
  | { readonly event: "interrupted"; readonly why: "preempted" }
  | { readonly event: "cut" | "finished"; readonly why?: PlayReason }
  /** Only this item falls silent; the claim goes on. */
  | { readonly event: "silenced"; readonly item: ClaimItem };

/** Where the sound of a stretch comes from. */
export type Source =
  /** `from` is the clip's first playable sample plus this many. */
  | { readonly kind: "clip"; readonly sha256: Sha256; readonly from: number }
  /** `from` is the sample of the timeline that the chunks were stamped for, which an interrupted cue plays later. */
  | { readonly kind: "stream"; readonly stream: number; readonly from: number };

export interface HeldClaim {
  claim: Claim;
  phase: "pending" | "waiting" | "sounding" | "interrupted";
  /** The guard has allowed it and its key is on disk. */
  permitted: boolean;
  /** A stream with the sound of this claim. */
  stream: number | undefined;
  /** Timeline sample at which its first sample was, or would have been, heard. */
  anchor: number;
  /** Position from which it goes on after an interruption. */
  position: number;
  /** It has sounded, in this run or an earlier one. */
  begun: boolean;
  /** Samples heard so far. */
  heard: number;
  /** Envelope, 0 to 1. */
  gain: number;
  fade: { left: number; readonly outcome: Outcome } | undefined;
  /** Recalled items stay silent. */
  readonly silenced: Set<ClaimItem>;
  /** Which way each item came; chosen once, so that its sound does not change in the middle. */
  readonly chosen: Map<ClaimItem, "clip" | "stream">;
  /** Some item had no sound when its time came. */
  incomplete: boolean;
  /** A live stream that was closed: its end is its own. */
  closed: boolean;
}

/** @param recalled announcements that must not be heard any more, though the claim still names them (R3) */
export const holdClaim = (claim: Claim, recalled: ReadonlySet<string>): HeldClaim => ({
  claim,
  phase: "pending",
  permitted: false,
  stream: undefined,
  anchor: claim.start,
  position: 0,
  begun: claim.begunBefore,
  heard: 0,
  gain: 0,
  fade: undefined,
  silenced: new Set(
    claim.content.kind === "live"
      ? []
      : claim.content.items.filter(({ announcement }) => announcement !== undefined && recalled.has(announcement)),
  ),
  chosen: new Map(),
  incomplete: false,
  closed: false,
});

/** The item that sounds at a position, if any. */
export const itemAt = ({ claim }: HeldClaim, position: number): ClaimItem | undefined =>
  claim.content.kind === "live"
    ? undefined
    : claim.content.items.findLast((item) => position >= item.from && position < item.to);

/** The item that sounds at a position, or the next one. */
export const itemFrom = ({ claim, silenced }: HeldClaim, position: number): ClaimItem | undefined =>
  claim.content.kind === "live"
    ? undefined
    : claim.content.items.find((item) => position < item.to && !silenced.has(item));

/** Samples of the timeline at which its sound changes: items begin or end, it fades, it has risen, it is over. */
export function edges(one: HeldClaim, at: number): number[] {
  const { anchor, fade, gain, claim } = one;
  const end = anchor + claim.length;
  const slope = fade ? at + fade.left : at + riseLeft(gain, claim.class);
  return [anchor + nextEdge(one, at - anchor), end, end - FADE, slope];
}

/** The first of these after `at`, at the latest `end`. */
export const sooner = (at: number, end: number, samples: readonly number[]): number =>
  Math.min(end, ...samples.filter((sample) => sample > at));

/** The next position after this one at which an item begins or ends. */
function nextEdge({ claim }: HeldClaim, position: number): number {
  if (claim.content.kind === "live") return claim.length;
  let edge = claim.length;
  for (const { from, to } of claim.content.items) {
    if (from > position) edge = Math.min(edge, from);
    if (to > position) edge = Math.min(edge, to);
  }
  return edge;
}

/** Whether its end cuts something off, so that it must fade. */
export const endsAbruptly = ({ claim }: HeldClaim): boolean =>
  claim.content.kind === "live" ||
  claim.content.items.some((item) => item.from < claim.length && item.to > claim.length);

/** Where a claim stands that would begin, or go on, at sample `at`. */
export function entry(one: HeldClaim, at: number): { readonly anchor: number; readonly position: number } {
  const { claim, phase } = one;
  if (phase === "interrupted" && claim.content.kind === "clips")
    return { anchor: at - one.position, position: one.position };
  // Whoever only comes late joins where the neighbours are; whoever had to wait, or missed all of it, begins at the beginning.
  const joins = claim.content.kind === "live" || claim.begunBefore;
  if (joins || (phase === "pending" && at < claim.start + claim.length))
    return { anchor: claim.start, position: at - claim.start };
  return { anchor: at, position: 0 };
}

/** Why a claim that does not sound may no longer begin or go on at sample `at`, if so. */
export function outdated({ claim, phase, begun, permitted, closed }: HeldClaim, at: number): PlayReason | undefined {
  const over = at >= claim.start + claim.length;
  if (claim.content.kind === "live") {
    if (!over) return undefined;
    return closed ? "preempted" : "max-duration";
  }
  if (claim.begunBefore && phase !== "interrupted") return over ? "restart" : undefined;
  // The last sample at which it would still sound, had it begun as late as allowed.
  if (begun) return at > claim.notAfter + claim.length ? "expired" : undefined;
  if (at <= claim.notAfter) return undefined;
  if (phase === "waiting") return "waited-too-long";
  return permitted ? "no-audio" : "late";
}

/** What becomes of a claim that gives way to a higher class. */
export const yielding = ({ claim }: HeldClaim): Outcome =>
  claim.resume === "drop" ? { event: "cut", why: "preempted" } : { event: "interrupted", why: "preempted" };

/** What becomes of a claim that reaches its end. */
export function natural({ claim, closed, incomplete }: HeldClaim): { event: "cut" | "finished"; why?: PlayReason } {
  if (!closed && (claim.capped || claim.content.kind === "live")) return { event: "cut", why: "max-duration" };
  return incomplete ? { event: "finished", why: "incomplete" } : { event: "finished" };
}

/** How its sound came, as far as it came. */
export const cameFrom = ({ claim, chosen }: HeldClaim): "clip" | "stream" | undefined =>
  claim.content.kind === "live" ? "stream" : [...chosen.values()].at(-1);

/** The source of an item at a position of its claim; `undefined` is silence. The choice is kept for the whole item. */
export function choose(one: HeldClaim, position: number, holds: (sha256: Sha256) => boolean): Source | undefined {
  const { claim, stream } = one;
  if (claim.content.kind === "live")
    return stream === undefined ? undefined : { kind: "stream", stream, from: claim.start + position };
  const item = itemAt(one, position);
  if (!item || one.silenced.has(item)) return undefined;
  const way = one.chosen.get(item) ?? (holds(item.sha256) ? "clip" : stream === undefined ? undefined : "stream");
  if (way === undefined) {
    one.incomplete = true;
    return undefined;
  }
  one.chosen.set(item, way);
  if (way === "clip") return { kind: "clip", sha256: item.sha256, from: position - item.from };
  return stream === undefined ? undefined : { kind: "stream", stream, from: claim.start + position };
}
