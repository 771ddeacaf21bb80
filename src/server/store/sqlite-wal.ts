/**
 * SQLite's write-ahead log as it lies on the disk. SQLite reads it up to the first frame that is not whole, which is right after a
 * power cut; where the disk has damaged it, all that was committed behind that frame goes without a word.
 *
 * Written from the file format that sqlite.org describes (fileformat2, section 4).
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { codeOf } from "../../base/system-words.js";

export interface Wal {
  /** Where the newest committed content of each page begins, of the frames that are whole. */
  readonly pages: ReadonlyMap<number, number>;
  /** Whether something is missing that was committed: more was written behind it than one transaction that was not finished. */
  readonly isBroken: boolean;
}

const HEAD = 32;
const FRAME_HEAD = 24;
/** With this, or with one more where the sums are over words of the other order of bytes. */
const MAGIC = 0x377f0682;

/** Whether the file beside the log is broken; one that is not there is not. Opens nothing that SQLite locks. */
export function isWalBroken(path: string): boolean {
  try {
    return readWal(readFileSync(`${path}-wal`), PAGE).isBroken;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

interface Frame {
  /** Where its content begins. */
  readonly content: number;
  readonly page: number;
  readonly isCommit: boolean;
  readonly isWhole: boolean;
}

/** What our files are made with. */
const PAGE = 4096;

/** @param pageSize taken where the head of the log does not say it */
export function readWal(wal: Buffer, pageSize: number): Wal {
  const head = headOf(wal);
  const frames = framesOf(wal, head, pageSize);
  const lastCommit = frames.findLastIndex(({ isCommit, isWhole }) => isCommit && isWhole);
  const pages = new Map<number, number>();
  for (const { page, content, isWhole } of frames.slice(0, lastCommit + 1)) if (isWhole) pages.set(page, content);
  if (head === undefined) return { pages, isBroken: lastCommit >= 0 };
  // Behind a commit nothing is written before the commit is on the disk.
  const bad = frames.findIndex(({ isWhole }) => !isWhole);
  const commit = bad < 0 ? -1 : frames.findIndex(({ isCommit }, index) => index >= bad && isCommit);
  return { pages, isBroken: commit >= 0 && commit < frames.length - 1 };
}

interface Head {
  readonly size: number;
  readonly isBig: boolean;
  readonly salts: Buffer;
  readonly sum: Sum;
}

/** `undefined` when it is not whole. */
function headOf(wal: Buffer): Head | undefined {
  if (wal.length < HEAD) return undefined;
  const magic = wal.readUInt32BE(0);
  if (magic !== MAGIC && magic !== MAGIC + 1) return undefined;
  const isBig = magic !== MAGIC;
  const sum = summed([0, 0], wal.subarray(0, 24), isBig);
  return isSum(sum, wal, 24) ? { size: wal.readUInt32BE(8), isBig, salts: wal.subarray(16, 24), sum } : undefined;
}

/** The frames of the newest run of the log, each judged by itself: its sum follows upon the one that the frame before it bears. */
function framesOf(wal: Buffer, head: Head | undefined, pageSize: number): readonly Frame[] {
  const { size, isBig } = head ?? { size: pageSize, isBig: false };
  const places: number[] = [];
  for (let at = HEAD; at + FRAME_HEAD + size <= wal.length; at += FRAME_HEAD + size) places.push(at);
  const isWhole = (at: number, before: number | undefined) => {
    const from: Sum | undefined =
      before === undefined ? head?.sum : [wal.readUInt32BE(before + 16), wal.readUInt32BE(before + 20)];
    if (from === undefined) return false;
    const [start, content] = [wal.subarray(at, at + 8), wal.subarray(at + FRAME_HEAD, at + FRAME_HEAD + size)];
    return isSum(summed(summed(from, start, isBig), content, isBig), wal, at + 16);
  };
  const salts =
    head?.salts ??
    newestSalts(
      wal,
      places.filter((at, index) => isWhole(at, places[index - 1])),
    );
  const isOfRun = (at: number) => salts !== undefined && wal.compare(salts, 0, 8, at + 8, at + 16) === 0;
  const last = places.findLastIndex(isOfRun);
  return places.slice(0, last + 1).map((at, index) => {
    const [page, isCommit] = [wal.readUInt32BE(at), isOfRun(at) && wal.readUInt32BE(at + 4) !== 0];
    return { content: at + FRAME_HEAD, page, isCommit, isWhole: isOfRun(at) && isWhole(at, places[index - 1]) };
  });
}

/** The first of the two grows by one with each run. */
function newestSalts(wal: Buffer, places: readonly number[]): Buffer | undefined {
  const found = places.map((at) => wal.subarray(at + 8, at + 16));
  return found.sort((one, other) => other.readUInt32BE(0) - one.readUInt32BE(0))[0];
}

type Sum = readonly [number, number];
const isSum = ([one, two]: Sum, wal: Buffer, at: number) =>
  wal.readUInt32BE(at) === one && wal.readUInt32BE(at + 4) === two;

/** @param bytes as many as fill whole pairs of words */
function summed([first, second]: Sum, bytes: Buffer, isBig: boolean): Sum {
  let one = first;
  let two = second;
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    one = (one + (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + two) >>> 0;
    two = (two + (isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + one) >>> 0;
  }
  return [one, two];
}
