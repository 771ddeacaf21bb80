/**
 * A loudspeaker behind a player program that reads raw samples from its standard input. A player that dies is started
 * again; while none runs, sound is lost rather than late.
 *
 * @module
 */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { ms } from "../../base/units.js";
import { RATE } from "../../receiver/samples.js";
import { keepRunning } from "../lasting-program.js";
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

export function createPlayerSink({ clock, log, random, command, ...more }: PlayerOptions): Sink {
  const { heardBy = heardByCard } = more;
  /** Samples that this player was given, and how much of them was heard when it was last asked, seconds. */
  let given = 0;
  let heard = 0;
  const player = keepRunning({
    ...{ clock, random, command, wellAfter: WELL_AFTER, waits: { base: ms(100), cap: ms(10_000) } },
    stdio: ["pipe", "ignore", "ignore"],
    onStart({ stdin }) {
      given = 0;
      heard = 0;
      // A pipe that breaks is followed by the player's end, which is dealt with below.
      stdin?.on("error", (thrown) => log.debug("relay.player-pipe", { thrown }));
    },
    onEnd: (why, failures) => log.warn("relay.player-died", { file: command[0], why, failures }),
  });
  const end = async (one: ChildProcess) => {
    if (one.exitCode !== null || one.signalCode !== null || one.pid === undefined) return;
    const cancelKill = clock.after(ms(PATIENCE), () => one.kill("SIGKILL"));
    const gone = once(one, "exit");
    one.stdin?.end();
    await gone;
    cancelKill();
  };

  return {
    write(samples) {
      const pipe = player.child()?.stdin;
      if (!pipe?.writable || pipe.writableLength > MAX_WAITING) return;
      pipe.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
      given += samples.length;
    },
    // The player has been starved for as long as the process was stalled, and is as far on as the clock.
    skip() {},
    idle() {
      if (!player.child() || player.age() < MAX_AGE) return;
      const old = player.replace();
      if (old) end(old).catch((thrown: unknown) => log.warn("relay.player-stuck", { thrown }));
    },
    latencyMs() {
      const pid = player.child()?.pid;
      const now = pid === undefined ? undefined : heardBy(pid);
      if (now === undefined) return undefined;
      // A card that ran dry counts from zero again: this player's count is of no use any more.
      heard = now < heard ? Number.POSITIVE_INFINITY : now;
      if (now < heard) return undefined;
      return given / PER_MS - now * 1000;
    },
    state() {
      if (player.child()) return "ok";
      return player.failures() >= FAILED_AFTER ? "failed" : "restarting";
    },
    async close() {
      const last = player.stop();
      if (last) await end(last);
    },
  };
}
