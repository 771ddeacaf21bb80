/**
 * The few things that the folder of programs asks of a disk, each of them whole or not done at all. Nothing is asked at once
 * that could be cut in two: whoever cuts the power between any two calls finds the state before or the state after.
 *
 * @module
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

export interface SlotFiles {
  /** `undefined` when there is none, or it cannot be read. */
  read(path: string): string | undefined;
  /** Replaces a file; on disk when it returns. */
  write(path: string, text: string): void;
  /** Where a link points; `undefined` when there is none. */
  link(path: string): string | undefined;
  /** Points a link elsewhere; on disk when it returns. */
  point(path: string, target: string): void;
  /** Gives a finished folder its name; on disk when it returns. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  exists(path: string): boolean;
  /** Names in a folder; none when there is no such folder. */
  list(path: string): readonly string[];
}

export const machineFiles: SlotFiles = {
  read: (path) => orUndefined(() => readFileSync(path, "utf8")),
  write(path, text) {
    const file = openSync(`${path}.new`, "w", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
    syncFolder(dirname(path));
  },
  link: (path) => orUndefined(() => readlinkSync(path)),
  point(path, target) {
    rmSync(`${path}.new`, { force: true });
    symlinkSync(target, `${path}.new`);
    renameSync(`${path}.new`, path);
    syncFolder(dirname(path));
  },
  rename(from, to) {
    renameSync(from, to);
    syncFolder(dirname(to));
  },
  remove(path) {
    rmSync(path, { recursive: true, force: true });
    syncFolder(dirname(path));
  },
  exists: existsSync,
  list: (path) => orUndefined(() => readdirSync(path)) ?? [],
};

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // What is not there and what cannot be read are the same to a program that has another way to go on.
    return undefined;
  }
}

function syncFolder(path: string): void {
  const folder = orUndefined(() => openSync(path, "r"));
  if (folder === undefined) return;
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
