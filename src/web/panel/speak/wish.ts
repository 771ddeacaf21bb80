/**
 * What somebody wants to say live, and what is still missing of it. Pure.
 *
 * @module
 */
import type { Class } from "../../../domain/class.js";
import type { LiveMode } from "../../../domain/live.js";
import type { Targets } from "../../../domain/schedule.js";

export interface Wish {
  readonly targets: Targets;
  readonly class: Class;
  readonly mode: LiveMode;
  readonly reason: string;
  /** A recording of the library; none when empty. */
  readonly chime: string;
  readonly isConfirmed: boolean;
}

export const FIRST_WISH: Wish = {
  targets: { areas: [], receivers: [], except: [], kinds: ["fixed", "van"] },
  ...{ class: "ordinary", mode: "normal", reason: "", chime: "", isConfirmed: false },
};

export type Missing = "needPlace" | "needReason" | "needConfirm";

/** The first thing that keeps it from being said. @param chosen loudspeakers that are meant */
export function missingIn({ reason, class: of, isConfirmed }: Wish, chosen: number): Missing | undefined {
  if (chosen === 0) return "needPlace";
  if (reason.trim().length < 3) return "needReason";
  return of === "emergency" && !isConfirmed ? "needConfirm" : undefined;
}

/** As the door takes it. */
export const requestOf = ({ targets, class: of, mode, reason, chime, isConfirmed }: Wish) => ({
  ...{ targets, class: of, mode, reason: reason.trim() },
  ...(chime === "" ? {} : { chime }),
  ...(of === "emergency" && isConfirmed ? { confirmed: true } : {}),
});
