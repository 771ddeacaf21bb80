/**
 * The pages of an SQLite file as they lie on the disk, for when SQLite itself can no longer read it: each page as the last
 * committed transaction left it, be that in the file or in the write-ahead log beside it.
 *
 * Written from the file format that sqlite.org describes (fileformat2, sections 1.2, 1.3 and 4).
 *
 * @module
 */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { codeOf } from "../../base/system-words.js";

export interface RawPages {
  /** Bytes of a page that hold content. */
  readonly usable: number;
  /** Pages there are, the highest number of one. */
  readonly count: number;
  /** Version of the form by the file's own head; 0 when that cannot be read. */
  readonly userVersion: number;
  /** Pages count from 1; `undefined` beyond the last. */
  page(number: number): Buffer | undefined;
  close(): void;
}

const MAGIC = "SQLite format 3\0";
/** What our files are made with; taken where the head cannot be read. */
const PAGE = 4096;
const USER_VERSION = 60;

/** Opens the file for reading alone. SQLite must have it closed in this program. @throws what the disk refuses with */
export function openRawPages(path: string): RawPages {
  const file = openSync(path, "r");
  const wal = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0);
  const { size: bytes } = fstatSync(file);
  const newer = committedPages(wal);
  const head = Buffer.alloc(PAGE);
  readInto(file, head, 0);
  const inWal = newer.get(1);
  const { size, reserved, userVersion } = readHead(inWal === undefined ? head : wal.subarray(inWal));
  return {
    usable: size - reserved,
    count: Math.max(Math.ceil(bytes / size), ...newer.keys()),
    userVersion,
    page(number) {
      const at = newer.get(number);
      if (at !== undefined) return wal.subarray(at, at + size);
      const content = Buffer.alloc(size);
      return readInto(file, content, (number - 1) * size) === 0 ? undefined : content;
    },
    close: () => closeSync(file),
  };
}

/** Bytes read; none where the disk does not give them back. */
function readInto(file: number, content: Buffer, position: number): number {
  try {
    return readSync(file, content, 0, content.length, position);
  } catch (error) {
    if (codeOf(error) === "EIO") return 0;
    throw error;
  }
}

function readHead(head: Buffer): { size: number; reserved: number; userVersion: number } {
  const unknown = { size: PAGE, reserved: 0, userVersion: 0 };
  if (head.toString("latin1", 0, MAGIC.length) !== MAGIC) return unknown;
  const said = head.readUInt16BE(16);
  const size = said === 1 ? 65_536 : said;
  const reserved = head[20] ?? 0;
  const isSize = size >= 512 && (size & (size - 1)) === 0;
  return isSize ? { size, reserved, userVersion: head.readUInt32BE(USER_VERSION) } : unknown;
}

const WAL_HEAD = 32;
const FRAME_HEAD = 24;
/** With this, or with one more where the sums are over words of the other order of bytes. */
const WAL_MAGIC = 0x377f0682;

/** Where in a write-ahead log the newest committed content of each page begins. */
function committedPages(wal: Buffer): ReadonlyMap<number, number> {
  const committed = new Map<number, number>();
  if (wal.length < WAL_HEAD) return committed;
  const magic = wal.readUInt32BE(0);
  if (magic !== WAL_MAGIC && magic !== WAL_MAGIC + 1) return committed;
  const isBig = magic !== WAL_MAGIC;
  const size = wal.readUInt32BE(8);
  let sum: Sum = summed([0, 0], wal.subarray(0, 24), isBig);
  if (!isSum(sum, wal, 24)) return committed;
  const pending = new Map<number, number>();
  for (let at = WAL_HEAD; at + FRAME_HEAD + size <= wal.length; at += FRAME_HEAD + size) {
    if (wal.compare(wal, 16, 24, at + 8, at + 16) !== 0) break;
    const content = at + FRAME_HEAD;
    sum = summed(summed(sum, wal.subarray(at, at + 8), isBig), wal.subarray(content, content + size), isBig);
    if (!isSum(sum, wal, at + 16)) break;
    pending.set(wal.readUInt32BE(at), content);
    if (wal.readUInt32BE(at + 4) === 0) continue;
    for (const [page, where] of pending) committed.set(page, where);
    pending.clear();
  }
  return committed;
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
