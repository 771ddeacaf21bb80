/**
 * A damaged log is made anew from all that can still be read of it: the damaged file is kept aside as it is, the lines keep their
 * numbers and hashes, the ways to them are made again, and a line of its own tells what is missing.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import Database from "libsql";
import type { Log } from "../../base/log.js";
import { type Mending, mendedWords } from "../../domain/log-flaw.js";
import { personalHash } from "./log-body.js";
import { LINES_MENDED, type LogGap } from "./log-check.js";
import { migrate } from "./log-form.js";
import { canonical, hashAfter, type LogBody, NO_HASH } from "./log-line.js";
import { openPersonalTexts } from "./log-personal.js";
import { makePrivate } from "./log-private.js";
import { salvage } from "./log-salvage.js";
import { LINE_FOLLOWS } from "./log-search.js";
import { openWays } from "./log-ways.js";
import { openRawPages, type RawPages } from "./sqlite-pages.js";

/** What was done to a damaged log; the gaps are these and those of before. */
export interface Mended extends Mending {
  readonly gaps: readonly LogGap[];
}

export interface MendParts {
  /** Civil milliseconds. */
  readonly at: number;
  /** What was found to be wrong, in SQLite's words. */
  readonly findings: readonly string[];
  readonly log: Log;
}

/** What the line that tells says besides. */
interface About {
  readonly file?: string;
  /** SHA-256, hex, of the damaged file. */
  readonly sha256?: string;
  readonly findings: readonly string[];
}

/** Being made; and whole, with nothing left to do but to take its place. */
const unfinished = (path: string) => `${path}.mending`;
const finished = (path: string) => `${path}.mended`;
const PARTS = ["", "-wal", "-shm"] as const;

const stampOf = (at: number) => new Date(at).toISOString().replace(/[:.]/g, "-");

/**
 * To be called while nothing in this program has the file open. Takes about as long as the lines took to be checked, and as much
 * of the disk as they have.
 *
 * @throws what the disk refuses with; the damaged file is then where it was
 */
export function mendLog(path: string, { at, findings, log }: MendParts): Mended {
  const isThere = existsSync(path);
  const aside = isThere ? `${basename(path)}.bad-${stampOf(at)}` : undefined;
  const about: About = { findings, ...(aside === undefined ? {} : { file: aside, sha256: sha256Of(path) }) };
  const pages = isThere ? openRawPages(path) : undefined;
  try {
    const made = makeAnew(unfinished(path), pages, { at, about });
    renameSync(unfinished(path), finished(path));
    putInPlace(path, at);
    const mended = { ...(aside === undefined ? {} : { aside }), ...made };
    log.error("log.mended", { file: path, ...mended });
    return mended;
  } finally {
    pages?.close();
    removeAll(unfinished(path));
    if (existsSync(path)) removeAll(finished(path));
  }
}

/** Ends what an earlier run began: a power cut may have come between. To be called before the log is opened. */
export function finishMending(path: string, at: number): void {
  removeAll(unfinished(path));
  if (!existsSync(finished(path))) return;
  // While the damaged one is still in its place it is looked at anew.
  if (existsSync(path)) removeAll(finished(path));
  else putInPlace(path, at);
}

/** Returns what the file is called from then on. */
export function setAside(path: string, at: number): string {
  const name = `${path}.bad-${stampOf(at)}`;
  for (const part of PARTS) if (existsSync(path + part)) renameSync(path + part, name + part);
  return name;
}

function putInPlace(path: string, at: number): void {
  setAside(path, at);
  renameSync(finished(path), path);
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function removeAll(path: string): void {
  for (const part of PARTS) rmSync(path + part, { force: true });
}

function makeAnew(
  path: string,
  pages: RawPages | undefined,
  { at, about }: { readonly at: number; readonly about: About },
): Omit<Mended, "aside"> {
  removeAll(path);
  makePrivate(path);
  const database = new Database(path);
  try {
    // A run that is interrupted leaves nothing to go back to: it is begun again.
    database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL;");
    migrate(database);
    database.exec("BEGIN; DROP TRIGGER line_follows;");
    const found = copyLines(database, pages);
    const { gaps, lines } = found;
    const words = mendedWords({ ...(about.file === undefined ? {} : { aside: about.file }), gaps, lines });
    const detail = { ...about, gaps, lines, words };
    const n = found.last + 1;
    const body: LogBody = { n, at, writtenAt: at, kind: LINES_MENDED, why: "disk-damage", source: "server", detail };
    const text = canonical(body);
    openWays(database).add(body, text, hashAfter(found.head, text));
    database.exec(`${LINE_FOLLOWS} COMMIT;`);
    return { lines, gaps };
  } finally {
    database.close();
  }
}

/** Copies all that can be read, in order. Returns what is missing, and the number and hash that the next line follows upon. */
function copyLines(database: Database.Database, pages: RawPages | undefined) {
  const ways = openWays(database);
  const found = pages && salvage(pages);
  const gaps: LogGap[] = [];
  let [lines, n, head] = [0, 0, NO_HASH];
  const words = openPersonalTexts(database);
  for (const line of found?.lines() ?? []) {
    if (line.n > n + 1) gaps.push({ first: n + 1, last: line.n - 1, next: line.hash });
    ways.add(line.body, line.text, line.hash);
    // Words that are not those of which the line has the hash are lost.
    const personal = found?.personal.get(line.n);
    if (personal && personalHash(personal) === line.body.personal) words.keep(line.n, personal);
    ({ n, hash: head } = line);
    lines += 1;
  }
  const last = found?.last ?? 0;
  if (last > n) gaps.push({ first: n + 1, last });
  // Of a file in which nothing is left nobody knows how much there was.
  if (lines === 0 && last === 0) gaps.push({ first: 1 });
  const once = database.prepare("INSERT INTO once (key) VALUES (?) ON CONFLICT DO NOTHING");
  for (const key of found?.once ?? []) once.run([key]);
  ways.settleJournals();
  return { lines, gaps, last: Math.max(last, n), head };
}

/** Hash of the file as it is kept: what is read out of it later can be shown to be of it. */
function sha256Of(path: string): string {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(1_000_000);
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read));
    return hash.digest("hex");
  } finally {
    closeSync(file);
  }
}
