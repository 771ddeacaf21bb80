import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { micros } from "../../../src/base/units.js";
import { type ReceiverId, receiverId } from "../../../src/domain/ids.js";
import type { HelloBody, StateBody } from "../../../src/protocol/messages.js";
import type { OrderBody } from "../../../src/protocol/orders.js";
import { createDelivery } from "../../../src/server/control/delivery.js";
import { createOrderDesk } from "../../../src/server/control/order-desk.js";
import { createRegistry } from "../../../src/server/control/registry.js";
import { aHash, aTicket } from "../../support/builders.js";
import { FakeClock } from "../../support/fake-clock.js";

const loa1 = receiverId("loa-1");
const loa2 = receiverId("loa-2");

interface JoinWishes {
  readonly revision?: number;
  readonly have?: string[];
  readonly clock?: StateBody["clock"];
}

describe("delivery", () => {
  function start() {
    const clock = new FakeClock();
    const registry = createRegistry(() => clock.date());
    const told: { body: OrderBody; receivers: unknown }[] = [];
    const fed: (readonly ReceiverId[])[] = [];
    const desk = createOrderDesk({
      now: () => micros(clock.date() * 1000),
      number: () => ({ epoch: 1, sequence: 1 }),
      newId: () => "orderorder",
      sign: async (text) => ({ text, keyId: "", signature: "" }),
      policyVersion: () => "",
      send: (receivers, signed) => told.push({ body: JSON.parse(signed.text).body, receivers }),
      record: () => {},
    });
    const deliver = createDelivery({
      registry,
      desk,
      book: {
        revisionOf: () => 5,
        refresh: async () => {},
        programmeOf: () => undefined,
        cuesOf: () => [],
        offer: () => {},
        tellOn: () => {},
      },
      feeding: { feed: (_cue, receivers) => fed.push(receivers), stop: () => {}, lost: () => {} },
      joinLive: () => {},
      relayRadio: () => false,
      now: () => clock.date(),
      log: silentLog,
      audienceOf: (receivers) => ({ kind: "receivers", receivers: [...receivers] }),
    });
    const join = (id: ReceiverId, { revision = 5, have, clock = "trusted" }: JoinWishes = {}) => {
      registry.hello(id, { programmeRevision: revision, software: "test" } as HelloBody);
      registry.state(id, { clock, now: [] } as unknown as StateBody);
      if (have) registry.clips(id, have.map(aHash), []);
    };
    const ticket = aTicket({ start: clock.date() + 20_000, receivers: [loa1, loa2] });
    return { clock, deliver, join, told, fed, ticket };
  }

  it("does nothing for a receiver that holds programme and clips: it plays by itself", () => {
    const { clock, deliver, join, told, fed, ticket } = start();
    join(loa1, { have: ["a"] });
    clock.advance(15_000);
    deliver(ticket);
    expect([told, fed]).to.deep.equal([[], []]);
  });

  it("feeds a receiver that lacks the clip, from eight seconds before", () => {
    const { clock, deliver, join, fed, ticket } = start();
    join(loa1, { have: [] });
    deliver(ticket);
    expect(fed).to.deep.equal([]);
    clock.advance(13_000);
    deliver(ticket);
    expect(fed).to.deep.equal([[loa1]]);
  });

  it("feeds a receiver that has not said what it holds when there is no time left to wait", () => {
    const { clock, deliver, join, fed, ticket } = start();
    join(loa1);
    clock.advance(17_000);
    deliver(ticket);
    expect(fed).to.deep.equal([]);
    clock.advance(2_000);
    deliver(ticket);
    expect(fed).to.deep.equal([[loa1]]);
  });

  it("waits for a receiver whose clock is not trusted yet", () => {
    const { clock, deliver, join, fed, ticket } = start();
    join(loa1, { have: [], clock: "untrusted" });
    clock.advance(19_000);
    deliver(ticket);
    expect(fed).to.deep.equal([]);
  });

  it("tells a receiver that holds the clip but not the newest programme, once", async () => {
    const { clock, deliver, join, told, ticket } = start();
    join(loa1, { revision: 4, have: ["a"] });
    clock.advance(15_000);
    deliver(ticket);
    deliver(ticket);
    await new Promise((resolve) => setImmediate(resolve));
    expect(told.map(({ body, receivers }) => [body.kind, receivers])).to.deep.equal([["cue", [loa1]]]);
  });

  it("begins nothing later than its tolerance, but lets what sounds go on", () => {
    const { clock, deliver, join, fed, ticket } = start();
    const long = { ...ticket, end: ticket.start + 600_000 };
    join(loa1, { have: [] });
    join(loa2, { have: [] });
    long.results[loa2] = { state: "sounding" };
    clock.advance(20_000 + 121_000);
    deliver(long);
    expect(fed).to.deep.equal([[loa2]]);
  });

  it("brings nothing to a receiver that has played it or is away", () => {
    const { clock, deliver, join, fed, ticket } = start();
    join(loa1, { have: [] });
    ticket.results[loa1] = { state: "played" };
    clock.advance(19_000);
    deliver(ticket);
    expect(fed).to.deep.equal([]);
  });
});
