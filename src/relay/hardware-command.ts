/**
 * A program that speaks for a piece of hardware, a line for each thing that happens: a button, a microphone at the amplifier.
 * It is started again whenever it ends.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { backoff } from "../base/backoff.js";
import type { Cancel, Clock } from "../base/clock.js";
import { Fault } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { type Instant, ms } from "../base/units.js";

/** Longest line; the rest of a longer one is dropped. */
const MAX_LINE = 1_000;
/** Most lines in a second: a program that floods us must not take the machine from the sound. */
const MAX_LINES_A_SECOND = 100;
/** A program that lived this long was well, ms. */
const WELL_AFTER = 60_000;

export interface HardwareCommandOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** File and arguments, parted at blanks; no shell reads them. */
  readonly command: string;
  readonly onLine: (line: string) => void;
}

/** Starts the program; the returned function ends it. @throws Fault "invalid" for a command without a word */
export function runHardwareCommand({ clock, log, random, command, onLine }: HardwareCommandOptions): Cancel {
  const [file, ...argv] = command.split(" ").filter((word) => word !== "");
  if (file === undefined) throw nothing();
  let child: ChildProcess | undefined;
  let startedAt: Instant = clock.now();
  let failures = 0;
  let cancel: Cancel | undefined;
  let closed = false;

  const lost = (one: ChildProcess, why: unknown) => {
    if (child !== one) return;
    child = undefined;
    if (closed) return;
    failures = clock.now() - startedAt > WELL_AFTER ? 1 : failures + 1;
    log.warn("relay.hardware-ended", { command, why, failures });
    cancel = clock.after(backoff(failures, { base: ms(500), cap: ms(60_000), random }), start);
  };
  function start(): void {
    startedAt = clock.now();
    const one = spawn(file as string, argv, { stdio: ["ignore", "pipe", "ignore"] });
    child = one;
    one.on("error", (thrown) => lost(one, thrown.message));
    one.on("exit", (code, signal) => lost(one, signal ?? code));
    const take = createLineReader(clock, onLine);
    one.stdout?.setEncoding("utf8").on("data", take);
  }
  start();
  return () => {
    closed = true;
    cancel?.();
    child?.kill("SIGKILL");
  };
}

/** Puts pieces of text together to lines, within the limits. */
export function createLineReader(clock: Pick<Clock, "now">, onLine: (line: string) => void): (piece: string) => void {
  let rest = "";
  let second = 0;
  let count = 0;
  return (piece) => {
    const lines = (rest + piece).split("\n");
    rest = (lines.pop() ?? "").slice(0, MAX_LINE);
    for (const line of lines) {
      const now = Math.floor(clock.now() / 1000);
      count = now === second ? count + 1 : 1;
      second = now;
      if (count <= MAX_LINES_A_SECOND) onLine(line.slice(0, MAX_LINE).trim());
    }
  };
}

const nothing = () =>
  new Fault(
    "invalid",
    {
      vi: 'lệnh của nút bấm hoặc của máy đo đang để trống; hãy ghi lệnh, ví dụ --button "gpiomon --edges falling GPIO17"',
      en: 'the command of a button or meter is empty; name one, such as --button "gpiomon --edges falling GPIO17"',
    },
    { reason: "command" },
  );
