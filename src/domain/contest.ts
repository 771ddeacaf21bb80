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
export function contest(occurrences: readonly Occurrence[], ground: Ground): Outcome[] {
  const outcomes: Outcome[] = [];
  const coming = occurrences.filter((one) => {
    const move = withinHours(one, one.planned, ground);
    if (move.kind === "drop") outcomes.push(dropped(one, move.reason));
    return move.kind === "start";
  });

  let waiting: Waiting[] = [];
  let next = 0;
  let now = Number.NEGATIVE_INFINITY;
  let running: Outcome | undefined;

  const admit = () => {
    for (let one = coming[next]; one && one.planned <= now; one = coming[++next])
      waiting.push({ occurrence: one, heldUntil: 0, because: running?.occurrence, becauseUntil: running?.end });
  };
  const expire = () => {
    const [over, left] = parted(waiting, (one) => one.occurrence.latest < now);
    waiting = left;
    for (const one of over) outcomes.push(expired(one));
  };

  while (waiting.length > 0 || next < coming.length) {
    now = Math.max(now, running?.end ?? now);
    const first = coming[next]?.planned ?? Number.POSITIVE_INFINITY;
    const wake = waiting.reduce((least, one) => Math.min(least, one.heldUntil), first);
    now = Math.max(now, wake);
    admit();
    expire();
    const best = bestOf(waiting, now);
    if (!best) continue;
    const move = decide(best, epoch(now), { coming, next, ground });
    if (move.kind === "hold") {
      best.heldUntil = move.for.by.planned;
      best.because = move.for.by;
      best.becauseUntil = epoch(move.for.by.planned + move.for.by.layout.length);
      continue;
    }
    waiting = waiting.filter((one) => one !== best);
    if (move.kind === "drop") {
      const because = move.because ?? best.because;
      outcomes.push(dropped(best.occurrence, move.reason, { because, becauseUntil: best.becauseUntil }));
      continue;
    }
    running = started(best, epoch(now), move);
    outcomes.push(running);
    for (const one of waiting) {
      one.because = running.occurrence;
      one.becauseUntil = running.end;
    }
  }
  return outcomes;
}

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

/** What is still to come, for looking ahead. */
interface Ahead {
  readonly coming: readonly Occurrence[];
  readonly next: number;
  readonly ground: Ground;
}

function decide({ occurrence: one }: Waiting, now: Epoch, ahead: Ahead): Move {
  const move = withinHours(one, now, ahead.ground);
  if (move.kind !== "start") return move;
  const obstacle = obstacleOf(one, { now, end: move.end }, ahead);
  return obstacle ? yieldTo(one, now, obstacle) : move;
}

/** Whether it may begin at that instant as far as the hours go: whole, or up to a whole item before they end (R1). */
function withinHours(one: Occurrence, at: Epoch, ground: Ground): Move {
  const isOrdinary = one.rank === 0;
  const span = ground.openAt(isOrdinary, at);
  if (!span) return { kind: "drop", reason: ground.whyClosed(isOrdinary, at) };
  const { length } = one.layout;
  if (at + length <= span.to) return { kind: "start", end: epoch(at + length) };
  const reason = ground.whyClosed(isOrdinary, span.to);
  const point = lastCutPoint(one.layout, span.to - at);
  return point === undefined ? { kind: "drop", reason } : { kind: "start", end: epoch(at + point), reason };
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

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  const first: T[] = [];
  const rest: T[] = [];
  for (const one of all) (isFirst(one) ? first : rest).push(one);
  return [first, rest];
}
