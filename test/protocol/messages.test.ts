import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as fc from "fast-check";
import { Fault } from "../../src/base/errors.js";
import { receiverId, sha256 } from "../../src/domain/ids.js";
import {
  MAX_CLIPS_LISTED,
  MAX_FAILED_LISTED,
  MAX_ORDER_TEXT,
  MAX_RECEIVER_MESSAGE,
  MAX_SERVER_MESSAGE,
} from "../../src/protocol/limits.js";
import {
  encodeMessage,
  parseReceiverMessage,
  parseServerMessage,
  type ReceiverMessage,
  type ServerMessage,
} from "../../src/protocol/messages.js";
import { checkProperty } from "../support/check-property.js";

const golden = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(`test/golden/${name}-messages.json`, "utf8"));
const hello = golden("receiver").hello ?? "";
const clip = (n: number) => sha256(n.toString(16).padStart(64, "0"));

/** The message with one field of its body put in place, or taken out when `undefined`. */
function withField(message: string, field: string, value: unknown): string {
  const { t, p } = JSON.parse(message);
  return JSON.stringify({ t, p: { ...p, [field]: value } });
}

const micros = fc.maxSafeNat();
const receiverMessage: fc.Arbitrary<ReceiverMessage> = fc.oneof(
  fc.record({ t: fc.constant("time" as const), p: fc.record({ c1: fc.maxSafeInteger() }) }),
  fc.record({
    t: fc.constant("ack" as const),
    p: fc.record(
      { order: fc.string({ maxLength: 64 }), ok: fc.boolean(), at: micros, why: fc.string({ maxLength: 48 }) },
      { requiredKeys: ["order", "ok", "at"] },
    ),
  }),
  fc.record({
    t: fc.constant("report" as const),
    p: fc.record({
      journal: fc.string({ unit: "binary", maxLength: 32 }),
      lines: fc.array(
        fc.record(
          {
            seq: fc.integer({ min: 1 }),
            event: fc.constantFrom("started" as const, "missed" as const),
            cue: fc.string({ maxLength: 100 }),
            at: micros,
            heardMs: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
          },
          { requiredKeys: ["seq", "event", "cue", "at"] },
        ),
        { maxLength: 5 },
      ),
    }),
  }),
  fc.record({
    t: fc.constant("clips" as const),
    p: fc.record({
      have: fc.array(fc.nat(0xffff).map(clip), { maxLength: 5 }),
      failed: fc.array(fc.record({ sha256: fc.nat(9).map(clip), why: fc.constant("gone") }), { maxLength: 2 }),
    }),
  }),
);
const serverMessage: fc.Arbitrary<ServerMessage> = fc.oneof(
  fc.record({ t: fc.constant("time" as const), p: fc.record({ c1: fc.maxSafeInteger(), s2: micros, s3: micros }) }),
  fc.record({
    t: fc.constant("order" as const),
    p: fc.record({
      text: fc.string({ unit: "binary" }),
      keyId: fc.string({ maxLength: 64 }),
      signature: fc.constant(""),
    }),
  }),
  fc.record({ t: fc.constant("bye" as const), p: fc.record({ reason: fc.string({ maxLength: 64 }) }) }),
);

describe("control messages", () => {
  it("come out of the wire as they went in", () => {
    checkProperty(
      fc.property(receiverMessage, (message) => {
        const text = encodeMessage(message);
        expect(parseReceiverMessage(text)).to.deep.equal(JSON.parse(text));
      }),
    );
    checkProperty(
      fc.property(serverMessage, (message) => {
        const text = encodeMessage(message);
        expect(parseServerMessage(text)).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it("of an unknown type are ignored, also those of the other direction", () => {
    expect(parseReceiverMessage('{"t":"weather","p":{"rain":true}}')).to.equal(undefined);
    expect(parseReceiverMessage('{"t":"welcome"}')).to.equal(undefined);
    expect(parseServerMessage(hello)).to.equal(undefined);
  });

  it("say the same in their plainest form and in any other", () => {
    checkProperty(
      fc.property(fc.integer({ min: -5, max: Number.MAX_SAFE_INTEGER }), (c1) => {
        const message: ReceiverMessage = { t: "time", p: { c1 } };
        const plain = parseReceiverMessage(encodeMessage(message));
        expect(plain).to.deep.equal(message);
        expect(plain).to.deep.equal(parseReceiverMessage(` ${encodeMessage(message)}`));
      }),
    );
  });

  it("lose fields that this version does not know", () => {
    const message = JSON.parse(hello);
    const later = JSON.stringify({ ...message, id: 5, p: { ...message.p, colour: "red" } });
    expect(parseReceiverMessage(later)).to.deep.equal(message);
  });

  const wrong: [why: string, text: string, says: RegExp][] = [
    ["not JSON", "{", /not JSON/],
    ["nothing", "", /not JSON/],
    ["a list", "[]", /no message/],
    ["null", "null", /no message/],
    ["a number", "1795428600000000", /no message/],
    ["without a type", '{"p":{}}', /no message/],
    ["with a type that is no text", '{"t":{"toString":"hello"}}', /no message/],
    ["with an endless type", JSON.stringify({ t: "x".repeat(33) }), /no message/],
    ["without its body", '{"t":"hello"}', /hello: versions/],
    ["with a body that is null", '{"t":"hello","p":null}', /hello/],
    ["with a receiver that climbs", withField(hello, "receiver", "../../etc/passwd"), /hello: receiver/],
    ["with an empty receiver", withField(hello, "receiver", ""), /hello: receiver/],
    ["with a proof of a megabyte", withField(hello, "proof", "x".repeat(1_000_000)), /hello: proof/],
    ["without a proof", withField(hello, "proof", undefined), /hello: proof/],
    ["with a proof that is no signature", withField(hello, "proof", "="), /hello: proof/],
    ["with a negative buffer", withField(hello, "bufferMs", -1), /hello: bufferMs/],
    ["with an endless buffer", withField(hello, "bufferMs", 3_600_001), /hello: bufferMs/],
    ["with a huge number", hello.replace("30000", "1e400"), /hello: bufferMs/],
    ["with a number past 2^53", '{"t":"time","p":{"c1":9007199254740993}}', /time: c1/],
    ["with a fraction for an integer", '{"t":"time","p":{"c1":0.5}}', /time: c1/],
    ["with text for a number", '{"t":"time","p":{"c1":"5"}}', /time: c1/],
    ["with too many versions", withField(hello, "versions", Array(17).fill(1)), /hello: versions/],
    ["with a bad hash", '{"t":"clips","p":{"have":["ABC"]}}', /clips: have\/0/],
    [
      "with an unknown event",
      '{"t":"report","p":{"journal":"j","lines":[{"seq":1,"event":"x","cue":"c","at":0}]}}',
      /event/,
    ],
    [
      "with a line before the first",
      '{"t":"report","p":{"journal":"j","lines":[{"seq":0,"event":"cut","cue":"c","at":0}]}}',
      /seq/,
    ],
  ];
  for (const [why, text, says] of wrong)
    it(`are refused in both languages when they are ${why}`, () => {
      expect(() => parseReceiverMessage(text))
        .to.throw(Fault, says)
        .that.satisfies(({ code, words }: Fault) => code === "invalid" && words.vi.startsWith("thông điệp sai"));
    });

  it("cannot reach what every object inherits", () => {
    for (const t of ["constructor", "toString", "__proto__", "hasOwnProperty"])
      expect(parseReceiverMessage(JSON.stringify({ t, p: {} })), t).to.equal(undefined);

    const message = parseReceiverMessage(
      '{"t":"time","p":{"c1":1,"__proto__":{"polluted":true},"constructor":{"a":1}}}',
    );
    expect(message).to.deep.equal({ t: "time", p: { c1: 1 } });
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
    expect(() => parseReceiverMessage('{"__proto__":{"t":"time"},"p":{"c1":1}}')).to.throw(Fault, /no message/);
  });

  it("may be nested as deeply as a frame allows without harm", () => {
    const deep = (open: string, close: string) => open.repeat(30_000) + close.repeat(30_000);
    expect(() => parseReceiverMessage(deep("[", "]"))).to.throw(Fault, /no message/);
    expect(() => parseReceiverMessage(`{"t":"hello","p":${deep("[", "]")}}`)).to.throw(Fault, /hello/);
    expect(parseReceiverMessage(`{"t":"time","p":{"c1":1,"x":${deep("[", "]")}}}`)).to.deep.equal({
      t: "time",
      p: { c1: 1 },
    });
  });

  it("are read or refused with a fault, whatever the text", () => {
    checkProperty(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
        try {
          expect(parseReceiverMessage(text)).to.equal(undefined);
        } catch (error) {
          expect(error).to.be.instanceOf(Fault);
        }
      }),
    );
  });

  it("fit into a frame when their lists are as long as they may be", () => {
    const have = Array.from({ length: MAX_CLIPS_LISTED }, (_, n) => clip(n));
    const failed = have.slice(0, MAX_FAILED_LISTED).map((hash) => ({ sha256: hash, why: "x".repeat(48) }));
    const held = encodeMessage({ t: "clips", p: { have, failed } });
    const want = have.map((hash) => ({ sha256: hash, bytes: 10_000_000, deadline: Number.MAX_SAFE_INTEGER }));

    expect(parseReceiverMessage(held)?.t).to.equal("clips");
    expect(Buffer.byteLength(held)).to.be.at.most(MAX_RECEIVER_MESSAGE);
    expect(() =>
      parseReceiverMessage(encodeMessage({ t: "clips", p: { have: [...have, clip(999)], failed } })),
    ).to.throw(Fault);
    expect(Buffer.byteLength(encodeMessage({ t: "clips", p: { want, rate: 1 } }))).to.be.at.most(MAX_SERVER_MESSAGE);
  });

  it("carry an order to thousands of receivers within a frame", () => {
    const receivers = Array.from({ length: 10_000 }, (_, n) => receiverId(`loa-${n}`));
    const text = JSON.stringify({ audience: { kind: "receivers", receivers } });
    const message = encodeMessage({ t: "order", p: { text, keyId: "", signature: "" } });

    expect(text.length).to.be.lessThan(MAX_ORDER_TEXT);
    expect(Buffer.byteLength(message)).to.be.at.most(MAX_SERVER_MESSAGE);
    expect(parseServerMessage(message)?.t).to.equal("order");
    const tooLong = encodeMessage({
      t: "order",
      p: { text: "x".repeat(MAX_ORDER_TEXT + 1), keyId: "", signature: "" },
    });
    expect(() => parseServerMessage(tooLong)).to.throw(Fault, /order: text/);
  });
});
