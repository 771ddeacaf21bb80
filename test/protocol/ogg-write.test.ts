import { expect } from "chai";
import fc from "fast-check";
import { PRE_SKIP } from "../../src/protocol/limits.js";
import { parseOggOpus } from "../../src/protocol/ogg-opus.js";
import { MAX_PAGE_PACKETS, oggPage, opusHeaders } from "../../src/protocol/ogg-write.js";

describe("packets as an Ogg Opus file", () => {
  it("are read again as they were, whatever their lengths", () => {
    const packet = fc.uint8Array({ minLength: 0, maxLength: 1274 }).map((rest) => Uint8Array.of(0x78, ...rest));
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 3 * MAX_PAGE_PACKETS }), (packets) => {
        const pages: Uint8Array[] = [];
        const add = (content: readonly Uint8Array[], granule: number, isLast = false) =>
          pages.push(oggPage({ packets: content, granule, number: pages.length, serial: 1, isLast }));
        for (const header of opusHeaders(PRE_SKIP)) add([header], 0);
        for (let from = 0; from < packets.length; from += MAX_PAGE_PACKETS) {
          const piece = packets.slice(from, from + MAX_PAGE_PACKETS);
          add(piece, (from + piece.length) * 960, from + piece.length === packets.length);
        }
        const clip = parseOggOpus(Uint8Array.from(Buffer.concat(pages)));
        expect(clip.preSkip).to.equal(PRE_SKIP);
        expect(clip.packets.map((one) => Buffer.from(one).toString("hex"))).to.deep.equal(
          packets.map((one) => Buffer.from(one).toString("hex")),
        );
      }),
      { numRuns: 40 },
    );
  });
});
