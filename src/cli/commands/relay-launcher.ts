/**
 * `loa relay-launcher`: a loudspeaker whose program can be updated from its station. Takes what `loa relay` takes.
 *
 * @module
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createLog } from "../../base/log.js";
import { launch } from "../../relay/launch.js";
import { type Command, EXIT_CODES, type ExitCode, exactly, type Given, textOf } from "../command.js";
import { relay, STATE } from "./relay.js";

/** What is started as long as no update is there. */
const BASE = fileURLToPath(new URL("../loa.js", import.meta.url));

export const relayLauncher: Command = {
  usage: relay.usage.map((line) => line.replace(/^relay/, "relay-launcher")),
  flags: relay.flags ?? [],
  options: relay.options ?? {},
  async run(given, io) {
    exactly(given, []);
    const { clock, env, signal } = io;
    const state = resolve(io.cwd, textOf(given, "state") ?? env.STATE_DIRECTORY ?? STATE);
    const programs = join(state, "programs");
    mkdirSync(programs, { recursive: true, mode: 0o700 });
    const code = await launch({
      ...{ programs, base: BASE, env, clock, signal },
      argv: ["relay", ...flagsOf(given)],
      log: createLog(clock, (line) => io.error(`${line}\n`)),
    });
    return isKnown(code) ? code : 1;
  },
};

/** The flags as they were given, for the program; one that was given twice is passed on twice. */
export function flagsOf({ values }: Pick<Given, "values">): string[] {
  return Object.entries(values).flatMap(([flag, value]) =>
    [value].flat().flatMap((one) => (typeof one === "string" ? [`--${flag}`, one] : [])),
  );
}

const isKnown = (code: number): code is ExitCode => EXIT_CODES.some(([known]) => known === code);
