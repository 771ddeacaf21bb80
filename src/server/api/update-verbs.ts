/**
 * The verbs about programs for loudspeakers.
 *
 * @module
 */
import type { Sha256 } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type * as view from "./update-views.js";

export interface UpdateVerbs {
  /** Takes the file over as this package; it goes out to nobody yet. @throws Fault "invalid" when it is another */
  keepPackage(sha256: Sha256, file: string, by: Person): Promise<void>;
  /** Path of a package; `undefined` when there is none. */
  packageFile(sha256: Sha256): string | undefined;
  /** @throws Fault "conflict" while another is under way, "not-found" without its package, "invalid" for a wrong signature */
  startRollout(rollout: view.NewRollout, by: Person): Promise<view.RolloutView>;
  /** The newest first. */
  rollouts(): readonly view.RolloutView[];
  /** Nobody is asked any more, and whoever does not run it yet leaves it. @throws Fault "not-found" when none is under way */
  stopRollout(by: Person): Promise<view.RolloutView>;
}
