/**
 * Everything planned at one receiver, settled within its hours and its airtime.
 *
 * @module
 */
import { refuse } from "./budget.js";
import { contest, type Outcome } from "./contest.js";
import type { Ground } from "./ground.js";
import type { LocalDate } from "./local-time.js";
import type { Occurrence } from "./occurrences.js";

/** Occurrences that can meet each other, and how they came out. */
interface Stretch {
  readonly occurrences: readonly Occurrence[];
  readonly outcomes: readonly Outcome[];
}

/**
 * Settles the occurrences of one receiver, given in order of instant. Each comes back exactly once.
 *
 * What finds no airtime is taken out and the way is free for others, so those it had met are settled again without it,
 * until nothing is over the allowance any more.
 */
export function settle(occurrences: readonly Occurrence[], ground: Ground): Outcome[] {
  const refused = new Map<Occurrence, Outcome>();
  const settleApart = (some: readonly Occurrence[]): Stretch[] =>
    apart(some).map((one) => ({ occurrences: one, outcomes: contest(one, ground) }));

  let stretches = settleApart(occurrences);
  let changed = new Set(occurrences.map((one) => one.date));
  while (changed.size > 0) {
    const over = overAirtime(stretches, changed, ground);
    for (const outcome of over) refused.set(outcome.occurrence, outcome);
    changed = new Set(over.map((outcome) => outcome.occurrence.date));
    if (over.length === 0) break;
    stretches = stretches.flatMap((stretch) => {
      const left = stretch.occurrences.filter((one) => !refused.has(one));
      if (left.length === stretch.occurrences.length) return [stretch];
      for (const one of left) changed.add(one.date);
      return settleApart(left);
    });
  }
  return [...stretches.flatMap((stretch) => stretch.outcomes), ...refused.values()];
}

/** The occurrences in stretches so far apart that none can wait into the next. */
function apart(occurrences: readonly Occurrence[]): Occurrence[][] {
  const stretches: Occurrence[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const one of occurrences) {
    const last = stretches.at(-1);
    if (last && one.planned < reach) last.push(one);
    else stretches.push([one]);
    reach = Math.max(reach, one.latest + one.layout.length);
  }
  return stretches;
}

/** What finds no airtime on those days. */
function overAirtime(stretches: readonly Stretch[], days: ReadonlySet<LocalDate>, ground: Ground): Outcome[] {
  const soundings = new Map<LocalDate, Outcome[]>();
  for (const { outcomes } of stretches)
    for (const outcome of outcomes) {
      const { date } = outcome.occurrence;
      if (outcome.fate === "dropped" || !days.has(date)) continue;
      const known = soundings.get(date);
      if (known) known.push(outcome);
      else soundings.set(date, [outcome]);
    }
  return [...soundings].flatMap(([day, claims]) => refuse(claims, ground.airtime(day), ground));
}
