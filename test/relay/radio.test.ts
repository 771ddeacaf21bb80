import { createHash } from "node:crypto";
import { expect } from "chai";
import { micros } from "../../src/base/units.js";
import type { Chunk } from "../../src/protocol/chunk.js";
import type { OrderBody } from "../../src/protocol/orders.js";
import { sealText } from "../../src/protocol/seal.js";
import { newSealKey } from "../../src/server/trust/ed25519.js";
import { encodeChunk } from "../support/encode-chunk.js";
import { createPaperHouse, MORNING, type PaperHouse, peak } from "./paper-house.js";
import { aCue } from "./yard.js";

const CLIP = "a".repeat(64);
const KEY = "tiep-am@20261123t010010z";
const START = MORNING * 1000 + 10_000_000;
const seal = newSealKey();
const OPEN: OrderBody = {
  ...{ kind: "open", stream: 1, sealKey: seal.publicKey, class: "ordinary", title: "Tiếp âm", preSkip: 312 },
  ...{ maxMs: 90_000, occurrence: KEY as never },
};

/** Packets of the stream, a second for each of `seconds` of the slot, counted from its start. */
function send(one: PaperHouse, seconds: readonly number[], { last = false, stream = 1 } = {}) {
  for (const second of seconds) {
    const hash = createHash("sha256");
    const first = second * 50;
    for (let n = 0; n < 50; n++) {
      const chunk: Chunk = {
        ...{ type: "loudspeaker", stream, sequence: first + n, discontinuity: second === 0 && n === 0 },
        ...{
          last: last && n === 49,
          at: micros(START + (first + n) * 20_000),
          packet: new Uint8Array([0x78, 0xff, 0xfe]),
        },
      };
      const payload = encodeChunk(chunk);
      hash.update(payload);
      one.speaker.onChunk({ chunk, payload });
    }
    const span = { stream, first, last: first + 49 };
    one.speaker.onSeal({ ...span, signature: Buffer.from(seal.sign(sealText(span, hash.digest("hex")))) });
  }
}
/** A loudspeaker whose programme holds the fallback of a slot of 30 s, and that is silent from clips and at 1 from streams. */
function ready() {
  const one = createPaperHouse();
  one.speaker.volume.confirm();
  one.setProgramme([aCue(CLIP, START, { id: KEY, durationMs: 30_000 })]);
  return one;
}
const heardOf = (one: PaperHouse) =>
  one.lines
    .filter(({ event, cue }) => event !== "due" && cue === KEY)
    .map(({ event, from, why }) => [event, from, why].filter(Boolean).join(" "));

describe("a slot of relayed radio at a loudspeaker", () => {
  it("sounds from the stream that takes the place of the planned fallback, once", async () => {
    const one = ready();
    await one.play(4_000);
    expect(await one.order(OPEN)).to.include({ ok: true });
    send(one, [0, 1, 2]);
    await one.play(7_000);
    for (let second = 3; second < 29; second++) {
      send(one, [second]);
      expect(peak(await one.play(1_000))).to.be.above(0.5);
    }
    send(one, [29], { last: true });
    await one.play(5_000);
    await one.order({ kind: "close", stream: 1 });
    expect(peak(await one.play(60_000)), "the fallback does not sound afterwards").to.equal(0);
    expect(heardOf(one)).to.deep.equal(["started stream", "finished stream"]);
  });

  it("sounds the fallback where no stream comes, and a stream that comes late changes nothing", async () => {
    const one = ready();
    await one.play(11_000);
    expect(heardOf(one)).to.deep.equal(["started clip"]);
    expect(await one.order(OPEN)).to.include({ ok: true });
    send(one, [4, 5]);
    await one.play(4_000);
    await one.order({ kind: "close", stream: 1 });
    await one.play(26_000);
    expect(heardOf(one)).to.deep.equal(["started clip", "finished clip"]);
    expect(one.lines.at(-1)?.heardMs).to.equal(30_000);
  });

  it("sounds the fallback on time when a stream was announced and nothing of it came", async () => {
    const one = ready();
    await one.play(4_000);
    await one.order(OPEN);
    await one.play(37_000);
    expect(heardOf(one)).to.deep.equal(["started clip", "finished clip"]);
  });

  it("goes on with the fallback, where it would be by now, when the stream is lost with the network", async () => {
    const one = ready();
    await one.play(4_000);
    await one.order(OPEN);
    send(one, [0, 1, 2, 3]);
    await one.play(38_000);
    expect(heardOf(one)).to.deep.equal([
      "started stream",
      "interrupted stream stream-lost",
      "resumed clip",
      "finished clip",
    ]);
    expect(one.lines.at(-1)?.at).to.be.closeTo(START + 30_000_000, 100_000);
  });

  it("goes on in another stream when the station has begun anew, as if nothing had happened", async () => {
    const one = ready();
    await one.play(4_000);
    await one.order(OPEN);
    send(one, [0, 1, 2, 3, 4]);
    await one.play(10_000);
    expect(await one.order({ ...OPEN, stream: 2 } as OrderBody)).to.include({ ok: true });
    for (let second = 5; second < 29; second++) {
      send(one, [second], { stream: 2 });
      await one.play(1_000);
    }
    send(one, [29], { stream: 2, last: true });
    await one.play(6_000);
    expect(heardOf(one)).to.deep.equal(["started stream", "finished stream"]);
    expect([...one.house.streams.keys()]).to.deep.equal([]);
  });

  it("keeps nothing of a stream that it will not sound, so that other streams have room", async () => {
    const one = ready();
    await one.play(11_000);
    await one.order(OPEN);
    for (let second = 1; second < 25; second++) {
      send(one, [second]);
      await one.play(1_000);
    }
    expect(one.house.buffer.lastAt(1)).to.equal(undefined);
    expect(heardOf(one)).to.deep.equal(["started clip"]);
  });

  it("is not reached by a stop of what sounds just before its hour, but by one within it, however often it is ordered anew", async () => {
    const stop = { kind: "stop", scope: { kind: "all" } } as const;
    const one = ready();
    await one.play(4_000);
    await one.order(OPEN);
    send(one, [0, 1, 2]);
    await one.play(4_000);
    await one.order(stop, { class: "emergency" });
    send(one, [3, 4, 5, 6]);
    await one.play(5_000);
    expect(heardOf(one)).to.deep.equal(["started stream"]);
    await one.order(stop, { class: "emergency" });
    await one.play(500);
    await one.order({ ...OPEN, stream: 2 } as OrderBody);
    send(one, [7, 8, 9, 10, 11], { stream: 2 });
    expect(peak(await one.play(8_000))).to.equal(0);
    expect(heardOf(one).slice(0, 2)).to.deep.equal(["started stream", "cut stream stopped"]);
    expect(
      heardOf(one)
        .slice(2)
        .every((line) => line.startsWith("refused")),
    ).to.equal(true);
  });

  it("stays silent after a stop at the pole, whoever opens it anew", async () => {
    const one = ready();
    await one.play(4_000);
    await one.order(OPEN);
    send(one, [0, 1, 2, 3, 4]);
    await one.play(8_000);
    one.speaker.pressed("stop");
    await one.play(500);
    await one.order({ ...OPEN, stream: 2 } as OrderBody);
    send(one, [4, 5, 6, 7, 8], { stream: 2 });
    expect(peak(await one.play(6_000))).to.equal(0);
  });

  it("without a fallback and without a stream is missed, not half an hour of silence that was played", async () => {
    const one = createPaperHouse();
    one.speaker.volume.confirm();
    one.setProgramme([aCue(CLIP, START, { id: KEY, durationMs: 30_000, notAfter: START + 10_000_000, items: [] })]);
    await one.play(45_000);
    expect(heardOf(one)).to.deep.equal(["missed no-audio"]);
  });

  it("is silenced by a stop, and neither stream nor fallback sound again", async () => {
    const one = ready();
    await one.play(4_000);
    await one.order(OPEN);
    send(one, [0, 1, 2, 3]);
    await one.play(8_000);
    await one.order({ kind: "stop", scope: { kind: "all" } }, { class: "emergency" });
    await one.play(300);
    send(one, [4, 5, 6, 7, 8]);
    expect(peak(await one.play(30_000))).to.equal(0);
    expect(heardOf(one)).to.deep.equal(["started stream", "cut stream stopped"]);
  });

  it("never sounds in quiet hours, from either", async () => {
    const one = createPaperHouse({
      more: { policies: [{ area: "phuong", quiet: [{ from: "08:00", to: "09:00" }] }] as never },
    });
    one.speaker.volume.confirm();
    one.setProgramme([aCue(CLIP, START, { id: KEY, durationMs: 30_000 })]);
    await one.play(4_000);
    await one.order(OPEN);
    send(one, [0, 1, 2, 3]);
    expect(peak(await one.play(40_000))).to.equal(0);
  });
});
