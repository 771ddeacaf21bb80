/**
 * The pages of an SQLite file as they lie on the disk, for when SQLite itself can no longer read it: each page as the last
 * committed transaction left it, be that in the file or in the write-ahead log beside it.
 *
 * Written from the file format that sqlite.org describes (fileformat2, sections 1.2 and 1.3).
 *
 * @module
 */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { codeOf } from "../../base/system-words.js";
import { readWal } from "./sqlite-wal.js";

export interface RawPages {
  /** Bytes of a page that hold content. */
  readonly usable: number;
  /** Pages there are, the highest number of one. */
  readonly count: number;
  /** Pages count from 1; `undefined` beyond the last. */
  page(number: number): Buffer | undefined;
  close(): void;
}

const MAGIC = "SQLite format 3\0";
/** What our files are made with; taken where the head cannot be read. */
const PAGE = 4096;

/** Opens the file for reading alone. SQLite must have it closed in this program. @throws what the disk refuses with */
export function openRawPages(path: string): RawPages {
  const file = openSync(path, "r");
  const wal = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0);
  const { size: bytes } = fstatSync(file);
  const head = Buffer.alloc(PAGE);
  readInto(file, head, 0);
  const { pages: newer } = readWal(wal, readHead(head).size);
  const inWal = newer.get(1);
  const { size, reserved } = readHead(inWal === undefined ? head : wal.subarray(inWal));
  return {
    usable: size - reserved,
    count: Math.max(Math.ceil(bytes / size), ...newer.keys()),
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

function readHead(head: Buffer): { size: number; reserved: number } {
  const unknown = { size: PAGE, reserved: 0 };
  if (head.toString("latin1", 0, MAGIC.length) !== MAGIC) return unknown;
  const said = head.readUInt16BE(16);
  const size = said === 1 ? 65_536 : said;
  const reserved = head[20] ?? 0;
  const isSize = size >= 512 && (size & (size - 1)) === 0;
  return isSize ? { size, reserved } : unknown;
}
