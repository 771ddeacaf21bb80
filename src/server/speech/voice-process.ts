/**
 * A speaking program that is there when it is needed: started then, started afresh when it dies or hangs, ended when idle.
 *
 * @module
 */
import type { Cancel } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type Ms, minutes, seconds } from "../../base/units.js";
import { programFault } from "./program-fault.js";
import { type ProgramLink, type ProgramOptions, startProgram } from "./program-link.js";
import { createTurns } from "./turns.js";
import type { SayRequest, Sound } from "./voice-messages.js";

export interface VoiceProcessOptions extends ProgramOptions {
  readonly log: Log;
  /** For one phrase, which takes well under a second: more than this is a hang. */
  readonly patience?: Ms;
  /** A program that nobody asked for so long is ended: it holds some 100 MB. */
  readonly idleAfter?: Ms;
}

export interface VoiceProcess {
  /**
   * Says one phrase. The phrases of several texts take turns, so that a short text does not wait for a long one. When the
   * program dies or hangs meanwhile it is started afresh and asked again, once.
   * @throws Fault "unavailable" with reason `crashed`, `hung`, `unfit`, `refused` or `closed`; the signal's reason when that comes first
   */
  say(request: Omit<SayRequest, "id">, signal: AbortSignal): Promise<Sound>;
  /** The program's process id while it runs. */
  pid(): number | undefined;
  /** Ends the program; twice is harmless. */
  close(): Promise<void>;
}

/** After these a fresh start may help. */
const PASSING: ReadonlySet<string> = new Set(["crashed", "hung"]);

export function createVoiceProcess(options: VoiceProcessOptions): VoiceProcess {
  const { clock, log, title, patience = seconds(20), idleAfter = minutes(5) } = options;
  const turns = createTurns(1);
  let link: ProgramLink | undefined;
  let cancelIdle: Cancel = () => {};
  let isClosed = false;

  const ask = async (request: Omit<SayRequest, "id">, signal: AbortSignal): Promise<Sound> => {
    if (isClosed) throw programFault(title, "closed", "");
    if (!link?.isAlive) link = startProgram(options);
    const current = link;
    await current.ready;
    return current.say(request, patience, signal);
  };

  const askAgain = async (request: Omit<SayRequest, "id">, signal: AbortSignal): Promise<Sound> => {
    try {
      return await ask(request, signal);
    } catch (thrown) {
      const mayHelp = thrown instanceof Fault && PASSING.has(thrown.reason ?? "");
      if (!mayHelp || isClosed || signal.aborted) throw thrown;
      log.warn("voice.restarted", { voice: title, problem: thrown.message });
      await link?.end();
      return ask(request, signal);
    }
  };

  return {
    async say(request, signal) {
      cancelIdle();
      try {
        return await turns.run(() => askAgain(request, signal), signal);
      } finally {
        cancelIdle();
        if (!isClosed) cancelIdle = clock.after(idleAfter, () => void link?.end());
      }
    },
    pid: () => (link?.isAlive ? link.pid : undefined),
    async close() {
      isClosed = true;
      cancelIdle();
      await link?.end();
    },
  };
}
