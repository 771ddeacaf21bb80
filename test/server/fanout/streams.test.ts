import { expect } from "chai";
import { micros, ms } from "../../../src/base/units.js";
import { receiverId } from "../../../src/domain/ids.js";
import { decodeChunk } from "../../../src/protocol/chunk.js";
import type { ChunkBody } from "../../../src/server/fanout/index.js";
import { FakeClock } from "../../support/fake-clock.js";
import { startStation } from "./support/station.js";

/** `count` packets of 20 ms, the first one heard at `at` µs. */
const aPiece = (first: number, count: number, at: number): ChunkBody[] =>
  Array.from({ length: count }, (_, index) => ({
    at: micros(at + index * 20_000),
    sequence: first + index,
    discontinuity: first + index === 0,
    last: false,
    packet: Uint8Array.of(first + index, 1, 2),
  }));

const sequences = (chunks: readonly Buffer[]) => chunks.map((chunk) => decodeChunk(chunk)?.sequence);
const ids = (...names: string[]) => names.map(receiverId);

describe("fan-out: streams", () => {
  let station: Awaited<ReturnType<typeof startStation>>;
  afterEach(() => station.close());

  it("writes each push once to each member, as one frame per packet", async () => {
    station = await startStation();
    const members = await Promise.all(["loa-1", "loa-2"].map((id) => station.join(id)));
    const other = await station.join("loa-3");
    const stream = station.openStream({ stream: 7, receivers: ids("loa-1", "loa-2", "loa-9") });
    const before = station.fanout.metrics().writes;
    stream.push(aPiece(0, 50, 2_000_000));
    stream.push(aPiece(50, 50, 3_000_000));
    const writes = station.fanout.metrics().writes - before;
    await other.settled();

    expect(writes).to.equal(4);
    expect(other.chunks).to.deep.equal([]);
    for (const member of members) {
      await member.heardChunks(100);
      expect(sequences(member.chunks)).to.deep.equal(Array.from({ length: 100 }, (_, index) => index));
      expect(decodeChunk(member.chunks[1] ?? Buffer.alloc(0))).to.deep.include({
        type: "loudspeaker",
        at: 2_020_000,
        stream: 7,
        discontinuity: false,
      });
    }
  });

  it("gives a late joiner what it can still hear, and then what comes", async () => {
    station = await startStation();
    const stream = station.openStream({ stream: 1, receivers: [] });
    stream.push(aPiece(0, 10, 2_000_000));
    stream.push(aPiece(10, 10, 2_200_000));
    station.setTime(2_300_000);
    const late = await station.join("loa-1");
    expect(stream.add(receiverId("loa-1"))).to.equal(true);
    expect(stream.add(receiverId("loa-9"))).to.equal(false);
    stream.add(receiverId("loa-1"));
    stream.push(aPiece(20, 10, 2_400_000));
    await late.heardChunks(20);
    await late.settled();

    expect(sequences(late.chunks)).to.deep.equal(Array.from({ length: 20 }, (_, index) => 10 + index));
    expect(stream.size()).to.equal(1);
  });

  it("stops at once for a member that is removed and for all when it is closed", async () => {
    station = await startStation();
    const [first, second] = await Promise.all(["loa-1", "loa-2"].map((id) => station.join(id)));
    const stream = station.openStream({ stream: 1, receivers: ids("loa-1", "loa-2") });
    stream.push(aPiece(0, 5, 2_000_000));
    stream.remove(receiverId("loa-1"));
    stream.push(aPiece(5, 5, 2_100_000));
    stream.close();
    stream.close();
    stream.push(aPiece(10, 5, 2_200_000));
    await first?.settled();
    await second?.settled();

    expect(sequences(first?.chunks ?? [])).to.deep.equal([0, 1, 2, 3, 4]);
    expect(sequences(second?.chunks ?? [])).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(stream.size()).to.equal(0);
    expect(station.fanout.metrics().streams).to.equal(0);
  });

  it("forgets a member whose connection ends, and keeps the others whole", async () => {
    station = await startStation();
    const members = await Promise.all(["loa-1", "loa-2", "loa-3"].map((id) => station.join(id)));
    const stream = station.openStream({ stream: 1, receivers: ids("loa-1", "loa-2", "loa-3") });
    stream.push(aPiece(0, 5, 2_000_000));
    station.fanout.disconnect(receiverId("loa-1"), "unpaired");
    stream.push(aPiece(5, 5, 2_100_000));
    await Promise.all(members.slice(1).map((member) => member.heardChunks(10)));

    expect(stream.size()).to.equal(2);
  });

  it("spreads many receivers over slots, each getting every piece once and in order", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const names = Array.from({ length: 1300 }, (_, index) => `loa-${index}`);
    const members = [];
    for (let index = 0; index < names.length; index += 100) {
      members.push(...(await Promise.all(names.slice(index, index + 100).map((id) => station.join(id)))));
    }
    const stream = station.openStream({ stream: 1, receivers: names.map(receiverId), periodMs: 200 });
    const before = station.fanout.metrics().writes;
    stream.push(aPiece(0, 2, 2_000_000));
    const atOnce = station.fanout.metrics().writes - before;
    stream.push(aPiece(2, 2, 2_040_000));
    station.fanout.disconnect(receiverId("loa-3"), "unpaired");
    clock.advance(ms(200));

    expect(atOnce).to.equal(1250);
    expect(stream.spread()).to.equal(60);
    for (const [index, member] of members.entries()) {
      if (index === 3) continue;
      await member.heardChunks(4);
      expect(sequences(member.chunks)).to.deep.equal([0, 1, 2, 3]);
    }
    expect(clock.armed).to.equal(1);
  });

  it("does not give a piece twice to somebody who joins between two slots", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const names = Array.from({ length: 1251 }, (_, index) => `loa-${index}`);
    for (let index = 0; index < names.length; index += 100) {
      await Promise.all(names.slice(index, index + 100).map((id) => station.join(id)));
    }
    const stream = station.openStream({ stream: 1, receivers: names.map(receiverId) });
    stream.push(aPiece(0, 5, 2_000_000));
    const late = await station.join("late");
    stream.add(receiverId("late"));
    clock.advance(ms(200));
    await late.settled();

    expect(sequences(late.chunks)).to.deep.equal([0, 1, 2, 3, 4]);
  });
});
