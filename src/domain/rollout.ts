/**
 * A new program going out to the loudspeakers in stages: who is in which, when the next may begin, and when it must stop.
 *
 * @module
 */
import * as z from "zod/mini";
import { type ReceiverId, receiverIdSchema, sha256Schema } from "./ids.js";

/** Who a stage adds: a share of all loudspeakers, percent, or some by name. */
export const rolloutStageSchema = z.union([
  z.object({ percent: z.int().check(z.gte(1), z.lte(100)) }),
  z.object({ receivers: z.array(receiverIdSchema).check(z.minLength(1), z.maxLength(500)) }),
]);
export type RolloutStage = z.infer<typeof rolloutStageSchema>;

/** How far a loudspeaker is: `ordered`, then by its own account. */
export const rolloutStepSchema = z.enum([
  ...["ordered", "fetching", "waiting", "trying", "updated", "rolled-back", "failed", "refused"],
] as const);
export type RolloutStep = z.infer<typeof rolloutStepSchema>;

const time = z.number();
const person = z.string().check(z.maxLength(120));

export const rolloutSchema = z.object({
  id: z.string().check(z.regex(/^[0-9a-z-]{1,40}$/)),
  version: z.string().check(z.maxLength(20)),
  sha256: sha256Schema,
  /** The manifest as its maker signed it. */
  signed: z.object({ manifest: z.string(), key: z.string(), signature: z.string() }),
  downgradeTo: z.optional(z.string().check(z.maxLength(20))),
  stages: z.array(rolloutStageSchema).check(z.minLength(1), z.maxLength(10)),
  /** All of the present stage must have been well for so long before the next begins, minutes. */
  soakMinutes: z.int().check(z.gte(1), z.lte(10_080)),
  by: person,
  /** Civil milliseconds, as all instants here. */
  startedAt: time,
  state: z.enum(["running", "stopped", "done"]),
  /** Index of the present stage, and since when. */
  stage: z.int().check(z.gte(0)),
  stageSince: time,
  endedAt: z.optional(time),
  /** Who stopped it; absent when it stopped by itself. */
  stoppedBy: z.optional(person),
  /** Reason code of a stop by itself, with the loudspeaker behind it. */
  why: z.optional(z.string().check(z.maxLength(48))),
  culprit: z.optional(receiverIdSchema),
  /** What is known of each loudspeaker that was asked. */
  standings: z.record(
    z.string(),
    z.object({ step: rolloutStepSchema, at: time, why: z.optional(z.string().check(z.maxLength(48))) }),
  ),
});
export type Rollout = z.infer<typeof rolloutSchema>;

/** What the station sees of its loudspeakers at this moment. */
export interface RolloutScene {
  readonly now: number;
  /** Every paired loudspeaker that is in service. */
  readonly receivers: readonly ReceiverId[];
  /** Whether it is connected, and its program is one that can be updated. */
  readonly isThere: (receiver: ReceiverId) => boolean;
}

/** What a rollout does next. */
export type RolloutMove =
  | { readonly kind: "stop"; readonly culprit: ReceiverId; readonly why: string }
  | { readonly kind: "next-stage" }
  | { readonly kind: "done" }
  /** `blocking`: who keeps the next stage from beginning. */
  | { readonly kind: "stay"; readonly blocking: readonly ReceiverId[] };

/** Nothing more comes of it in this rollout. */
export const isSettled = (step: RolloutStep): boolean =>
  step === "updated" || step === "rolled-back" || step === "refused";

/** Everybody in the present stage and in those before. The same names are drawn whoever asks, and others in the next rollout. */
export function membersOf({ id, stages, stage }: Rollout, receivers: readonly ReceiverId[]): ReceiverId[] {
  const begun = stages.slice(0, stage + 1);
  const percent = Math.max(0, ...begun.map((one) => ("percent" in one ? one.percent : 0)));
  const named = new Set(begun.flatMap((one) => ("receivers" in one ? one.receivers : [])));
  const drawn = receivers
    .map((receiver) => ({ receiver, rank: rankOf(`${id}/${receiver}`) }))
    .sort((a, b) => a.rank - b.rank || (a.receiver < b.receiver ? -1 : 1))
    .slice(0, Math.ceil((receivers.length * percent) / 100))
    .map(({ receiver }) => receiver);
  const chosen = new Set([...drawn, ...receivers.filter((receiver) => named.has(receiver))]);
  return receivers.filter((receiver) => chosen.has(receiver));
}

/** Who of them is to be asked now: those that are there and of whom something may still come. */
export const toAsk = (rollout: Rollout, scene: RolloutScene): ReceiverId[] =>
  membersOf(rollout, scene.receivers).filter((receiver) => {
    const standing = rollout.standings[receiver];
    return scene.isThere(receiver) && !(standing && isSettled(standing.step));
  });

/**
 * What to do next. A loudspeaker that was away all the time holds nobody up, and gets its turn when it comes; one that was
 * asked and has not told of its success does, and so does one that has gone silent since.
 */
export function nextMove(rollout: Rollout, scene: RolloutScene): RolloutMove {
  for (const [receiver, { step, why }] of Object.entries(rollout.standings))
    if (step === "rolled-back") return { kind: "stop", culprit: receiver as ReceiverId, why: why ?? "rolled-back" };
  const members = membersOf(rollout, scene.receivers);
  const isWell = (receiver: ReceiverId) => {
    const standing = rollout.standings[receiver];
    const soaked = standing !== undefined && standing.at + rollout.soakMinutes * 60_000 <= scene.now;
    return standing?.step === "updated" && soaked && scene.isThere(receiver);
  };
  const isLast = rollout.stage === rollout.stages.length - 1;
  const blocking = members.filter((receiver) => {
    const step = rollout.standings[receiver]?.step;
    if (step === undefined) return isLast || scene.isThere(receiver);
    return step !== "refused" && !isWell(receiver);
  });
  // Of a stage in which nobody could show that it works, nothing is learned.
  const hasShown = members.some(isWell);
  if (blocking.length > 0 || !hasShown) return { kind: "stay", blocking };
  return isLast ? { kind: "done" } : { kind: "next-stage" };
}

/** A number that looks drawn and is always the same for a text (FNV-1a, 32 bit, mixed once more). */
function rankOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
