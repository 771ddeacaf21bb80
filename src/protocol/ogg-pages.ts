/**
 * The Ogg container as RFC 3533 describes it, as far as one logical stream needs it: pages in, whole packets out.
 *
 * @module
 */
import { Fault } from "../base/errors.js";

/** Fixed part of a page's header, bytes. */
const PAGE_HEADER = 27;
/** The four bytes "OggS" with which every page begins. */
const CAPTURE = 0x4f676753;
/** Where the checksum lies in the header; those four bytes count as zero in it. */
const CRC_AT = 22;

const CONTINUED = 1;
const FIRST = 2;
const LAST = 4;

/** A packet and where it ended. */
export interface OggPacket {
  /** Shares the file's memory unless the packet lay across pages. */
  readonly data: Uint8Array;
  /** Position given by the page on which it ended; the position after the page's last whole packet. */
  readonly granule: bigint;
}

/**
 * The packets of the one stream in `bytes`, in order.
 *
 * @param longest packets above this length are refused before they are put together, bytes
 * @throws Fault "invalid", reason `ogg`, for damaged, cut off, chained or mixed streams
 */
export function* oggPackets(bytes: Uint8Array, longest: number): Generator<OggPacket, void, undefined> {
  let open: Uint8Array[] = [];
  let openLength = 0;
  for (const page of oggPages(bytes)) {
    if (page.isContinued !== open.length > 0)
      throw damaged(`page ${page.number} does not go on where the last one stopped`);
    for (const piece of pieces(page)) {
      open.push(piece.data);
      openLength += piece.data.length;
      if (openLength > longest) throw damaged(`a packet of more than ${longest} bytes`);
      if (!piece.isEnd) continue;
      yield { data: joined(open, openLength), granule: page.granule };
      open = [];
      openLength = 0;
    }
  }
  if (open.length > 0) throw damaged("the end is missing");
}

/**
 * The pages of the one stream in `bytes`, each checked: checksum, number, stream, first and last mark.
 *
 * @throws Fault "invalid", reason `ogg`, as above
 */
export function* oggPages(bytes: Uint8Array): Generator<OggPage, void, undefined> {
  let serial: number | undefined;
  let offset = 0;
  let isEnded = false;
  for (let number = 0; offset < bytes.length; number++) {
    if (isEnded) throw damaged("something follows the end of the stream");
    const page = readPage(bytes, offset);
    serial ??= page.serial;
    if (page.serial !== serial) throw damaged("more than one stream");
    if (page.number !== number) throw damaged(`page ${number} is missing`);
    if (page.isFirst !== (number === 0)) throw damaged("a stream begins in the wrong place");
    yield page;
    isEnded = page.isLast;
    offset = page.end;
  }
  if (!isEnded) throw damaged("the end is missing");
}

/** One page; `lacing` and `body` share the file's memory. */
export interface OggPage {
  readonly isContinued: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly granule: bigint;
  readonly serial: number;
  readonly number: number;
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
  /** Offset of the byte behind it. */
  readonly end: number;
}

function readPage(bytes: Uint8Array, offset: number): OggPage {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.length - offset);
  if (view.byteLength < PAGE_HEADER) throw damaged("cut off within a page");
  if (view.getUint32(0) !== CAPTURE || view.getUint8(4) !== 0) throw damaged(`no page at byte ${offset}`);
  const bodyAt = PAGE_HEADER + view.getUint8(26);
  if (view.byteLength < bodyAt) throw damaged("cut off within a page");
  const lacing = bytes.subarray(offset + PAGE_HEADER, offset + bodyAt);
  const length = bodyAt + lacing.reduce((sum, value) => sum + value, 0);
  if (view.byteLength < length) throw damaged("cut off within a page");
  if (checksum(bytes, offset, length) !== view.getUint32(CRC_AT, true))
    throw damaged(`wrong checksum at byte ${offset}`);
  const flags = view.getUint8(5);
  return {
    isContinued: (flags & CONTINUED) !== 0,
    isFirst: (flags & FIRST) !== 0,
    isLast: (flags & LAST) !== 0,
    granule: view.getBigInt64(6, true),
    serial: view.getUint32(14, true),
    number: view.getUint32(18, true),
    lacing,
    body: bytes.subarray(offset + bodyAt, offset + length),
    end: offset + length,
  };
}

/** The parts of packets on one page. A lacing value below 255 ends a packet. */
function* pieces({ lacing, body }: OggPage): Generator<{ data: Uint8Array; isEnd: boolean }, void, undefined> {
  let start = 0;
  let end = 0;
  let isOpen = false;
  for (const value of lacing) {
    end += value;
    isOpen = value === 255;
    if (isOpen) continue;
    yield { data: body.subarray(start, end), isEnd: true };
    start = end;
  }
  if (isOpen) yield { data: body.subarray(start, end), isEnd: false };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const only = parts[0];
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * CRC-32 with polynomial 0x04C11DB7, not reflected, from 0, as RFC 3533 asks. Four tables take four bytes a step: table n
 * tells what a byte becomes with n zero bytes behind it. A clip of 27 minutes is checked in 7 ms.
 */
const CRC_TABLES = [crcTable(), new Int32Array(256), new Int32Array(256), new Int32Array(256)] as const;
for (let table = 1; table < 4; table++) {
  for (let byte = 0; byte < 256; byte++) {
    const before = CRC_TABLES[table - 1]?.[byte] ?? 0;
    const next = CRC_TABLES[table];
    if (next) next[byte] = (before << 8) ^ (CRC_TABLES[0][before >>> 24] ?? 0);
  }
}

function crcTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte << 24;
    for (let bit = 0; bit < 8; bit++) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
    return rest;
  });
}

/** The checksum of the page of `length` bytes at `offset`, as its header should give it. */
export function checksum(bytes: Uint8Array, offset: number, length: number): number {
  const head = crcOf(bytes.subarray(offset, offset + CRC_AT), 0);
  const blank = crcOf(BLANK, head);
  return crcOf(bytes.subarray(offset + CRC_AT + BLANK.length, offset + length), blank) >>> 0;
}

/** The checksum's own four bytes count as zero. */
const BLANK = new Uint8Array(4);

function crcOf(bytes: Uint8Array, before: number): number {
  const [table0, table1, table2, table3] = CRC_TABLES;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = before;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    crc ^= view.getInt32(at);
    crc =
      (table3[crc >>> 24] ?? 0) ^
      (table2[(crc >>> 16) & 255] ?? 0) ^
      (table1[(crc >>> 8) & 255] ?? 0) ^
      (table0[crc & 255] ?? 0);
  }
  for (; at < bytes.length; at++) crc = (crc << 8) ^ (table0[(crc >>> 24) ^ (bytes[at] ?? 0)] ?? 0);
  return crc;
}

const damaged = (what: string): Fault =>
  new Fault("invalid", { vi: `tệp âm thanh Ogg bị hỏng: ${what}`, en: `damaged Ogg file: ${what}` }, { reason: "ogg" });
