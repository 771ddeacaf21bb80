/**
 * Loudspeakers by ward, the worst first: a group is as bad as the worst in it. Pure.
 *
 * @module
 */
import { type AreaTree, ancestry } from "../../../domain/area.js";
import type { ConditionState } from "../../../domain/condition.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { isMeant } from "../words/search.js";
import { isInService } from "./in-service.js";

/** From what needs a person most to what needs nobody: one that is out of service, or has no device yet, is known about. */
export const WORST_FIRST: readonly ConditionState[] = ["fault", "silenced", "test", "ok", "disabled"];

export interface Group {
  /** Of the ward, or of the loudspeakers' own area where that is in no ward. */
  readonly area: string;
  readonly name: string;
  readonly worst: ConditionState;
  readonly connected: number;
  /** Those that are meant to work: paired and not out of service. */
  readonly inService: number;
  readonly receivers: readonly ReceiverView[];
}

const severity = ({ condition }: ReceiverView) => WORST_FIRST.indexOf(condition.state);

/** @param typed what somebody looks for; all when it is empty */
export function groupsOf(receivers: Iterable<ReceiverView>, areas: AreaTree, typed: string): Group[] {
  const byArea = new Map<string, ReceiverView[]>();
  for (const receiver of receivers) {
    if (!isMeant(`${receiver.name} ${receiver.pole ?? ""} ${receiver.id}`, typed)) continue;
    const line = ancestry(areas, receiver.area);
    const ward = line.find(({ kind }) => kind === "ward" || kind === "test") ?? line[0];
    const key = ward?.id ?? receiver.area;
    byArea.set(key, [...(byArea.get(key) ?? []), receiver]);
  }
  const groups = [...byArea].map(([area, members]): Group => {
    const sorted = members.toSorted(
      (one, other) => severity(one) - severity(other) || one.name.localeCompare(other.name, "vi"),
    );
    const inService = members.filter(isInService);
    return {
      ...{ area, receivers: sorted, inService: inService.length },
      name: areas.get(area as never)?.name ?? area,
      worst: sorted[0]?.condition.state ?? "ok",
      connected: inService.filter(({ connected }) => connected).length,
    };
  });
  return groups.toSorted(
    (one, other) =>
      WORST_FIRST.indexOf(one.worst) - WORST_FIRST.indexOf(other.worst) || one.name.localeCompare(other.name, "vi"),
  );
}
