/**
 * Which loudspeakers of a ward the duty-room screen names: those that need somebody. Pure.
 *
 * @module
 */
import type { ReceiverView } from "../../../server/api/views.js";
import type { Group } from "../loudspeakers/groups.js";

export interface Unfolded {
  readonly shown: readonly ReceiverView[];
  /** How many more there would be to name. */
  readonly more: number;
}

/** @param room how many may be named */
export function unfolded({ receivers }: Pick<Group, "receivers">, room: number): Unfolded {
  // They come the worst first; what is well, or known to be out of service, needs no name.
  const worth = receivers.filter(({ condition }) => condition.state !== "ok" && condition.state !== "disabled");
  return { shown: worth.slice(0, room), more: Math.max(0, worth.length - room) };
}
