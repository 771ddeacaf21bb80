/**
 * A program that speaks for a piece of hardware, a line for each thing that happens: a button, a microphone at the amplifier, a
 * modem. It is started again whenever it ends.
 *
 * @module
 */
import type { Cancel, Clock } from "../base/clock.js";
import { Fault } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { ms } from "../base/units.js";
import { keepRunning } from "./lasting-program.js";

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
  const program = keepRunning({
    ...{ clock, random, wellAfter: WELL_AFTER, waits: { base: ms(500), cap: ms(60_000) } },
    command: [file, ...argv],
    stdio: ["ignore", "pipe", "ignore"],
    onStart: ({ stdout }) => stdout?.setEncoding("utf8").on("data", createLineReader(clock, onLine)),
    onEnd(why, failures) {
      // One that reads a figure and is done with it has done what it should.
      log[why === 0 ? "debug" : "warn"]("relay.hardware-ended", { command, why, failures });
    },
  });
  return () => {
    program.stop()?.kill("SIGKILL");
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
      vi: 'lệnh của nút bấm, máy đo hoặc sóng đang để trống; hãy ghi lệnh, ví dụ --button "gpiomon --edges falling GPIO17"',
      en: 'the command of a button, meter or signal is empty; name one, such as --button "gpiomon --edges falling GPIO17"',
    },
    { reason: "command" },
  );
