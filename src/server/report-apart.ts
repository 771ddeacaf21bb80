/**
 * Counts and draws reports in a program of its own, one at a time: a city takes seconds, and what is on air needs the server
 * every few milliseconds.
 *
 * @module
 */
import { fork } from "node:child_process";
import type { Clock } from "../base/clock.js";
import { Fault, reasonOf, type Words } from "../base/errors.js";
import { minutes } from "../base/units.js";
import type { Reporter } from "./control/reports.js";
import type { ReportAnswer, ReportFailure, ReportTask } from "./report-tasks.js";

/** From source the program is a `.ts` file, built a `.js` file. */
const PROGRAM = new URL(`./report-program${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`, import.meta.url);
/** The largest city takes seconds; more than this is a hang. */
const PATIENCE = minutes(3);
/** So many may wait for their turn. */
const MOST_WAITING = 8;

export interface ReporterApart extends Reporter {
  /** Ends the program; what is still asked fails. Twice is harmless. */
  close(): void;
}

type Message = { readonly done: ReportAnswer } | { readonly failure: ReportFailure };

/** @param log path of the as-run log */
export function createReporterApart(log: string, clock: Pick<Clock, "after">): ReporterApart {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;
  let end = () => {};

  const run = (task: ReportTask) =>
    new Promise<ReportAnswer>((resolve, reject) => {
      const child = fork(PROGRAM, { serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
      const kill = () => void child.kill("SIGKILL");
      end = kill;
      const cancel = clock.after(PATIENCE, kill);
      const lost = (why: string) => {
        cancel();
        reject(
          new Fault("unavailable", isClosed ? CLOSED : died(why), { reason: isClosed ? "closed" : "program-died" }),
        );
      };
      child.once("message", (message: Message) => {
        cancel();
        if ("done" in message) resolve(message.done);
        else reject(thrownOf(message.failure));
      });
      child.once("error", (thrown) => lost(reasonOf(thrown)));
      child.once("exit", (code, signal) => lost(signal ?? `exit code ${code}`));
      child.send(task, (error) => error && lost(reasonOf(error)));
    });
  const ask = async (task: ReportTask): Promise<ReportAnswer> => {
    if (isClosed) throw new Fault("unavailable", CLOSED, { reason: "closed" });
    if (waiting >= MOST_WAITING) throw new Fault("busy", BUSY);
    waiting += 1;
    const before = last;
    const mine = before.then(() => {
      if (isClosed) throw new Fault("unavailable", CLOSED, { reason: "closed" });
      return run(task);
    });
    last = mine.catch(() => {});
    try {
      return await mine;
    } finally {
      waiting -= 1;
    }
  };
  const one = <T>(value: T | undefined): T => {
    if (value === undefined) throw new TypeError("the report program answered something else");
    return value;
  };

  return {
    report: async (matter) => one((await ask({ kind: "report", log, matter })).report),
    async file(matter, paper, form) {
      const { report, bytes } = await ask({ kind: "file", log, matter, paper, form });
      return { report: one(report), bytes: one(bytes) };
    },
    night: async (matter, night) => one((await ask({ kind: "night", log, matter, night })).digest),
    close() {
      isClosed = true;
      end();
    },
  };
}

function thrownOf(failure: ReportFailure): Error {
  if ("bug" in failure) return new Error(failure.bug);
  const { code, words, reason } = failure;
  return new Fault(code, words, reason === undefined ? {} : { reason });
}

const CLOSED: Words = {
  vi: "Đài đang tắt nên chưa lập được báo cáo. Hãy làm lại khi đài chạy lại.",
  en: "The station is closing; no report was made. Ask again when it runs.",
};
const BUSY: Words = {
  vi: "Đang lập nhiều báo cáo cùng lúc. Hãy thử lại sau một phút.",
  en: "Many reports are being made at once. Try again in a minute.",
};
const died = (why: string): Words => ({
  vi: `Chương trình lập báo cáo dừng giữa chừng (${why}). Nhật ký không bị đụng đến. Hãy thử lại; nếu vẫn vậy, xem máy còn đủ bộ nhớ không.`,
  en: `The report program ended half-way (${why}). The log was not touched. Try again; if it happens again, see whether the machine has memory left.`,
});
