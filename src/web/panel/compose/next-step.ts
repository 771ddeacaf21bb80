/**
 * The one main button of the screen: what it does next, and why it cannot yet. Pure.
 *
 * @module
 */
import type { Stage } from "../../../domain/stage.js";

/** `making`, `waiting` and `done` are nobody's turn here; `over` needs another announcement. */
export type Step =
  | "make"
  | "making"
  | "listen"
  | "submit"
  | "waiting"
  | "approve"
  | "schedule"
  | "play"
  | "done"
  | "over";

/** Why the button cannot be pressed, for words beside it. */
export type Block =
  | "no-text"
  | "two-writers"
  | "sound-failed"
  | "unknown-words"
  | "open-findings"
  | "no-place"
  | "no-time"
  | "may-not-compose"
  | "may-not-air"
  | "on-air"
  | "at-approver"
  | "over";

export interface Next {
  readonly step: Step;
  readonly block?: Block;
}

export interface Standing {
  /** Whether there is a text, or a recording in its place. */
  readonly hasText: boolean;
  /** Whether what is on the screen is what the station keeps. */
  readonly isSaved: boolean;
  /** Whether somebody else has changed it meanwhile, and nobody has decided yet. */
  readonly hasTwoWriters: boolean;
  /** Absent until it has been saved once. */
  readonly state: "draft" | "making" | "ready" | "failed" | "recalled" | undefined;
  readonly stage: Stage | undefined;
  /** Whether it has been listened to here in its present version. */
  readonly isHeard: boolean;
  /** Words without a reading, and findings that somebody has to decide about. */
  readonly unknown: number;
  readonly openFindings: number;
  /** Loudspeakers that are chosen. */
  readonly receivers: number;
  readonly when: "now" | "later";
  /** Whether a day and a time that are still to come are chosen; always for `now`. */
  readonly isTimeSet: boolean;
  /** Whether it is planned with the present choice of place and time already. */
  readonly isPlanned: boolean;
  /** Whether it was ordered here to sound now, and has not ended yet. */
  readonly isOnAir: boolean;
  readonly mayCompose: boolean;
  readonly mayApprove: boolean;
  readonly mayAir: boolean;
}

export function nextStep(standing: Standing): Next {
  const { hasText, isSaved, state, stage } = standing;
  if (stage === "recalled" || stage === "corrected" || stage === "blocked" || stage === "expired")
    return blocked("over", "over");
  if (standing.hasTwoWriters) return blocked("make", "two-writers");
  if (!hasText) return blocked("make", "no-text");
  if (!isSaved || state === undefined)
    return standing.mayCompose ? { step: "make" } : blocked("make", "may-not-compose");
  if (state === "making") return { step: "making" };
  if (state !== "ready") return blocked("make", "sound-failed");
  if (stage === "approved" || stage === "planned" || stage === "aired") return toTheAir(standing);
  if (stage === "submitted") return standing.mayApprove ? { step: "approve" } : blocked("waiting", "at-approver");
  return toTheApprover(standing);
}

const blocked = (step: Step, block: Block): Next => ({ step, block });

function toTheApprover(standing: Standing): Next {
  if (!standing.mayCompose) return blocked("submit", "may-not-compose");
  if (!standing.isHeard) return { step: "listen" };
  if (standing.unknown > 0) return blocked("submit", "unknown-words");
  if (standing.openFindings > 0) return blocked("submit", "open-findings");
  if (standing.receivers === 0) return blocked("submit", "no-place");
  return standing.isTimeSet ? { step: "submit" } : blocked("submit", "no-time");
}

function toTheAir({ when, isPlanned, isOnAir, mayAir, receivers, isTimeSet }: Standing): Next {
  if (when === "later" && isPlanned) return { step: "done" };
  const step = when === "now" ? "play" : "schedule";
  if (!mayAir) return blocked(step, "may-not-air");
  if (receivers === 0) return blocked(step, "no-place");
  // A second press would have it sound twice.
  if (when === "now" && isOnAir) return blocked(step, "on-air");
  return isTimeSet ? { step } : blocked(step, "no-time");
}
