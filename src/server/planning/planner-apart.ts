/**
 * Plans in a program of its own: a city takes a second or two, and meanwhile what is on air needs the server every few
 * milliseconds.
 *
 * @module
 */
import type { Cancel, Clock } from "../../base/clock.js";
import { Fault, type Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type Ms, minutes } from "../../base/units.js";
import type { Review } from "../../domain/refusals.js";
import type { Planner } from "./planner.js";
import { type PlanningLink, ProgramEnded, startPlanning } from "./planning-link.js";
import { type Task, workOut } from "./work-out.js";

export interface PlannerApartOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** The program is ended when nobody asked for so long: after a city it holds some 150 MB. */
  readonly idleAfter?: Ms;
  /** For one task. The largest city that is provided for takes ten seconds on a slow machine: more than this is a hang. */
  readonly patience?: Ms;
  /** Starts the program; tests start another. */
  readonly start?: () => PlanningLink;
}

export interface PlannerApart extends Planner {
  /** Ends the program; what is still asked fails. Twice is harmless. */
  close(): void;
}

/** A task that waits for its turn. */
interface Waiting {
  readonly task: Task;
  readonly resolve: (review: Review) => void;
  readonly reject: (why: unknown) => void;
}

/**
 * The program is started with the first task, and again after it has died. A task during which it died is done here, once:
 * in the way is better than never. A task that hangs would hang here too, so it fails.
 */
export function createPlannerApart(options: PlannerApartOptions): PlannerApart {
  const { clock, log, idleAfter = minutes(5), patience = minutes(2), start = startPlanning } = options;
  const line: Waiting[] = [];
  let link: PlanningLink | undefined;
  let isBusy = false;
  let isClosed = false;
  let cancelIdle: Cancel = () => {};

  const workApart = async (task: Task): Promise<Review> => {
    if (!link?.isAlive()) link = start();
    const current = link;
    let hung = false;
    const cancel = clock.after(patience, () => {
      hung = true;
      current.end();
    });
    try {
      return await current.work(task);
    } catch (thrown) {
      throw hung ? unavailable("hung", HUNG) : thrown;
    } finally {
      cancel();
    }
  };
  const work = async (task: Task): Promise<Review> => {
    try {
      return await workApart(task);
    } catch (thrown) {
      if (isClosed) throw unavailable("closed", CLOSED);
      if (!(thrown instanceof ProgramEnded)) throw thrown;
      log.error("planning.program-died", { task: task.kind, thrown });
      return workOut(task);
    }
  };
  const next = async (): Promise<void> => {
    const waiting = isBusy ? undefined : line.shift();
    if (!waiting) return;
    isBusy = true;
    cancelIdle();
    await work(waiting.task).then(waiting.resolve, waiting.reject);
    isBusy = false;
    if (!isClosed) cancelIdle = clock.after(idleAfter, () => link?.end());
    void next();
  };
  const ask = (task: Task) =>
    new Promise<Review>((resolve, reject) => {
      if (isClosed) {
        reject(unavailable("closed", CLOSED));
        return;
      }
      // Somebody waits for a review; a plan is wanted soon.
      const before = task.kind === "review" ? line.findIndex((one) => one.task.kind === "plan") : -1;
      line.splice(before < 0 ? line.length : before, 0, { task, resolve, reject });
      void next();
    });

  return {
    plan: async (input) => (await ask({ kind: "plan", input })).rundown,
    review: (draft, input) => ask({ kind: "review", draft, input }),
    close() {
      isClosed = true;
      cancelIdle();
      for (const { reject } of line.splice(0)) reject(unavailable("closed", CLOSED));
      link?.end();
    },
  };
}

const CLOSED: Words = {
  vi: "Đài đang tắt nên chưa lập được chương trình.",
  en: "The station is closing; nothing was planned.",
};
const HUNG: Words = {
  vi: "Lập chương trình quá lâu nên đã dừng. Chương trình đang có vẫn phát như cũ; hãy bớt lịch phát rồi thử lại.",
  en: "Planning took too long and was stopped. What was planned before still airs; use fewer schedules and try again.",
};
const unavailable = (reason: string, words: Words) => new Fault("unavailable", words, { reason });
