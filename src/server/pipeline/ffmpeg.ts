/**
 * One run of ffmpeg. The only file that knows fluent-ffmpeg.
 *
 * Every argument is a fixed word, a plain number or a file name that this folder chose; what people named their files never
 * reaches a command line. fluent-ffmpeg keeps the program's path for the whole process, so it is set before each run.
 *
 * @module
 */
import { type Readable, Writable } from "node:stream";
import createCommand, { type FfmpegCommand } from "fluent-ffmpeg";
import type { Clock } from "../../base/clock.js";
import type { Fault } from "../../base/errors.js";
import type { Ms } from "../../base/units.js";
import { machineFailed, noFfmpeg } from "./refusals.js";

/** Clips are made behind everything else the machine does. */
const NICENESS = 10;
/** Lines of ffmpeg's talk that are kept; the summaries stand at the end. */
const KEPT_LINES = 200;

/** What to do in one run, inside one folder. */
export interface Step {
  /** Working folder; all names are relative to it. */
  readonly folder: string;
  readonly inputOptions: readonly string[];
  /** A file name, or sound as it comes. */
  readonly input: string | Readable;
  readonly outputOptions: readonly string[];
  /** A file name, or who takes the bytes as they come. */
  readonly output: string | ((bytes: Uint8Array) => void);
  /** Killed after this long. */
  readonly limit: Ms;
  /** Takes each line of its talk as it is said. */
  readonly onLine?: (line: string) => void;
  /** It is heard as it is made: it goes before clips. */
  readonly isLive?: boolean;
}

/** How it ended: `ok` tells the exit status, `log` the end of what it said. */
export interface Outcome {
  readonly ok: boolean;
  readonly log: string;
}

/**
 * Runs the program at `path`.
 *
 * @throws Fault "unavailable" when it cannot be started, takes too long or the disk is full; the signal's reason on abort
 */
export async function runFfmpeg(path: string, step: Step, context: { clock: Clock; signal: AbortSignal }) {
  const { clock, signal } = context;
  signal.throwIfAborted();
  const taker = typeof step.output === "string" ? undefined : createTaker(step.output);
  const niceness = step.isLive ? 0 : NICENESS;
  const command = withoutLists(createCommand({ cwd: step.folder, niceness, stdoutLines: KEPT_LINES }))
    .setFfmpegPath(path)
    .input(step.input)
    .inputOptions(["-nostdin", ...step.inputOptions])
    .output(taker?.stream ?? String(step.output))
    .outputOptions(["-nostats", ...step.outputOptions]);

  let stopped: unknown;
  let isRunning = false;
  const stop = (why: unknown) => {
    stopped ??= why;
    if (isRunning) command.kill("SIGKILL");
  };
  const onAbort = () => stop(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const cancelLimit = clock.after(step.limit, () => stop(machineFailed("too-slow")));
  try {
    const outcome = await new Promise<Outcome>((resolve, reject) => {
      command.on("start", () => {
        isRunning = true;
        if (stopped !== undefined) command.kill("SIGKILL");
      });
      if (step.onLine) command.on("stderr", step.onLine);
      command.on("end", (_, log) => resolve({ ok: true, log: log ?? "" }));
      command.on("error", (error: Error, _, log) => {
        const fault = stopped ?? machineFault(error, log ?? "");
        if (fault === undefined) resolve({ ok: false, log: log ?? "" });
        else reject(fault);
      });
      command.run();
    });
    if (outcome.ok) await taker?.finished;
    return outcome;
  } finally {
    cancelLimit();
    signal.removeEventListener("abort", onAbort);
    // fluent-ffmpeg only asks a program to end when its input breaks off; one that waits for more input never hears that.
    if (isRunning) command.kill("SIGKILL");
  }
}

/** Every format that this folder ever names, to read or to write. */
const FORMATS = Object.fromEntries(
  ["s16le", "null", "ogg", "mp3", "mov", "wav", "flac", "matroska", "aac", "mpegts"].map((name) => [
    name,
    { description: name, canMux: true, canDemux: true },
  ]),
);

/**
 * Answers the library's question what the program can do. It would ask the first program it meets and believe that of every
 * later one, and it cannot read the lists of newer versions; the self-test has tried all that is needed.
 */
const withoutLists = (command: FfmpegCommand): FfmpegCommand =>
  Object.assign(command, {
    availableFormats: (answer: (error: null, formats: typeof FORMATS) => void) => answer(null, FORMATS),
    availableEncoders: (answer: (error: null, encoders: object) => void) => answer(null, {}),
  });

/**
 * A stream for standard output that never says "close": fluent-ffmpeg gives a program 20 ms to end after that word and then
 * kills it, which a machine under load does not always manage.
 */
function createTaker(take: (bytes: Uint8Array) => void) {
  const stream = new Writable({
    emitClose: false,
    autoDestroy: false,
    write(bytes: Buffer, _, done) {
      take(bytes);
      done();
    },
  });
  return { stream, finished: new Promise<void>((resolve) => stream.once("finish", resolve)) };
}

/** The fault when the machine, not the file, is to blame. Exit numbers of ffmpeg differ by version; those of a launcher do not. */
function machineFault(error: Error, log: string): Fault | undefined {
  if (/No space left on device/.test(log)) return machineFailed("disk-full", error);
  if (/signal SIG(KILL|XCPU)/.test(error.message)) return machineFailed("too-slow", error);
  if (/exited with code (?!12[67]\b)|was killed with signal/.test(error.message)) return undefined;
  return noFfmpeg(error);
}
