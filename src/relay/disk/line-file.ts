/**
 * A file of lines that only grows, each on disk before its writer goes on. What is asked for while the disk is busy is
 * written together. A last line that a power cut tore is cut off when the file is opened.
 *
 * @module
 */
import { type FileHandle, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder, writeAtomic } from "./atomic-file.js";

export interface LineFile {
  /** Resolves when the line is on disk. @throws when the disk fails; the file then takes nothing more */
  append(line: string): Promise<void>;
  /** Replaces the whole file. Lines appended later come behind. */
  rewrite(lines: readonly string[]): Promise<void>;
  /** Lines in the file, those on their way included. */
  readonly length: number;
  /** Waits for what is on its way. */
  close(): Promise<void>;
}

/** Opens or makes the file; `lines` are those found in it. */
export async function openLines(file: string): Promise<{ readonly lines: readonly string[]; readonly log: LineFile }> {
  const handle = await open(file, "a+", 0o600);
  await syncFolder(dirname(file));
  const text = await readFile(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) await handle.truncate(Buffer.byteLength(whole));
  const lines = whole.split("\n").filter((line) => line !== "");
  return { lines, log: createLineFile(file, handle, lines.length) };
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (thrown: unknown) => void;
}

function createLineFile(file: string, first: FileHandle, count: number): LineFile {
  let handle = first;
  let length = count;
  let waiting: Waiting[] = [];
  let work: Promise<void> = Promise.resolve();
  let failed: unknown;
  let closed = false;

  const flush = async () => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      if (failed !== undefined) throw failed;
      await handle.appendFile(`${batch.map(({ line }) => line).join("\n")}\n`);
      await handle.datasync();
      for (const { resolve } of batch) resolve();
    } catch (thrown) {
      // After a failed flush nobody knows what is on disk, and trying again would only hide it.
      failed = thrown;
      for (const { reject } of batch) reject(thrown);
    }
  };
  const queue = (task: () => Promise<void>): Promise<void> => {
    const result = work.then(task);
    work = result.catch(() => undefined);
    return result;
  };

  return {
    append(line) {
      length += 1;
      return new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject });
        if (waiting.length === 1) void queue(flush);
      });
    },
    rewrite: (lines) =>
      queue(async () => {
        await writeAtomic(file, lines.map((line) => `${line}\n`).join(""));
        await handle.close();
        handle = await open(file, "a+", 0o600);
        failed = undefined;
        length = lines.length + waiting.length;
      }),
    get length() {
      return length;
    },
    async close() {
      if (closed) return;
      closed = true;
      await queue(flush);
      await handle.close();
    },
  };
}
