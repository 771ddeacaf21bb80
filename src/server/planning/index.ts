/**
 * Planning beside what is on air.
 *
 * @module
 */
export { inThreadPlanner } from "./in-thread-planner.js";
export type { Planner } from "./planner.js";
export { createPlannerApart, type PlannerApart } from "./planner-apart.js";
