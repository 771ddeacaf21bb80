/**
 * A loudspeaker behind a player program that reads raw samples from its standard input. A player that dies is started
 * again; while none runs, sound is lost rather than late.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { backoff } from "../../base/backoff.js";
import type { Cancel, Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Instant, ms } from "../../base/units.js";
import { RATE } from "../../receiver/samples.js";
import { heardBy as heardByCard } from "./alsa-card.js";
import type { Sink } from "./sink.js";

/** Bytes waiting for the player beyond which it is behind: half a second. More would be heard late. */
const MAX_WAITING = 48_000;
/** A player as old as this is replaced in a silent moment: its sound card's clock has drifted from ours, 30 ms at 50 ppm. */
const MAX_AGE = 600_000;
/** A player that lived this long was well; the next failure counts from the start. */
const WELL_AFTER = 10_000;
/** So many failures in a row are reported as `failed`; trying goes on. */
const FAILED_AFTER = 5;
const PER_MS = RATE / 1000;
/** A player that does not end by itself is killed after this long, ms. */
const PATIENCE = 500;

export interface PlayerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** File and arguments. */
  readonly command: readonly [file: string, ...argv: string[]];
  /** Seconds of sound that a process has made heard through a sound card; the machine's own when left out. */
  readonly heardBy?: ((pid: number) => number | undefined) | undefined;
}

export function createPlayerSink({ clock, log, random, command: [file, ...argv], ...more }: PlayerOptions): Sink {
  const { heardBy = heardByCard } = more;
  let child: ChildProcess | undefined;
  /** Samples that this player was given, and how much of them was heard when it was last asked, seconds. */
  let given = 0;
  let heard = 0;
  let startedAt: Instant = clock.now();
  let failures = 0;
  let cancel: Cancel | undefined;
  let closed = false;

  const lost = (one: ChildProcess, why: unknown) => {
    if (child !== one) return;
    child = undefined;
    if (closed) return;
    failures = clock.now() - startedAt > WELL_AFTER ? 1 : failures + 1;
    log.warn("relay.player-died", { file, why, failures });
    cancel = clock.after(backoff(failures, { base: ms(100), cap: ms(10_000), random }), start);
  };
  function start(): void {
    cancel = undefined;
    const one = spawn(file, argv, { stdio: ["pipe", "ignore", "ignore"] });
    child = one;
    given = 0;
    heard = 0;
    startedAt = clock.now();
    one.on("error", (thrown) => lost(one, thrown.message));
    one.on("exit", (code, signal) => lost(one, signal ?? code));
    // A pipe that breaks is followed by the player's end, which is dealt with above.
    one.stdin?.on("error", (thrown) => log.debug("relay.player-pipe", { thrown }));
  }
  const end = async (one: ChildProcess) => {
    if (one.exitCode !== null || one.signalCode !== null || one.pid === undefined) return;
    const cancelKill = clock.after(ms(PATIENCE), () => one.kill("SIGKILL"));
    const gone = once(one, "exit");
    one.stdin?.end();
    await gone;
    cancelKill();
  };

  start();
  return {
    write(samples) {
      const pipe = child?.stdin;
      if (!pipe?.writable || pipe.writableLength > MAX_WAITING) return;
      pipe.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
      given += samples.length;
    },
    // The player has been starved for as long as the process was stalled, and is as far on as the clock.
    skip() {},
    idle() {
      const old = child;
      if (!old || clock.now() - startedAt < MAX_AGE) return;
      child = undefined;
      end(old).catch((thrown: unknown) => log.warn("relay.player-stuck", { thrown }));
      start();
    },
    latencyMs() {
      const now = child?.pid === undefined ? undefined : heardBy(child.pid);
      if (now === undefined) return undefined;
      // A card that ran dry counts from zero again: this player's count is of no use any more.
      heard = now < heard ? Number.POSITIVE_INFINITY : now;
      if (now < heard) return undefined;
      return given / PER_MS - now * 1000;
    },
    state() {
      if (child) return "ok";
      return failures >= FAILED_AFTER ? "failed" : "restarting";
    },
    async close() {
      closed = true;
      cancel?.();
      const last = child;
      child = undefined;
      if (last) await end(last);
    },
  };
}
