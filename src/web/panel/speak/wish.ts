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
  /** Why one person speaks alone where an emergency needs two. */
  readonly glassReason: string;
}

export const FIRST_WISH: Wish = {
  targets: { areas: [], receivers: [], except: [], kinds: ["fixed", "van"] },
  ...{ class: "ordinary", mode: "normal", reason: "", chime: "", isConfirmed: false, glassReason: "" },
};

export type Missing = "needPlace" | "needReason" | "needConfirm" | "needGlass";

/** The station takes no shorter reason. */
const SHORTEST_REASON = 3;
const isReason = (text: string) => text.trim().length >= SHORTEST_REASON;

/**
 * The first thing that keeps it from being said.
 *
 * @param chosen loudspeakers that are meant @param needsSecond whether an emergency needs a second person there now
 */
export function missingIn(wish: Wish, chosen: number, needsSecond: boolean): Missing | undefined {
  if (chosen === 0) return "needPlace";
  if (!isReason(wish.reason)) return "needReason";
  if (wish.class !== "emergency") return undefined;
  if (!wish.isConfirmed) return "needConfirm";
  return needsSecond && !isReason(wish.glassReason) ? "needGlass" : undefined;
}

/** As the door takes it. */
export const requestOf = ({ targets, class: of, mode, reason, chime, isConfirmed, glassReason }: Wish) => ({
  ...{ targets, class: of, mode, reason: reason.trim() },
  ...(chime === "" ? {} : { chime }),
  ...(of === "emergency" && isConfirmed ? { confirmed: true } : {}),
  // The station breaks no glass where one person is enough.
  ...(of === "emergency" && isReason(glassReason) ? { brokenGlass: { reason: glassReason.trim() } } : {}),
});
