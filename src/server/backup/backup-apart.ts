/**
 * Makes a backup in a program of its own.
 *
 * @module
 */
import { fork } from "node:child_process";
import type { Clock } from "../../base/clock.js";
import { reasonOf, type Words } from "../../base/errors.js";
import { hours } from "../../base/units.js";
import type { AutomaticBackup } from "./automatic.js";

/** What became of it. */
export type Outcome =
  | { readonly kind: "made"; readonly files: number; readonly bytes: number }
  | { readonly kind: "failed"; readonly words: Words };

/** How much of it is done, 0 to 1. */
export interface Progress {
  readonly kind: "progress";
  readonly share: number;
}

/** From source the program is a `.ts` file, built a `.js` file. */
const PROGRAM = new URL(`./backup-program${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`, import.meta.url);
/** A disk that takes longer than this is no disk any more. */
const LIMIT = hours(4);

export interface BackupApart {
  readonly outcome: Promise<Outcome>;
  /** Gives it up; what it wrote so far is no backup, and goes with one of the next. */
  end(): void;
}

/** Never rejects: whatever went wrong is an outcome. */
export function backUpApart(
  task: AutomaticBackup,
  clock: Pick<Clock, "after">,
  onShare: (share: number) => void = () => {},
): BackupApart {
  const child = fork(PROGRAM, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const end = () => void child.kill("SIGKILL");
  const outcome = new Promise<Outcome>((resolve) => {
    const cancel = clock.after(LIMIT, end);
    const done = (found: Outcome) => {
      cancel();
      resolve(found);
    };
    const lost = (why: string) =>
      done({
        kind: "failed",
        words: {
          vi: `Chương trình sao lưu dừng giữa chừng (${why}).`,
          en: `The backup program ended half-way (${why}).`,
        },
      });
    child.on("message", (found: Outcome | Progress) => {
      if (found.kind === "progress") onShare(found.share);
      else done(found);
    });
    child.once("error", (thrown) => lost(reasonOf(thrown)));
    child.once("exit", (code, signal) => lost(signal ?? `exit code ${code}`));
    child.send(task, (error) => error && lost(reasonOf(error)));
  });
  return { outcome, end };
}
