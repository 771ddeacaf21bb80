/**
 * Runs the trials, which need the machine for themselves: first what is heard and when, then every screen, one file after the other;
 * then everything that breaks a station or a loudspeaker, two files at a time, since these wait more than they work, the longest first.
 *
 * Arguments go to mocha. Ends with 1 when one failed. The faults need root, for disks and networks of their own.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";

const MOCHA = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");
const LONGEST = ["update", "kills", "network", "meddling", "relay-disk", "hour-away"];
const TRIALS: readonly (readonly string[])[] = [
  ["dist/test/heard/**/*.test.js"],
  ["dist/test/screens/**/*.test.js"],
  [
    ...["--parallel", "--jobs", "2", ...LONGEST.map((name) => `dist/test/faults/${name}.test.js`)],
    // A file that is named twice would run twice.
    `dist/test/faults/!(${LONGEST.join("|")}).test.js`,
  ],
];

for (const files of TRIALS) {
  const child = spawn(process.execPath, [MOCHA, ...files, ...process.argv.slice(2)], { stdio: "inherit" });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
