import { expect } from "chai";
import * as fc from "fast-check";
import { Fault } from "../../src/base/errors.js";
import { micros } from "../../src/base/units.js";
import { CHUNK_HEADER, type Chunk, decodeChunk, writeChunk } from "../../src/protocol/chunk.js";
import { MAX_CHUNK } from "../../src/protocol/limits.js";
import { checkProperty } from "../support/check-property.js";
import { encodeChunk } from "../support/encode-chunk.js";

const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const anyChunk: fc.Arbitrary<Chunk> = fc.record({
  type: fc.constantFrom("loudspeaker" as const, "microphone" as const),
  at: fc.maxSafeNat().map(micros),
  stream: uint32,
  sequence: uint32,
  discontinuity: fc.boolean(),
  last: fc.boolean(),
  packet: fc.uint8Array({ minLength: 1, maxLength: MAX_CHUNK - CHUNK_HEADER }),
});

const frame = (length: number, type = 4) => {
  const bytes = new Uint8Array(length);
  bytes[0] = type;
  return bytes;
};

describe("chunk", () => {
  it("comes out of the wire as it went in", () => {
    checkProperty(
      fc.property(anyChunk, (chunk) => {
        expect(decodeChunk(encodeChunk(chunk))).to.deep.equal(chunk);
      }),
    );
  });

  it("is written in the middle of a buffer without touching its neighbours", () => {
    checkProperty(
      fc.property(anyChunk, fc.nat(40), (chunk, offset) => {
        const length = CHUNK_HEADER + chunk.packet.length;
        const bytes = new Uint8Array(offset + length + 3).fill(0xaa);

        expect(writeChunk(bytes, offset, chunk)).to.equal(offset + length);
        expect(decodeChunk(bytes.subarray(offset, offset + length))).to.deep.equal(chunk);
        expect(bytes.subarray(0, offset).every((byte) => byte === 0xaa)).to.equal(true);
        expect([...bytes.subarray(offset + length)]).to.deep.equal([0xaa, 0xaa, 0xaa]);
      }),
    );
  });

  it("either is read or ends in a fault, whatever the bytes", () => {
    checkProperty(
      fc.property(fc.uint8Array({ maxLength: 1400 }), fc.constantFrom(4, 12, 0, 255), (bytes, type) => {
        if (bytes.length > 0) bytes[0] = type;
        try {
          const chunk = decodeChunk(bytes);
          if (chunk) expect(encodeChunk(chunk).subarray(0, 17)).to.deep.equal(bytes.subarray(0, 17));
        } catch (error) {
          expect(error).to.be.instanceOf(Fault).with.property("code", "invalid");
        }
      }),
    );
  });

  it("is ignored when its type is unknown, however long it is", () => {
    expect(decodeChunk(frame(40, 0xc0))).to.equal(undefined);
    expect(decodeChunk(frame(1, 0))).to.equal(undefined);
    expect(decodeChunk(new Uint8Array(0))).to.equal(undefined);
  });

  it("holds one packet of 1 to 1275 bytes", () => {
    expect(() => decodeChunk(frame(CHUNK_HEADER))).to.throw(Fault, /18 bytes/);
    expect(decodeChunk(frame(CHUNK_HEADER + 1))?.packet).to.have.length(1);
    expect(decodeChunk(frame(MAX_CHUNK))?.packet).to.have.length(1275);
    expect(() => decodeChunk(frame(MAX_CHUNK + 1))).to.throw(Fault, /1294 bytes/);
  });

  it("has a time that JSON can carry, too", () => {
    const bytes = frame(CHUNK_HEADER + 1);
    const at = (time: bigint) => {
      new DataView(bytes.buffer).setBigInt64(1, time);
      return decodeChunk(bytes)?.at;
    };

    expect(at(2n ** 53n - 1n)).to.equal(2 ** 53 - 1);
    expect(() => at(2n ** 53n)).to.throw(Fault, /time/);
    expect(() => at(-1n)).to.throw(Fault, /time/);
  });

  it("ignores flags that a later version may use", () => {
    const bytes = frame(CHUNK_HEADER + 1);
    bytes[17] = 0xfc;
    expect(decodeChunk(bytes)).to.include({ discontinuity: false, last: false });
  });
});
