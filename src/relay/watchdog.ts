/**
 * Tells systemd that the program still turns: one that hangs is killed and started again. Node has no socket for it, so the
 * helper that comes with systemd carries the word.
 *
 * @module
 */
import { execFile } from "node:child_process";
import { type Cancel, type Clock, every } from "../base/clock.js";
import type { Log } from "../base/log.js";
import { type Ms, ms } from "../base/units.js";

/** A helper that takes longer is given up, ms. */
const TIMEOUT = 10_000;

/** How often systemd wants to hear of us; `undefined` when it does not ask. A third of its patience, so that one may be late. */
export function watchdogPeriod(env: Readonly<Record<string, string | undefined>>): Ms | undefined {
  const patience = Number(env.WATCHDOG_USEC) / 1000;
  const isAsked = env.NOTIFY_SOCKET !== undefined && Number.isFinite(patience) && patience >= 3_000;
  return isAsked ? ms(patience / 3) : undefined;
}

export interface WatchdogOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly period: Ms;
  /** Whether the program does its work; while it does not, systemd hears nothing and starts it again. */
  readonly isWell?: () => boolean;
  /** Carries a word to systemd. */
  readonly notify?: (word: string, failed: (thrown: unknown) => void) => void;
}

/** Says so from now on; the returned function ends it. */
export function startWatchdog(options: WatchdogOptions): Cancel {
  const { clock, log, period, isWell = () => true, notify = systemdNotify } = options;
  const beat = () => isWell() && notify("WATCHDOG=1", (thrown) => log.warn("relay.watchdog-failed", { thrown }));
  beat();
  return every(clock, period, beat);
}

function systemdNotify(word: string, failed: (thrown: unknown) => void): void {
  execFile("systemd-notify", [word], { timeout: TIMEOUT }, (thrown) => {
    if (thrown) failed(thrown);
  });
}
