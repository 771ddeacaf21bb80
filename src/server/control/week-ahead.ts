/**
 * What would become of the coming week if something were decided: told before anybody does it.
 *
 * @module
 */
import type { PlanInput } from "../../domain/rundown.js";
import { changesBetween, type RundownChange } from "../../domain/rundown-changes.js";
import type { Days } from "./days.js";
import { planMatter } from "./plan-matter.js";
import type { Planner } from "./ports.js";

/** So far it looks. */
const REVIEW_DAYS = 7;
/** Changes that are told, at most; a decision for a city may change thousands. */
const TOLD = 500;

export interface WeekAheadParts {
  readonly planner: Planner;
  readonly days: Days;
  readonly reviewInput: () => Omit<PlanInput, "from" | "until">;
}

/** What is planned otherwise. */
export interface WeekChanges {
  readonly changes: readonly RundownChange[];
  /** All of them, also those that are not told. */
  readonly total: number;
}

export type WeekAhead = ReturnType<typeof createWeekAhead>;

export function createWeekAhead({ planner, days, reviewInput }: WeekAheadParts) {
  /** The changes from what is planned to what would be with the input that `decide` makes of the present one. */
  return async function weekAhead(decide: (input: PlanInput) => PlanInput): Promise<WeekChanges> {
    const input = { ...reviewInput(), ...days.span(days.today(), REVIEW_DAYS) };
    const [was, is] = await Promise.all([planner.plan(planMatter(input)), planner.plan(planMatter(decide(input)))]);
    const changes = changesBetween(was, is, input.zone);
    return { changes: changes.slice(0, TOLD), total: changes.length };
  };
}
