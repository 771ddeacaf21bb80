import { expect } from "chai";
import { epoch, seconds, toMicros } from "../../../src/base/units.js";
import { type ReceiverId, radioId } from "../../../src/domain/ids.js";
import { aRadioSlot, loa1, loa2, NEWS, RADIO, type RadioScene, told } from "../../support/a-radio-slot.js";

describe("a slot of relayed radio", () => {
  it("is heard from its first second to its last, in order and in time, by whoever is connected", async () => {
    const one = aRadioSlot();
    await one.pass(55);
    expect(one.heard()).to.equal("R".repeat(20));
    expect(one.pushed.map(({ at }) => at)).to.deep.equal(
      one.pushed.map((_, index) => toMicros(epoch(one.begin)) + index * 1_000_000),
    );
    expect(one.pushed.filter(({ isLast }) => isLast)).to.have.length(1);
    expect([...one.members]).to.deep.equal([loa1]);
    expect(one.orders.map(({ body }) => body.kind)).to.deep.equal(["open", "close"]);
    expect(one.orders[0]?.body).to.include({ occurrence: one.ticket.occurrence });
    expect(told(one)).to.deep.equal(["radio.heard", "radio.ended"]);
    expect(one.events.at(-1)?.detail).to.include({ source: "Đài tỉnh", stationMs: 20_000, fallbackMs: 0 });
    expect(one.events.at(-1)?.why).to.equal("sent");
    expect(one.station.tuned, "nobody listens any more").to.equal(0);
  });

  it("is tuned to before, not long before, and told to loudspeakers before they would begin by themselves", async () => {
    const one = aRadioSlot();
    await one.pass(9);
    expect(one.station.tuned).to.equal(0);
    await one.pass(2);
    expect(one.station.tuned).to.equal(1);
    await one.pass(10);
    expect(one.orders).to.deep.equal([]);
    await one.pass(2);
    expect(one.orders).to.have.length(1);
  });

  it("sounds what is prepared while the station is not there, once, and the station when it comes", async () => {
    const one = aRadioSlot();
    one.station.plays = false;
    await one.pass(37);
    one.station.plays = true;
    await one.pass(18);
    expect(one.heard()).to.match(/^\.S{4}\.+R+$/);
    expect(told(one)).to.deep.equal(["radio.lost", "radio.heard", "radio.ended"]);
    expect(one.events[0]?.detail).to.include({ why: "ENOTFOUND" });
  });

  it("goes over to what is prepared when the station is lost or silent, and back", async () => {
    for (const lose of [
      ({ station }: RadioScene) => {
        station.plays = false;
      },
      ({ station }: RadioScene) => {
        station.silent = true;
      },
    ]) {
      const one = aRadioSlot();
      await one.pass(34);
      lose(one);
      await one.pass(8);
      Object.assign(one.station, { plays: true, silent: false });
      await one.pass(13);
      expect(one.heard()).to.match(/^R+\.+S+\.*R+$/);
      expect(told(one)).to.deep.equal(["radio.heard", "radio.lost", "radio.heard", "radio.ended"]);
      const { stationMs, fallbackMs } = { stationMs: 0, fallbackMs: 0, ...one.events.at(-1)?.detail };
      expect(stationMs + fallbackMs).to.equal(20_000);
    }
  });

  it("leaves out of its fallback what was recalled, and is not ended by that recall", async () => {
    const one = aRadioSlot();
    one.station.plays = false;
    await one.pass(33);
    one.recalled.add(NEWS);
    one.desk.stop(({ items }) => items.some(({ announcement }) => announcement === NEWS), [loa1, loa2]);
    await one.pass(22);
    expect(one.heard()).to.match(/^\.S{1,4}\.+$/);
    expect([...one.members]).to.deep.equal([loa1]);
  });

  it("falls silent for those whom a stop reaches, who are not let in again, and ends when it reaches all", async () => {
    const one = aRadioSlot();
    one.comes(loa2);
    await one.pass(33);
    one.desk.stop(() => true, [loa1]);
    await one.pass(3);
    expect([...one.members]).to.deep.equal([loa2]);
    one.desk.stop(() => true, [loa2]);
    const { length } = one.pushed;
    await one.pass(10);
    expect(one.pushed).to.have.length(length);
    expect(told(one).at(-1)).to.equal("radio.ended");
    expect(one.events.at(-1)?.why).to.equal("stopped");
    expect(one.station.tuned).to.equal(0);
  });

  it("takes loudspeakers in that come back, but none that sounds the fallback by itself", async () => {
    const one = aRadioSlot();
    await one.pass(33);
    one.registry.gone(loa1);
    one.desk.lost(loa1);
    await one.pass(2);
    one.ticket.results[loa1] = { state: "sounding", from: "clip" };
    one.comes(loa1, [{ cue: one.ticket.occurrence, state: "sounding" }]);
    one.comes(loa2);
    await one.pass(2);
    expect(one.orders.map(({ receivers }) => receivers)).to.deep.equal([[loa1], [loa2]]);
  });

  it("is heard along as it goes to a loudspeaker, and not of one that does not get it", async () => {
    const one = aRadioSlot();
    await one.pass(34);
    const said = (id: ReceiverId) => one.desk.saidThere(one.ticket.occurrence, id, undefined);
    expect(said(loa1)?.packets).to.have.length(50);
    expect(said(loa1)?.packets[0]).to.equal(RADIO);
    expect(said(loa2)).to.equal(undefined);
    one.desk.lost(loa1);
    expect(said(loa1), "it goes on with its own fallback").to.equal(undefined);
  });

  it("leaves out what a stall of the station made too late, and goes on in time", async () => {
    const one = aRadioSlot();
    await one.pass(34);
    one.clock.stall(6_000);
    await one.pass(20);
    const late = one.pushed.filter(({ at }) => at < toMicros(epoch(one.begin + 4_000)));
    expect(late.length).to.be.at.least(3);
    expect(one.heard()).to.match(/^R+\?+R+$/);
  });

  it("is brought like anything prepared when the station's file names no such source any more", () => {
    const one = aRadioSlot();
    one.clock.advance(seconds(15));
    expect(one.desk.deliver({ ...one.ticket, radio: radioId("khac") }, one.ticket.receivers)).to.equal(false);
    expect(one.desk.deliver({ ...one.ticket, radio: undefined }, one.ticket.receivers)).to.equal(false);
  });
});
