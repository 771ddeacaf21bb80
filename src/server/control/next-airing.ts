/**
 * When an announcement will sound next, by the plan and by what is frozen already.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import { epoch } from "../../base/units.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Rundown, RundownLine } from "../../domain/rundown.js";
import type { Tickets } from "./tickets.js";

export interface NextAiringParts {
  /** The last finished rundown. */
  readonly rundown: () => Rundown | undefined;
  readonly tickets: Pick<Tickets, "open">;
  readonly now: () => Epoch;
}

/** Instants at which each announcement of a rundown begins to be due, rising. */
type Instants = ReadonlyMap<AnnouncementId, readonly number[]>;

export function createNextAiring({ rundown, tickets, now }: NextAiringParts) {
  /** A rundown never changes, and a list of announcements asks for each of them. */
  const known = new WeakMap<Rundown, Instants>();
  const instantsIn = (plan: Rundown): Instants => {
    const instants = known.get(plan) ?? gather(plan.lines);
    known.set(plan, instants);
    return instants;
  };

  /** @returns `undefined` when nothing that is planned holds it */
  return (id: AnnouncementId): Epoch | undefined => {
    const present = now();
    const plan = rundown();
    const planned =
      plan &&
      instantsIn(plan)
        .get(id)
        ?.find((start) => start > present);
    const frozen = tickets
      .open()
      .filter(({ start, items }) => start > present && items.some(({ announcement }) => announcement === id))
      .map(({ start }) => start);
    const next = Math.min(...frozen, planned ?? Number.POSITIVE_INFINITY);
    return Number.isFinite(next) ? epoch(next) : undefined;
  };
}

function gather(lines: readonly RundownLine[]): Instants {
  // Lines of one playlist share their list of items.
  const starts = new Map<RundownLine["items"], Set<number>>();
  for (const { items, start, fate } of lines) {
    if (fate === "dropped") continue;
    const seen = starts.get(items) ?? new Set();
    starts.set(items, seen.add(start));
  }
  const found = new Map<AnnouncementId, Set<number>>();
  for (const [items, instants] of starts)
    for (const id of new Set(items.flatMap(({ announcement }) => announcement ?? []))) {
      const all = found.get(id) ?? new Set();
      for (const start of instants) all.add(start);
      found.set(id, all);
    }
  return new Map([...found].map(([id, all]) => [id, [...all].sort((a, b) => a - b)]));
}
