/**
 * A rollout as people see it: how far it is, and what it waits for.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import type { ReceiverId } from "../../domain/ids.js";
import { reasonOrCode } from "../../domain/reason-words.js";
import { membersOf, nextMove, type Rollout, type RolloutScene, type RolloutStep } from "../../domain/rollout.js";

/** Names in a list; of more only the number is told. */
const MOST_NAMED = 50;

export function rolloutView(rollout: Rollout, scene: RolloutScene) {
  const { id, version, sha256, stages, soakMinutes, by, state, stage, stoppedBy, why, culprit, standings } = rollout;
  const steps: Partial<Record<RolloutStep, number>> = {};
  for (const { step } of Object.values(standings)) steps[step] = (steps[step] ?? 0) + 1;
  const move = state === "running" ? nextMove(rollout, scene) : undefined;
  return {
    ...{ id, version, sha256, stages, soakMinutes, by, state, stage },
    startedAt: iso(rollout.startedAt),
    stageSince: iso(rollout.stageSince),
    ...(rollout.endedAt === undefined ? {} : { endedAt: iso(rollout.endedAt) }),
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
    ...withWords(why),
    ...(culprit === undefined ? {} : { culprit }),
    members: membersOf(rollout, scene.receivers).length,
    total: scene.receivers.length,
    steps,
    waitsFor: move?.kind === "stay" ? move.blocking.slice(0, MOST_NAMED) : [],
    troubles: Object.entries(standings)
      .filter(([, one]) => one.step === "rolled-back" || one.step === "refused" || one.step === "failed")
      .slice(0, MOST_NAMED)
      .map(([receiver, one]) => ({
        receiver: receiver as ReceiverId,
        step: one.step,
        at: iso(one.at),
        ...withWords(one.why),
      })),
  };
}

/** A reason beside its words, where there is one. */
export const withWords = (why: string | undefined): { readonly why?: string; readonly words?: Words } =>
  why === undefined ? {} : { why, words: reasonOrCode("update", why) };

const iso = (time: number): string => new Date(time).toISOString();
