/**
 * Everything planned at loudspeakers that can be heard at the same spot, settled together: emergencies in step, ordinary items in
 * step or taking turns, each within its own hours and its own airtime.
 *
 * @module
 */
import { epoch } from "../base/units.js";
import { refuse } from "./budget.js";
import { contest, dropped, endWithin, type Outcome, whyNotWithin } from "./contest.js";
import type { Ground } from "./ground.js";
import type { LocalDate } from "./local-time.js";
import type { Occurrence } from "./occurrences.js";
import { TURN_GAP_MS } from "./overlap.js";
import { settle } from "./settle.js";

/** One of the loudspeakers: what is planned there, in order of instant, and the hours of its place. */
export interface Neighbour {
  readonly occurrences: readonly Occurrence[];
  readonly ground: Ground;
}

const EMERGENCY = 2;

/** Settles neighbours. Each of their occurrences comes back exactly once, in the same order of neighbours. */
export function settleTogether(neighbours: readonly Neighbour[], takesTurns: boolean): Outcome[][] {
  const emergencies = settleEmergencies(neighbours);
  if (takesTurns) return settleTurns(neighbours, emergencies);
  return neighbours.map((one) => {
    const fixed = fixedCopies(emergencies, [one]);
    const rest = one.occurrences.filter(({ rank }) => rank < EMERGENCY);
    const outcomes = settle(inOrder([...rest, ...fixed.copies]), one.ground);
    return [...ownEmergencies(one, emergencies), ...fixed.real(outcomes)];
  });
}

/** Emergencies as if all neighbours were one: they wait for nothing but each other, so that they are in step. */
function settleEmergencies(neighbours: readonly Neighbour[]): Map<Occurrence, Outcome> {
  const all = union(neighbours, ({ rank }) => rank === EMERGENCY);
  return new Map(contest(all, jointly(neighbours)).map((outcome) => [outcome.occurrence, outcome]));
}

/** For what several sound at once: open where any of those who are to sound it is; each is asked for itself afterwards. */
function jointly(neighbours: readonly Neighbour[]): (one: Occurrence) => Ground {
  return (one) => {
    const grounds = neighbours.flatMap(({ occurrences, ground }) => (occurrences.includes(one) ? [ground] : []));
    const open = grounds.find((ground) => ground.openAt(false, one.planned) !== undefined);
    return open ?? grounds[0] ?? nowhere();
  };
}

const nowhere = (): never => {
  throw new RangeError("an occurrence that none of the neighbours has");
};

/** What an outcome that all share is at one of them: the same start, within its own hours. */
function ownShare(shared: Outcome, ground: Ground): Outcome {
  const { occurrence, start, end, fate } = shared;
  if (fate === "dropped") return shared;
  const own = endWithin(occurrence, start, ground);
  if (own === undefined) return dropped(occurrence, whyNotWithin(occurrence, start, ground));
  return own >= end ? shared : { ...shared, end: own, fate: "cut", reason: whyNotWithin(occurrence, start, ground) };
}

const ownEmergencies = ({ occurrences, ground }: Neighbour, emergencies: ReadonlyMap<Occurrence, Outcome>): Outcome[] =>
  occurrences.flatMap((one) => {
    const shared = emergencies.get(one);
    return shared ? [ownShare(shared, ground)] : [];
  });

/** Emergencies with the instants that they have already, for a contest in which they take part. */
function fixedCopies(emergencies: ReadonlyMap<Occurrence, Outcome>, neighbours: readonly Neighbour[]) {
  const originals = new Map<Occurrence, Occurrence>();
  for (const [one, { fate, start }] of emergencies) {
    const listeners = neighbours.filter(({ occurrences }) => occurrences.includes(one));
    const sounds = listeners.some(({ ground }) => endWithin(one, start, ground) !== undefined);
    if (fate !== "dropped" && sounds) originals.set({ ...one, planned: start, latest: start, isHard: true }, one);
  }
  return {
    copies: [...originals.keys()],
    has: (one: Occurrence) => originals.has(one),
    /** Without the outcomes of the copies, and with the emergencies themselves where something gave way to them. */
    real: (outcomes: readonly Outcome[]): Outcome[] =>
      outcomes
        .filter(({ occurrence }) => !originals.has(occurrence))
        .map((outcome) => {
          const because = outcome.because && originals.get(outcome.because);
          return because ? { ...outcome, because } : outcome;
        }),
  };
}

/** What somebody in the contest for turns stands for. */
interface Part {
  readonly original: Occurrence;
  /** Which neighbour sounds it; nothing for what all of them sound in step. */
  readonly neighbour: number | undefined;
  readonly isLater: boolean;
}

/** One contest for all of them, so that never two sound at once; higher classes take part once, and in step. */
function settleTurns(neighbours: readonly Neighbour[], emergencies: ReadonlyMap<Occurrence, Outcome>): Outcome[][] {
  const fixed = fixedCopies(emergencies, neighbours);
  const parts = partsOf(neighbours);
  const joint = jointly(neighbours);
  const groundOf = (one: Occurrence): Ground => {
    const part = parts.get(one);
    const own = part?.neighbour === undefined ? undefined : neighbours[part.neighbour]?.ground;
    return own ?? (fixed.has(one) ? anyOpen(neighbours, one) : joint(part?.original ?? one));
  };
  const refused = neighbours.map(() => new Map<Occurrence, Outcome>());
  for (;;) {
    const left = [...parts.keys()].filter((one) => !isRefused(one, parts, { refused, neighbours }));
    const outcomes = fixed.real(contest(inOrder([...left, ...fixed.copies]), groundOf));
    const shares = neighbours.map((one, index) => [
      ...ownEmergencies(one, emergencies),
      ...sharesOf(index, outcomes, parts, neighbours).filter(({ occurrence }) => !refused[index]?.has(occurrence)),
    ]);
    const over = shares.map((share, index) => overAirtime(share, neighbours[index]?.ground ?? nowhere()));
    if (over.every((some) => some.length === 0))
      return shares.map((share, index) => [...share, ...(refused[index]?.values() ?? [])]);
    for (const [index, some] of over.entries()) for (const one of some) refused[index]?.set(one.occurrence, one);
  }
}

const anyOpen = (neighbours: readonly Neighbour[], one: Occurrence): Ground =>
  neighbours.find(({ ground }) => endWithin(one, one.planned, ground) !== undefined)?.ground ?? nowhere();

/** Ordinary items once for each neighbour, one turn after the other; priority items once. */
function partsOf(neighbours: readonly Neighbour[]): Map<Occurrence, Part> {
  const parts = new Map<Occurrence, Part>();
  for (const one of union(neighbours, ({ rank }) => rank < EMERGENCY)) {
    if (one.rank > 0) {
      parts.set(one, { original: one, neighbour: undefined, isLater: false });
      continue;
    }
    let turn = 0;
    for (const [index, { occurrences }] of neighbours.entries()) {
      if (!occurrences.includes(one)) continue;
      const later = turn * (one.layout.length + TURN_GAP_MS);
      const copy = { ...one, planned: epoch(one.planned + later), latest: epoch(one.latest + later) };
      parts.set(copy, { original: one, neighbour: index, isLater: turn > 0 });
      turn += 1;
    }
  }
  return parts;
}

interface Refusals {
  readonly refused: readonly ReadonlyMap<Occurrence, Outcome>[];
  readonly neighbours: readonly Neighbour[];
}

/** Whether nobody who was to sound it has airtime left for it. */
function isRefused(one: Occurrence, parts: ReadonlyMap<Occurrence, Part>, { refused, neighbours }: Refusals): boolean {
  const part = parts.get(one);
  if (!part) return false;
  const { original, neighbour } = part;
  if (neighbour !== undefined) return refused[neighbour]?.has(original) ?? false;
  return neighbours.every(({ occurrences }, index) => !occurrences.includes(original) || refused[index]?.has(original));
}

/** What the outcomes of the contest mean at one of them. */
function sharesOf(
  index: number,
  outcomes: readonly Outcome[],
  parts: ReadonlyMap<Occurrence, Part>,
  neighbours: readonly Neighbour[],
): Outcome[] {
  const own = neighbours[index] ?? nowhere();
  return outcomes.flatMap((outcome) => {
    const part = parts.get(outcome.occurrence);
    if (!part) return [];
    const because = outcome.because && (parts.get(outcome.because)?.original ?? outcome.because);
    const real: Outcome = { ...outcome, occurrence: part.original, because };
    if (part.neighbour === undefined)
      return own.occurrences.includes(part.original) ? [ownShare(real, own.ground)] : [];
    if (part.neighbour !== index) return [];
    return [part.isLater && real.fate === "airs" ? { ...real, fate: "moved", reason: "takes-turns" } : real];
  });
}

function overAirtime(outcomes: readonly Outcome[], ground: Ground): Outcome[] {
  const days = new Map<LocalDate, Outcome[]>();
  for (const outcome of outcomes) {
    if (outcome.fate === "dropped") continue;
    const { date } = outcome.occurrence;
    days.set(date, [...(days.get(date) ?? []), outcome]);
  }
  return [...days].flatMap(([day, soundings]) => refuse(soundings, ground.airtime(day), ground));
}

function union(neighbours: readonly Neighbour[], isMeant: (one: Occurrence) => boolean): Occurrence[] {
  return inOrder([...new Set(neighbours.flatMap(({ occurrences }) => occurrences))].filter(isMeant));
}

const inOrder = (occurrences: readonly Occurrence[]): Occurrence[] =>
  [...occurrences].sort((a, b) => a.planned - b.planned || (a.id < b.id ? -1 : 1));
