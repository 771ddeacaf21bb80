/**
 * Plans where it is asked, holding up everything else there: for programs that have nothing on air.
 *
 * @module
 */
import type { Planner } from "./planner.js";
import { workOut } from "./work-out.js";

export const inThreadPlanner: Planner = {
  plan: async (input) => workOut({ kind: "plan", input }).rundown,
  review: async (draft, input) => workOut({ kind: "review", draft, input }),
};
