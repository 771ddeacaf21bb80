import { Readable } from "node:stream";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { seconds } from "../../../src/base/units.js";
import { radioId } from "../../../src/domain/ids.js";
import { createRadio, type RadioOptions } from "../../../src/server/radio/index.js";
import { FakeClock } from "../../support/fake-clock.js";

const SOURCE = { id: radioId("dai-tinh"), title: "Đài tỉnh", url: "http://radio.example/", allowPrivate: false };
const PACKET = Uint8Array.of(0x78, 1);
type Listener = Parameters<RadioOptions["relayRadio"]>[1];

/** A radio set whose station is played by the test. */
function start() {
  const clock = new FakeClock();
  const connections: { listener: Listener; signal: AbortSignal; end: () => void }[] = [];
  let isThere = true;
  const radio = createRadio({
    ...{ clock, random: () => 1, log: silentLog },
    open: async () => {
      if (!isThere) throw new Error("ENOTFOUND");
      return { bytes: new Readable({ read() {} }), isInPieces: false };
    },
    relayRadio: (_input, listener, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        connections.push({ listener, signal, end: resolve });
      }),
  });
  const settled = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  const says = (count: number) => {
    for (let n = 0; n < count; n++) connections.at(-1)?.listener.onPacket(PACKET);
  };
  return {
    clock,
    radio,
    connections,
    settled,
    says,
    goes: (there: boolean) => {
      isThere = there;
    },
  };
}

describe("a radio set", () => {
  it("holds the last eight seconds, and marks where decoders begin anew", async () => {
    const { radio, settled, says } = start();
    const tuned = radio.tune(SOURCE);
    await settled();
    says(50);
    expect(tuned.take(2).map(({ isBreak }) => isBreak)).to.deep.equal([true, false]);
    says(500);
    expect(tuned.held()).to.equal(400);
    tuned.close();
  });

  it("connects anew when the station ends or nothing comes for ten seconds, at longer and longer distances", async () => {
    const { clock, radio, connections, settled, says, goes } = start();
    const tuned = radio.tune(SOURCE);
    await settled();
    says(10);
    connections[0]?.end();
    await settled();
    clock.advance(seconds(1));
    await settled();
    expect(connections).to.have.length(2);
    for (let second = 0; second < 12; second++) {
      clock.advance(seconds(1));
      await settled();
    }
    expect(connections[1]?.signal.aborted, "nothing came").to.equal(true);
    goes(false);
    for (let second = 0; second < 60; second++) {
      clock.advance(seconds(1));
      await settled();
    }
    expect(tuned.problem()).to.equal("ENOTFOUND");
    goes(true);
    for (let second = 0; second < 16; second++) {
      clock.advance(seconds(1));
      await settled();
    }
    says(1);
    expect(tuned.problem()).to.equal(undefined);
    tuned.close();
  });

  it("takes ten seconds of silence for a lost station, and a pause for a pause", async () => {
    const { clock, radio, connections, settled } = start();
    const tuned = radio.tune(SOURCE);
    await settled();
    const { listener } = connections[0] ?? {};
    listener?.onSilence(true);
    clock.advance(seconds(7));
    expect(tuned.isSilent()).to.equal(false);
    clock.advance(seconds(2));
    expect(tuned.isSilent()).to.equal(true);
    listener?.onSilence(false);
    expect(tuned.isSilent()).to.equal(false);
    tuned.close();
  });

  it("is off when it is switched off: no connection, no timer", async () => {
    const { clock, radio, connections, settled } = start();
    const tuned = radio.tune(SOURCE);
    await settled();
    tuned.close();
    await settled();
    clock.advance(seconds(60));
    await settled();
    expect(connections).to.have.length(1);
    expect(connections[0]?.signal.aborted).to.equal(true);
    expect(clock.armed).to.equal(0);
  });
});
