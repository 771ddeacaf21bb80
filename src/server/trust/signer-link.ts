/**
 * One run of the signer program, from its start to its end.
 *
 * @module
 */
import { fork } from "node:child_process";
import { reasonOf } from "../../base/errors.js";
import type { Answer, Request } from "./signer-messages.js";

/** From source the program is a `.ts` file, built a `.js` file. */
const PROGRAM = new URL(`./signer-program${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`, import.meta.url);

export interface SignerLink {
  ask(request: Request): void;
  /** Kills it; twice is harmless. */
  end(): void;
}

export interface SignerLinkEvents {
  readonly onAnswer: (answer: Answer) => void;
  /** Told once, whatever ended it. */
  readonly onEnd: (why: string) => void;
}

/** Starts the program. It keeps the server from ending by nothing. */
export function startSignerProgram({ onAnswer, onEnd }: SignerLinkEvents): SignerLink {
  const child = fork(PROGRAM, { serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let isOver = false;
  const over = (why: string) => {
    if (isOver) return;
    isOver = true;
    onEnd(why);
  };
  child.unref();
  child.channel?.unref();
  child.once("error", (thrown) => over(reasonOf(thrown)));
  child.once("exit", (code, signal) => over(signal ?? `exit code ${code}`));
  child.on("message", (answer: Answer) => {
    if (!isOver) onAnswer(answer);
  });
  return {
    ask: (request) => void child.send(request, (error) => error && over(reasonOf(error))),
    end: () => void child.kill("SIGKILL"),
  };
}
