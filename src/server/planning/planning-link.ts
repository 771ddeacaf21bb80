/**
 * One run of the planning program, and the one task it may be working at.
 *
 * @module
 */
import { type ChildProcess, fork } from "node:child_process";
import { setImmediate } from "node:timers";
import { reasonOf } from "../../base/errors.js";
import type { Review } from "../../domain/refusals.js";
import type { RundownLine } from "../../domain/rundown.js";
import { type Answer, type Request, thrownOf } from "./messages.js";
import { createUnpacker, type PackedLine } from "./packed.js";
import type { Task } from "./work-out.js";

/** From source the program is a `.ts` file, built a `.js` file; it is started with the same options as the server. */
const PROGRAM = new URL(
  `./planning-program${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`,
  import.meta.url,
);

/** The program ended before its task was done. */
export class ProgramEnded extends Error {
  override readonly name = "ProgramEnded";
}

export interface PlanningLink {
  isAlive(): boolean;
  /** One task at a time. @throws {@link ProgramEnded}, or what the task threw */
  work(task: Task): Promise<Review>;
  /** Kills it; twice is harmless. */
  end(): void;
}

/** The present task while its answer comes in. */
interface Present {
  readonly resolve: (review: Review) => void;
  readonly reject: (why: unknown) => void;
  readonly task: Task;
  review?: Review;
  unpack?: (line: PackedLine) => RundownLine;
  readonly lines: RundownLine[];
}

export function startPlanning(): PlanningLink {
  const child = fork(PROGRAM, { serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let isAlive = true;
  let present: Present | undefined;

  const finish = () => {
    const done = present;
    present = undefined;
    holdOpen(child, false);
    return done;
  };
  const lost = (why: string) => {
    isAlive = false;
    finish()?.reject(new ProgramEnded(why));
  };
  const ask = (request: Request) => child.send(request, (error) => error && lost(reasonOf(error)));
  const take = (current: Present, answer: Answer) => {
    if (answer.kind === "failed") return finish()?.reject(thrownOf(answer.failure));
    if (answer.kind === "found") {
      current.review = answer.review;
      current.unpack = createUnpacker(answer.tables, current.task.input.receivers);
    } else if (current.unpack) current.lines.push(...answer.lines.map(current.unpack));
    // The next piece comes in a turn of its own, so that what is on air is served in between.
    if (answer.kind === "found" || !answer.last) return setImmediate(() => isAlive && ask({ kind: "more" }));
    const { review, lines } = current;
    return review && finish()?.resolve({ ...review, rundown: { ...review.rundown, lines } });
  };

  holdOpen(child, false);
  child.once("error", (thrown) => lost(reasonOf(thrown)));
  child.once("exit", (code, signal) => lost(`${signal ?? `exit code ${code}`}`));
  child.on("message", (answer: Answer) => {
    if (present) take(present, answer);
  });

  return {
    isAlive: () => isAlive,
    work(task) {
      holdOpen(child, true);
      return new Promise((resolve, reject) => {
        present = { resolve, reject, task, lines: [] };
        ask(task);
      });
    },
    end() {
      isAlive = false;
      child.kill("SIGKILL");
    },
  };
}

/** An idle program must not keep the server from ending. */
function holdOpen(child: ChildProcess, needed: boolean): void {
  if (needed) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}
