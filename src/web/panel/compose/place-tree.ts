/**
 * The tree of areas to tick, with how many loudspeakers each holds. Pure.
 *
 * @module
 */
import { type AreaTree, ancestry, existsOn } from "../../../domain/area.js";
import type { AreaId } from "../../../domain/ids.js";
import type { LocalDate } from "../../../domain/local-time.js";
import type { Receiver } from "../../../domain/receiver.js";
import type { Targets } from "../../../domain/schedule.js";
import { targeted } from "../../../domain/targets.js";

export interface PlaceRow {
  readonly id: AreaId;
  readonly name: string;
  /** How deep it lies; 0 for a root. */
  readonly depth: number;
  /** Loudspeakers in it and below. */
  readonly receivers: number;
  /** `above`: it is chosen with what it lies in. `part`: something below it is chosen. */
  readonly chosen: "no" | "part" | "yes" | "above";
}

export interface PlaceParts {
  readonly areas: AreaTree;
  readonly receivers: readonly Receiver[];
  readonly targets: Targets;
  readonly today: LocalDate;
}

/** Areas that hold loudspeakers, each before what lies in it. */
export function placeRows({ areas, receivers, targets, today }: PlaceParts): PlaceRow[] {
  const within = (id: AreaId) =>
    targeted({ areas: [id], receivers: [], except: [], kinds: ["fixed", "van"] }, { areas, receivers }, today).length;
  const isBelow = (id: AreaId, above: AreaId) => id !== above && ancestry(areas, id).some((area) => area.id === above);
  const rowsBelow = (parent: AreaId | undefined, depth: number): PlaceRow[] =>
    [...areas.values()]
      .filter((area) => existsOn(area, today) && parentOf(areas, area.id) === parent)
      .flatMap(({ id, name }) => {
        const count = within(id);
        if (count === 0) return [];
        const isAbove = targets.areas.some((chosen) => isBelow(id, chosen));
        const isPart = targets.areas.some((chosen) => isBelow(chosen, id));
        const chosen = targets.areas.includes(id) ? "yes" : isAbove ? "above" : isPart ? "part" : "no";
        return [{ id, name, depth, receivers: count, chosen }, ...rowsBelow(id, depth + 1)] as PlaceRow[];
      });
  return rowsBelow(undefined, 0);
}

/** An area whose parent is not there is a root. */
const parentOf = (areas: AreaTree, id: AreaId): AreaId | undefined => {
  const parent = areas.get(id)?.parent;
  return parent !== undefined && areas.has(parent) ? parent : undefined;
};

/** Chooses an area, and with it all below; or leaves it out. */
export function toggled(targets: Targets, id: AreaId, areas: AreaTree): Targets {
  if (targets.areas.includes(id)) return { ...targets, areas: targets.areas.filter((one) => one !== id) };
  const above = targets.areas.filter((one) => !ancestry(areas, one).some((area) => area.id === id));
  return { ...targets, areas: [...above, id] };
}
