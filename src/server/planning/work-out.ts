/**
 * A task of the planner, and what comes of it.
 *
 * @module
 */
import { plan } from "../../domain/plan.js";
import { type Review, reviewSchedule } from "../../domain/refusals.js";
import type { PlanInput } from "../../domain/rundown.js";
import type { Schedule } from "../../domain/schedule.js";

export type Task =
  | { readonly kind: "plan"; readonly input: PlanInput }
  | { readonly kind: "review"; readonly draft: Schedule; readonly input: PlanInput };

/** A plan is a review in which nobody is refused anything. @throws Fault as the planner of the domain does */
export const workOut = (task: Task): Review =>
  task.kind === "plan"
    ? { rundown: plan(task.input), refusals: [], warnings: [] }
    : reviewSchedule(task.draft, task.input);
