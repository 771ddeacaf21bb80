/**
 * What a planner does, wherever it does it.
 *
 * @module
 */
import type { Review } from "../../domain/refusals.js";
import type { PlanInput, Rundown } from "../../domain/rundown.js";
import type { Schedule } from "../../domain/schedule.js";

export interface Planner {
  /** @throws Fault as the planner of the domain does, or "unavailable" when it was closed meanwhile */
  plan(input: PlanInput): Promise<Rundown>;
  /** @throws Fault as {@link Planner.plan} */
  review(draft: Schedule, input: PlanInput): Promise<Review>;
}
