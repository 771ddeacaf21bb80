import { createHash } from "node:crypto";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import { micros } from "../../src/base/units.js";
import type { Chunk } from "../../src/protocol/chunk.js";
import type { OrderBody } from "../../src/protocol/orders.js";
import { sealText } from "../../src/protocol/seal.js";
import { MAX_STREAMS } from "../../src/receiver/jitter-buffer.js";
import { newSealKey } from "../../src/server/trust/ed25519.js";
import { encodeChunk } from "../support/encode-chunk.js";
import { createPaperHouse, MORNING, type PaperHouse, peak } from "./paper-house.js";
import { aCue } from "./yard.js";

const CLIP = "a".repeat(64);
const seal = newSealKey();
const open = (stream: number, more: object = {}): OrderBody =>
  ({
    ...{ kind: "open", stream, sealKey: seal.publicKey, class: "ordinary", title: "", preSkip: 312, maxMs: 60_000 },
    ...more,
  }) as OrderBody;

/** Hands a second of a stream over, in one sealed piece. */
function feed(one: PaperHouse, stream: number, { inMs = 500, last = false, from = 0 } = {}) {
  const hash = createHash("sha256");
  const count = 50;
  for (let n = 0; n < count; n++) {
    const chunk: Chunk = {
      ...{ type: "loudspeaker", stream, sequence: from + n, discontinuity: n === 0, last: last && n === count - 1 },
      ...{ at: micros(one.now() + inMs * 1000 + n * 20_000), packet: new Uint8Array([0x78, 0xff, 0xfe]) },
    };
    const payload = encodeChunk(chunk);
    hash.update(payload);
    one.speaker.onChunk({ chunk, payload });
  }
  const span = { stream, first: from, last: from + count - 1 };
  one.speaker.onSeal({ ...span, signature: Buffer.from(seal.sign(sealText(span, hash.digest("hex")))) });
}
const ready = () => {
  const one = createPaperHouse();
  one.speaker.volume.confirm();
  return one;
};

describe("the streams of a loudspeaker", () => {
  it("are refused, not acknowledged, when there is room for no more, and opened again when there is", async () => {
    const one = ready();
    for (let stream = 1; stream <= MAX_STREAMS; stream++)
      expect(await one.order(open(stream))).to.include({ ok: true });
    expect(await one.order(open(99))).to.include({ ok: false, why: "too-many" });
    expect(await one.order(open(3)), "the same once more").to.include({ ok: true });
    feed(one, 3, { last: true });
    await one.play(3_000);
    expect(await one.order(open(99))).to.include({ ok: true });
  });

  it("are forgotten when their cue has sounded from the disk, or their time and a minute are over", async () => {
    const one = ready();
    const cue = aCue(CLIP, MORNING * 1000 + 1_000_000, { durationMs: 1_000 });
    await one.order(open(1, { cue, class: "ordinary" }));
    await one.order(open(2, { maxMs: 5_000 }));
    await one.play(500);
    expect([...one.house.streams.keys()]).to.deep.equal([1, 2]);
    await one.play(2_000);
    expect([...one.house.streams.keys()], "its cue has sounded").to.deep.equal([2]);
    one.clock.advance(61_000);
    one.speaker.tick();
    expect([...one.house.streams.keys()], "a minute is not over").to.deep.equal([2]);
    one.clock.advance(3_000);
    one.speaker.tick();
    expect([...one.house.streams.keys()]).to.deep.equal([]);
  });

  it("never come to sound when they were ordered before a stop, even if the stop overtook the order", async () => {
    const one = ready();
    const ordered = { issuedAt: one.now(), sequence: 7 };
    one.clock.advance(100);
    await one.order({ kind: "stop", scope: { kind: "all" } }, { class: "emergency", sequence: 8 });
    expect(await one.order(open(1), ordered)).to.include({ ok: true });
    feed(one, 1);
    expect(peak(await one.play(2_000))).to.equal(0);
    expect(one.brief()).to.deep.equal(["refused live-1 stopped"]);

    await one.order(open(2), { sequence: 9 });
    feed(one, 2);
    expect(peak(await one.play(2_000)), "one of later").to.be.closeTo(0.8, 1e-3);
  });

  it("are ended by a stop for this loudspeaker alone before their first chunk has come", async () => {
    const one = ready();
    await one.order(open(1));
    const receivers = ["loa-1" as never];
    await one.order({ kind: "stop", scope: { kind: "receivers", receivers } }, { class: "emergency" });
    expect([...one.house.streams.keys()]).to.deep.equal([]);
  });
});

describe("what an order makes sound at once", () => {
  /** A disk that writes only when it is told to. */
  const slowDisk = (one: PaperHouse) => {
    let write = () => {};
    one.world.diskWaits = new Promise((resolve) => {
      write = resolve;
    });
    return () => write();
  };
  const TONE = { kind: "test", lengthMs: 1_000 } as const;
  const stop = (one: PaperHouse) => one.order({ kind: "stop", scope: { kind: "all" } }, { class: "emergency" });

  it("is silent while a failing disk cannot say that it was obeyed, and no chunk of it is asked for any more", async () => {
    const one = ready();
    one.world.diskFails = true;
    expect(await one.order(open(1))).to.include({ ok: false, why: "disk" });
    const talk = open(2, { class: "priority", occurrence: "micro@20261123t010000z" });
    expect(await one.order(talk, { class: "priority" })).to.include({ ok: false, why: "disk" });
    for (const stream of [1, 2]) feed(one, stream);
    expect(await one.order(TONE)).to.include({ ok: false, why: "disk" });
    expect(peak(await one.play(2_000))).to.equal(0);
    expect([...one.house.streams.keys()]).to.deep.equal([]);
    expect(one.brief().slice(0, 2)).to.deep.equal(["missed live-1 disk", "missed micro disk"]);
  });

  it("sounds on a failing disk when it is an emergency that a person confirmed, and no other emergency", async () => {
    const one = ready();
    one.world.diskFails = true;
    await one.order(open(1, { class: "emergency" }), { class: "emergency" });
    feed(one, 1);
    expect(peak(await one.play(2_000))).to.equal(0);
    await one.order(open(2, { class: "emergency" }), { class: "emergency", confirmedBy: "Chủ tịch" });
    feed(one, 2);
    expect(peak(await one.play(2_000))).to.be.above(0.5);
  });

  it("waits for the disk and not a moment longer, though its chunks have come", async () => {
    const one = ready();
    const write = slowDisk(one);
    const obeyed = one.order(open(1));
    feed(one, 1, { inMs: 100 });
    expect(peak(await one.play(400))).to.equal(0);
    write();
    expect(await obeyed).to.include({ ok: true });
    expect(peak(await one.play(400)), "the live edge").to.be.above(0.5);

    const two = ready();
    const writeTwo = slowDisk(two);
    const toned = two.order(TONE);
    expect(peak(await two.play(400))).to.equal(0);
    expect(await two.order(TONE), "one at a time").to.include({ why: "busy" });
    writeTwo();
    await toned;
    expect(peak(await two.play(400))).to.be.above(0.1);
  });

  it("ends as missed when the disk fails after its first chunk", async () => {
    const one = ready();
    const write = slowDisk(one);
    const obeyed = one.order(open(1));
    feed(one, 1, { inMs: 100 });
    await one.play(400);
    one.world.diskFails = true;
    write();
    expect(await obeyed).to.include({ ok: false, why: "disk" });
    expect(peak(await one.play(2_000))).to.equal(0);
    expect(one.brief()).to.deep.equal(["missed live-1 disk"]);
  });

  it("stays silent when a stop comes while the disk writes", async () => {
    for (const body of [TONE, open(1)]) {
      const one = ready();
      const write = slowDisk(one);
      const obeyed = one.order(body);
      const stopped = stop(one);
      write();
      await Promise.all([obeyed, stopped]);
      if (body.kind === "open") feed(one, 1);
      expect(peak(await one.play(2_000)), body.kind).to.equal(0);
    }
  });
});

describe("an order that waited while a stop passed it", () => {
  it("is obeyed in its turn, for the stop does not make it look old", async () => {
    const one = ready();
    const waited = { issuedAt: one.now(), sequence: 5 };
    await one.order({ kind: "stop", scope: { kind: "all" } }, { class: "emergency", sequence: 6 });
    expect(await one.order({ kind: "volume", percent: 40 }, waited)).to.include({ ok: true });
    expect(await one.order({ kind: "volume", percent: 50 }, { sequence: 5 })).to.include({ why: "replayed" });
  });
});

describe("chunks that nobody sealed", () => {
  const forged = (one: PaperHouse, stream: number) => {
    const chunk: Chunk = {
      ...{ type: "loudspeaker", stream, sequence: 0, discontinuity: true, last: false },
      ...{ at: one.now(), packet: new Uint8Array([0x78]) },
    };
    one.speaker.onChunk({ chunk, payload: encodeChunk(chunk) });
  };

  it("are told of once a minute for each stream, and of sixteen streams at most", () => {
    const one = ready();
    for (let turn = 0; turn < 3; turn++) for (let stream = 0; stream < 40; stream++) forged(one, stream);
    expect(one.lines).to.have.length(16);
    expect(new Set(one.lines.map(({ event, why }) => `${event} ${why}`))).to.deep.equal(new Set(["refused unordered"]));

    one.clock.advance(59_000);
    forged(one, 3);
    expect(one.lines).to.have.length(16);
    one.clock.advance(1_000);
    for (let stream = 100; stream < 140; stream++) forged(one, stream);
    expect(one.lines, "the next minute has room again").to.have.length(32);
  });
});

describe("the log of a loudspeaker", () => {
  it("says by whose word something began, as the station signed it", async () => {
    const told: unknown[] = [];
    const log = { ...silentLog, info: (event: string, detail?: object) => void told.push({ event, ...detail }) };
    const one = createPaperHouse({ log });
    one.speaker.volume.confirm();
    const by = { composed: "Văn thư", approved: "Lãnh đạo", schedule: "buoi-sang" };
    one.setProgramme([aCue(CLIP, MORNING * 1000 + 1_000_000, { durationMs: 1_000, by })]);
    await one.play(1_500);
    const [began] = told.filter((line) => (line as { event: string }).event === "relay.started");
    expect(began).to.include(by);
  });
});
