/**
 * Which loudspeakers are meant to work. Pure.
 *
 * @module
 */
import type { ReceiverView } from "../../../server/api/views.js";

/** Paired, and not out of service. */
export const isInService = ({ paired, condition }: Pick<ReceiverView, "paired" | "condition">): boolean =>
  paired && condition.state !== "disabled";
