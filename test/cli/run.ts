import type { ExitCode, Io } from "../../src/cli/command.js";
// Loaded before any test, so that its globals do not look like a test's leak.
import "zod";
import { FakeClock } from "../support/fake-clock.js";

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly error: string;
}

/** Runs `loa` in this process and catches what it prints. */
export async function run(argv: readonly string[], change: Partial<Io> & { input?: string } = {}): Promise<Ran> {
  // As the program itself loads its commands: a runner that loads tests as CommonJS would else hold every module twice.
  const { runCommand } = await import("../../src/cli/run-command.js");
  const said = { out: "", error: "" };
  const code = await runCommand(argv, {
    out: (text) => {
      said.out += text;
    },
    error: (text) => {
      said.error += text;
    },
    stdin: pieces(change.input ?? ""),
    env: { USER: "thu" },
    cwd: process.cwd(),
    fetch,
    clock: new FakeClock(),
    random: () => 0.5,
    signal: new AbortController().signal,
    ...change,
  });
  return { code, ...said };
}

async function* pieces(text: string) {
  // One letter of three bytes is cut in two, as pipes do.
  const bytes = new TextEncoder().encode(text);
  yield bytes.subarray(0, 2);
  yield bytes.subarray(2);
}
