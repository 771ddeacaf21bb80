/**
 * One run of a speaking program, from its start to its end.
 *
 * @module
 */
import { fork } from "node:child_process";
import type { Clock } from "../../base/clock.js";
import { Fault, reasonOf, type Words } from "../../base/errors.js";
import { type Ms, seconds } from "../../base/units.js";
import type { FromProgram, SayRequest, Sound } from "./voice-messages.js";

export interface ProgramOptions {
  /** The program without its ending: that is `.ts` from source and `.js` when built, as of this file. */
  readonly program: URL;
  readonly arguments?: readonly string[];
  /** The voice as people know it. */
  readonly title: string;
  readonly clock: Clock;
}

/** A program that has been started. */
export interface ProgramLink {
  readonly pid: number | undefined;
  readonly isAlive: boolean;
  /** Settles when the program has loaded its voice. @throws Fault "unavailable" with reason `unfit`, `crashed` or `hung` */
  readonly ready: Promise<void>;
  /**
   * Says one phrase. The program is killed when it takes longer than `patience`.
   * @throws Fault "unavailable" with reason `refused`, `crashed` or `hung`; the signal's reason when it comes first
   */
  say(request: Omit<SayRequest, "id">, patience: Ms, signal: AbortSignal): Promise<Sound>;
  /** Kills it and waits until it is gone; twice is harmless. */
  end(): Promise<void>;
}

/** Starting loads a model from disk. */
const START_PATIENCE = seconds(30);
/** How much of the program's error output is kept for the reason, UTF-16 units. */
const KEPT_ERROR_OUTPUT = 500;
/** What the word `ready` answers. */
const READY = 0;

interface Waiting {
  done(sound: Sound | undefined): void;
  fail(reason: unknown): void;
}

export function startProgram({ program, arguments: given = [], title, clock }: ProgramOptions): ProgramLink {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf("."));
  const child = fork(new URL(`${program.href}${ending}`), given, {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const waiting = new Map<number, Waiting>();
  let errorOutput = "";
  let isAlive = true;
  let nextId = READY + 1;

  const gone = new Promise<void>((resolve) => {
    const lose = (detail: string) => {
      isAlive = false;
      for (const each of waiting.values()) each.fail(programFault(title, "crashed", detail));
      resolve();
    };
    child.once("error", (error) => lose(reasonOf(error)));
    child.once("exit", (code, signal) => lose(`${signal ?? code} ${errorOutput.trim()}`));
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errorOutput = (errorOutput + text).slice(-KEPT_ERROR_OUTPUT);
  });
  child.on("message", (message: FromProgram) => {
    if (message.kind === "ready") return waiting.get(READY)?.done(undefined);
    if (message.kind === "unfit") return waiting.get(READY)?.fail(programFault(title, "unfit", message.reason));
    const asker = waiting.get(message.id);
    // An answer that nobody waits for any more is let go.
    if (message.kind === "said") asker?.done(message.sound);
    else asker?.fail(programFault(title, "refused", message.reason));
  });

  const answer = (id: number, limit: Ms, signal?: AbortSignal): Promise<Sound | undefined> =>
    new Promise((resolve, reject) => {
      const settled = () => {
        waiting.delete(id);
        cancel();
        signal?.removeEventListener("abort", leave);
      };
      const fail = (reason: unknown) => {
        settled();
        reject(reason);
      };
      const leave = () => fail(signal?.reason);
      const cancel = clock.after(limit, () => {
        fail(programFault(title, "hung", ""));
        child.kill("SIGKILL");
      });
      signal?.addEventListener("abort", leave, { once: true });
      waiting.set(id, {
        done: (sound) => {
          settled();
          resolve(sound);
        },
        fail,
      });
    });

  const ready = answer(READY, START_PATIENCE).then(() => undefined);
  // Whoever says something hears of a failed start; nobody else has to.
  ready.catch(() => undefined);

  return {
    pid: child.pid,
    get isAlive() {
      return isAlive;
    },
    ready,
    async say(request, patience, signal) {
      signal.throwIfAborted();
      const id = nextId++;
      const sound = answer(id, patience, signal);
      if (isAlive) child.send({ ...request, id } satisfies SayRequest, (error) => error && lost(id, error));
      else lost(id, new Error("not running"));
      const said = await sound;
      if (said === undefined) throw programFault(title, "crashed", "answered without sound");
      return said;
    },
    async end() {
      isAlive = false;
      child.kill("SIGKILL");
      await gone;
    },
  };

  function lost(id: number, error: Error): void {
    waiting.get(id)?.fail(programFault(title, "crashed", reasonOf(error)));
  }
}

export type ProgramReason = "crashed" | "hung" | "unfit" | "refused" | "closed";

const WORDS: Readonly<Record<ProgramReason, Words>> = {
  crashed: { vi: "bị dừng đột ngột", en: "stopped all of a sudden" },
  hung: { vi: "không phản hồi", en: "does not respond" },
  unfit: { vi: "không chạy được trên máy này", en: "cannot run on this machine" },
  refused: { vi: "không đọc được đoạn này", en: "cannot say this" },
  closed: { vi: "đã được tắt", en: "has been closed" },
};

/** How much of a program's own words people see, UTF-16 units. */
const SHOWN_DETAIL = 200;

/** @param detail the program's own words, or how it ended */
export function programFault(title: string, reason: ProgramReason, detail: string): Fault {
  const shown = detail.replace(/\s+/gu, " ").trim().slice(-SHOWN_DETAIL);
  const tail = shown === "" ? "." : ` (${shown}).`;
  const { vi, en } = WORDS[reason];
  const words = { vi: `Giọng ${title} ${vi}${tail}`, en: `Voice ${title} ${en}${tail}` };
  return new Fault("unavailable", words, { reason });
}
