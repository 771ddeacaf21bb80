import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as fc from "fast-check";
import { silentLog } from "../../src/base/log.js";
import { micros } from "../../src/base/units.js";
import { receiverId } from "../../src/domain/ids.js";
import { decodeChunk } from "../../src/protocol/chunk.js";
import { readOrder } from "../../src/protocol/orders.js";
import { decodeSeal, encodeSeal, sealText } from "../../src/protocol/seal.js";
import type { Purpose } from "../../src/protocol/signing.js";
import { judgeOrder } from "../../src/receiver/guard.js";
import { type Keyring, pairedKeyring } from "../../src/receiver/keyring.js";
import { emptyMemory } from "../../src/receiver/memory.js";
import { createSealGate } from "../../src/receiver/seal-gate.js";
import { createTrust, isSealed } from "../../src/relay/trust.js";
import { chunkFrames } from "../../src/server/fanout/frames.js";
import { makeKey, newSealKey, readKey, signWith } from "../../src/server/trust/ed25519.js";
import { checkProperty } from "../support/check-property.js";

interface Golden {
  readonly seed: string;
  readonly publicKey: string;
  readonly keyId: string;
  readonly signatures: { purpose: Purpose; document: string; signature: string }[];
  readonly seal: { stream: number; first: number; last: number; digest: string; text: string; hex: string };
}
const read = (name: string) => JSON.parse(readFileSync(`test/golden/${name}.json`, "utf8"));
const golden: Golden = read("signatures");
const documents: Record<string, string> = read("documents");
const chunks: { type: string; hex: string }[] = read("chunks");
const pem = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${golden.seed}`, "hex"),
  format: "der",
  type: "pkcs8",
})
  .export({ type: "pkcs8", format: "pem" })
  .toString();
const key = readKey(pem);
const ring = pairedKeyring([golden]);
const trustOf = (trusted: Keyring, now = 0) =>
  createTrust({ ring: trusted, keep: () => {}, now: () => now, log: silentLog });

describe("signatures in golden bytes", () => {
  it("name the key the same at both ends", () => {
    expect([key.keyId, key.publicKey]).to.deep.equal([golden.keyId, golden.publicKey]);
  });

  for (const { purpose, document, signature } of golden.signatures)
    it(`are made by the station and believed by the loudspeaker: ${document}`, () => {
      const text = documents[document] ?? "";
      expect(signWith(key, purpose, text)).to.equal(signature);
      expect(trustOf(ring).verify(purpose, { text, keyId: golden.keyId, signature })).to.deep.equal({
        keyId: golden.keyId,
      });
    });

  it("seal a piece of a stream, frame and all", () => {
    const { hex, text, digest, ...span } = golden.seal;
    const seal = decodeSeal(Buffer.from(hex, "hex"));
    expect(seal).to.deep.include(span);
    expect(sealText(span, digest)).to.equal(text);
    expect(seal && Buffer.from(encodeSeal(seal)).toString("hex")).to.equal(hex);
    const pieces = chunks
      .filter(({ type }) => type === "loudspeaker")
      .map((one) => {
        const payload = Buffer.from(one.hex, "hex");
        return { payload, chunk: decodeChunk(payload) as NonNullable<ReturnType<typeof decodeChunk>> };
      });
    expect(seal && isSealed({ key: golden.publicKey, pieces }, seal)).to.equal(true);
    expect(Buffer.from(signWith(key, "seal", text), "base64url").equals(seal?.signature as Uint8Array)).to.equal(true);
  });
});

describe("trust", () => {
  const text = documents["order-stop"] ?? "";
  const signed = { text, keyId: key.keyId, signature: signWith(key, "order", text) };

  it("says why it doubts", () => {
    const other = makeKey();
    const retired: Keyring = { serial: 1, keys: [{ keyId: key.keyId, publicKey: key.publicKey, until: 500 }] };
    const doubts = [
      trustOf(ring).verify("order", { ...signed, signature: "" }),
      trustOf(ring).verify("order", { ...signed, keyId: "" }),
      trustOf(ring).verify("order", { ...signed, keyId: other.keyId, signature: signWith(other, "order", text) }),
      trustOf(ring).verify("order", { ...signed, signature: signWith(other, "order", text) }),
      trustOf(retired, 501).verify("order", signed),
      trustOf(ring).verify("programme", signed),
    ].map((found) => found.keyId === false && found.doubt);
    expect(doubts).to.deep.equal(["unsigned", "unsigned", "unknown-key", "signature", "retired-key", "signature"]);
  });

  it("never has an order played in which one letter of text, key or signature was changed", () => {
    const order = documents["order-open"] ?? "";
    const good = { text: order, keyId: key.keyId, signature: signWith(key, "order", order) };
    const fields = ["text", "keyId", "signature"] as const;
    const { verify } = trustOf(ring);
    checkProperty(
      fc.property(fc.constantFrom(...fields), fc.nat(), fc.integer({ min: 1, max: 0xffff }), (field, at, by) => {
        const before = good[field];
        const place = at % before.length;
        const letter = String.fromCharCode((before.charCodeAt(place) + by) & 0xffff);
        const changed = { ...good, [field]: before.slice(0, place) + letter + before.slice(place + 1) };
        if (changed[field] === before) return;
        const found = verify("order", changed);
        const read = readOrder(changed.text);
        if (read.kind !== "order") return;
        const verdict = judgeOrder(
          read.order,
          {
            ...{ receiver: receiverId("loa-mau-1"), areas: [], now: micros(read.order.issuedAt), trusted: true },
            verified: found.keyId,
          },
          emptyMemory(),
        );
        expect(verdict.kind).to.equal("refuse");
      }),
    );
  });

  it("takes a new key at the word of one that it trusts, and forgets what is named no more", () => {
    const next = makeKey();
    const notice = (serial: number, keys: object[], signer = key) => {
      const said = JSON.stringify({ v: 1, serial, issuedAt: 0, keys });
      return { text: said, keyId: signer.keyId, signature: signWith(signer, "key", said) };
    };
    const kept: Keyring[] = [];
    const trust = createTrust({ ring, keep: (one) => kept.push(one), now: () => 100, log: silentLog });
    const named = ({ keyId, publicKey }: typeof key, until?: number) => ({
      keyId,
      publicKey,
      ...(until ? { until } : {}),
    });
    const first = notice(1, [named(key, 200), named(next)]);
    trust.take({ ...first, text: first.text.replace('"serial":1', '"serial":2') });
    trust.take(notice(1, [named(next)], next));
    expect([trust.keyIds(), kept]).to.deep.equal([[key.keyId], []]);

    trust.take(first);
    expect(trust.keyIds()).to.deep.equal([key.keyId, next.keyId]);
    expect(kept.map(({ serial }) => serial)).to.deep.equal([1]);
    trust.take(notice(2, [named(next)], next));
    expect(trust.keyIds()).to.deep.equal([next.keyId]);
    // What was said before is of the past, whoever signed it.
    trust.take(first);
    expect(trust.keyIds()).to.deep.equal([next.keyId]);
  });

  it("takes no notice after the end of the key that signed it: who missed the whole change is paired again", () => {
    const next = makeKey();
    const said = JSON.stringify({
      ...{ v: 1, serial: 1, issuedAt: 0, notAfter: 200 },
      keys: [{ keyId: next.keyId, publicKey: next.publicKey }],
    });
    const late = { text: said, keyId: key.keyId, signature: signWith(key, "key", said) };
    const logged: string[] = [];
    const log = { ...silentLog, error: (event: string) => logged.push(event) };
    const trust = createTrust({ ring, keep: () => {}, now: () => 201, log: log as typeof silentLog });
    trust.take(late);
    expect(trust.keyIds()).to.deep.equal([key.keyId]);
    expect(logged).to.deep.equal(["relay.key-notice-refused"]);
  });
});

describe("a sealed piece", () => {
  const seal = newSealKey();
  const piece = (stream: number, first: number, count: number) => {
    const frames = chunkFrames(
      stream,
      Array.from({ length: count }, (_, index) => ({
        ...{ at: micros(1_000_000 + (first + index) * 20_000), sequence: first + index },
        ...{ discontinuity: index === 0, last: false, packet: Uint8Array.of(1, 2, first + index) },
      })),
      seal.sign,
    );
    return payloadsOf(frames);
  };
  /** How many chunks of these payloads would be sounded. */
  const sounded = (payloads: readonly Uint8Array[]): number => {
    const gate = createSealGate();
    gate.open(7, seal.publicKey);
    let count = 0;
    for (const payload of payloads) {
      const mark = decodeSeal(payload);
      if (mark) {
        const found = gate.take(mark);
        if (typeof found !== "string" && isSealed(found, mark)) count += found.pieces.length;
        continue;
      }
      const chunk = decodeChunk(payload);
      if (chunk) gate.hold({ chunk, payload });
    }
    return count;
  };

  it("is sounded whole, by itself and behind others", () => {
    expect(sounded(piece(7, 0, 50))).to.equal(50);
    expect(sounded([...piece(7, 0, 50), ...piece(7, 50, 50)])).to.equal(100);
    expect(sounded(piece(7, 4_000_000_000, 3))).to.equal(3);
  });

  it("costs nobody but itself when its seal was lost", () => {
    expect(sounded([...piece(7, 0, 5).slice(0, 5), ...piece(7, 5, 5)])).to.equal(5);
    expect(sounded([...piece(7, 0, 5).slice(2), ...piece(7, 5, 5)])).to.equal(5);
  });

  it("of another stream or of no order is dropped", () => {
    expect(sounded(piece(8, 0, 5))).to.equal(0);
  });

  it("is not sounded when any bit of it was changed, a chunk was added, left out or moved", () => {
    const good = piece(7, 0, 4);
    checkProperty(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 7 }), (which, at, bit) => {
        const bad = good.map((payload) => new Uint8Array(payload));
        const target = bad[which % bad.length] as Uint8Array;
        target[at % target.length] = (target[at % target.length] ?? 0) ^ (1 << bit);
        let count = 0;
        try {
          count = sounded(bad);
        } catch {
          // A frame that is none any more never comes to the gate.
        }
        expect(count).to.equal(0);
      }),
    );
    const [a, b, c, d, mark] = good as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const [alien] = piece(7, 9, 1) as [Uint8Array];
    expect(sounded([a, b, d, c, mark])).to.equal(0);
    expect(sounded([a, b, c, mark])).to.equal(0);
    expect(sounded([a, b, b, c, d, mark])).to.equal(0);
    // What nobody sealed is dropped beside what is sealed.
    expect(sounded([alien, a, b, c, d, mark])).to.equal(4);
  });

  it("that never ends fills no memory", () => {
    const gate = createSealGate();
    gate.open(7, seal.publicKey);
    const [payload] = piece(7, 0, 1) as [Uint8Array];
    const chunk = decodeChunk(payload) as NonNullable<ReturnType<typeof decodeChunk>>;
    const fates = Array.from({ length: 601 }, () => gate.hold({ chunk, payload }));
    expect(fates.at(-1)).to.equal("overflow");
  });
});

/** The payloads of unmasked WebSocket frames, one behind the other. */
function payloadsOf(frames: Buffer): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < frames.length; ) {
    const short = (frames[at + 1] ?? 0) & 127;
    const length = short === 126 ? frames.readUInt16BE(at + 2) : short;
    const begin = at + (short === 126 ? 4 : 2);
    found.push(frames.subarray(begin, begin + length));
    at = begin + length;
  }
  return found;
}
