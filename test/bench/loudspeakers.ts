/**
 * Virtual loudspeakers in a process of their own: real relays that write what they play to files, each with the instant
 * at which its first sample is heard, by the clock that all processes of the machine share.
 *
 * Arguments: server (address), relays (JSON, a list of {@link Wish}). It prints "ready" when all run; "origins" on standard
 * input makes it print a line of JSON with the instants, in ms of CLOCK_MONOTONIC by id; "end" ends them and it.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { type Clock, systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { runRelay } from "../../src/relay/index.js";
import { monotonicMs, readArguments } from "./child.js";

/** A loudspeaker to run. */
export interface Wish {
  readonly id: string;
  /** Pairing code. */
  readonly code: string;
  readonly file: string;
  readonly state: string;
  /** Bytes of clips that it may keep. */
  readonly clipBudget?: number;
}

/**
 * A relay reads its clock at the beginning of the turn in which it opens its file, and hands over samples by that
 * reading from then on. So the last reading before the file was there is when its first sample is heard.
 */
function watchedClock(file: string): { readonly clock: Clock; origin(): number } {
  let last = Number.NaN;
  let isOpen = false;
  return {
    clock: {
      ...systemClock,
      now() {
        const at = systemClock.now();
        isOpen ||= existsSync(file);
        if (!isOpen) last = at;
        return at;
      },
    },
    origin: () => last + (monotonicMs() - performance.now()),
  };
}

const given = readArguments();
const wishes: readonly Wish[] = JSON.parse(given.get("relays") ?? "[]");
const running = await Promise.all(
  wishes.map(async ({ id, code, file, state, clipBudget }) => {
    const { clock, origin } = watchedClock(file);
    const relay = await runRelay({
      ...{ server: given.get("server") ?? "", pair: code, name: id, out: `wav:${file}`, state },
      ...{ clock, log: silentLog, random: Math.random, clipBudget },
    });
    return { id, relay, origin };
  }),
);

createInterface({ input: process.stdin }).on("line", async (line) => {
  if (line === "origins")
    process.stdout.write(`${JSON.stringify(Object.fromEntries(running.map(({ id, origin }) => [id, origin()])))}\n`);
  if (line !== "end") return;
  await Promise.all(running.map(({ relay }) => relay.close()));
  process.exit(0);
});
process.stdout.write("ready\n");
