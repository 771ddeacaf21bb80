import { expect } from "chai";
import { decodeChunk } from "../../../../src/protocol/chunk.js";
import { createOutgoing, type Wire } from "../../../../src/web/panel/speak/outgoing.js";
import { FakeClock } from "../../../support/fake-clock.js";

const PACKET = Uint8Array.of(0x78, 1, 2);

/** A connection to a station that does what a test says. */
class FakeWire implements Wire {
  bufferedAmount = 0;
  readonly sent: (string | Uint8Array)[] = [];
  readonly #listeners = new Map<string, (event: { data?: unknown; code?: number }) => void>();
  send(data: string | Uint8Array) {
    this.sent.push(data);
  }
  close() {}
  addEventListener(type: string, listener: (event: { data?: unknown; code?: number }) => void) {
    this.#listeners.set(type, listener);
  }
  happens(type: "open" | "message" | "close", event: { data?: unknown; code?: number } = {}) {
    this.#listeners.get(type)?.(event);
  }
  isTaken() {
    this.happens("open");
    this.happens("message", { data: JSON.stringify({ kind: "open" }) });
  }
  chunks() {
    return this.sent.flatMap((one) => (typeof one === "string" ? [] : [decodeChunk(one)]));
  }
}

function begin() {
  const clock = new FakeClock();
  const wires: FakeWire[] = [];
  const states: string[] = [];
  const ends: (string | undefined)[] = [];
  const outgoing = createOutgoing({
    ...{ clock, live: "micro@20261123t000000z" },
    connect: () => {
      const wire = new FakeWire();
      wires.push(wire);
      return wire;
    },
    onState: (state) => states.push(state),
    onEnd: (why) => ends.push(why),
  });
  return { clock, wires, states, ends, outgoing };
}

describe("words on their way from the page", () => {
  it("leave when the station takes them, counted from 0, and end with a last one", () => {
    const { wires, outgoing, ends } = begin();
    outgoing.push(PACKET);
    wires[0]?.isTaken();
    expect(wires[0]?.sent, "who speaks what, and nothing that was said before").to.deep.equal([
      '{"live":"micro@20261123t000000z"}',
    ]);
    outgoing.push(PACKET);
    outgoing.push(PACKET);
    outgoing.finish();
    outgoing.push(PACKET);
    expect(wires[0]?.chunks().map((chunk) => [chunk?.type, chunk?.sequence, chunk?.last])).to.deep.equal([
      ["microphone", 0, false],
      ["microphone", 1, false],
      ["microphone", 2, true],
    ]);
    wires[0]?.happens("message", { data: JSON.stringify({ kind: "ended", why: "finished" }) });
    expect(ends).to.deep.equal(["finished"]);
  });

  it("are left out, not queued, on a line that takes no more", () => {
    const { wires, outgoing } = begin();
    wires[0]?.isTaken();
    if (wires[0]) wires[0].bufferedAmount = 20_000;
    outgoing.push(PACKET);
    expect(wires[0]?.chunks()).to.have.length(0);
  });

  it("go on by another connection when one breaks, for five seconds", () => {
    const { clock, wires, states, ends, outgoing } = begin();
    wires[0]?.isTaken();
    outgoing.push(PACKET);
    wires[0]?.happens("close", { code: 1006 });
    expect(states.at(-1)).to.equal("broken");
    outgoing.push(PACKET);
    clock.advance(400);
    wires[1]?.isTaken();
    outgoing.push(PACKET);
    expect(wires[1]?.chunks().map((chunk) => chunk?.sequence)).to.deep.equal([1]);

    wires[1]?.happens("close", { code: 1006 });
    for (let tries = 0; tries < 20 && ends.length === 0; tries++) {
      clock.advance(400);
      wires.at(-1)?.happens("close", { code: 1006 });
    }
    expect(ends, "nobody knows how it ended").to.deep.equal([undefined]);
    expect(wires.length).to.be.below(18);
  });

  it("are not tried again when the station lets nobody in", () => {
    const { clock, wires, ends } = begin();
    wires[0]?.happens("close", { code: 1008 });
    clock.advance(5_000);
    expect(ends).to.deep.equal([undefined]);
    expect(wires).to.have.length(1);
  });
});
