/**
 * Rows of an SQLite file, read from single pages: nothing but the page itself, and those that a long row goes on in, must be whole.
 *
 * Written from the file format that sqlite.org describes (fileformat2, sections 1.6 and 2.1).
 *
 * @module
 */
import type { RawPages } from "./sqlite-pages.js";

/** Blobs are not read: the log has none. */
export type Value = string | number | null;

export interface Cell {
  /** The row's number; `undefined` for an entry of an index. */
  readonly rowid: number | undefined;
  readonly values: readonly Value[];
}

const LEAF_OF_TABLE = 13;
const LEAF_OF_INDEX = 10;
const FORK_OF_INDEX = 2;

/** Where on a page its cells begin; none for a page that holds no rows, or whose head is broken. */
export function cellsOf(page: Buffer): readonly number[] {
  const head = page[0] === FORK_OF_INDEX ? 12 : page[0] === LEAF_OF_TABLE || page[0] === LEAF_OF_INDEX ? 8 : undefined;
  if (head === undefined) return [];
  const count = page.readUInt16BE(3);
  if (head + 2 * count > page.length) return [];
  return Array.from({ length: count }, (_, index) => page.readUInt16BE(head + 2 * index));
}

const isTable = (page: Buffer): boolean => page[0] === LEAF_OF_TABLE;

/** @returns `undefined` for what is no row, or no longer whole */
export function cellAt(pages: Pick<RawPages, "page" | "usable">, page: Buffer, at: number): Cell | undefined {
  try {
    const ofTable = isTable(page);
    const [length, afterLength] = varint(page, page[0] === FORK_OF_INDEX ? at + 4 : at);
    const [rowid, start] = ofTable ? varint(page, afterLength) : [undefined, afterLength];
    const payload = payloadOf(pages, page, { length, start, most: mostWithin(pages.usable, ofTable) });
    const values = payload && valuesIn(payload);
    return values && { rowid, values };
  } catch (error) {
    // Numbers that lead beyond the page: it is not what it was.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const mostWithin = (usable: number, ofTable: boolean) =>
  ofTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;

interface Extent {
  readonly length: number;
  readonly start: number;
  /** Longest content that stays on the page. */
  readonly most: number;
}

/** Rows are refused above this, bytes: no line of the log is a hundredth as long, and a number gone wrong must not fill the memory. */
const LONGEST = 64_000_000;

function payloadOf({ page, usable }: Pick<RawPages, "page" | "usable">, leaf: Buffer, { length, start, most }: Extent) {
  if (length > LONGEST) return undefined;
  if (length <= most) return start + length > leaf.length ? undefined : leaf.subarray(start, start + length);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wished = least + ((length - least) % (usable - 4));
  const within = wished <= most ? wished : least;
  const pieces = [leaf.subarray(start, start + within)];
  let next = leaf.readUInt32BE(start + within);
  for (let left = length - within; left > 0; left -= usable - 4) {
    const more = next === 0 ? undefined : page(next);
    if (more === undefined) return undefined;
    pieces.push(more.subarray(4, 4 + Math.min(left, usable - 4)));
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(pieces);
}

function valuesIn(payload: Buffer): Value[] | undefined {
  const [headLength, first] = varint(payload, 0);
  const values: Value[] = [];
  let body = headLength;
  for (let at = first; at < headLength; ) {
    const [type, next] = varint(payload, at);
    const length = lengthOf(type);
    if (length === undefined || body + length > payload.length) return undefined;
    values.push(contentOf(payload, type, { at: body, length }));
    body += length;
    at = next;
  }
  return values;
}

const INTEGERS = [0, 1, 2, 3, 4, 6, 8] as const;

/** Blobs and reserved kinds have none: a log has neither. */
function lengthOf(type: number): number | undefined {
  if (type <= 6) return INTEGERS[type];
  if (type === 7) return 8;
  if (type === 8 || type === 9) return 0;
  return type >= 13 && type % 2 === 1 ? (type - 13) / 2 : undefined;
}

function contentOf(
  payload: Buffer,
  type: number,
  { at, length }: { readonly at: number; readonly length: number },
): Value {
  if (type === 0) return null;
  if (type >= 13) return payload.toString("utf8", at, at + length);
  if (type === 7) return payload.readDoubleBE(at);
  if (type >= 8) return type - 8;
  return length === 8 ? Number(payload.readBigInt64BE(at)) : payload.readIntBE(at, length);
}

/** A number of one to nine bytes, and where what follows begins. @throws RangeError beyond the end */
function varint(bytes: Buffer, at: number): [value: number, next: number] {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(at + index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + index + 1];
  }
  return [value * 256 + bytes.readUInt8(at + 8), at + 9];
}
