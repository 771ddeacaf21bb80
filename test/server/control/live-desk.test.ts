import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { toMicros } from "../../../src/base/units.js";
import { areaSchema } from "../../../src/domain/area.js";
import { type AreaId, areaId, type OccurrenceId, type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import type { Talk } from "../../../src/domain/live.js";
import { localDate } from "../../../src/domain/local-time.js";
import { placeOf } from "../../../src/domain/place.js";
import { policySchema } from "../../../src/domain/policy.js";
import { isQuiet } from "../../../src/domain/policy-rules.js";
import { receiverSchema } from "../../../src/domain/receiver.js";
import { targetsSchema } from "../../../src/domain/schedule.js";
import type { Ticket, TicketId } from "../../../src/domain/ticket.js";
import type { HelloBody, StateBody } from "../../../src/protocol/messages.js";
import { createLiveDesk, type LiveWish } from "../../../src/server/control/live-desk.js";
import type { OrderWish } from "../../../src/server/control/order-desk.js";
import type { AsRunLog } from "../../../src/server/control/ports.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { createTickets } from "../../../src/server/control/tickets.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";
import { quietParts } from "../../support/quiet-parts.js";

const [loa1, loa2] = ["loa-1", "loa-2"].map(receiverId) as [ReceiverId, ReceiverId];
const HOA = { name: "Chị Hoa", session: "s-hoa" };
const PACKET = Uint8Array.of(0x78, 1);
const WISH: LiveWish = {
  ...{ targets: targetsSchema.parse({ areas: ["phuong"] }), class: "ordinary", mode: "normal", reason: "Tìm trẻ lạc" },
};

/** Quiet from 21:00 to 05:30. */
const POLICIES = [policySchema.parse({ area: "tinh" })];
const AREAS = new Map(
  [
    { id: "tinh", name: "Tỉnh", kind: "province" },
    { id: "phuong", name: "Phường", kind: "ward", parent: "tinh" },
    { id: "phuong-2", name: "Phường 2", kind: "ward", parent: "tinh" },
  ].map((area) => [areaId(area.id), areaSchema.parse(area)]),
);
const place = (area: AreaId) =>
  placeOf({ zone: "Asia/Ho_Chi_Minh", areas: AREAS, policies: POLICIES }, area, localDate("2026-11-23"));
/** Ten in the morning and eleven at night in Viet Nam. */
const [MORNING, NIGHT] = [Date.UTC(2026, 10, 23, 3), Date.UTC(2026, 10, 23, 16)];

const EMERGENCY: LiveWish = { ...WISH, class: "emergency", confirmedBy: HOA.name };
const GLASS = { reason: "Nước lên nhanh, không gọi được ai" };
const refusalOf = (attempt: Promise<unknown>) => attempt.catch((thrown: unknown) => thrown);

function start({ at = MORNING, wards = ["phuong", "phuong"], left = [] as Ticket[] } = {}) {
  const clock = new FakeClock(at);
  const now = () => clock.date();
  const asRun = fakeAsRun();
  const records = fakeRecords<TicketId, Ticket>(({ id }) => id, left);
  const tickets = createTickets({
    ...{ ...quietParts, records, asRun: asRun.log, isConnected: () => true, now, clock, log: silentLog },
  });
  const receivers = [loa1, loa2].map((id, index) =>
    receiverSchema.parse({ id, name: id, area: wards[index], kind: "fixed" }),
  );
  const registry = createRegistry(now);
  const comes = (id: ReceiverId) => {
    registry.hello(id, { software: "" } as HelloBody);
    registry.state(id, { clock: "trusted", now: [] } as unknown as StateBody);
  };
  comes(loa1);
  const orders: OrderWish[] = [];
  const sent = { packets: 0, members: new Set<ReceiverId>(), closed: 0, recorded: 0 };
  const events: Parameters<AsRunLog["event"]>[0][] = [];
  const talks = fakeRecords<OccurrenceId, Talk>(({ occurrence }) => occurrence);
  const desk = createLiveDesk({
    ...{ registry, tickets, talks, clock, now, log: silentLog },
    knowledge: {
      targeted: ({ areas }) => (areas.includes(areaId("phuong")) ? receivers : []),
      audienceOf: (ids) => ({ kind: "receivers", receivers: [...ids] }),
      areaName: (area) => area,
    },
    areas: AREAS,
    isQuiet: (area) => isQuiet(place(area), now()),
    chime: async () => Array<Uint8Array>(50).fill(PACKET),
    desk: {
      issue: async (wish) => {
        orders.push(wish);
        return { id: `order${orders.length}` } as never;
      },
    },
    feeds: {
      open: () => ({
        ...{ stream: 7, sealKey: "A".repeat(43) },
        prepare: () => {},
        push: () => {
          sent.packets += 1;
          return true;
        },
        add: (id) => sent.members.add(id),
        remove: (id) => sent.members.delete(id),
        finish: () => toMicros(now()),
        close: () => {
          sent.closed += 1;
        },
      }),
    },
    recordings: {
      pathOf: () => undefined,
      begin: async () => ({
        write: () => {
          sent.recorded += 1;
        },
        finish: async () => undefined,
      }),
    },
    asRun: { event: (line) => events.push(line) },
    onTalks: () => {},
  });
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { desk, clock, orders, sent, events, talks, tickets, comes, registry, settled };
}

describe("whoever speaks live", () => {
  it("is ordered under one occurrence, heard, kept and logged, and the ticket ends when the last word was heard", async () => {
    const { desk, clock, orders, sent, events, tickets, talks, settled } = start();
    const { occurrence, away } = await desk.openLive({ ...WISH, chime: "chuong.wav" }, HOA);
    expect(away).to.deep.equal([loa2]);
    expect(orders[0]?.body).to.include({ kind: "open", occurrence, class: "ordinary", title: "Tìm trẻ lạc" });
    expect([...sent.members]).to.deep.equal([loa1]);
    const microphone = desk.microphone(occurrence, HOA);
    for (let n = 0; n < 100; n++) {
      microphone.push(PACKET);
      clock.advance(20);
    }
    microphone.end("finished");
    microphone.push(PACKET);
    await settled();
    expect(sent).to.include({ packets: 100, recorded: 100 });
    expect(tickets.open()[0]?.end).to.equal(clock.date());
    expect(talks.get(occurrence)?.ended).to.include({ why: "finished", spokenMs: 2_000 });
    expect(events.map(({ kind, why }) => [kind, why])).to.deep.equal([
      ["live.opened", "Tìm trẻ lạc"],
      ["live.ended", "finished"],
    ]);
    clock.advance(400);
    await settled();
    expect(orders.at(-1)?.body).to.deep.equal({ kind: "close", stream: 7 });
    expect(sent.closed).to.equal(1);
  });

  it("is no other person, no other browser and not there when it is over", async () => {
    const { desk } = start();
    const { occurrence } = await desk.openLive(WISH, HOA);
    expect(() => desk.microphone(occurrence, { ...HOA, session: "s-2" })).to.throw(Fault, "ended");
    desk.microphone(occurrence, HOA).end("finished");
    expect(() => desk.microphone(occurrence, HOA)).to.throw(Fault, "ended");
  });

  it("is refused in quiet hours unless the emergency was confirmed, and then the order says by whom", async () => {
    const { desk, orders } = start({ at: NIGHT });
    for (const wish of [WISH, { ...WISH, class: "emergency", brokenGlass: GLASS } as const])
      expect(await refusalOf(desk.openLive(wish, HOA))).to.include({ reason: "quiet-hours" });
    await desk.openLive({ ...EMERGENCY, brokenGlass: GLASS }, HOA);
    expect(orders[0]).to.include({ class: "emergency", confirmedBy: HOA.name });
  });

  it("gives an emergency alone inside a ward by day, and no glass is broken there", async () => {
    const { desk, talks, events } = start();
    const { occurrence } = await desk.openLive({ ...EMERGENCY, brokenGlass: GLASS }, HOA);
    expect(talks.get(occurrence)).to.not.have.property("brokenGlass");
    expect(events.map(({ kind }) => kind)).to.deep.equal(["live.opened"]);
  });

  for (const [where, setting, needs] of [
    ["in more than one ward", { wards: ["phuong", "phuong-2"] }, ["beyond-one-ward"]],
    ["at night", { at: NIGHT }, ["night"]],
  ] as const)
    it(`does not give an emergency ${where} alone, unless the glass is broken, with a reason and a mark in the log`, async () => {
      const { desk, orders, talks, events, tickets } = start({ wards: ["phuong", "phuong"], ...setting } as never);
      expect(await refusalOf(desk.openLive(EMERGENCY, HOA))).to.include({ code: "forbidden", reason: "second-person" });
      expect([orders, events, tickets.open()]).to.deep.equal([[], [], []]);

      const { occurrence } = await desk.openLive({ ...EMERGENCY, brokenGlass: GLASS }, HOA);
      expect(talks.get(occurrence)?.brokenGlass).to.include({ by: "Chị Hoa", reason: GLASS.reason });
      expect(events.map(({ kind }) => kind)).to.deep.equal(["live.opened", "live.glass-broken"]);
      expect(events[1]).to.deep.include({ why: GLASS.reason, by: HOA, class: "emergency" });
      expect(events[1]?.after).to.deep.include({ needs });
    });

  it("needs nobody else for what is no emergency, in however many wards", async () => {
    const { desk, events } = start({ wards: ["phuong", "phuong-2"] });
    await desk.openLive({ ...WISH, class: "priority" }, HOA);
    expect(events.map(({ kind }) => kind)).to.deep.equal(["live.opened"]);
  });

  it("falls silent after ten minutes, without a first word, and without a packet for five seconds", async () => {
    const long = start();
    const { occurrence } = await long.desk.openLive(WISH, HOA);
    const microphone = long.desk.microphone(occurrence, HOA);
    let why: string | undefined;
    microphone.onEnd((told) => {
      why = told;
    });
    for (let second = 0; second < 599; second++) {
      microphone.push(PACKET);
      long.clock.advance(1_000);
    }
    expect(why).to.equal(undefined);
    microphone.push(PACKET);
    long.clock.advance(1_500);
    expect(why).to.equal("too-long");

    for (const [said, after, wanted] of [
      [0, 15_500, "no-sound"],
      [1, 5_500, "network-lost"],
    ] as const) {
      const { desk, clock, talks, settled } = start();
      const { occurrence: id } = await desk.openLive(WISH, HOA);
      for (let n = 0; n < said; n++) desk.microphone(id, HOA).push(PACKET);
      clock.advance(after);
      await settled();
      expect(talks.get(id)?.ended?.why).to.equal(wanted);
    }
  });

  it("is heard by loudspeakers that come later or come back, each let in by an order of its own", async () => {
    const { desk, orders, sent, tickets, comes, settled } = start();
    await desk.openLive(WISH, HOA);
    const [ticket] = tickets.open();
    if (!ticket) throw new Error("no ticket");
    comes(loa2);
    desk.join(ticket, [loa1, loa2]);
    await settled();
    expect(orders.map(({ receivers }) => receivers)).to.deep.equal([[loa1], [loa2]]);
    desk.lost(loa1);
    desk.join(ticket, [loa1, loa2]);
    await settled();
    expect(orders.at(-1)?.receivers).to.deep.equal([loa1]);
    expect([...sent.members].toSorted()).to.deep.equal([loa1, loa2]);
  });

  it("is ended by a stop that reaches all of it, and goes on where it does not reach", async () => {
    const { desk, sent, talks, tickets, comes, settled } = start();
    comes(loa2);
    const { occurrence } = await desk.openLive(WISH, HOA);
    desk.stop(({ id }) => id === occurrence, [loa1]);
    expect([...sent.members]).to.deep.equal([loa2]);
    const [ticket] = tickets.open();
    if (!ticket) throw new Error("no ticket");
    desk.lost(loa1);
    desk.join(ticket, [loa1, loa2]);
    await settled();
    expect([...sent.members], "the next beat must not bring it back").to.deep.equal([loa2]);
    expect(desk.microphone(occurrence, HOA)).to.not.equal(undefined);
    desk.stop(() => true);
    await settled();
    expect(talks.get(occurrence)?.ended?.why).to.equal("stopped");
    expect(tickets.open()).to.have.length(1);
  });

  it("is not another's neighbour of the same class at the same loudspeaker", async () => {
    const { desk } = start();
    await desk.openLive(WISH, HOA);
    const other = { name: "Anh Minh", session: "s-minh" };
    expect(await desk.openLive(WISH, other).catch((thrown: unknown) => thrown)).to.include({
      reason: "somebody-speaks",
    });
    const { occurrence } = await desk.openLive({ ...WISH, class: "priority" }, other);
    expect(occurrence).to.match(/^micro-2@/);
  });

  it("that an earlier run of the station left open is over", async () => {
    const first = start();
    await first.desk.openLive(WISH, HOA);
    const left = first.tickets.open().map((ticket) => ({ ...ticket }));
    const second = start({ left });
    await second.settled();
    expect(second.tickets.open()[0]?.end).to.be.at.most(second.clock.date());
  });
});
