/**
 * The places that whoever sits here may give a pack to. Who has no right at all that it is meant for is offered their own. Pure.
 *
 * @module
 */
import { isForTests } from "../../../domain/alert.js";
import type { AreaTree } from "../../../domain/area.js";
import type { AreaId } from "../../../domain/ids.js";
import type { Targets } from "../../../domain/schedule.js";
import { everythingIn } from "./reach.js";

export interface PlacesParts {
  readonly areas: AreaTree;
  readonly isExercise: boolean;
  /** Where the pack is meant to sound; a pack may leave it open. */
  readonly prepared: Targets | undefined;
  /** In which place a loudspeaker stands. */
  readonly areaOf: (receiver: string) => AreaId | undefined;
  /** Whether whoever sits here may air an emergency at all of these. */
  readonly mayAir: (areas: readonly AreaId[]) => boolean;
}

export interface Places {
  /** What is meant when no place is named; absent where one must be. */
  readonly unnamed: Targets | undefined;
  /** Places that can be named. */
  readonly offered: readonly AreaId[];
  /** Whether places of others are left out. */
  readonly isPart: boolean;
}

export function placesFor({ areas, isExercise, prepared, areaOf, mayAir }: PlacesParts): Places {
  const all = [...areas.values()].map(({ id }) => id).filter((id) => !isExercise || isForTests(areas, id));
  const offered = all.filter((id) => mayAir([id]));
  const isPart = offered.length < all.length;
  if (isExercise) return { unnamed: offered.length > 0 ? everythingIn(offered) : undefined, offered, isPart };
  const meant = prepared ?? everythingIn([]);
  const touched = [...meant.areas, ...meant.receivers.flatMap((id) => areaOf(id) ?? [])];
  return { unnamed: mayAir(touched) ? meant : undefined, offered, isPart };
}
