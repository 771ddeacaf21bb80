/**
 * Lines that only grow, each on disk before its writer goes on, in two copies. What is asked for while the disk is busy is
 * written together. What one copy lost is taken from the other; a last line that a power cut tore is cut off.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";
import { keepAside } from "./aside.js";
import { syncFolder } from "./atomic-file.js";
import { type CopyFile, openCopy } from "./copy-file.js";
import { type Merged, mergeCopies, sealLine } from "./sealed-lines.js";

export interface LineFile {
  /** Resolves when the line is on disk, in one copy at least. @throws when the disk fails or is full */
  append(line: string): Promise<void>;
  /**
   * Replaces all lines by what `content` gives when the disk is free for it. What waits to be appended by then must be in it.
   *
   * @throws as above; what was there stays
   */
  rewrite(content: () => Iterable<string>): Promise<void>;
  /** Lines in the file, those on their way included. */
  readonly length: number;
  /** `degraded`: one copy is left. `failed`: nothing is kept. Both until it could be rewritten. */
  health(): "ok" | "degraded" | "failed";
  /** Waits for what is on its way. */
  close(): Promise<void>;
}

/** What was found wrong when a file was opened. */
export interface Damage {
  /** Lines may be gone for good. */
  readonly isLossy: boolean;
  /** So many at the end, at most. */
  readonly tailLines: number;
}

export interface OpenedLines {
  readonly lines: readonly string[];
  /** `undefined` when both copies were as they should be, or only their last writing was cut off. */
  readonly damage: Damage | undefined;
  readonly log: LineFile;
}

export interface LineFileOptions {
  readonly log: Log;
  /** The disk is full: makes room if it can, then the write is tried once more. */
  readonly onFull: () => Promise<void>;
}

/** Lines that are sealed in one go. */
const PIECE = 500;

/** Opens or makes the file and its copy. Bad files are kept aside and replaced. */
export async function openLines(file: string, options: LineFileOptions): Promise<OpenedLines> {
  const names = [file, `${file}.copy`];
  const found = await Promise.all(names.map((name) => readFile(name).catch(() => undefined)));
  const merged = mergeCopies(found);
  const { bytes } = await sealAll(merged.generation, merged.lines);
  const copies = await Promise.all(names.map((name) => openCopy(name, merged.isWhole ? bytes.length : 0)));
  await syncFolder(dirname(file));
  const log = createLineFile(file, copies, { ...options, generation: merged.generation, count: merged.lines.length });
  const damage = await repair(log, { names, found, copies, merged, options });
  return { lines: merged.lines, damage, log };
}

interface Repair {
  readonly names: readonly string[];
  readonly found: readonly (Uint8Array | undefined)[];
  readonly copies: readonly CopyFile[];
  readonly merged: Merged;
  readonly options: LineFileOptions;
}

/** Makes both copies whole again; what was bad stays beside them. */
async function repair(file: LineFile, { names, found, copies, merged, options }: Repair): Promise<Damage | undefined> {
  if (merged.isWhole) return undefined;
  // Their ends are not known: nothing may be appended before they were written anew.
  for (const copy of copies) copy.abandon();
  const isDamaged = merged.bad.includes(true);
  const aside = await Promise.all(
    names.map((name, index) => (merged.bad[index] && found[index]?.length ? keepAside(name) : undefined)),
  );
  const { isLossy, tailLines } = merged;
  if (isDamaged)
    options.log.error("relay.file-damaged", {
      file: names[0],
      kept: aside.filter((name) => name !== undefined),
      lines: merged.lines.length,
      isLossy,
    });
  await file.rewrite(() => merged.lines).catch((thrown: unknown) => options.log.error("relay.disk-failed", { thrown }));
  return isDamaged ? { isLossy, tailLines } : undefined;
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (thrown: unknown) => void;
}

type Beginning = LineFileOptions & { readonly generation: number; readonly count: number };

/** The file over its copies, which are whole and alike. */
export function createLineFile(file: string, copies: readonly CopyFile[], beginning: Beginning): LineFile {
  const { log, onFull } = beginning;
  let { generation, count: written } = beginning;
  let waiting: Waiting[] = [];
  let work: Promise<void> = Promise.resolve();
  let closed = false;

  /**
   * Does it with every copy; one that can is enough. One after the other: a power cut then leaves an unfinished end in one of them
   * at most, and the other proves where the lines end.
   */
  const withCopies = async (task: (copy: CopyFile) => Promise<void>): Promise<void> => {
    const tried: PromiseSettledResult<void>[] = [];
    for (const copy of copies) tried.push(...(await Promise.allSettled([task(copy)])));
    const failures = tried.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    if (failures.length === 0) return;
    if (failures.length === copies.length) throw failures.find((one) => codeOf(one) !== undefined) ?? failures[0];
    // A copy that lacks a line is no copy any more.
    for (const [index, one] of tried.entries()) if (one.status === "rejected") copies[index]?.abandon();
    log.error("relay.copy-failed", { file, thrown: failures[0] });
  };
  const appendTo = (bytes: Uint8Array) => (copy: CopyFile) =>
    copy.append(bytes).catch(async (thrown: unknown) => {
      if (codeOf(thrown) !== "ENOSPC") throw thrown;
      await onFull();
      await copy.append(bytes);
    });
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const text = batch.map(({ line }, index) => sealLine(generation, written + index + 1, line)).join("");
    try {
      await withCopies(appendTo(Buffer.from(text)));
      written += batch.length;
      for (const { resolve } of batch) resolve();
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    }
  };
  const queue = (task: () => Promise<void>): Promise<void> => {
    const result = work.then(task);
    work = result.catch(() => undefined);
    return result;
  };

  return {
    append: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject });
        if (waiting.length === 1) void queue(flush);
      }),
    rewrite: (content) =>
      queue(async () => {
        const lines = content();
        const batch = waiting;
        waiting = [];
        try {
          const sealed = await sealAll(generation + 1, lines);
          await withCopies((copy) => copy.replace(sealed.bytes));
          generation += 1;
          written = sealed.count;
        } catch (thrown) {
          waiting = [...batch, ...waiting];
          if (batch.length > 0) void queue(flush);
          throw thrown;
        }
        for (const { resolve } of batch) resolve();
      }),
    get length() {
      return written + waiting.length;
    },
    health() {
      const good = copies.filter((copy) => copy.isGood()).length;
      return good === copies.length ? "ok" : good > 0 ? "degraded" : "failed";
    },
    async close() {
      if (closed) return;
      closed = true;
      await queue(flush);
      await Promise.all(copies.map((copy) => copy.close()));
    },
  };
}

/** All lines as a file, made in pieces: tens of thousands in one go would be heard as a gap in what sounds. */
async function sealAll(generation: number, lines: Iterable<string>): Promise<{ bytes: Uint8Array; count: number }> {
  const pieces: Buffer[] = [];
  let piece = "";
  let count = 0;
  for (const line of lines) {
    count += 1;
    piece += sealLine(generation, count, line);
    if (count % PIECE !== 0) continue;
    pieces.push(Buffer.from(piece));
    piece = "";
    await breathe();
  }
  return { bytes: Buffer.concat([...pieces, Buffer.from(piece)]), count };
}
