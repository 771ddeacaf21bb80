/**
 * The backup program: makes one backup and ends. Reading all of a station takes a disk and a while, and nothing on air waits
 * for it.
 *
 * @module
 */
import { setPriority } from "node:os";
import { systemClock } from "../../base/clock.js";
import { Fault, reasonOf } from "../../base/errors.js";
import { type AutomaticBackup, makeAutomaticBackup } from "./automatic.js";
import type { Outcome, Progress } from "./backup-apart.js";

/** Behind everything else on the machine. */
const NICENESS = 19;

setPriority(NICENESS);

const answer = (outcome: Outcome) => {
  process.send?.(outcome);
  process.disconnect?.();
};

let told = 0;
/** Each percent once. */
const tell = (share: number) => {
  const percent = Math.floor(share * 100);
  if (percent <= told) return;
  told = percent;
  process.send?.({ kind: "progress", share } satisfies Progress);
};

process.once("message", (task: AutomaticBackup) => {
  makeAutomaticBackup(task, systemClock, tell).then(
    ({ files, bytes }) => answer({ kind: "made", files, bytes }),
    (thrown: unknown) => {
      const words = thrown instanceof Fault ? thrown.words : { vi: reasonOf(thrown), en: reasonOf(thrown) };
      answer({ kind: "failed", words });
    },
  );
});
