import { expect } from "chai";
import { seconds } from "../../../src/base/units.js";
import { aRadioSlot, loa1, loa2 } from "../../support/a-radio-slot.js";

describe("a slot of relayed radio, once something went another way", () => {
  it("is not brought to whoever was stopped before this run of the station, and is not tuned to for nobody", async () => {
    const one = aRadioSlot();
    one.comes(loa2);
    one.ticket.results[loa1] = { state: "cut", why: "stopped" };
    await one.pass(33);
    expect(one.orders.map(({ receivers }) => receivers)).to.deep.equal([[loa2]]);
    const other = aRadioSlot();
    for (const id of [loa1, loa2]) other.ticket.results[id] = { state: "missed", why: "stopped" };
    await other.pass(40);
    expect(other.station.tuned).to.equal(0);
    expect(other.orders).to.deep.equal([]);
  });

  it("lets whoever was away for a moment into the stream that they still sound", async () => {
    const one = aRadioSlot();
    await one.pass(33);
    one.ticket.results[loa1] = { state: "sounding", from: "stream" };
    one.registry.gone(loa1);
    one.desk.lost(loa1);
    await one.pass(1);
    one.comes(loa1, [{ cue: one.ticket.occurrence, state: "sounding" }]);
    await one.pass(2);
    expect(one.orders.map(({ receivers }) => receivers)).to.deep.equal([[loa1], [loa1]]);
  });

  it("is not relayed when by then it is not what was approved", () => {
    const one = aRadioSlot();
    one.station.approved = false;
    one.clock.advance(seconds(15));
    expect(one.desk.deliver(one.ticket, one.ticket.receivers)).to.equal(false);
    expect(one.station.tuned).to.equal(0);
  });

  it("begun in the middle waits for the station, and says nothing of the fallback a second time", async () => {
    const one = aRadioSlot();
    one.clock.advance(37_000);
    one.station.plays = false;
    await one.pass(4);
    expect(one.orders, "it had no chance yet").to.deep.equal([]);
    await one.pass(14);
    expect(one.orders.map(({ body }) => body.kind)).to.deep.equal(["open", "close"]);
    expect(one.heard()).to.not.include("S");
  });

  it("begun in the middle sounds what of the fallback is still to come when it is to come", async () => {
    const one = aRadioSlot();
    for (const item of one.ticket.items) Object.assign(item, { offsetMs: 14_000, durationMs: 4_000 });
    one.clock.advance(seconds(31));
    one.station.plays = false;
    await one.pass(20);
    expect(one.heard().slice(11)).to.equal("...SSSS..");
  });

  it("gives a station up that nobody was let into before its slot was over, as after a step of the clock", async () => {
    const one = aRadioSlot();
    await one.pass(12);
    expect(one.station.tuned).to.equal(1);
    one.clock.step(60_000);
    one.desk.deliver(one.ticket, one.ticket.receivers);
    expect(one.station.tuned).to.equal(0);
  });

  it("tells no loudspeaker that it is over when the station goes down in the middle", async () => {
    const one = aRadioSlot();
    await one.pass(34);
    one.desk.close();
    await one.pass(3);
    expect(one.orders.map(({ body }) => body.kind)).to.deep.equal(["open"]);
  });
});
