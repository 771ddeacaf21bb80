/**
 * Where a loudspeaker stands, as far as rules are concerned: its line of areas, whether it is a sensitive place, and the
 * policies of those areas. The server makes a place from the area tree; a receiver finds the same in its programme.
 *
 * @module
 */
import { type Area, type AreaTree, existsOn } from "./area.js";
import type { AreaId } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import { type Policy, policySchema } from "./policy.js";

/** All that the hours of a place depend on. */
export interface Place {
  /** IANA zone in which the policies speak. */
  readonly zone: string;
  /** The place's own area and its parents, nearest first. */
  readonly areas: readonly AreaId[];
  /** School, hospital, pagoda: quiet for longer. */
  readonly sensitive: boolean;
  /** At least the policies of those areas; others are ignored. */
  readonly policies: readonly Policy[];
}

/**
 * The areas that a receiver of `id` lies in on `day`, nearest first. An area that has ended is replaced by the one it was
 * merged into, else left out; a loop ends the walk.
 */
export function areaLine(tree: AreaTree, id: AreaId, day: LocalDate): Area[] {
  const line: Area[] = [];
  const seen = new Set<AreaId>();
  let next: AreaId | undefined = id;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const area: Area | undefined = tree.get(next);
    if (!area) break;
    const alive = existsOn(area, day);
    if (alive) line.push(area);
    next = (alive ? undefined : area.mergedInto) ?? area.parent;
  }
  return line;
}

/** What {@link placeOf} draws on. */
export interface PlaceSource {
  readonly zone: string;
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
}

/** The place of a receiver of that area on that day. */
export function placeOf({ zone, areas: tree, policies }: PlaceSource, id: AreaId, day: LocalDate): Place {
  const line = areaLine(tree, id, day);
  const areas = line.map((area) => area.id);
  return {
    zone,
    areas,
    sensitive: line.some((area) => area.sensitive),
    policies: policies.filter((policy) => areas.includes(policy.area)),
  };
}

/**
 * The policy in force: that of the nearest area that has one on that day, and of several the one that began last (of two
 * that began together, the later in the list). Without any, the defaults of the schema hold: no policy never means no
 * quiet hours.
 */
export function policyOn(place: Place, day: LocalDate): Policy {
  for (const area of place.areas) {
    let best: Policy | undefined;
    for (const policy of place.policies) {
      if (policy.area !== area || !isInForce(policy, day)) continue;
      if (!best || (policy.from ?? "") >= (best.from ?? "")) best = policy;
    }
    if (best) return best;
  }
  return DEFAULT_POLICY;
}

const DEFAULT_POLICY: Policy = policySchema.parse({ area: "default" });

const isInForce = (policy: Policy, day: LocalDate): boolean =>
  (policy.from === undefined || policy.from <= day) && (policy.until === undefined || policy.until >= day);
