import { expect } from "chai";
import { micros } from "../../src/base/units.js";
import type { Chunk } from "../../src/protocol/chunk.js";
import { createJitterBuffer, MAX_BYTES, MAX_STREAMS } from "../../src/receiver/jitter-buffer.js";

const aChunk = (sequence: number, more: Partial<Chunk> = {}): Chunk => ({
  type: "loudspeaker",
  at: micros(sequence * 20_000),
  stream: 1,
  sequence,
  discontinuity: false,
  last: false,
  packet: Uint8Array.of(sequence),
  ...more,
});

describe("the jitter buffer", () => {
  function start() {
    const buffer = createJitterBuffer();
    buffer.open(1);
    const all = () => {
      const taken: number[] = [];
      for (
        let packet = buffer.take(1, Number.MAX_SAFE_INTEGER);
        packet;
        packet = buffer.take(1, Number.MAX_SAFE_INTEGER)
      )
        taken.push(packet.sequence);
      return taken;
    };
    return { buffer, all };
  }

  it("gives chunks in order, whatever the order in which they come", () => {
    const { buffer, all } = start();
    for (const sequence of [2, 0, 3, 1]) buffer.push(aChunk(sequence), 0);

    expect(all()).to.deep.equal([0, 1, 2, 3]);
  });

  it("gives only what begins before the sample asked for", () => {
    const { buffer } = start();
    for (const sequence of [0, 1]) buffer.push(aChunk(sequence), 0);

    expect(buffer.take(1, 960)?.sequence).to.equal(0);
    expect(buffer.take(1, 960)).to.equal(undefined);
    expect(buffer.take(1, 961)?.sequence).to.equal(1);
  });

  it("drops and counts what comes twice, too late, unordered or from too far ahead", () => {
    const { buffer, all } = start();
    buffer.push(aChunk(0), 0);
    expect(buffer.push(aChunk(0), 0)).to.equal("duplicate");
    all();
    expect(buffer.push(aChunk(0), 0)).to.equal("late");
    expect(buffer.push(aChunk(0, { stream: 9 }), 0)).to.equal("unordered");
    expect(buffer.push(aChunk(1, { at: micros(3_600e6) }), 0)).to.equal("overflow");

    expect(buffer.counts()).to.deep.equal({ late: 1, duplicate: 1, unordered: 1, overflow: 1 });
  });

  it("holds no more bytes and streams than it says", () => {
    const { buffer } = start();
    const packet = new Uint8Array(1_275);
    let kept = 0;
    for (let sequence = 0; sequence < 5_000; sequence++)
      if (buffer.push(aChunk(sequence, { packet }), 48_000 * 100) === "kept") kept += 1;
    const opened = Array.from({ length: 20 }, (_, stream) => buffer.open(stream + 2));

    expect(kept).to.equal(Math.floor(MAX_BYTES / 1_275));
    expect(opened.filter(Boolean)).to.have.length(MAX_STREAMS - 1);
    buffer.close(1);
    buffer.open(1);
    expect(buffer.push(aChunk(0), 0)).to.equal("kept");
  });

  it("goes on after a stream was opened once more, and begins anew when the server counts from the start", () => {
    const { buffer, all } = start();
    for (const sequence of [0, 1]) buffer.push(aChunk(sequence), 0);
    buffer.open(1);
    buffer.push(aChunk(2), 0);
    expect(all()).to.deep.equal([0, 1, 2]);

    buffer.open(1);
    buffer.push(aChunk(0, { at: micros(100_000) }), 0);
    expect(all()).to.deep.equal([0]);
  });
});
