/**
 * A small file of the folder of keys, and a sealed copy beside it from which it comes back when the disk damages it: without its
 * order key a station is told apart from an attacker by nobody, and every loudspeaker has to be paired again.
 *
 * @module
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../../base/system-words.js";

/** The copy, and the damaged file as it was found. */
export const COPY = ".copy";
export const BAD = ".bad";

/** Old or new, never half, and safe from a power cut. */
export function writeTwin(path: string, text: string): void {
  replace(path, text);
  replace(`${path}${COPY}`, `${text}\n${hashOf(text)}\n`);
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function removeTwin(path: string): void {
  for (const ending of ["", COPY, BAD]) rmSync(`${path}${ending}`, { force: true });
}

/**
 * The text, from the copy where the file is not good. A file that somebody has removed is gone, and one that is good holds, whatever
 * the copy says: a person may have put another there.
 *
 * @param onDamaged told of a file that came back from its copy
 * @returns `undefined` when there is none; what is not good and has no copy comes back as it is, for the caller to judge
 * @throws what the system says when the file cannot be read
 */
export function readTwin(
  path: string,
  { isGood, onDamaged }: { readonly isGood: (text: string) => boolean; readonly onDamaged: (path: string) => void },
): string | undefined {
  const text = readIfThere(path);
  if (text === undefined) {
    rmSync(`${path}${COPY}`, { force: true });
    return undefined;
  }
  const copy = unsealed(readIfThere(`${path}${COPY}`) ?? "");
  if (isGood(text)) {
    if (copy !== text) writeTwin(path, text);
    return text;
  }
  if (copy === undefined || !isGood(copy)) return text;
  // The file itself stays until its like takes its place: whatever comes in between, the next start finds both again.
  if (!existsSync(`${path}${BAD}`)) copyFileSync(path, `${path}${BAD}`);
  writeTwin(path, copy);
  onDamaged(path);
  return copy;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function unsealed(sealed: string): string | undefined {
  const text = sealed.slice(0, -66);
  return sealed.length >= 66 && sealed.slice(-66) === `\n${hashOf(text)}\n` ? text : undefined;
}

function replace(path: string, text: string): void {
  const file = openSync(`${path}.new`, "w", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
