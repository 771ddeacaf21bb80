/**
 * What the doors about programs for loudspeakers take and answer.
 *
 * @module
 */
import * as z from "zod";
import { receiverIdSchema, sha256Schema } from "../../domain/ids.js";
import { rolloutStageSchema, rolloutStepSchema } from "../../domain/rollout.js";
import { publicKeySchema } from "../../protocol/signing.js";
import { versionSchema } from "../../protocol/update.js";
import { list, timeView, wordsView } from "./views.js";

/** A manifest as `loa update sign` writes it, and how the package is to go out. */
export const newRolloutSchema = z.strictObject({
  manifest: z.string().min(1).max(4_000),
  key: publicKeySchema,
  signature: z.string().min(1).max(128),
  /** Who comes when; each stage adds to those before. */
  stages: z
    .array(rolloutStageSchema)
    .min(1)
    .max(10)
    .default([{ percent: 5 }, { percent: 25 }, { percent: 100 }]),
  /** How long everybody of a stage must be well before the next begins, minutes. */
  soakMinutes: z.int().min(1).max(10_080).default(1_440),
  /** The version, when it is not newer than the one that runs. */
  downgradeTo: z.optional(versionSchema),
});
export type NewRollout = z.infer<typeof newRolloutSchema>;

export const rolloutView = z.object({
  id: z.string(),
  version: z.string(),
  sha256: sha256Schema,
  stages: list(rolloutStageSchema),
  soakMinutes: z.int(),
  by: z.string(),
  state: z.enum(["running", "stopped", "done"]),
  /** The present stage, from 0. */
  stage: z.int(),
  startedAt: timeView,
  stageSince: timeView,
  endedAt: timeView.optional(),
  stoppedBy: z.string().optional(),
  /** Why it stopped by itself, and which loudspeaker had to go back. */
  why: z.string().optional(),
  /** The reason in words, here and below. */
  words: wordsView.optional(),
  culprit: z.optional(receiverIdSchema),
  /** Loudspeakers in the stages so far, and all. */
  members: z.int(),
  total: z.int(),
  /** How many are how far. */
  steps: z.partialRecord(rolloutStepSchema, z.int()),
  /** Who keeps the next stage from beginning; the first fifty. */
  waitsFor: list(receiverIdSchema),
  troubles: list(
    z.object({
      receiver: receiverIdSchema,
      step: rolloutStepSchema,
      at: timeView,
      why: z.string().optional(),
      words: wordsView.optional(),
    }),
  ),
});
export type RolloutView = z.infer<typeof rolloutView>;
