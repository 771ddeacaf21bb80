/**
 * A program that is to run for as long as the loudspeaker does: started again, at longer and longer waits, whenever it ends.
 *
 * @module
 */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { backoff } from "../base/backoff.js";
import type { Cancel, Clock } from "../base/clock.js";
import type { Instant, Ms } from "../base/units.js";

export interface LastingProgramOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** File and arguments; no shell reads them. */
  readonly command: readonly [file: string, ...argv: string[]];
  readonly stdio: StdioOptions;
  /** One that lived this long was well, ms: its end is the first failure again. */
  readonly wellAfter: number;
  /** Bounds of the wait before the next start. */
  readonly waits: { readonly base: Ms; readonly cap: Ms };
  /** It has just been started: its pipes are there, it may still fail. */
  readonly onStart: (child: ChildProcess) => void;
  /** It ended by itself, or could not be started; `why` is an exit code, a signal or a message. */
  readonly onEnd: (why: number | string | null, failures: number) => void;
}

export interface LastingProgram {
  /** The one that runs; `undefined` while the next one is waited for. */
  child(): ChildProcess | undefined;
  /** How long the last one has been running, or was started ago, ms. */
  age(): number;
  /** Ends in a row. */
  failures(): number;
  /** Starts another one beside the one that runs, which is the caller's to end from now on. */
  replace(): ChildProcess | undefined;
  /** Starts none any more. The one that runs is the caller's to end. */
  stop(): ChildProcess | undefined;
}

/** Starts the program. */
export function keepRunning({ clock, random, command: [file, ...argv], stdio, ...more }: LastingProgramOptions) {
  let child: ChildProcess | undefined;
  let startedAt: Instant = clock.now();
  let failures = 0;
  let cancel: Cancel | undefined;

  const lost = (one: ChildProcess, why: number | string | null) => {
    // Of one that could not be started, or was let go, no second end counts.
    if (child !== one) return;
    child = undefined;
    failures = clock.now() - startedAt > more.wellAfter ? 1 : failures + 1;
    more.onEnd(why, failures);
    cancel = clock.after(backoff(failures, { ...more.waits, random }), start);
  };
  function start(): void {
    cancel = undefined;
    startedAt = clock.now();
    const one = spawn(file, argv, { stdio });
    child = one;
    one.on("error", (thrown) => lost(one, thrown.message));
    one.on("exit", (code, signal) => lost(one, signal ?? code));
    more.onStart(one);
  }
  const letGo = () => {
    const last = child;
    child = undefined;
    return last;
  };
  start();
  const program: LastingProgram = {
    child: () => child,
    age: () => clock.now() - startedAt,
    failures: () => failures,
    replace() {
      const old = letGo();
      cancel?.();
      start();
      return old;
    },
    stop() {
      cancel?.();
      return letGo();
    },
  };
  return program;
}
