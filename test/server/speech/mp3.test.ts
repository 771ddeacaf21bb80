import { expect } from "chai";
import fc from "fast-check";
import { audioKind } from "../../../src/server/speech/audio-kind.js";
import { readMp3 } from "../../../src/server/speech/mp3.js";
import { FRAME_BYTES, tinyMp3 } from "../../support/tiny-mp3.js";

describe("readMp3", () => {
  it("tells format and length, and leaves tags out", () => {
    const tags = [
      Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 2, 9, 9]),
      Buffer.from(`TAG${"x".repeat(125)}`),
    ] as const;
    const mp3 = readMp3(Buffer.concat([tags[0], tinyMp3(5), tags[1]]));
    expect(mp3?.frames).to.deep.equal(tinyMp3(5));
    expect(mp3?.seconds).to.be.closeTo(0.12, 1e-9);
    expect(mp3?.format).to.equal("2/24000");
  });

  it("reads the common MPEG-1 frame", () => {
    const frame = Buffer.alloc(417);
    frame.set([0xff, 0xfb, 0x90, 0x64]);
    expect(readMp3(Buffer.concat([frame, frame]))).to.include({ format: "3/44100" });
  });

  it("refuses whatever breaks off, and whatever is no MP3", () => {
    for (let length = 1; length < 2 * FRAME_BYTES; length++) {
      if (length !== FRAME_BYTES) expect(readMp3(tinyMp3(2).subarray(0, length))).to.equal(undefined);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        const mp3 = readMp3(Buffer.from(bytes));
        expect(mp3 === undefined || mp3.frames.length > 0).to.equal(true);
      }),
    );
  });
});

describe("audioKind", () => {
  it("goes by content", () => {
    const kinds = [
      tinyMp3(1),
      "ID3\x04",
      "RIFF1234WAVE",
      "OggS",
      "fLaC",
      "\0\0\0\x20ftypM4A ",
      "<html>",
      "{}",
      "",
      "\xff\xfe",
    ];
    expect(
      kinds.map((bytes) => audioKind(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes)),
    ).to.deep.equal(["mp3", "mp3", "wav", "ogg", "flac", "m4a", undefined, undefined, undefined, undefined]);
  });
});
