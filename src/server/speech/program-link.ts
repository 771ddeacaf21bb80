/**
 * One run of a speaking program, from its start to its end.
 *
 * @module
 */
import { type ChildProcess, fork } from "node:child_process";
import type { Clock } from "../../base/clock.js";
import { reasonOf, unreachable } from "../../base/errors.js";
import { type Ms, seconds } from "../../base/units.js";
import { type Answers, createAnswers } from "./answers.js";
import { programFault } from "./program-fault.js";
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

export function startProgram({ program, arguments: given = [], title, clock }: ProgramOptions): ProgramLink {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf("."));
  const child = fork(new URL(`${program.href}${ending}`), given, {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const kill = () => child.kill("SIGKILL");
  const answers = createAnswers<Sound | undefined>(clock);
  let isAlive = true;
  let nextId = READY + 1;
  const gone = whenGone(child).then((detail) => {
    isAlive = false;
    answers.failAll(programFault(title, "crashed", detail));
  });
  child.on("message", (message: FromProgram) => hear(message, answers, title));

  const hung = () => {
    kill();
    return programFault(title, "hung", "");
  };
  /** Waits for an answer; silence beyond `limit` ends the program. */
  const wait = (id: number, limit: Ms, signal?: AbortSignal) => answers.wait(id, { limit, signal, tooLate: hung });
  const ready = wait(READY, START_PATIENCE).then(() => undefined);
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
      const answer = wait(id, patience, signal);
      const lost = (error: Error | null) => error && answers.fail(id, programFault(title, "crashed", reasonOf(error)));
      if (isAlive) child.send({ ...request, id } satisfies SayRequest, lost);
      else lost(new Error("not running"));
      const sound = await answer;
      if (sound === undefined) throw programFault(title, "crashed", "answered without sound");
      return sound;
    },
    async end() {
      isAlive = false;
      kill();
      await gone;
    },
  };
}

function hear(message: FromProgram, answers: Answers<Sound | undefined>, title: string): void {
  switch (message.kind) {
    case "ready":
      answers.give(READY, undefined);
      break;
    case "unfit":
      answers.fail(READY, programFault(title, "unfit", message.reason));
      break;
    case "said":
      answers.give(message.id, message.sound);
      break;
    case "refused":
      answers.fail(message.id, programFault(title, "refused", message.reason));
      break;
    default:
      unreachable(message);
  }
}

/** How it ended, with its last words. */
function whenGone(child: ChildProcess): Promise<string> {
  let errorOutput = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errorOutput = (errorOutput + text).slice(-KEPT_ERROR_OUTPUT);
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(reasonOf(error)));
    child.once("exit", (code, signal) => resolve(`${signal ?? code} ${errorOutput.trim()}`));
  });
}
