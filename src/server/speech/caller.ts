/**
 * Calls a service on the network with patience, but not too much of it.
 *
 * @module
 */
import { backoff } from "../../base/backoff.js";
import { type Clock, pause } from "../../base/clock.js";
import type { Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type Ms, ms, seconds } from "../../base/units.js";
import { type Breaker, createBreaker } from "./breaker.js";
import { CallFailure, faultOf } from "./call-failure.js";
import { createTurns } from "./turns.js";

export interface CallerOptions {
  readonly clock: Clock;
  /** A number in [0, 1), for the jitter. */
  readonly random: () => number;
  readonly log: Log;
  /** The service as people know it, for sentences and the log. */
  readonly title: string;
  /** How many calls may be under way at once. */
  readonly atOnce: number;
}

export interface Caller {
  /**
   * Runs `attempt`, again when it failed in passing, and tells the breaker.
   * @throws Fault "unavailable" with the last failure's reason
   */
  call<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Why a call would not be tried now. */
  problem(): Words | undefined;
}

/** The first try and three more. */
const TRIES = 4;
const FIRST_WAIT = ms(500);
const LONGEST_WAIT = seconds(4);
/** A service that asks for more time than this is given up: another voice is quicker. */
const LONGEST_RETRY_AFTER = seconds(10);

export function createCaller({ clock, random, log, title, atOnce }: CallerOptions): Caller {
  const turns = createTurns(atOnce);
  const breaker = createBreaker(clock);

  const patiently = async <T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    for (let failed = 0; ; failed++) {
      try {
        return await attempt();
      } catch (thrown) {
        signal.throwIfAborted();
        const wait = thrown instanceof CallFailure ? waitAfter(thrown, failed) : undefined;
        if (wait === undefined) throw thrown;
        log.debug("voice.retry", { voice: title, problem: thrown, waitMs: wait });
        await pause(clock, wait, signal);
      }
    }
  };

  const waitAfter = (failure: CallFailure, failed: number): Ms | undefined => {
    if (!failure.isPassing || failed + 1 >= TRIES) return undefined;
    if (failure.retryAfter === undefined) return backoff(failed, { base: FIRST_WAIT, cap: LONGEST_WAIT, random });
    return failure.retryAfter > LONGEST_RETRY_AFTER ? undefined : failure.retryAfter;
  };

  return {
    call: (attempt, signal) =>
      turns
        .run(() => throughBreaker(breaker, title, () => patiently(attempt, signal)), signal)
        .catch((thrown) => {
          if (!(thrown instanceof CallFailure)) throw thrown;
          if (thrown.reason !== "resting") log.warn("voice.failed", { voice: title, problem: thrown.message });
          throw faultOf(thrown, title);
        }),
    problem: () => (breaker.resting() ? faultOf(new CallFailure("resting"), title).words : undefined),
  };
}

async function throughBreaker<T>(breaker: Breaker, title: string, task: () => Promise<T>): Promise<T> {
  if (breaker.resting()) throw new CallFailure("resting", { detail: title });
  try {
    const result = await task();
    breaker.worked();
    return result;
  } catch (thrown) {
    if (thrown instanceof CallFailure && !thrown.isOfTheText) breaker.failed();
    throw thrown;
  }
}
