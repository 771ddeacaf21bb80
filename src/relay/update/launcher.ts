/**
 * Starts the loudspeaker's program and goes back to the one before when a new one does not prove itself. It belongs to the
 * installation: no update changes it. So it knows as little as it can: links, counts and a clock.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Cancel, Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { minutes, seconds } from "../../base/units.js";
import { PROGRAM_START } from "../../protocol/package-header.js";
import { BASE, type Choice, openSlots, type Slots } from "./slots.js";

/** The program asks to be started again, as after an update (EX_TEMPFAIL of sysexits.h). */
export const RESTART = 75;
/** A new program must be healthy within this time of its start. */
const PROOF = minutes(10);
/** From being asked to end until it is made to. */
const GRACE = seconds(5);
/** Between two starts. */
const PAUSE = seconds(1);
/** By this a program knows that somebody would go back for it, and which one it is. */
export const PROGRAMS_VARIABLE = "LOA_PROGRAMS";
export const PROGRAM_VARIABLE = "LOA_PROGRAM";

/** A program that runs. */
export interface Running {
  /** Its exit code; 1 when a signal ended it. */
  readonly ended: Promise<number>;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

export interface LauncherOptions {
  /** Absolute: `programs` in the state folder. */
  readonly programs: string;
  /** What is started when no update is there: the `loa.js` of the installation. */
  readonly base: string;
  /** What stands behind `loa`, such as `relay --server …`. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when a person or the system asks for the end. */
  readonly signal: AbortSignal;
  /** Starts a script; tests start another. */
  readonly start?: (script: string, argv: readonly string[], env: LauncherOptions["env"]) => Running;
}

/** Runs programs until one ends of its own, and returns its exit code. */
export async function launch(options: LauncherOptions): Promise<number> {
  const { programs, clock, log, signal } = options;
  const slots = openSlots(programs);
  for (;;) {
    const { program, trial } = choose(slots, log);
    log.info("launcher.start", { program, trial });
    const code = await run(program, options, trial ? slots : undefined);
    log.info("launcher.ended", { program, code });
    if (signal.aborted) {
      if (trial) attempt(log, slots.forgiveStart);
      return code;
    }
    // On trial no exit code is believed, whatever a supervisor would make of it.
    const hasProved = slots.current() === program && slots.trial() === undefined;
    if ((!trial || hasProved) && code !== RESTART) return code;
    await new Promise<void>((resolve) => void clock.after(PAUSE, resolve));
  }
}

/** What to start, its start counted. A disk that takes nothing must not silence the loudspeaker: then it is the old one. */
function choose(slots: Slots, log: Log): Choice {
  const choice = attempt(log, () => {
    const chosen = slots.choose();
    if (chosen.trial) slots.countStart();
    return chosen;
  });
  return choice ?? { program: slots.proven(), trial: false };
}

function attempt<T>(log: Log, task: () => T): T | undefined {
  try {
    return task();
  } catch (thrown) {
    log.error("launcher.disk-failed", { thrown });
    return undefined;
  }
}

async function run(program: string, options: LauncherOptions, tried: Slots | undefined): Promise<number> {
  const { programs, base, argv, env, clock, log, signal, start = startScript } = options;
  const script = program === BASE ? base : join(programs, program, PROGRAM_START);
  const child = start(script, argv, { ...env, [PROGRAMS_VARIABLE]: programs, [PROGRAM_VARIABLE]: program });
  const cancels: Cancel[] = [];
  const end = () => {
    child.kill("SIGTERM");
    cancels.push(clock.after(GRACE, () => child.kill("SIGKILL")));
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  if (tried) {
    cancels.push(
      clock.after(PROOF, () => {
        const unproved = tried.trial();
        if (unproved?.sha256 !== program) return;
        const why = unproved.lacks ?? "hung";
        log.error("launcher.rolled-back", { program, why, to: unproved.from });
        attempt(log, () => tried.rollBack(unproved, why));
        end();
      }),
    );
  }
  const code = await child.ended;
  signal.removeEventListener("abort", end);
  for (const cancel of cancels) cancel();
  return code;
}

function startScript(script: string, argv: readonly string[], env: LauncherOptions["env"]): Running {
  const child = spawn(process.execPath, [script, ...argv], {
    // By the channel the program finds out when its launcher has gone, and ends.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env,
  });
  return {
    ended: new Promise((resolve) => {
      child.once("exit", (code) => resolve(code ?? 1));
      child.once("error", () => resolve(1));
    }),
    kill: (signal) => void child.kill(signal),
  };
}
