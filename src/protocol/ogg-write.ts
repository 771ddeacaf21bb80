/**
 * Packets of the house as an Ogg Opus file (RFC 7845): mono, mapping family 0, page by page as they come.
 *
 * @module
 */
import { checksum } from "./ogg-pages.js";

const HEADER = 27;
const FIRST = 2;
const LAST = 4;
/** What the comment header names as the maker. */
const MAKER = "loa";

/** Packets that one page takes: its table has 255 places, and the largest packet needs six of them. */
export const MAX_PAGE_PACKETS = 42;

export interface OggPageContent {
  /** At most {@link MAX_PAGE_PACKETS}. */
  readonly packets: readonly Uint8Array[];
  /** Samples up to the end of the page, pre-skip included. */
  readonly granule: number;
  /** From 0, rising by one. */
  readonly number: number;
  /** Names the stream; the same on each page. */
  readonly serial: number;
  readonly isLast?: boolean;
}

/** One page with its checksum. */
export function oggPage({ packets, granule, number, serial, isLast = false }: OggPageContent): Uint8Array {
  const lacing = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255]);
  const body = packets.reduce((sum, { length }) => sum + length, 0);
  const page = new Uint8Array(HEADER + lacing.length + body);
  const view = new DataView(page.buffer);
  page.set([0x4f, 0x67, 0x67, 0x53]);
  view.setUint8(5, (number === 0 ? FIRST : 0) | (isLast ? LAST : 0));
  view.setBigInt64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, number, true);
  view.setUint8(26, lacing.length);
  page.set(lacing, HEADER);
  let offset = HEADER + lacing.length;
  for (const packet of packets) {
    page.set(packet, offset);
    offset += packet.length;
  }
  view.setUint32(22, checksum(page, 0, page.length), true);
  return page;
}

/** The two packets with which a file begins, each on a page of its own. @param preSkip samples */
export function opusHeaders(preSkip: number): readonly [Uint8Array, Uint8Array] {
  const head = new Uint8Array(19);
  const view = new DataView(head.buffer);
  head.set(letters("OpusHead"));
  head[8] = 1;
  head[9] = 1;
  view.setUint16(10, preSkip, true);
  view.setUint32(12, 48_000, true);
  const tags = new Uint8Array(8 + 4 + MAKER.length + 4);
  tags.set(letters("OpusTags"));
  new DataView(tags.buffer).setUint32(8, MAKER.length, true);
  tags.set(letters(MAKER), 12);
  return [head, tags];
}

const letters = (word: string): number[] => [...word].map((letter) => letter.charCodeAt(0));
