/**
 * Who sounds when at one receiver: never two at once, the higher class first, everything inside its hours.
 *
 * Time runs forward once. What begins is looked at together with what is planned before its end, so everything that
 * sounds has its final end when it starts and nothing is taken back. What is still sounding is waited for; only something
 * that keeps its hour strictly, or a higher class that could not wait long enough, shortens it.
 *
 * @module
 */
import { type Epoch, epoch } from "../base/units.js";
import type { Ground } from "./ground.js";
import { lastCutPoint } from "./layout.js";
import { goesBefore, type Occurrence } from "./occurrences.js";
import type { PlanReason } from "./rundown.js";

/** A fragment shorter than this says nothing to anybody; such an item is not begun. */
export const SHORTEST_FRAGMENT_MS = 10_000;

/** What became of an occurrence at one receiver. */
export interface Outcome {
  readonly occurrence: Occurrence;
  readonly start: Epoch;
  readonly end: Epoch;
  readonly fate: "airs" | "moved" | "cut" | "dropped";
  readonly reason?: PlanReason | undefined;
  /** The other one, and until when it sounds. */
  readonly because?: Occurrence | undefined;
  readonly becauseUntil?: Epoch | undefined;
  /** The allowance that was used up: sessions or minutes. */
  readonly limit?: number | undefined;
}

/** What lies behind an outcome. */
type Behind = Pick<Outcome, "because" | "becauseUntil" | "limit">;

/** An outcome with all its fields in place: there are hundreds of thousands, and engines like them alike. */
const outcome = (
  { occurrence, start, end }: Pick<Outcome, "occurrence" | "start" | "end">,
  fate: Outcome["fate"],
  { reason, because, becauseUntil, limit }: Behind & Pick<Outcome, "reason">,
): Outcome => ({ occurrence, start, end, fate, reason, because, becauseUntil, limit });

/** One that waits for its turn. */
interface Waiting {
  readonly occurrence: Occurrence;
  /** It steps aside until then for something to come. */
  heldUntil: number;
  because?: Occurrence | undefined;
  becauseUntil?: Epoch | undefined;
}

/** Something to come that a start has to reckon with. */
interface Obstacle {
  readonly by: Occurrence;
  /** The instant by which the way must be free for it. */
  readonly at: number;
}

/** What to do with the first in line. */
type Move =
  | { readonly kind: "start"; readonly end: Epoch; readonly reason?: PlanReason; readonly because?: Occurrence }
  | { readonly kind: "hold"; readonly for: Obstacle }
  | { readonly kind: "drop"; readonly reason: PlanReason; readonly because?: Occurrence };

/** Settles the occurrences of one receiver, given in order of instant. Each comes back exactly once. */
export function contest(occurrences: readonly Occurrence[], groundOf: (one: Occurrence) => Ground): Outcome[] {
  const outcomes: Outcome[] = [];
  const coming: Occurrence[] = [];
  for (const one of occurrences)
    if (endWithin(one, one.planned, groundOf(one)) !== undefined) coming.push(one);
    else outcomes.push(dropped(one, whyNotWithin(one, one.planned, groundOf(one))));

  const waiting: Waiting[] = [];
  let next = 0;
  let now = epoch(0);
  let running: Outcome | undefined;

  while (waiting.length > 0 || next < coming.length) {
    now = epoch(Math.max(now, running?.end ?? now, wakeOf(waiting, coming[next])));
    for (let one = coming[next]; one && one.planned <= now; one = coming[++next])
      waiting.push({ occurrence: one, heldUntil: 0, because: running?.occurrence, becauseUntil: running?.end });
    for (const one of takeExpired(waiting, now)) outcomes.push(expired(one));
    const best = bestOf(waiting, now);
    if (!best) continue;
    const move = decide(best, now, { coming, next, ground: groundOf(best.occurrence) });
    if (move.kind === "hold") {
      hold(best, move.for);
      continue;
    }
    waiting.splice(waiting.indexOf(best), 1);
    const settled = move.kind === "start" ? started(best, now, move) : refused(best, move);
    outcomes.push(settled);
    if (move.kind === "start") running = settled;
    if (move.kind === "start") for (const one of waiting) blame(one, settled.occurrence, settled.end);
  }
  return outcomes;
}

/** When something can happen next: at once when somebody waits for nothing in particular. */
function wakeOf(waiting: readonly Waiting[], coming: Occurrence | undefined): number {
  let wake: number = coming?.planned ?? Number.POSITIVE_INFINITY;
  for (const one of waiting) wake = Math.min(wake, one.heldUntil);
  return wake;
}

function blame(one: Waiting, because: Occurrence, until: Epoch): void {
  one.because = because;
  one.becauseUntil = until;
}

function hold(one: Waiting, { by }: Obstacle): void {
  one.heldUntil = by.planned;
  blame(one, by, epoch(by.planned + by.layout.length));
}

const NOBODY: readonly Waiting[] = [];

/** Takes those out that may not begin any more. */
function takeExpired(waiting: Waiting[], now: Epoch): readonly Waiting[] {
  if (!waiting.some((one) => one.occurrence.latest < now)) return NOBODY;
  const over = waiting.filter((one) => one.occurrence.latest < now);
  const left = waiting.filter((one) => one.occurrence.latest >= now);
  waiting.splice(0, waiting.length, ...left);
  return over;
}

const refused = (one: Waiting, { reason, because }: Move & { kind: "drop" }): Outcome =>
  dropped(one.occurrence, reason, { because: because ?? one.because, becauseUntil: one.becauseUntil });

/** An outcome of silence, and the other one that is behind it. */
export function dropped(occurrence: Occurrence, reason: PlanReason, by: Behind = {}): Outcome {
  const { because, becauseUntil, limit } = by;
  const heard = { occurrence, start: occurrence.planned, end: occurrence.planned };
  return outcome(heard, "dropped", { reason, because, becauseUntil, limit });
}

function bestOf(waiting: readonly Waiting[], now: number): Waiting | undefined {
  let best: Waiting | undefined;
  for (const one of waiting)
    if (one.heldUntil <= now && (!best || goesBefore(one.occurrence, best.occurrence))) best = one;
  return best;
}

/** What is still to come, for looking ahead, and the hours of the one that looks. */
interface Ahead {
  readonly coming: readonly Occurrence[];
  readonly next: number;
  readonly ground: Ground;
}

function decide({ occurrence: one }: Waiting, now: Epoch, ahead: Ahead): Move {
  const end = endWithin(one, now, ahead.ground);
  if (end === undefined) return { kind: "drop", reason: whyNotWithin(one, now, ahead.ground) };
  const obstacle = obstacleOf(one, { now, end }, ahead);
  if (obstacle) return yieldTo(one, now, obstacle);
  const whole = end - now >= one.layout.length;
  return whole ? { kind: "start", end } : { kind: "start", end, reason: whyNotWithin(one, now, ahead.ground) };
}

/** When it would end as far as the hours go: whole, or after a whole item before they close (R1); undefined for never. */
export function endWithin({ rank, layout }: Occurrence, at: Epoch, ground: Ground): Epoch | undefined {
  const span = ground.openAt(rank === 0, at);
  if (!span) return undefined;
  if (at + layout.length <= span.to) return epoch(at + layout.length);
  const point = lastCutPoint(layout, span.to - at);
  return point === undefined ? undefined : epoch(at + point);
}

/** Which hours keep it from sounding whole from that instant. */
export function whyNotWithin({ rank }: Occurrence, at: Epoch, ground: Ground): PlanReason {
  const isOrdinary = rank === 0;
  return ground.whyClosed(isOrdinary, ground.openAt(isOrdinary, at)?.to ?? at);
}

/** The first thing planned before `end` that this one must not run into. */
function obstacleOf(
  one: Occurrence,
  { now, end }: { readonly now: Epoch; readonly end: Epoch },
  { coming, next }: Ahead,
): Obstacle | undefined {
  let first: Obstacle | undefined;
  for (let index = next; ; index++) {
    const other = coming[index];
    if (!other || other.planned >= end) return first;
    const cuts = other.isHard && other.rank >= one.rank;
    const cannotWait = !other.isHard && other.rank > one.rank && other.latest < end;
    if (!cuts && !cannotWait) continue;
    const at = Math.max(now, cuts ? other.planned : other.latest);
    if (!first || at < first.at || (at === first.at && goesBefore(other, first.by))) first = { by: other, at };
  }
}

/** Steps aside when it can still sound whole afterwards; else ends before the other; else, if it must, is cut off by it. */
function yieldTo(one: Occurrence, now: Epoch, obstacle: Obstacle): Move {
  const { by, at } = obstacle;
  if (by.planned + by.layout.length <= one.latest) return { kind: "hold", for: obstacle };
  const point = lastCutPoint(one.layout, at - now);
  if (point !== undefined) return { kind: "start", end: epoch(now + point), reason: "cut-by-other", because: by };
  const mayBreak = (by.isHard || one.isHard) && at - now >= SHORTEST_FRAGMENT_MS;
  if (mayBreak) return { kind: "start", end: epoch(at), reason: "cut-by-other", because: by };
  return one.isHard ? { kind: "drop", reason: "superseded", because: by } : { kind: "hold", for: obstacle };
}

function started(one: Waiting, start: Epoch, { end, reason, because }: Move & { kind: "start" }): Outcome {
  const { occurrence } = one;
  const heard = { occurrence, start, end };
  const { cutTo } = occurrence.layout;
  if (reason) return outcome(heard, "cut", { reason, because });
  if (cutTo !== undefined) return outcome(heard, "cut", { reason: "too-long", limit: cutTo });
  if (start === occurrence.planned) return outcome(heard, "airs", {});
  return outcome(heard, "moved", { reason: "waits", because: one.because, becauseUntil: one.becauseUntil });
}

const expired = (one: Waiting): Outcome =>
  dropped(one.occurrence, one.occurrence.isHard ? "superseded" : "waited-too-long", one);
