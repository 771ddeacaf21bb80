/**
 * The rows of a report: wards as a rule, and for a part of the station that part.
 *
 * @module
 */
import { type Area, type AreaTree, ancestry } from "./area.js";
import type { AreaId } from "./ids.js";
import type { ReportPeriod } from "./report-period.js";

/**
 * The area under which what happens in `area` is counted: the nearest ward, else the topmost area. Places for tests are left
 * out. In the report of one area, that is a ward or smaller, everything counts under it.
 *
 * @param scope the area that the report is about; the whole station when left out
 */
export function unitOf(areas: AreaTree, area: AreaId, scope: AreaId | undefined): AreaId | undefined {
  const line = ancestry(areas, area);
  if (scope !== undefined) {
    if (!line.some(({ id }) => id === scope)) return undefined;
    if (areas.get(scope)?.kind !== "province") return scope;
  } else if (line.some(({ kind }) => kind === "test")) return undefined;
  return (line.find(({ kind }) => kind === "ward") ?? line.at(-1))?.id;
}

/** All units of the scope that existed in the period, in the order of the station's list. */
export function unitsIn(areas: AreaTree, scope: AreaId | undefined, { from, to }: ReportPeriod): readonly Area[] {
  const isThere = ({ from: begun, until }: Area) =>
    (begun === undefined || begun <= to) && (until === undefined || until > from);
  const named = new Set([...areas.values()].filter(isThere).map(({ id }) => unitOf(areas, id, scope)));
  return [...areas.values()].filter((area) => named.has(area.id) && isThere(area) && !isOnlyRoof(areas, area, scope));
}

/** A province above wards has no row of its own while nothing is counted directly under it. */
const isOnlyRoof = (areas: AreaTree, { id, kind }: Area, scope: AreaId | undefined): boolean =>
  kind === "province" && id !== scope && [...areas.values()].some((area) => area.kind === "ward" && area.parent === id);
