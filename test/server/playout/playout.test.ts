import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { micros } from "../../../src/base/units.js";
import { type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import type { Chunk } from "../../../src/protocol/chunk.js";
import type { Cue, OrderBody } from "../../../src/protocol/orders.js";
import { cueChunks } from "../../../src/server/playout/cue-chunks.js";
import { createPlayout } from "../../../src/server/playout/playout.js";
import { aCue, aHash } from "../../support/builders.js";
import { FakeClock } from "../../support/fake-clock.js";

const loa1 = receiverId("loa-1");
const loa2 = receiverId("loa-2");
/** A clip of that many 20 ms packets, whose first byte is its number. */
const clipOf = (count: number) => ({
  preSkip: 312,
  packets: Array.from({ length: count }, (_, index) => Uint8Array.of(index & 255)),
  samplesPerPacket: Array.from({ length: count }, () => 960),
  playableSamples: count * 960 - 312,
});

describe("a cue as chunks", () => {
  const all = async (cue: Cue, from = 0) => {
    const chunks: Chunk[] = [];
    for await (const chunk of cueChunks(cue, 5, micros(from), async () => clipOf(101))) chunks.push(chunk);
    return chunks;
  };

  it("stamps each packet with the instant at which it is heard, pre-skip included", async () => {
    const at = 1_000_000_000;
    const chunks = await all(aCue({ at }));
    expect(chunks[0]?.at).to.equal(at - 6500);
    expect(chunks[1]?.at).to.equal(at - 6500 + 20_000);
    expect(chunks.map(({ sequence }) => sequence)).to.deep.equal(chunks.map((_, index) => index));
    expect(chunks.filter(({ discontinuity }) => discontinuity)).to.have.length(1);
  });

  it("starts the decoder anew at each item and leaves out what reaches over the end", async () => {
    const item = { sha256: aHash(), bytes: 1, durationMs: 1000, gainDb: 0 };
    const cue = aCue({
      at: 1_000_000_000,
      durationMs: 1500,
      items: [
        { ...item, offsetMs: 0 },
        { ...item, offsetMs: 1000 },
      ],
    });
    const chunks = await all(cue);
    expect(chunks.filter(({ discontinuity }) => discontinuity)).to.have.length(2);
    expect(Math.max(...chunks.map(({ at }) => at))).to.be.below(cue.at + 1_500_000);
    expect(chunks).to.have.length(51 + 26);
  });

  it("begins in the middle for somebody who joins late", async () => {
    const chunks = await all(aCue({ at: 1_000_000_000 }), 1_001_000_000);
    expect(chunks[0]?.at).to.be.within(1_001_000_000 - 20_000, 1_001_000_000);
    expect(chunks[0]?.discontinuity).to.equal(true);
  });
});

describe("playout", () => {
  function start(cue: Partial<Cue> = {}, packets = 3001) {
    const clock = new FakeClock();
    const now = () => micros(clock.date() * 1000);
    const pushes: { at: number; chunks: readonly Omit<Chunk, "type" | "stream">[] }[] = [];
    const orders: { body: OrderBody; receivers: readonly ReceiverId[] }[] = [];
    const wire = { added: [] as ReceiverId[], removed: [] as ReceiverId[], closed: 0 };
    let streams = 1000;
    const playout = createPlayout({
      clock,
      now,
      readClip: async () => clipOf(packets),
      newSealKey: () => ({ publicKey: "A".repeat(43), sign: () => new Uint8Array(64) }),
      openStream: () => ({
        push: (chunks) => pushes.push({ at: now(), chunks }),
        add: (receiver) => wire.added.push(receiver),
        remove: (receiver) => wire.removed.push(receiver),
        close: () => {
          wire.closed += 1;
        },
      }),
      order: async (body, receivers) => orders.push({ body, receivers }),
      nextStream: () => streams++,
      log: silentLog,
    });
    const whole = aCue({
      at: now() + 2_000_000,
      durationMs: 60_000,
      items: [{ sha256: aHash(), bytes: 1, offsetMs: 0, durationMs: 60_000, gainDb: 0 }],
      ...cue,
    });
    /** Lets promises run between small steps of time. */
    const run = async (length: number) => {
      for (let done = 0; done < length; done += 100) {
        clock.advance(100);
        for (let turn = 0; turn < 8; turn++) await Promise.resolve();
        await new Promise(setImmediate);
      }
    };
    return { clock, playout, pushes, orders, wire, cue: whole, run };
  }

  it("announces the stream, then sends everything once, in order, and closes", async () => {
    const { playout, pushes, orders, wire, cue, run } = start();
    playout.feed(cue, [loa1]);
    await run(64_000);
    const chunks = pushes.flatMap((push) => push.chunks);
    expect(chunks.map(({ sequence }) => sequence)).to.deep.equal(chunks.map((_, index) => index));
    expect(chunks).to.have.length(3001);
    expect(orders.map(({ body }) => body.kind)).to.deep.equal(["open", "close"]);
    expect(wire.closed).to.equal(1);
    expect(playout.running()).to.equal(0);
  });

  it("is never more than ten seconds ahead nor faster than twice real time after the start", async () => {
    const { playout, pushes, cue, run } = start();
    playout.feed(cue, [loa1]);
    await run(64_000);
    for (const { at, chunks } of pushes) {
      expect((chunks.at(-1)?.at ?? 0) - at).to.be.at.most(10_020_000);
      expect(chunks.length).to.be.at.most(251);
    }
    const sentBy = (time: number) =>
      pushes.filter(({ at }) => at <= time).reduce((sum, { chunks }) => sum + chunks.length, 0) * 20_000;
    const first = pushes[0]?.at ?? 0;
    for (const { at } of pushes) expect(sentBy(at)).to.be.at.most(2 * (at - first) + 5_100_000);
  });

  it("sends the first second as a piece of its own, so that an emergency starts on a narrow line", async () => {
    const { playout, pushes, cue, run } = start();
    playout.feed(cue, [loa1]);
    await run(100);
    expect(pushes).to.have.length(1);
    expect(pushes[0]?.chunks).to.have.length(50);
  });

  it("lets a late joiner share the stream", async () => {
    const { playout, orders, wire, cue, run } = start();
    playout.feed(cue, [loa1]);
    await run(1000);
    playout.feed(cue, [loa1, loa2]);
    await run(100);
    expect(wire.added).to.deep.equal([loa1, loa2]);
    expect(orders.filter(({ body }) => body.kind === "open").map(({ receivers }) => receivers)).to.deep.equal([
      [loa1],
      [loa2],
    ]);
    expect(playout.running()).to.equal(1);
  });

  it("feeds neighbours that take turns each at its own hour, though it is one occurrence", async () => {
    const { playout, orders, cue, run } = start();
    const later = { ...cue, at: micros(cue.at + 7_000_000), notAfter: micros(cue.notAfter + 7_000_000) };
    playout.feed(cue, [loa1]);
    playout.feed(later, [loa2]);
    await run(100);
    const opened = orders.flatMap(({ body, receivers }) => (body.kind === "open" ? [[receivers, body.cue?.at]] : []));
    expect(opened).to.deep.equal([
      [[loa1], cue.at],
      [[loa2], later.at],
    ]);
    expect([playout.feeds(cue.id, loa1), playout.feeds(cue.id, loa2), playout.running()]).to.deep.equal([
      true,
      true,
      2,
    ]);
    playout.stop(({ id }) => id === cue.id);
    expect(playout.running()).to.equal(0);
  });

  it("feeds one anew that lost its connection, under a new order, and nobody twice", async () => {
    const { playout, orders, wire, cue, run } = start();
    playout.feed(cue, [loa1, loa2]);
    await run(1000);
    playout.lost(loa2);
    playout.feed(cue, [loa1, loa2]);
    await run(100);
    expect(wire.added).to.deep.equal([loa1, loa2, loa2]);
    expect(orders.filter(({ body }) => body.kind === "open").map(({ receivers }) => receivers)).to.deep.equal([
      [loa1, loa2],
      [loa2],
    ]);
  });

  it("falls silent at once when it is stopped, for one receiver or for all", async () => {
    const { playout, pushes, wire, cue, run } = start();
    playout.feed(cue, [loa1, loa2]);
    await run(1000);
    playout.stop(() => true, [loa1]);
    expect(wire.removed).to.deep.equal([loa1]);
    expect(playout.feeds(cue.id, loa2)).to.equal(true);
    playout.stop(() => true);
    const sent = pushes.length;
    await run(20_000);
    expect(pushes).to.have.length(sent);
    expect(wire.closed).to.equal(1);
  });

  it("leaves no timer behind when it is closed", async () => {
    const { clock, playout, cue, run } = start();
    playout.feed(cue, [loa1]);
    await run(500);
    playout.close();
    await run(100);
    expect(clock.armed).to.equal(0);
  });
});
