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

/** Settles the occurrences of one receiver, given in order of instant. Each comes back exactly once. */
export function settle(occurrences: readonly Occurrence[], ground: Ground): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const block of blocks(apart(occurrences))) settleBlock(block, ground, outcomes);
  return outcomes;
}

/**
 * Settles days that can touch each other. What finds no airtime is taken out and the way is free for others, so those it
 * had met are settled again without it, until nothing is over the allowance any more.
 */
function settleBlock(block: readonly Occurrence[][], ground: Ground, outcomes: Outcome[]): void {
  const groundOf = () => ground;
  let stretches = block.map((one): Stretch => ({ occurrences: one, outcomes: contest(one, groundOf) }));
  for (let over = overAirtime(stretches, ground); over.length > 0; over = overAirtime(stretches, ground)) {
    const refused = new Set(over.map((one) => one.occurrence));
    for (const one of over) outcomes.push(one);
    stretches = stretches.flatMap((stretch) => {
      const left = stretch.occurrences.filter((one) => !refused.has(one));
      if (left.length === stretch.occurrences.length) return [stretch];
      return apart(left).map((one): Stretch => ({ occurrences: one, outcomes: contest(one, groundOf) }));
    });
  }
  for (const stretch of stretches) for (const one of stretch.outcomes) outcomes.push(one);
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

/** Stretches that share a day, and with it that day's airtime: usually one block for each day. */
function blocks(stretches: readonly Occurrence[][]): Occurrence[][][] {
  const found: Occurrence[][][] = [];
  let day: LocalDate | undefined;
  for (const stretch of stretches) {
    const last = found.at(-1);
    if (last && stretch[0]?.date === day) last.push(stretch);
    else found.push([stretch]);
    day = stretch.at(-1)?.date;
  }
  return found;
}

/** What finds no airtime, day by day. Something moved over midnight still counts for the day it was planned for. */
function overAirtime(stretches: readonly Stretch[], ground: Ground): Outcome[] {
  const days: { readonly day: LocalDate; readonly soundings: Outcome[] }[] = [];
  for (const { outcomes } of stretches)
    for (const outcome of outcomes) {
      if (outcome.fate === "dropped") continue;
      const { date } = outcome.occurrence;
      const known = days.findLast(({ day }) => day === date);
      if (known) known.soundings.push(outcome);
      else days.push({ day: date, soundings: [outcome] });
    }
  return days.flatMap(({ day, soundings }) => refuse(soundings, ground.airtime(day), ground));
}
