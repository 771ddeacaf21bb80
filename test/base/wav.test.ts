import { expect } from "chai";
import { WAV_HEADER, wavFile, wavHeader } from "../../src/base/wav.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("a WAV file", () => {
  it("is written byte for byte as players expect it", () => {
    expect(hex(wavFile(Int16Array.of(1, -2), 48_000))).to.equal(
      "5249464628000000" +
        "57415645" +
        "666d742010000000" +
        "0100010080bb0000007701000200100" +
        "0" +
        "6461746104000000" +
        "0100feff",
    );
  });

  it("may say more in front of its sound, and keeps its two lengths where they are looked for", () => {
    const bare = wavHeader(10, 24_000);
    const header = wavHeader(10, 24_000, [{ id: "bext", content: new Uint8Array(6).fill(7) }]);
    const view = new DataView(header.buffer);

    expect(bare).to.have.length(WAV_HEADER);
    expect(header).to.have.length(WAV_HEADER + 8 + 6);
    expect(view.getUint32(4, true)).to.equal(header.length - 8 + 10);
    expect(view.getUint32(header.length - 4, true)).to.equal(10);
    expect(hex(header.subarray(12, 26))).to.equal("6265787406000000070707070707");
    expect(hex(header.subarray(26))).to.equal(hex(bare.subarray(12)));
  });

  it("says the most that it can of a sound that is longer than its sizes can tell", () => {
    const view = new DataView(wavHeader(2 ** 33, 48_000).buffer);
    expect([view.getUint32(4, true), view.getUint32(40, true)]).to.deep.equal([0xffffffff, 0xffffffff]);
  });
});
