/**
 * How far somebody sees: into the areas where they have any right, and what is aimed at places around those. A right over the
 * whole station sees everything; what nobody has been granted is not shown.
 *
 * @module
 */
import { type AreaTree, ancestry, areasInLog } from "./area.js";
import type { AreaId } from "./ids.js";
import { allows, type Grant, type Here, isInForce, type Permission, rootsOf } from "./permission.js";
import { areaLine } from "./place.js";

export interface Sight {
  /** Everything, also what is added to the station later. */
  readonly isWhole: boolean;
  /** The areas where they have a right, with everything below them and all that was merged into those. */
  readonly within: ReadonlySet<AreaId>;
  /** The areas that those lie in: what is aimed there is heard inside, too. */
  readonly around: ReadonlySet<AreaId>;
}

/** Areas that a thing is aimed at; `anywhere` for what belongs to all. */
export type Reach = readonly AreaId[] | "station" | "anywhere";

/**
 * The sight of whoever holds these grants.
 *
 * @param grantsOf each of them must let a thing through: a program sees no more than its token and its owner do
 * @param permissions any of these rights at a place is enough to see it
 */
export function sightOf(
  grantsOf: readonly (readonly Grant[])[],
  permissions: readonly Permission[],
  here: Here,
): Sight {
  const [first = NOTHING, ...more] = grantsOf.map((grants) => sightOfOne(grants, permissions, here));
  return more.reduce(inBoth, first);
}

/** Whether what stands in that area, as a loudspeaker does, is seen. */
export const isInSight = ({ isWhole, within }: Sight, area: AreaId | undefined): boolean =>
  isWhole || (area !== undefined && within.has(area));

/** Whether something of that reach is heard where they see. */
export const isReached = (sight: Sight, reach: Reach): boolean =>
  sight.isWhole ||
  (!isBlind(sight) &&
    (typeof reach === "string" || reach.some((area) => sight.within.has(area) || sight.around.has(area))));

/** Whether they see nothing at all. */
export const isBlind = ({ isWhole, within }: Sight): boolean => !isWhole && within.size === 0;

const NOTHING: Sight = { isWhole: false, within: new Set(), around: new Set() };

function sightOfOne(grants: readonly Grant[], permissions: readonly Permission[], { areas, today }: Here): Sight {
  const held = grants.filter(
    (grant) => isInForce(grant, today) && permissions.some((one) => allows(grant.permission, one)),
  );
  const places = new Set(held.map(({ area }) => area));
  const named = [...places].filter((area) => area !== undefined);
  const within = new Set(named.flatMap((area) => areasInLog(areas, area)));
  const isWhole = places.has(undefined) || (named.length > 0 && rootsOf(areas).every((root) => within.has(root)));
  const around = new Set(named.flatMap((area) => placesAround(areas, area, today)).filter((area) => !within.has(area)));
  return { isWhole, within, around };
}

const placesAround = (areas: AreaTree, area: AreaId, today: Here["today"]): readonly AreaId[] =>
  [...ancestry(areas, area), ...areaLine(areas, area, today)].map(({ id }) => id);

function inBoth(one: Sight, other: Sight): Sight {
  if (one.isWhole) return other;
  if (other.isWhole) return one;
  const within = new Set([...one.within].filter((area) => other.within.has(area)));
  const near = [...one.within, ...one.around].filter((area) => other.within.has(area) || other.around.has(area));
  return { isWhole: false, within, around: new Set(near.filter((area) => !within.has(area))) };
}
