/**
 * Programs under measurement: started with an argument list, spoken to by lines, ended by their own process id.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A line must come within this time, ms. */
const PATIENCE = 180_000;

export interface Child {
  readonly pid: number;
  /** The next line that begins with `start`; earlier lines are dropped. @throws Error when the program ends first */
  line(start: string, patience?: number): Promise<string>;
  say(command: string): void;
  /** Ends it and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a program. `argv` never passes through a shell. What it says to standard error is shown, or not. */
export function startChild(file: string, argv: readonly string[], errors: "inherit" | "ignore" = "inherit"): Child {
  const child: ChildProcess = spawn(file, argv, { stdio: ["pipe", "pipe", errors] });
  const { pid, stdin, stdout } = child;
  if (pid === undefined || stdin === null || stdout === null) throw new Error(`${file} did not start`);
  const lines: string[] = [];
  let wake = () => {};
  let ended = false;
  createInterface({ input: stdout }).on("line", (line) => {
    lines.push(line);
    wake();
  });
  stdin.on("error", () => wake());
  child.once("exit", () => {
    ended = true;
    wake();
  });

  return {
    pid,
    async line(start, patience = PATIENCE) {
      const until = performance.now() + patience;
      for (;;) {
        for (let line = lines.shift(); line !== undefined; line = lines.shift())
          if (line.startsWith(start)) return line;
        const left = until - performance.now();
        if (ended || left <= 0) throw new Error(`${file}: no line «${start}» ${ended ? "before it ended" : "in time"}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    say: (command) => stdin.write(`${command}\n`),
    async end(signal = "SIGTERM") {
      if (ended) return;
      child.kill(signal);
      await once(child, "exit");
    },
  };
}

/** Starts another file of this folder in a Node of its own; works from source and from `dist/`. */
export function startNode(name: string, argv: readonly string[], nodeFlags: readonly string[] = []): Child {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const file = fileURLToPath(new URL(`${name}.${extension}`, import.meta.url));
  return startChild(process.execPath, [...nodeFlags, ...process.execArgv, file, ...argv]);
}

/** Arguments as the programs of this folder take them: `name=value`, undefined ones left out. */
export const namedArguments = (values: Readonly<Record<string, string | number | undefined>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));

/** The arguments of this process, read back. */
export const readArguments = (): ReadonlyMap<string, string> =>
  new Map(
    process.argv.slice(2).map((pair) => {
      const equals = pair.indexOf("=");
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );

/** A TCP port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export const pause = (length: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, length));

/** Milliseconds of CLOCK_MONOTONIC, which all processes of the machine share. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
