/**
 * A small file that people may read and remove, and a sealed copy of it from which it comes back when the disk damages it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";

/** Replaces both. At once: such files are tiny and change once in years. Readable by their owner only. */
export function writeTwin(file: string, text: string): void {
  replace(`${file}.copy`, `${text}\n${hashOf(text)}\n`);
  replace(file, text);
  syncFolder(dirname(file));
}

/**
 * The text, from the copy where the file itself is not what was written. A file that somebody has removed is gone.
 *
 * @param isGood whether a text without a fitting copy can be believed
 * @returns `undefined` when there is none. What neither fits its copy nor is good comes back as it is, for the caller to judge
 * @throws what the system says when the file cannot be read
 */
export function readTwin(
  file: string,
  { log, isGood }: { readonly log: Log; readonly isGood: (text: string) => boolean },
) {
  const text = readIfThere(file);
  if (text === undefined) {
    rmSync(`${file}.copy`, { force: true });
    return undefined;
  }
  const sealed = readIfThere(`${file}.copy`);
  const copy = sealed === undefined ? undefined : unsealed(sealed);
  if (copy === text) return text;
  if (copy === undefined && !isGood(text)) return text;
  log.error("relay.file-damaged", { file: copy === undefined ? `${file}.copy` : file, kept: keepAside(file) });
  try {
    writeTwin(file, copy ?? text);
  } catch (thrown) {
    log.error("relay.disk-failed", { file, thrown });
  }
  return copy ?? text;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return undefined;
    throw thrown;
  }
}

/** One is enough: the copy tells the rest. */
function keepAside(file: string): string | undefined {
  try {
    rmSync(`${file}.bad-1`, { force: true });
    linkSync(file, `${file}.bad-1`);
    return `${file}.bad-1`;
  } catch {
    // A file system without second names.
    return undefined;
  }
}

function unsealed(sealed: string): string | undefined {
  const text = sealed.slice(0, -66);
  return sealed.length >= 66 && sealed.slice(-66) === `\n${hashOf(text)}\n` ? text : undefined;
}

function replace(file: string, text: string): void {
  const handle = openSync(`${file}.new`, "w", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
