/**
 * The airtime a place allows in a day, shared out: golden hours and higher classes first, ordinary items lose.
 *
 * What counts is what is heard at the receiver, so that one receiver more never takes airtime from another. Emergencies
 * are counted but never refused.
 *
 * @module
 */
import type { Airtime } from "./airtime.js";
import { contest, dropped, type Outcome } from "./contest.js";
import type { Ground } from "./ground.js";
import type { LocalDate } from "./local-time.js";
import { goesBefore, type Occurrence } from "./occurrences.js";
import type { PlanReason } from "./rundown.js";

/** Soundings with no longer silence than this between them are one session to those who hear them. */
export const SESSION_GAP_MS = 300_000;

const MINUTE_MS = 60_000;

/** A sounding that is being counted. */
interface Claim {
  readonly outcome: Outcome;
  readonly golden: boolean;
}

/** Settles the occurrences of one receiver within its hours and its airtime. Each comes back exactly once. */
export function settle(occurrences: readonly Occurrence[], ground: Ground): Outcome[] {
  const refused: Outcome[] = [];
  let left = occurrences;
  for (;;) {
    const outcomes = contest(left, ground);
    const over = overBudget(outcomes, ground);
    if (over.size === 0) return [...outcomes, ...refused];
    // The way is free for others now, so all is settled again without those that have no airtime.
    refused.push(...over.values());
    left = left.filter((one) => !over.has(one));
  }
}

function overBudget(outcomes: readonly Outcome[], ground: Ground): Map<Occurrence, Outcome> {
  const days = new Map<LocalDate, Claim[]>();
  for (const outcome of outcomes) {
    if (outcome.fate === "dropped" || !isLimited(ground.airtime(outcome.occurrence.date))) continue;
    const claims = days.get(outcome.occurrence.date) ?? [];
    claims.push({ outcome, golden: ground.isGolden(outcome.start) });
    days.set(outcome.occurrence.date, claims);
  }
  const over = new Map<Occurrence, Outcome>();
  for (const [day, claims] of days)
    for (const outcome of refuse(claims, ground.airtime(day))) over.set(outcome.occurrence, outcome);
  return over;
}

const isLimited = (airtime: Airtime): boolean =>
  airtime.sessionsPerDay !== undefined ||
  airtime.minutesPerSession !== undefined ||
  airtime.minutesPerDay !== undefined;

/** Those of one day for which no airtime is left. */
function refuse(claims: readonly Claim[], airtime: Airtime): Outcome[] {
  const granted: Outcome[] = [];
  const refused: Outcome[] = [];
  for (const { outcome } of [...claims].sort(byClaim)) {
    const breach = outcome.occurrence.rank === 2 ? undefined : breachOf([...granted, outcome], outcome, airtime);
    if (!breach) granted.push(outcome);
    else refused.push({ ...dropped(outcome.occurrence, breach.reason), limit: breach.limit, because: breach.because });
  }
  return refused;
}

function byClaim(a: Claim, b: Claim): number {
  const [one, other] = [a.outcome.occurrence, b.outcome.occurrence];
  if (one.rank !== other.rank) return other.rank - one.rank;
  if (a.golden !== b.golden) return a.golden ? -1 : 1;
  if (one.schedule.order !== other.schedule.order) return one.schedule.order - other.schedule.order;
  return one.planned - other.planned || (goesBefore(one, other) ? -1 : 1);
}

/** Which allowance would be exceeded. */
interface Breach {
  readonly reason: PlanReason;
  readonly limit: number;
  readonly because?: Occurrence | undefined;
}

function breachOf(all: readonly Outcome[], last: Outcome, airtime: Airtime): Breach | undefined {
  const { sessionsPerDay, minutesPerSession, minutesPerDay } = airtime;
  const sessions = sessionsOf(all);
  const because = longest(all.filter((one) => one !== last));
  if (sessionsPerDay !== undefined && sessions.length > sessionsPerDay)
    return { reason: "session-budget", limit: sessionsPerDay, because };
  const session = sessions.find((one) => one.includes(last)) ?? [last];
  if (minutesPerSession !== undefined && minutesOf(session) > minutesPerSession)
    return {
      reason: "session-minutes",
      limit: minutesPerSession,
      because: longest(session.filter((one) => one !== last)),
    };
  if (minutesPerDay !== undefined && minutesOf(all) > minutesPerDay)
    return { reason: "day-minutes", limit: minutesPerDay, because };
  return undefined;
}

/** The soundings gathered into sessions, in order of time. */
export function sessionsOf<T extends Pick<Outcome, "start" | "end">>(soundings: readonly T[]): T[][] {
  const sessions: T[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const one of [...soundings].sort((a, b) => a.start - b.start)) {
    const session = sessions.at(-1);
    if (session && one.start - end <= SESSION_GAP_MS) session.push(one);
    else sessions.push([one]);
    end = one.end;
  }
  return sessions;
}

const minutesOf = (soundings: readonly Outcome[]) =>
  soundings.reduce((sum, one) => sum + (one.end - one.start), 0) / MINUTE_MS;

function longest(soundings: readonly Outcome[]): Occurrence | undefined {
  let best: Outcome | undefined;
  for (const one of soundings) if (!best || one.end - one.start > best.end - best.start) best = one;
  return best?.occurrence;
}
