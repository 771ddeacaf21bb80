import { expect } from "chai";
import { ms } from "../../../src/base/units.js";
import { receiverId } from "../../../src/domain/ids.js";
import { FakeClock } from "../../support/fake-clock.js";
import { aHello, BAD, startStation } from "./support/station.js";

const ORDER = { text: '{"v":1}', keyId: "", signature: "" };

describe("fan-out: connecting", () => {
  let station: Awaited<ReturnType<typeof startStation>>;
  afterEach(() => station.close());

  it("welcomes a receiver before its owner may send it anything", async () => {
    station = await startStation();
    const first = await station.join("loa-1");

    expect(first.messages.map(({ t }) => t)).to.deep.equal(["challenge", "welcome"]);
    expect(station.events).to.deep.equal(["hello loa-1"]);
    expect(station.fanout.connected()).to.deep.equal(["loa-1"]);
    expect(first.socket.protocol).to.equal("pa.v1");
  });

  it("lets orders follow the welcome at once", async () => {
    const parts = {
      onHello: (receiver: ReturnType<typeof receiverId>) => void station.fanout.sendOrder([receiver], ORDER),
    };
    station = await startStation(parts);
    const receiver = await station.join("loa-1");
    await receiver.heard("order");

    expect(receiver.messages.map(({ t }) => t)).to.deep.equal(["challenge", "welcome", "order"]);
  });

  it("tells a receiver that it does not believe why", async () => {
    station = await startStation();
    const stranger = station.connect();
    await stranger.opened();
    stranger.say(aHello("loa-1", { proof: BAD }));

    expect(await stranger.closed()).to.deep.equal({ code: 4003, reason: "wrong-proof" });
    expect(stranger.messages.slice(1)).to.deep.equal([{ t: "bye", p: { reason: "wrong-proof" } }]);
    expect(station.fanout.connected()).to.deep.equal([]);
    expect(station.events).to.deep.equal([]);
  });

  it("refuses a socket without the subprotocol and leaves other paths to others", async () => {
    station = await startStation();

    expect(await station.connect("/ws/receiver", ["pa.v0"]).refused()).to.equal(400);
    expect(await station.connect("/ws/receiver", []).refused()).to.equal(400);
    expect(await station.connect("/ws/panel").refused()).to.equal(404);
    const receiver = station.connect("/ws/receiver?x=1", ["other", "pa.v1"]);
    await receiver.opened();
    expect(receiver.socket.protocol).to.equal("pa.v1");
  });

  it("gives the newest connection of a receiver the place of the old one", async () => {
    station = await startStation();
    const old = await station.join("loa-1");
    const young = await station.join("loa-1");
    const sent = station.fanout.sendOrder("all", ORDER);
    await young.heard("order");

    expect(await old.closed()).to.deep.equal({ code: 4001, reason: "replaced" });
    expect(old.messages.map(({ t }) => t)).to.deep.equal(["challenge", "welcome", "bye"]);
    expect(sent).to.equal(1);
    expect(station.events).to.deep.equal(["hello loa-1", "gone loa-1 replaced", "hello loa-1"]);
    expect(station.fanout.metrics().closed.replaced).to.equal(1);
  });

  it("closes a socket that says no hello within five seconds", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const mute = station.connect();
    await mute.opened();
    clock.advance(4000);
    expect(station.fanout.metrics().pending).to.equal(1);
    clock.advance(1000);

    expect(await mute.closed()).to.deep.equal({ code: 1008, reason: "no-hello" });
    expect(station.fanout.metrics().pending).to.equal(0);
  });

  it("reports a receiver that leaves, once", async () => {
    let gone = () => {};
    const left = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const whys: string[] = [];
    station = await startStation({
      onGone: (_receiver, why) => {
        whys.push(why);
        gone();
      },
    });
    const receiver = await station.join("loa-1");
    receiver.socket.close();
    await left;

    expect(whys).to.deep.equal(["left"]);
    expect(station.fanout.isConnected(receiverId("loa-1"))).to.equal(false);
  });

  it("survives an owner whose greeting fails", async () => {
    station = await startStation({
      welcome: () => {
        throw new TypeError("a bug");
      },
    });
    const receiver = station.connect();
    await receiver.opened();
    receiver.say(aHello("loa-1"));

    expect((await receiver.closed()).code).to.equal(1011);
    expect(station.fanout.connected()).to.deep.equal([]);
  });
});

describe("fan-out: sending", () => {
  let station: Awaited<ReturnType<typeof startStation>>;
  afterEach(() => station.close());

  it("delivers an order once to each receiver that it is for, and counts the connected ones", async () => {
    station = await startStation();
    const receivers = await Promise.all(["loa-1", "loa-2", "loa-3"].map((id) => station.join(id)));
    const some = station.fanout.sendOrder([receiverId("loa-2"), receiverId("loa-9")], ORDER);
    const everybody = station.fanout.sendOrder("all", { ...ORDER, text: '{"v":2}' });
    await Promise.all(receivers.map((receiver) => receiver.settled()));

    expect([some, everybody]).to.deep.equal([1, 3]);
    const orders = receivers.map(({ messages }) =>
      messages.flatMap((message) => (message.t === "order" ? [message.p.text] : [])),
    );
    expect(orders).to.deep.equal([['{"v":2}'], ['{"v":1}', '{"v":2}'], ['{"v":2}']]);
  });

  it("leaves out sockets that have not said hello", async () => {
    station = await startStation();
    const mute = station.connect();
    await mute.opened();

    expect(station.fanout.sendOrder("all", ORDER)).to.equal(0);
  });

  it("carries an order of the largest size", async () => {
    station = await startStation();
    const receiver = await station.join("loa-1");
    const text = "ậ".repeat(60_000);
    station.fanout.sendOrder("all", { ...ORDER, text });

    expect(await receiver.heard("order")).to.deep.equal({ t: "order", p: { ...ORDER, text } });
  });

  it("answers a clock question by itself, with the times of arrival and leaving", async () => {
    station = await startStation();
    station.setTime(5_000_000);
    const receiver = await station.join("loa-1");
    receiver.say({ t: "time", p: { c1: 42 } });

    expect((await receiver.heard("time")).p).to.deep.equal({ c1: 42, s2: 5_000_000, s3: 5_000_000 });
    expect(station.said).to.deep.equal([]);
  });

  it("ends the connection of a receiver that its owner sends away", async () => {
    station = await startStation();
    const receiver = await station.join("loa-1");
    station.fanout.disconnect(receiverId("loa-1"), "unpaired");

    expect(await receiver.closed()).to.deep.equal({ code: 4003, reason: "unpaired" });
  });

  it("lets nobody in any more once it is about to go down, while those who are in still hear everything", async () => {
    station = await startStation();
    const receiver = await station.join("loa-1");
    const hesitant = station.connect();
    await hesitant.heard("challenge");
    station.fanout.shut();
    const late = station.connect();

    expect(await late.sentAway()).to.deep.equal({ status: 503, why: "Going Away", waitS: 2 });
    expect(await hesitant.closed()).to.deep.equal({ code: 1001, reason: "shutting-down" });
    expect(hesitant.messages.at(-1)).to.deep.equal({ t: "bye", p: { reason: "shutting-down", retryAfterMs: 1000 } });
    station.fanout.sendOrder([receiverId("loa-1")], { ...ORDER, text: "{}" });
    await receiver.heard("order");
    expect(station.events.filter((event) => event.startsWith("gone"))).to.deep.equal([]);
  });

  it("says goodbye to everybody with a time to come back, and lets nobody in any more", async () => {
    station = await startStation();
    const receivers = await Promise.all(["loa-1", "loa-2"].map((id) => station.join(id)));
    await station.fanout.close();
    const late = station.connect();

    expect(await late.refused()).to.equal(503);
    for (const receiver of receivers) {
      expect((await receiver.closed()).code).to.equal(1001);
      expect(receiver.messages.at(-1)).to.deep.equal({ t: "bye", p: { reason: "shutting-down", retryAfterMs: 1000 } });
    }
    await station.fanout.close();
  });

  it("cuts off within a second who does not answer the goodbye", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const receiver = await station.join("loa-1");
    receiver.socket.pause();
    const closed = station.fanout.close();
    clock.advance(ms(1000));
    await closed;

    expect(clock.armed).to.equal(0);
  });
});
