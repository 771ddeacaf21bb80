#!/usr/bin/env node
/**
 * Program 3: the `loa` command. It hands the real world to {@link runCommand} and ends with its exit code.
 *
 * @module
 */
import { systemClock } from "../base/clock.js";
import { runCommand } from "./run-command.js";
import { writerTo } from "./terminal.js";

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => ending.abort(signal));
}
// A launcher that has gone would start this program a second time beside itself.
process.once("disconnect", () => ending.abort("disconnect"));
process.channel?.unref();
// A reader that has seen enough, such as `head`, closes the pipe; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

const exitCode = await runCommand(process.argv.slice(2), {
  out: writerTo(process.stdout),
  error: writerTo(process.stderr),
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  fetch,
  clock: systemClock,
  random: Math.random,
  signal: ending.signal,
});
process.exitCode = exitCode;
// Everything is closed by now; what still runs when a person has asked for the end is stuck and must not keep it waiting.
if (ending.signal.aborted) process.exit(exitCode);
