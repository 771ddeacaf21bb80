import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as fc from "fast-check";
import { micros } from "../../src/base/units.js";
import { decodeSignedTime, encodeSignedTime, parseTimeText, timeText } from "../../src/protocol/signed-time.js";
import { signedBytes } from "../../src/protocol/signing.js";
import { checkProperty } from "../support/check-property.js";

const NONCE = "AAAAAAAAAAAAAAAAAAAAAA";

describe("the signed time", () => {
  it("reads what it writes, as text and as bytes", () => {
    const at = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(micros);
    const epoch = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const signature = fc.uint8Array({ minLength: 64, maxLength: 64 });
    checkProperty(
      fc.property(at, epoch, signature, fc.constantFrom(undefined, NONCE), (time, base, bytes, nonce) => {
        expect(parseTimeText(timeText({ epoch: base, at: time, nonce }))).to.deep.equal({
          epoch: base,
          at: time,
          nonce,
        });
        const read = decodeSignedTime(encodeSignedTime({ epoch: base, at: time, signature: bytes }));
        expect(read && { ...read, signature: [...read.signature] }).to.deep.equal({
          epoch: base,
          at: time,
          signature: [...bytes],
        });
      }),
    );
  });

  it("is signed and read as the golden vectors say", () => {
    const { publicKey, seed, statement, answer } = JSON.parse(readFileSync("test/golden/signed-time.json", "utf8"));
    const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: publicKey } });
    const pkcs8 = Buffer.from(`302e020100300506032b657004220420${seed}`, "hex");
    const secret = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    const frame = decodeSignedTime(Buffer.from(statement.hex, "hex"));

    expect(timeText(answer)).to.equal(answer.text);
    expect(sign(null, signedBytes("time", answer.text), secret).toString("base64url")).to.equal(answer.signature);
    expect(frame && timeText(frame)).to.equal(statement.text);
    expect(frame && verify(null, signedBytes("time", statement.text), key, frame.signature)).to.equal(true);
    expect(frame && verify(null, signedBytes("time", answer.text), key, frame.signature)).to.equal(false);
    expect(frame && Buffer.from(encodeSignedTime(frame)).toString("hex")).to.equal(statement.hex);
  });

  it("reads no text that it would not write: nobody can move a border between the fields", () => {
    for (const text of [
      "",
      "1",
      "1  2",
      " 1 2",
      "1 2 ",
      "01 2",
      "1 02",
      "-1 2",
      "1 2.0",
      `1 2 ${NONCE}A`,
      `1 2 ${NONCE} 3`,
      "1 9999999999999999",
    ])
      expect(parseTimeText(text), text).to.equal(undefined);
  });

  it("reads no bytes of another type, length or range", () => {
    const good = encodeSignedTime({ epoch: 1, at: micros(5), signature: new Uint8Array(64) });
    const negative = good.slice();
    negative[5] = 0xff;

    for (const bytes of [good.slice(0, 76), Uint8Array.of(...good, 0), good.with(0, 0x04), negative, new Uint8Array(0)])
      expect(decodeSignedTime(bytes)).to.equal(undefined);
  });
});
