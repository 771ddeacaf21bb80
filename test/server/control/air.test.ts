import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { announcementId, areaId, type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import { receiverSchema } from "../../../src/domain/receiver.js";
import { isAwaited, type Result, type Ticket, type TicketId } from "../../../src/domain/ticket.js";
import type { HelloBody, StateBody } from "../../../src/protocol/messages.js";
import { type AirParts, createAirVerbs } from "../../../src/server/control/air.js";
import { createOnAir } from "../../../src/server/control/on-air.js";
import type { OrderWish } from "../../../src/server/control/order-desk.js";
import type { KeptStop } from "../../../src/server/control/ports.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { standingStops } from "../../../src/server/control/stopping.js";
import { createTickets } from "../../../src/server/control/tickets.js";
import { aTicket } from "../../support/builders.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";
import { quietParts } from "../../support/quiet-parts.js";

const loa1 = receiverId("loa-1");
const loa2 = receiverId("loa-2");
const by = { name: "Chị Hoa" };

describe("a stop", () => {
  async function start({ and, recalled = [] }: { and?: string; recalled?: readonly string[] } = {}) {
    const clock = new FakeClock();
    const now = () => clock.date();
    const asRun = fakeAsRun();
    const tickets = createTickets({
      ...quietParts,
      records: fakeRecords<TicketId, Ticket>(({ id }) => id),
      asRun: asRun.log,
      isConnected: () => true,
      now,
      clock,
      log: silentLog,
    });
    const receivers = [loa1, loa2].map((id) => receiverSchema.parse({ id, name: id, area: "phuong", kind: "fixed" }));
    const registry = createRegistry(now);
    let orders = 0;
    const parts = {
      now,
      knowledge: { receivers: () => receivers, isBelow: () => true },
      tickets,
      desk: {
        issue: async ({ body, audience }: OrderWish) => ({
          ...{ id: `order${++orders}`, body, audience },
          ...{ issuedAt: now() * 1000, notAfter: (now() + 86_400_000) * 1000 },
        }),
      },
      feeding: { feed: () => {}, stop: () => {}, lost: () => {} },
      registry,
      stops: fakeRecords<string, KeptStop>(({ id }) => id),
      isRecalled: (id: string) => recalled.includes(id),
      markRecalled: async () => {
        throw new Error("no such announcement");
      },
      onChange: () => {},
    };
    const verbs = createAirVerbs(parts as unknown as AirParts);
    const { items } = aTicket();
    const more = and === undefined ? [] : items.map((item) => ({ ...item, announcement: announcementId(and) }));
    const ticket = aTicket({
      ...{ start: clock.date(), end: clock.date() + 60_000, receivers: [loa1, loa2] },
      items: [...items, ...more],
    });
    await tickets.freeze(ticket);
    tickets.settle(ticket.id, loa1, { state: "sounding" });
    clock.advance(1000);
    const awaited = (receiver: ReceiverId) => tickets.open().some((one) => isAwaited(one, receiver));
    const results = () => tickets.open()[0]?.results ?? {};
    const { onAir } = createOnAir({ now, tickets, registry });
    const settle = (receiver: ReceiverId, result: Result) => tickets.settle(ticket.id, receiver, result);
    return { verbs, stops: parts.stops, awaited, results, onAir, registry, settle };
  }

  it("ends what is brought to receivers, also to one that has not told of its cut yet", async () => {
    const { verbs, awaited, results } = await start();
    await verbs.stop({ kind: "all" }, by);
    expect([awaited(loa1), awaited(loa2)]).to.deep.equal([false, false]);
    expect(results()).to.deep.equal({
      [loa1]: { state: "cut", why: "stopped", by: by.name },
      [loa2]: { state: "missed", why: "stopped", by: by.name },
    });
  });

  it("is sent and kept for an announcement that has been removed meanwhile, and then says so", async () => {
    const { verbs, stops, awaited } = await start();
    const refusal = await verbs
      .stop({ kind: "announcement", announcement: announcementId("tin") }, by)
      .catch((thrown) => thrown);
    expect(refusal).to.include({ message: "no such announcement" });
    expect(stops.all()).to.have.length(1);
    expect(awaited(loa1)).to.equal(false);
  });

  it("of one announcement leaves what else the sounding has to say on the air", async () => {
    const { verbs, awaited } = await start({ and: "khac" });
    const recall = () => verbs.stop({ kind: "announcement", announcement: announcementId("tin") }, by);
    await recall().catch(() => {});
    expect([awaited(loa1), awaited(loa2)]).to.deep.equal([true, true]);

    const both = await start({ and: "khac", recalled: ["khac"] });
    await both.verbs.stop({ kind: "announcement", announcement: announcementId("tin") }, by).catch(() => {});
    expect([both.awaited(loa1), both.awaited(loa2)]).to.deep.equal([false, false]);
  });

  it("is kept once for each scope when a day has seen more than anybody gives by hand", async () => {
    const { verbs, stops } = await start();
    await verbs.stop({ kind: "areas", areas: [areaId("phuong")] }, by);
    for (let n = 0; n < 600; n++) await verbs.stop({ kind: "all" }, by);
    expect(stops.all().length).to.be.at.most(500);
    expect(standingStops(stops, { receiver: loa1, now: 0 }).map(({ id }) => id)).to.deep.equal(["order1", "order601"]);
  });

  it("leaves the others alone", async () => {
    const { verbs, awaited } = await start();
    await verbs.stop({ kind: "receivers", receivers: [loa1] }, by);
    expect([awaited(loa1), awaited(loa2)]).to.deep.equal([false, true]);
  });

  it("takes what it ended off the air at once, but not before the last receiver has let go of it", async () => {
    const { verbs, onAir, registry } = await start();
    const ids = () => onAir().map(({ cue, sounding, failed }) => [cue, sounding, failed.length]);
    const says = (now: readonly object[]) => registry.state(loa1, { now } as StateBody);
    const [listed] = onAir();
    registry.hello(loa1, { programmeRevision: 1 } as HelloBody);
    says([{ cue: listed?.cue ?? "", state: "sounding" }]);
    await verbs.stop({ kind: "all" }, by);
    expect(ids()).to.deep.equal([[listed?.cue, [loa1], 2]]);
    says([]);
    expect(ids()).to.deep.equal([]);
  });

  it("leaves on the air what failed elsewhere, so that somebody sees it", async () => {
    const { verbs, onAir, settle } = await start();
    settle(loa2, { state: "refused", why: "signature" });
    await verbs.stop({ kind: "receivers", receivers: [loa1] }, by);
    expect(onAir().flatMap(({ failed }) => failed.map(({ why }) => why))).to.deep.equal(["stopped", "signature"]);
  });
});
