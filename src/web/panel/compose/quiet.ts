/**
 * Which of the chosen places must be quiet at that hour. The station decides (R1); this says so before somebody presses. Pure.
 *
 * @module
 */
import type { AreaTree } from "../../../domain/area.js";
import { isWithin, localDateSchema, localTimeSchema, secondsOf } from "../../../domain/local-time.js";
import { placeOf, policyOn } from "../../../domain/place.js";
import type { Policy } from "../../../domain/policy.js";
import type { Receiver } from "../../../domain/receiver.js";
import type { Later } from "./when.js";

export interface QuietParts {
  readonly zone: string;
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
  readonly receivers: readonly Pick<Receiver, "area">[];
}

/** Names of the areas, each once; none when day or time is not chosen. */
export function quietPlaces({ date, time }: Later, { receivers, ...source }: QuietParts): string[] {
  const [day, at] = [localDateSchema.safeParse(date).data, localTimeSchema.safeParse(time).data];
  if (day === undefined || at === undefined) return [];
  const inQuiet = receivers.filter(({ area }) => {
    const place = placeOf(source, area, day);
    const policy = policyOn(place, day);
    return policy.quiet.some((range) => isWithin(range, secondsOf(at)));
  });
  return [...new Set(inQuiet.map(({ area }) => source.areas.get(area)?.name ?? area))];
}
