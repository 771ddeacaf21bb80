import { once } from "node:events";
import { connect } from "node:net";
import { expect } from "chai";
import * as fc from "fast-check";
import { micros, ms } from "../../../src/base/units.js";
import { receiverId } from "../../../src/domain/ids.js";
import type { ReceiverMessage, StateBody } from "../../../src/protocol/messages.js";
import { FakeClock } from "../../support/fake-clock.js";
import { aHello, startStation } from "./support/station.js";

const aState = (change: Partial<StateBody> = {}): ReceiverMessage => ({
  t: "state",
  p: {
    now: [],
    volume: 80,
    muted: false,
    bufferMs: 1000,
    late: 0,
    underruns: 0,
    clockErrorUs: 10,
    clock: "trusted",
    sink: "ok",
    ...change,
  },
});

/** A piece so large that one loopback socket cannot take many. */
const bigPiece = (sequence: number) =>
  Array.from({ length: 800 }, (_, index) => ({
    at: micros(2_000_000),
    sequence: sequence * 800 + index,
    discontinuity: false,
    last: false,
    packet: new Uint8Array(1275),
  }));

describe("fan-out: trouble", () => {
  let station: Awaited<ReturnType<typeof startStation>>;
  afterEach(() => station.close());

  it("ignores types that it does not know, binary frames and unknown fields", async () => {
    station = await startStation();
    const receiver = await station.join("loa-1");
    receiver.socket.send('{"t":"from-the-future","p":{"x":1}}');
    receiver.socket.send(Buffer.from([0xc5, 1, 2]));
    receiver.socket.send('{"t":"holds","p":{"programmeRevision":3,"more":true},"id":9}');
    await receiver.settled();

    expect(station.said).to.deep.equal([{ receiver: "loa-1", message: { t: "holds", p: { programmeRevision: 3 } } }]);
  });

  for (const [what, text] of [
    ["what is not JSON", "{"],
    ["a message without a type", "{}"],
    ["a known message with a wrong field", '{"t":"holds","p":{"programmeRevision":"x"}}'],
    ["a second hello", JSON.stringify(aHello("loa-2"))],
  ] as const) {
    it(`closes the connection that sends ${what}, and no other`, async () => {
      station = await startStation();
      const [bad, good] = await Promise.all([station.join("loa-1"), station.join("loa-2")]);
      bad.socket.send(text);

      expect((await bad.closed()).code).to.equal(1008);
      await good.settled();
      expect(station.fanout.connected()).to.deep.equal(["loa-2"]);
      expect(station.events.at(-1)).to.equal("gone loa-1 malformed");
    });
  }

  it("closes a connection that says something else before hello", async () => {
    station = await startStation();
    const receiver = station.connect();
    await receiver.opened();
    receiver.say(aState());

    expect(await receiver.closed()).to.deep.equal({ code: 1008, reason: "state before hello" });
  });

  it("refuses a message larger than the limit without reading it", async () => {
    station = await startStation();
    const receiver = await station.join("loa-1");
    receiver.socket.send("x".repeat(64 * 1024 + 1));

    expect((await receiver.closed()).code).to.equal(1009);
    expect(station.fanout.metrics().closed.malformed).to.equal(1);
  });

  it("takes bursts, but not more than twenty messages a second for long", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const receiver = await station.join("loa-1");
    for (let count = 0; count < 198; count++) receiver.socket.send('{"t":"x"}');
    await receiver.settled();
    clock.advance(1000);
    for (let count = 0; count < 19; count++) receiver.socket.send('{"t":"x"}');
    await receiver.settled();
    expect(station.fanout.connected()).to.have.lengthOf(1);
    receiver.socket.send('{"t":"x"}');

    expect(await receiver.closed()).to.deep.equal({ code: 1008, reason: "too-many-messages" });
  });

  it("gives up a receiver that is silent for six seconds on air, and for thirty when idle", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    await Promise.all(["loa-1", "loa-2"].map((id) => station.join(id)));
    clock.advance(20_000);
    const stream = station.openStream({ stream: 1, receivers: [receiverId("loa-1")] });
    clock.advance(5000);
    expect(station.events.slice(2)).to.deep.equal([]);
    clock.advance(1000);
    expect(station.events.slice(2)).to.deep.equal(["gone loa-1 silent"]);
    clock.advance(3000);
    expect(station.events.slice(3)).to.deep.equal([]);
    clock.advance(1000);

    expect(station.events.slice(3)).to.deep.equal(["gone loa-2 silent"]);
    expect(stream.size()).to.equal(0);
  });

  it("keeps a receiver that reports, and lets it report rarely again after the stream", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const receiver = await station.join("loa-1");
    const stream = station.openStream({ stream: 1, receivers: [receiverId("loa-1")] });
    for (let report = 0; report < 3; report++) {
      clock.advance(5000);
      receiver.say(aState());
      await receiver.settled();
    }
    stream.close();
    clock.advance(29_000);

    expect(station.fanout.connected()).to.deep.equal(["loa-1"]);
  });

  it("blames nobody for the time in which it could not listen itself", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    await station.join("loa-1");
    clock.stall(60_000);
    clock.advance(1000);

    expect(station.fanout.connected()).to.deep.equal(["loa-1"]);
  });

  it("closes a receiver for which everything comes too late", async () => {
    station = await startStation();
    const receiver = await station.join("loa-1");
    station.openStream({ stream: 1, receivers: [receiverId("loa-1")] });
    for (const late of [50, 100, 150]) receiver.say(aState({ bufferMs: 0, late }));

    expect(await receiver.closed()).to.deep.equal({ code: 4008, reason: "too-late" });
  });

  it("skips pieces for a socket that is behind, closes it after five seconds, and harms nobody else", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const [slow, good] = await Promise.all([station.join("loa-1"), station.join("loa-2")]);
    slow.socket.pause();
    const stream = station.openStream({ stream: 1, receivers: [receiverId("loa-1"), receiverId("loa-2")] });
    let pieces = 0;
    const push = async () => {
      stream.push(bigPiece(pieces++));
      await good.heardChunks(pieces * 800);
    };
    while (station.fanout.metrics().skipped === 0) await push();
    clock.advance(3000);
    good.say(aState());
    await push();
    await good.settled();
    expect(station.fanout.isConnected(receiverId("loa-1"))).to.equal(true);
    clock.advance(2500);
    await push();

    expect(station.events.at(-1)).to.equal("gone loa-1 too-slow");
    expect(station.fanout.metrics().skipped).to.be.at.least(2);
    expect(good.chunks).to.have.lengthOf(pieces * 800);
    slow.socket.resume();
    await slow.closed();
    expect(slow.chunks.length % 800).to.equal(0);
    expect(slow.chunks.length).to.be.lessThan(good.chunks.length);
  });

  it("gives up a socket that cannot even take orders", async () => {
    station = await startStation();
    const stuck = await station.join("loa-1");
    stuck.socket.pause();
    const order = { text: "x".repeat(190_000), keyId: "", signature: "" };
    for (let count = 0; count < 500 && station.fanout.connected().length > 0; count++) {
      station.fanout.sendOrder("all", order);
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect(station.events.at(-1)).to.equal("gone loa-1 too-slow");
  });

  it("lives through sockets that break off or send garbage below WebSocket", async () => {
    station = await startStation();
    const good = await station.join("loa-1");
    for (const bytes of [[], [0xff, 0xff, 0xff, 0xff], [0x81, 0x05, 1, 2, 3, 4, 5], [0xc1, 0x80, 0, 0, 0, 0]]) {
      const bad = await station.join("loa-2");
      const raw = connect(station.port, "127.0.0.1");
      raw.on("error", () => raw.destroy());
      raw.write(
        "GET /ws/receiver HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: pa.v1\r\n\r\n",
      );
      await once(raw, "data");
      raw.write(Buffer.from(bytes));
      if (bytes.length === 0) raw.destroy();
      else raw.resume();
      if (!raw.closed) await once(raw, "close");
      bad.socket.terminate();
    }
    await good.settled();

    expect(station.fanout.isConnected(receiverId("loa-1"))).to.equal(true);
  });

  it("answers or closes whatever text comes, and never falls", async () => {
    station = await startStation();
    const good = await station.join("good");
    const types = fc.constantFrom("hello", "time", "state", "clips", "report", "ack", "holds", "__proto__", "toString");
    const message = fc.oneof(
      fc.record({ t: types, p: fc.anything() }).map((value) => JSON.stringify(value)),
      fc.json(),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(message, fc.boolean(), async (text, greeted) => {
        const receiver = greeted ? await station.join("loa-1") : station.connect();
        await receiver.opened();
        receiver.socket.send(text);
        receiver.socket.close();
        await receiver.closed();
        await good.settled();
      }),
      { numRuns: 150 },
    );

    expect(station.fanout.metrics().pending).to.equal(0);
  });

  it("greets a storm in turns, and what is said before the welcome is answered after it", async () => {
    const clock = new FakeClock();
    const slow = () => {
      clock.stall(4);
      return { session: "s", token: "t", version: 1, epoch: 1, reported: 0, spreadMs: 2000 };
    };
    station = await startStation({ welcome: slow }, clock);
    const receivers = Array.from({ length: 5 }, () => station.connect());
    for (const [index, receiver] of receivers.entries()) {
      await receiver.opened();
      receiver.say(aHello(`loa-${index}`));
      receiver.say({ t: "time", p: { c1: index } });
      if (index < 3) await receiver.heard("time");
    }
    while (station.fanout.metrics().received < 10) await new Promise((resolve) => setImmediate(resolve));
    const atOnce = station.fanout.connected().length;
    clock.advance(ms(20));
    await receivers[4]?.heard("time");

    expect(atOnce).to.equal(3);
    expect(receivers[4]?.messages.map(({ t }) => t)).to.deep.equal(["challenge", "welcome", "time"]);
  });
});
