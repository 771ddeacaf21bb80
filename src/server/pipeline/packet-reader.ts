/**
 * Opus packets out of an Ogg stream that is still being written. It comes from our own ffmpeg through a pipe, so it is whole and in order.
 *
 * @module
 */

/** Fixed part of a page's header, bytes; the number of lacing values is its last one. */
const PAGE_HEADER = 27;
const LACING_COUNT_AT = 26;
/** The identification and the comment header come first (RFC 7845). */
const HEADERS = 2;

/** Takes bytes as they come and gives each packet of sound once it is whole. */
export function createPacketReader(onPacket: (packet: Uint8Array) => void): (bytes: Uint8Array) => void {
  let kept = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let seen = 0;

  const take = (packet: Uint8Array) => {
    seen += 1;
    if (seen > HEADERS) onPacket(packet);
  };
  const takePage = (lacing: Buffer, body: Buffer) => {
    let start = 0;
    let end = 0;
    for (const value of lacing) {
      end += value;
      // A value of 255 says that the packet goes on.
      if (value === 255) continue;
      take(Uint8Array.from(Buffer.concat([...parts, body.subarray(start, end)])));
      parts = [];
      start = end;
    }
    if (end > start) parts.push(Buffer.from(body.subarray(start, end)));
  };

  return (bytes) => {
    kept = Buffer.concat([kept, bytes]);
    for (;;) {
      const bodyAt = PAGE_HEADER + (kept[LACING_COUNT_AT] ?? Number.POSITIVE_INFINITY);
      if (kept.length < bodyAt) return;
      const lacing = kept.subarray(PAGE_HEADER, bodyAt);
      const end = bodyAt + lacing.reduce((sum, value) => sum + value, 0);
      if (kept.length < end) return;
      takePage(lacing, kept.subarray(bodyAt, end));
      kept = kept.subarray(end);
    }
  };
}
