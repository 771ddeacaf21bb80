import { expect } from "chai";
import { FakeClock } from "../../support/fake-clock.js";
import { startStation } from "./support/station.js";

describe("fan-out: pings", () => {
  let station: Awaited<ReturnType<typeof startStation>>;
  afterEach(() => station.close());

  it("answers a ping with what it carried, takes it as a sign of life, and tells its owner who lives", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const receiver = await station.join("loa-1");
    const pongs: string[] = [];
    receiver.socket.on("pong", (carried) => pongs.push(carried.toString()));
    for (let ping = 0; ping < 3; ping++) {
      clock.advance(25_000);
      receiver.socket.ping(ping === 1 ? "x".repeat(125) : "");
      await receiver.settled();
    }
    clock.advance(25_000);
    receiver.socket.pong();
    await receiver.settled();
    clock.advance(28_000);

    expect(pongs).to.deep.equal(["", "x".repeat(125), ""]);
    expect(station.fanout.connected()).to.deep.equal(["loa-1"]);
    expect(new Set(station.alive)).to.deep.equal(new Set(["loa-1"]));
    expect(station.said).to.deep.equal([]);
    clock.advance(2_000);
    expect(station.events.at(-1)).to.equal("gone loa-1 silent");
  });

  it("counts pings and pongs as messages, and ends a connection that sends too many", async () => {
    station = await startStation({}, new FakeClock());
    for (const kind of ["ping", "pong"] as const) {
      const receiver = await station.join(`loa-${kind}`);
      for (let count = 0; count < 201; count++) receiver.socket[kind]();

      expect(await receiver.closed()).to.deep.equal({ code: 1008, reason: "too-many-messages" });
    }
  });

  it("does not let pings put off the hello", async () => {
    const clock = new FakeClock();
    station = await startStation({}, clock);
    const mute = station.connect();
    await mute.opened();
    let answered = () => {};
    const pong = new Promise<void>((resolve) => {
      answered = resolve;
    });
    mute.socket.on("pong", () => answered());
    clock.advance(3000);
    mute.socket.ping();
    await pong;
    clock.advance(2000);

    expect(await mute.closed()).to.deep.equal({ code: 1008, reason: "no-hello" });
  });
});
