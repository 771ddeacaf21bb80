/**
 * Runs the tests that anybody runs after a change, in programs that each take the next file when they are done with one, and the
 * most patient ones first. What needs the machine for itself, or long, is in `heard/`, `screens/` and `faults/` and runs one file
 * after the other (`npm run trials`).
 *
 * Arguments go to mocha. Ends with mocha's exit code.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { browserProgram } from "./support/real-browser.js";

const MOCHA = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");
const FILES = [
  ...["dist/test/browser/**/*.test.js", "dist/test/whole/**/*.test.js", "dist/test/relay/**/*.test.js"],
  // A file that is named twice would run twice.
  ...["dist/test/*.test.js", "dist/test/!(browser|whole|relay|heard|screens|faults|bench)/**/*.test.js"],
];

/** What is meant for the browser only reaches no other program. */
const env = { ...process.env };
// Otherwise two programs might unpack it at once.
await browserProgram();
const arguments_ = [MOCHA, "--parallel", "--jobs", "3", ...FILES, ...process.argv.slice(2)];
const [code] = (await once(spawn(process.execPath, arguments_, { env, stdio: "inherit" }), "close")) as [number | null];
process.exitCode = code ?? 1;
