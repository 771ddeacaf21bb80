/**
 * Asked before an update is taken: who made it, whether it runs here, and whether it can be gone back from.
 *
 * @module
 */
import { compareVersions, readManifest, STATE_FORMAT, type UpdateBody } from "../../protocol/update.js";
import { BASE, type Slots } from "./slots.js";
import type { UpdateKeys } from "./update-keys.js";

/** Why an update is not taken. Stable over versions. */
export const UPDATE_REFUSALS = [
  /** No launcher started this program, so that nobody could go back. */
  "no-launcher",
  /** The manifest is none of this version, or out of its limits. */
  "manifest",
  /** Another key than the one that is known here. */
  "update-key",
  /** The signature does not fit. */
  "update-signature",
  /** It needs a newer Node. */
  "node-version",
  /** It would leave a state folder that this program cannot read. */
  "state-format",
  /** Not newer than the program that runs, and not named as such. */
  "version",
  /** Another program is on trial. */
  "busy",
  /** This rollout was gone back from. */
  "rolled-back",
] as const;
export type UpdateRefusal = (typeof UPDATE_REFUSALS)[number];

export interface Standing {
  readonly program: string;
  readonly version: string;
  readonly node: string;
  readonly keys: UpdateKeys;
  readonly slots: Pick<Slots, "outcome">;
}

/** `undefined`: take it. What is no program of its maker is looked at no further. */
export function judgeUpdate(body: UpdateBody, standing: Standing): UpdateRefusal | undefined {
  const manifest = readManifest(body.manifest);
  if (!manifest) return "manifest";
  const ended = standing.slots.outcome();
  if (ended?.step === "rolled-back" && ended.rollout === body.rollout) return "rolled-back";
  if (compareVersions(standing.node, manifest.minNode) < 0) return "node-version";
  if (manifest.stateFormat !== STATE_FORMAT) return "state-format";
  const isRunning = standing.program !== BASE && manifest.sha256 === standing.program;
  const isNewer = compareVersions(manifest.version, standing.version) > 0;
  if (!isRunning && !isNewer && body.downgradeTo !== manifest.version) return "version";
  // Last, because a first key is kept by it.
  const fit = standing.keys.check(body);
  return fit === "fits" ? undefined : fit;
}
