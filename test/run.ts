/**
 * Runs the tests side by side, since most of their time is spent waiting for sound: those that measure when something is heard
 * one after the other in a program of their own, and all others, which step back for them, in three programs that each take the
 * next file when they are done with one. What these say is shown when the first is done.
 *
 * Arguments go to mocha in all of them. Ends with 1 when one failed.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { setPriority } from "node:os";
import { buffer } from "node:stream/consumers";
import { browserProgram } from "./support/real-browser.js";

const MOCHA = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");
/** A loudspeaker that stutters fails them. */
const HEARD = [
  ...["align", "care", "edits", "emergency", "text-to-sound", "wrong-clock"].map(
    (name) => `dist/test/whole/${name}.test.js`,
  ),
  "dist/test/relay/in-step.test.js",
];
/** Those that wait longest come first, and the many short ones fill what is left at the end. */
const OTHERS = [
  ...["--parallel", "--jobs", "3"],
  ...["dist/test/browser/**/*.test.js", "dist/test/whole/**/*.test.js", "dist/test/relay/**/*.test.js"],
  // A file that is named twice would run twice.
  ...["dist/test/*.test.js", "dist/test/!(browser|whole|relay|faults|bench)/**/*.test.js"],
  ...HEARD.flatMap((glob) => ["--exclude", glob]),
];
/** So much less. */
const LESS = 5;

/** What is meant for the browser only reaches no other program. */
const env = { ...process.env };

const start = (files: readonly string[], output: "inherit" | "pipe") => {
  const child = spawn(process.execPath, [MOCHA, ...files, ...process.argv.slice(2)], {
    env,
    stdio: ["ignore", output, output === "pipe" ? "pipe" : "inherit"],
  });
  return { child, done: once(child, "close") as Promise<[number | null]> };
};

/** One that steps back; resolves to its exit code and all that it said. */
async function beside(files: readonly string[]) {
  const { child, done } = start(files, "pipe");
  const { pid, stdout, stderr } = child;
  if (pid !== undefined) setPriority(pid, LESS);
  if (!stdout || !stderr) throw new Error("a program has no output");
  const [said, [code]] = await Promise.all([Promise.all([buffer(stdout), buffer(stderr)]), done]);
  return { code, said };
}

// Otherwise two programs might unpack it at once.
await browserProgram();
const others = beside(OTHERS);
const [first] = await start(HEARD, "inherit").done;
const { code, said } = await others;
for (const text of said) process.stdout.write(text);
if (first !== 0 || code !== 0) process.exitCode = 1;
