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
 * The packets of the one stream in `bytes`, in order. Every page is checked: checksum, number, stream, flags.
 *
 * @param longest packets above this length are refused before they are put together, bytes
 * @throws Fault "invalid", reason `ogg`, for damaged, cut off, chained or mixed streams
 */
export function* oggPackets(bytes: Uint8Array, longest: number): Generator<OggPacket, void, undefined> {
  let open: Uint8Array[] = [];
  let serial: number | undefined;
  let number = 0;
  let offset = 0;
  let ended = false;
  while (offset < bytes.length) {
    if (ended) throw damaged("something follows the end of the stream");
    const page = readPage(bytes, offset);
    serial ??= page.serial;
    if (page.serial !== serial) throw damaged("more than one stream");
    if (page.number !== number) throw damaged(`page ${number} is missing`);
    if (page.isFirst !== (number === 0)) throw damaged("a stream begins in the wrong place");
    if (page.isContinued !== open.length > 0) throw damaged(`page ${number} does not go on where the last one stopped`);
    for (const piece of pieces(page)) {
      open.push(piece.data);
      if (lengthOf(open) > longest) throw damaged(`a packet of more than ${longest} bytes`);
      if (!piece.isEnd) continue;
      yield { data: joined(open), granule: page.granule };
      open = [];
    }
    ended = page.isLast;
    offset = page.end;
    number += 1;
  }
  if (!ended || open.length > 0) throw damaged("the end is missing");
}

interface Page {
  readonly isContinued: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly granule: bigint;
  readonly serial: number;
  readonly number: number;
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
  readonly end: number;
}

function readPage(bytes: Uint8Array, offset: number): Page {
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
function* pieces({ lacing, body }: Page): Generator<{ data: Uint8Array; isEnd: boolean }, void, undefined> {
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

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(lengthOf(parts));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** CRC-32 with polynomial 0x04C11DB7, not reflected, from 0, as RFC 3533 asks. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest >>> 0;
});

/** The checksum of the page of `length` bytes at `offset`, as its header should give it. */
export function checksum(bytes: Uint8Array, offset: number, length: number): number {
  let crc = 0;
  for (let i = 0; i < length; i++) {
    const byte = i >= CRC_AT && i < CRC_AT + 4 ? 0 : (bytes[offset + i] ?? 0);
    crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 255] ?? 0)) >>> 0;
  }
  return crc;
}

const damaged = (what: string): Fault =>
  new Fault("invalid", { vi: `tệp âm thanh Ogg bị hỏng: ${what}`, en: `damaged Ogg file: ${what}` }, { reason: "ogg" });
