import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { epoch, type Micros, seconds, toMicros } from "../../../src/base/units.js";
import {
  type AnnouncementId,
  announcementId,
  occurrenceId,
  type ReceiverId,
  radioId,
  receiverId,
  scheduleId,
  sha256,
} from "../../../src/domain/ids.js";
import type { Ticket } from "../../../src/domain/ticket.js";
import type { HelloBody, StateBody } from "../../../src/protocol/messages.js";
import type { RadioPacket, Tuned } from "../../../src/server/control/live-ports.js";
import type { OrderWish } from "../../../src/server/control/order-desk.js";
import type { AsRunLog } from "../../../src/server/control/ports.js";
import { createRadioDesk } from "../../../src/server/control/radio-desk.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { FakeClock } from "../../support/fake-clock.js";

const [loa1, loa2] = ["loa-1", "loa-2"].map(receiverId) as [ReceiverId, ReceiverId];
const RADIO = Uint8Array.of(0x78, 1);
const SONG = Uint8Array.of(0x78, 2);
const NEWS = announcementId("du-phong");
const SOURCE = { id: radioId("dai-tinh"), title: "Đài tỉnh", url: "http://radio.example/", allowPrivate: false };

/** A slot of twenty seconds that begins in thirty, with a fallback of four. */
function start() {
  const clock = new FakeClock(Date.UTC(2026, 10, 23, 3));
  const micros = (): Micros => toMicros(clock.date());
  const begin = clock.date() + 30_000;
  const ticket: Ticket = {
    ...{ id: "tiep-am#1" as never, occurrence: occurrenceId("tiep-am", begin), title: "Thời sự" },
    ...{ class: "ordinary", order: 100, schedule: scheduleId("tiep-am") },
    ...{
      planned: begin,
      start: begin,
      end: begin + 20_000,
      notAfter: begin + 120_000,
      resume: "continue",
      radio: SOURCE.id,
    },
    items: [
      { announcement: NEWS, sha256: sha256("a".repeat(64)), bytes: 1, offsetMs: 1_000, durationMs: 4_000, gainDb: 0 },
    ],
    ...{ receivers: [loa1, loa2], results: {}, closed: false },
  };
  const registry = createRegistry(() => clock.date());
  const comes = (id: ReceiverId, now: object[] = []) => {
    registry.hello(id, { software: "" } as HelloBody);
    registry.state(id, { clock: "trusted", now } as unknown as StateBody);
  };
  const station = { plays: true, approved: true, silent: false, tuned: 0, held: [] as RadioPacket[] };
  const tuned: Tuned = {
    take: (count) => station.held.splice(0, count),
    held: () => station.held.length,
    isSilent: () => station.silent,
    problem: () => (station.plays ? undefined : "ENOTFOUND"),
    close: () => {
      station.tuned -= 1;
    },
  };
  const pushed: { at: number; packets: readonly RadioPacket[]; isLast: boolean }[] = [];
  const members = new Set<ReceiverId>();
  const orders: OrderWish[] = [];
  const events: Parameters<AsRunLog["event"]>[0][] = [];
  const recalled = new Set<AnnouncementId>();
  const desk = createRadioDesk({
    ...{ registry, clock, now: () => clock.date(), micros, log: silentLog, sources: new Map([[SOURCE.id, SOURCE]]) },
    radio: {
      tune: () => {
        station.tuned += 1;
        return tuned;
      },
    },
    feeds: {
      open: () => ({
        ...{ stream: 9, sealKey: "A".repeat(43), close: () => {} },
        push: (packets, at, isLast) => pushed.push({ packets, at, isLast }),
        add: (id) => members.add(id),
        remove: (id) => members.delete(id),
      }),
    },
    packetsOf: async () => Array<Uint8Array>(200).fill(SONG),
    isRecalled: (id) => recalled.has(id),
    isApproved: () => station.approved,
    desk: {
      issue: async (wish) => {
        orders.push(wish);
        return { id: "order1" } as never;
      },
    },
    knowledge: { audienceOf: (ids) => ({ kind: "receivers", receivers: [...ids] }) },
    asRun: { event: (line) => events.push(line) },
  });
  /** Lets time pass with a beat a second, as the tick does, while the station plays in real time. */
  const pass = async (span: number) => {
    for (let second = 0; second < span; second++) {
      if (station.plays && station.tuned > 0)
        for (let n = 0; n < 50; n++) station.held.push({ packet: RADIO, isBreak: false });
      station.held.splice(0, station.held.length - 400);
      desk.deliver(ticket, ticket.receivers);
      clock.advance(1_000);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  };
  /** What is heard at each second of the slot: `R` the station, `S` the fallback, `.` silence. */
  const heard = () => {
    const line = Array<string>(20).fill("?");
    for (const { at, packets } of pushed)
      for (const [index, { packet }] of packets.entries()) {
        const second = Math.floor((at + index * 20_000 - toMicros(epoch(begin))) / 1e6);
        line[second] = packet === RADIO ? "R" : packet === SONG ? "S" : ".";
      }
    return line.join("");
  };
  comes(loa1);
  return {
    clock,
    ticket,
    begin,
    desk,
    station,
    pushed,
    members,
    orders,
    events,
    recalled,
    comes,
    registry,
    pass,
    heard,
  };
}
type Scene = ReturnType<typeof start>;
const told = ({ events }: Scene) => events.map(({ kind }) => kind);

describe("a slot of relayed radio", () => {
  it("is heard from its first second to its last, in order and in time, by whoever is connected", async () => {
    const one = start();
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
    expect(one.events.at(-1)?.detail).to.include({ source: "Đài tỉnh", stationMs: 20_000, fallbackMs: 0, why: "sent" });
    expect(one.station.tuned, "nobody listens any more").to.equal(0);
  });

  it("is tuned to before, not long before, and told to loudspeakers before they would begin by themselves", async () => {
    const one = start();
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
    const one = start();
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
      ({ station }: Scene) => {
        station.plays = false;
      },
      ({ station }: Scene) => {
        station.silent = true;
      },
    ]) {
      const one = start();
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
    const one = start();
    one.station.plays = false;
    await one.pass(33);
    one.recalled.add(NEWS);
    one.desk.stop(({ items }) => items.some(({ announcement }) => announcement === NEWS), [loa1, loa2]);
    await one.pass(22);
    expect(one.heard()).to.match(/^\.S{1,4}\.+$/);
    expect([...one.members]).to.deep.equal([loa1]);
  });

  it("falls silent for those whom a stop reaches, who are not let in again, and ends when it reaches all", async () => {
    const one = start();
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
    expect(one.station.tuned).to.equal(0);
  });

  it("is not brought to whoever was stopped before this run of the station, and is not tuned to for nobody", async () => {
    const one = start();
    one.comes(loa2);
    one.ticket.results[loa1] = { state: "cut", why: "stopped" };
    await one.pass(33);
    expect(one.orders.map(({ receivers }) => receivers)).to.deep.equal([[loa2]]);
    const other = start();
    for (const id of [loa1, loa2]) other.ticket.results[id] = { state: "missed", why: "stopped" };
    await other.pass(40);
    expect(other.station.tuned).to.equal(0);
    expect(other.orders).to.deep.equal([]);
  });

  it("lets whoever was away for a moment into the stream that they still sound", async () => {
    const one = start();
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
    const one = start();
    one.station.approved = false;
    one.clock.advance(seconds(15));
    expect(one.desk.deliver(one.ticket, one.ticket.receivers)).to.equal(false);
    expect(one.station.tuned).to.equal(0);
  });

  it("begun in the middle waits for the station, and says nothing of the fallback a second time", async () => {
    const one = start();
    one.clock.advance(37_000);
    one.station.plays = false;
    await one.pass(4);
    expect(one.orders, "it had no chance yet").to.deep.equal([]);
    await one.pass(14);
    expect(one.orders.map(({ body }) => body.kind)).to.deep.equal(["open", "close"]);
    expect(one.heard()).to.not.include("S");
  });

  it("gives a station up that nobody was let into before its slot was over, as after a step of the clock", async () => {
    const one = start();
    await one.pass(12);
    expect(one.station.tuned).to.equal(1);
    one.clock.step(60_000);
    one.desk.deliver(one.ticket, one.ticket.receivers);
    expect(one.station.tuned).to.equal(0);
  });

  it("tells no loudspeaker that it is over when the station goes down in the middle", async () => {
    const one = start();
    await one.pass(34);
    one.desk.close();
    await one.pass(3);
    expect(one.orders.map(({ body }) => body.kind)).to.deep.equal(["open"]);
  });

  it("takes loudspeakers in that come back, but none that sounds the fallback by itself", async () => {
    const one = start();
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
    const one = start();
    await one.pass(34);
    const said = (id: ReceiverId) => one.desk.saidThere(one.ticket.occurrence, id, undefined);
    expect(said(loa1)?.packets).to.have.length(50);
    expect(said(loa1)?.packets[0]).to.equal(RADIO);
    expect(said(loa2)).to.equal(undefined);
    one.desk.lost(loa1);
    expect(said(loa1), "it goes on with its own fallback").to.equal(undefined);
  });

  it("leaves out what a stall of the station made too late, and goes on in time", async () => {
    const one = start();
    await one.pass(34);
    one.clock.stall(6_000);
    await one.pass(20);
    const late = one.pushed.filter(({ at }) => at < toMicros(epoch(one.begin + 4_000)));
    expect(late.length).to.be.at.least(3);
    expect(one.heard()).to.match(/^R+\?+R+$/);
  });

  it("is brought like anything prepared when the station's file names no such source any more", () => {
    const one = start();
    one.clock.advance(seconds(15));
    expect(one.desk.deliver({ ...one.ticket, radio: radioId("khac") }, one.ticket.receivers)).to.equal(false);
    expect(one.desk.deliver({ ...one.ticket, radio: undefined }, one.ticket.receivers)).to.equal(false);
  });
});
