/**
 * The airtime a place allows in a day, shared out: golden hours and higher classes first, ordinary items lose.
 *
 * What counts is what is heard at the receiver, so that one receiver more never takes airtime from another. Emergencies
 * are counted but never refused.
 *
 * @module
 */
import type { Airtime } from "./airtime.js";
import { dropped, type Outcome } from "./contest.js";
import type { Ground } from "./ground.js";
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

/** Which allowance would be exceeded. */
interface Breach {
  readonly reason: PlanReason;
  readonly limit: number;
  readonly because?: Occurrence | undefined;
}

/** Those of one day's soundings for which no airtime is left, as they end then. */
export function refuse(soundings: readonly Outcome[], airtime: Airtime, ground: Ground): Outcome[] {
  if (!isLimited(airtime)) return [];
  const claims = soundings.map((outcome) => ({ outcome, golden: ground.isGolden(outcome.start) })).sort(byClaim);
  const book = createBook(airtime);
  const refused: Outcome[] = [];
  for (const { outcome } of claims) {
    const breach = outcome.occurrence.rank === 2 ? undefined : book.breachOf(outcome);
    if (!breach) book.grant(outcome);
    else refused.push(dropped(outcome.occurrence, breach.reason, breach));
  }
  return refused;
}

const isLimited = (airtime: Airtime): boolean =>
  airtime.sessionsPerDay !== undefined ||
  airtime.minutesPerSession !== undefined ||
  airtime.minutesPerDay !== undefined;

function byClaim(a: Claim, b: Claim): number {
  const [one, other] = [a.outcome.occurrence, b.outcome.occurrence];
  if (one.rank !== other.rank) return other.rank - one.rank;
  if (a.golden !== b.golden) return a.golden ? -1 : 1;
  if (one.schedule.order !== other.schedule.order) return one.schedule.order - other.schedule.order;
  return one.planned - other.planned || (goesBefore(one, other) ? -1 : 1);
}

/** What one day has granted so far, in order of time. */
function createBook({ sessionsPerDay, minutesPerSession, minutesPerDay }: Airtime) {
  const granted: Outcome[] = [];
  let sessions = 0;
  let total = 0;
  let longest: Outcome | undefined;

  return {
    breachOf(one: Outcome): Breach | undefined {
      if (minutesPerDay !== undefined && total + lengthOf(one) > minutesPerDay * MINUTE_MS)
        return { reason: "day-minutes", limit: minutesPerDay, because: longest?.occurrence };
      const near = neighbours(granted, one);
      if (sessionsPerDay !== undefined && sessions + added(near) > sessionsPerDay)
        return { reason: "session-budget", limit: sessionsPerDay, because: longest?.occurrence };
      if (minutesPerSession === undefined) return undefined;
      const session = granted.slice(near.first, near.end);
      const length = session.reduce((sum, other) => sum + lengthOf(other), lengthOf(one));
      if (length <= minutesPerSession * MINUTE_MS) return undefined;
      const because = session.reduce<Outcome | undefined>(longerOf, undefined)?.occurrence;
      return { reason: "session-minutes", limit: minutesPerSession, because };
    },
    grant(one: Outcome): void {
      const near = neighbours(granted, one);
      sessions += added(near);
      total += lengthOf(one);
      longest = longerOf(longest, one);
      granted.splice(near.place, 0, one);
    },
  };
}

/** Where a sounding belongs, and those it would share a session with: from `first` up to, not including, `end`. */
interface Neighbours {
  readonly place: number;
  readonly first: number;
  readonly end: number;
}

function neighbours(granted: readonly Outcome[], one: Outcome): Neighbours {
  const place = placeFor(granted, one);
  let first = place;
  let begin = one.start;
  for (let left = granted[first - 1]; left && begin - left.end <= SESSION_GAP_MS; left = granted[first - 1]) {
    begin = left.start;
    first--;
  }
  let end = place;
  let until = one.end;
  for (let right = granted[end]; right && right.start - until <= SESSION_GAP_MS; right = granted[end]) {
    until = right.end;
    end++;
  }
  return { place, first, end };
}

/** How many sessions more there would be; one fewer where it joins two. */
const added = ({ place, first, end }: Neighbours): number => 1 - Number(first < place) - Number(end > place);

/** Where it belongs among soundings in order of time. */
function placeFor(granted: readonly Outcome[], one: Outcome): number {
  let place = granted.length;
  while (place > 0 && (granted[place - 1]?.start ?? 0) > one.start) place--;
  return place;
}

const lengthOf = ({ start, end }: Outcome): number => end - start;

const longerOf = (a: Outcome | undefined, b: Outcome): Outcome => (a && lengthOf(a) >= lengthOf(b) ? a : b);
