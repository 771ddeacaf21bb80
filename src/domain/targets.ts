/**
 * Which receivers are meant when somebody names areas and receivers.
 *
 * @module
 */
import type { Area, AreaTree } from "./area.js";
import type { ReceiverId } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import { areaLine } from "./place.js";
import type { Receiver } from "./receiver.js";
import type { Targets } from "./schedule.js";

/** Where receivers stand. */
export interface Standing {
  readonly areas: AreaTree;
  readonly receivers: readonly Receiver[];
}

/** Whether targets mean a receiver that lies in these areas, nearest first. */
const isTargeted = (targets: Targets, { id, kind }: Receiver, line: readonly Area[]): boolean =>
  targets.kinds.includes(kind) &&
  !targets.except.includes(id) &&
  (targets.receivers.includes(id) || line.some((area) => targets.areas.includes(area.id)));

/** The receivers that targets mean on that day. */
export const targeted = (targets: Targets, { areas, receivers }: Standing, day: LocalDate): readonly Receiver[] =>
  receivers.filter((receiver) => isTargeted(targets, receiver, areaLine(areas, receiver.area, day)));

/** Those of the receivers that targets do not mean on that day. */
export function outside(
  targets: Targets,
  { areas, receivers }: Standing,
  { among, day }: { readonly among: readonly ReceiverId[]; readonly day: LocalDate },
): readonly ReceiverId[] {
  const inside = new Set(targeted(targets, { areas, receivers }, day).map(({ id }) => id));
  return among.filter((id) => !inside.has(id));
}
