/**
 * The program's own log as a file that never fills the disk: it begins a new one at a size, and keeps a few.
 *
 * @module
 */
import { appendFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Cancel, Clock } from "../base/clock.js";
import { type Ms, seconds } from "../base/units.js";

export interface ProgramLogOptions {
  readonly path: string;
  /** A file that has grown beyond this is set aside, bytes. */
  readonly mostBytes: number;
  /** Files that are kept, the present one included; at least 1. */
  readonly files: number;
  readonly clock: Pick<Clock, "after">;
  /** Takes the lines that the disk refuses, and word of those that are left out: there they must not be lost. */
  readonly elsewhere: (lines: readonly string[]) => void;
}

export interface ProgramLog {
  /** Never waits and never throws: what the disk refuses goes elsewhere, and is counted. */
  write(line: string): void;
  /** Resolves when everything is on its way out; of a disk that answers nothing, after a while, when the rest went elsewhere. */
  close(): Promise<void>;
}

/** Only the station's own user may read it. */
const PRIVATE = 0o600;
/** While the disk is slow so much is held, letters; what is more is left out. */
const MOST_WAITING = 1_000_000;

/** How long closing waits for a disk that does not answer. */
const PATIENCE: Ms = seconds(3);

export function openProgramLog({ path, mostBytes, files, clock, elsewhere }: ProgramLogOptions): ProgramLog {
  let waiting: string[] = [];
  let letters = 0;
  let left = 0;
  /** On their way to the disk. */
  let held: readonly string[] = [];
  let isClosed = false;
  let size: number | undefined;
  let running: Promise<void> | undefined;

  const nameOf = (number: number) => (number === 0 ? path : `${path}.${number}`);
  const turn = async () => {
    await rm(nameOf(files - 1), { force: true });
    for (let number = files - 2; number >= 0; number--)
      await rename(nameOf(number), nameOf(number + 1)).catch(() => {});
    size = 0;
  };
  const put = async (text: string) => {
    if (size === undefined) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      size = await stat(path).then(
        (found) => found.size,
        () => 0,
      );
    }
    const bytes = Buffer.byteLength(text);
    if (size > 0 && size + bytes > mostBytes) await turn();
    await appendFile(path, text, { mode: PRIVATE });
    size += bytes;
  };
  const run = async () => {
    // Lines of the same turn go out together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const lines = waiting;
      [waiting, letters] = [[], 0];
      const missing = left;
      left = 0;
      held = lines;
      try {
        await put(`${[...(missing > 0 ? [leftOut(missing)] : []), ...lines].join("\n")}\n`);
        held = [];
      } catch {
        held = [];
        if (isClosed) return;
        // The file tells how many are missing once it can be written again.
        elsewhere(lines);
        left += missing + lines.length;
        size = undefined;
      }
    }
    running = undefined;
  };

  return {
    write(line) {
      if (letters + line.length > MOST_WAITING) {
        // Said when it begins, for the file can tell it only when the disk answers again.
        if (left === 0) elsewhere([leftOut(1)]);
        left += 1;
        return;
      }
      waiting.push(line);
      letters += line.length;
      running ??= run();
    },
    async close() {
      if (running === undefined) return;
      let cancel: Cancel = () => {};
      const late = new Promise<"late">((resolve) => {
        cancel = clock.after(PATIENCE, () => resolve("late"));
      });
      if ((await Promise.race([running, late])) === "late") {
        isClosed = true;
        elsewhere([...(left > 0 ? [leftOut(left)] : []), ...held, ...waiting]);
        waiting = [];
      }
      cancel();
    },
  };
}

const leftOut = (count: number): string => JSON.stringify({ level: "warn", event: "log.lines-left-out", count });
