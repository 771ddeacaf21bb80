/**
 * Where an alert would sound, and whether one person may give it there. The station decides when it is asked; this tells people
 * before. Pure.
 *
 * @module
 */
import type { Epoch } from "../../../base/units.js";
import { isForTests, type Need, needsOf } from "../../../domain/alert.js";
import type { AreaTree } from "../../../domain/area.js";
import type { LocalDate } from "../../../domain/local-time.js";
import { placeOf } from "../../../domain/place.js";
import type { Policy } from "../../../domain/policy.js";
import { isQuiet } from "../../../domain/policy-rules.js";
import type { Targets } from "../../../domain/schedule.js";
import { targeted } from "../../../domain/targets.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { isInService } from "../loudspeakers/in-service.js";

export interface Reach {
  readonly fixed: number;
  readonly vans: number;
  readonly receivers: ReadonlySet<string>;
  /** Why one person is not enough; empty when one is. */
  readonly needs: readonly Need[];
}

export interface ReachParts {
  readonly areas: AreaTree;
  readonly receivers: readonly ReceiverView[];
  readonly policies: readonly Policy[];
  readonly zone: string;
  readonly today: LocalDate;
  readonly now: Epoch;
}

export function reachOf(targets: Targets, isExercise: boolean, parts: ReachParts): Reach {
  const { areas, receivers, policies, zone, today, now } = parts;
  const inService = receivers.filter(isInService);
  const meant = targeted(targets, { areas, receivers: inService }, today);
  const reached = isExercise ? meant.filter(({ area }) => isForTests(areas, area)) : meant;
  const isQuietAt = (area: (typeof reached)[number]["area"]) =>
    isQuiet(placeOf({ zone, areas, policies }, area, today), now);
  const vans = reached.filter(({ kind }) => kind === "van").length;
  return {
    ...{ fixed: reached.length - vans, vans, receivers: new Set<string>(reached.map(({ id }) => id)) },
    // An exercise needs nobody else; it keeps the quiet hours instead.
    needs: reached.length === 0 || isExercise ? [] : needsOf({ areas, receivers: reached, isQuiet: isQuietAt }),
  };
}

/** An area with everything in it. */
export const everythingIn = (areas: readonly string[]): Targets =>
  ({ areas, receivers: [], except: [], kinds: ["fixed", "van"] }) as unknown as Targets;
