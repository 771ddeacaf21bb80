import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { epoch } from "../../../src/base/units.js";
import type { ReceiverId } from "../../../src/domain/ids.js";
import { areaId, receiverId } from "../../../src/domain/ids.js";
import type { Person } from "../../../src/domain/person.js";
import type { OrderBody } from "../../../src/protocol/orders.js";
import { createMutes } from "../../../src/server/control/mutes.js";
import type { ReceiverRecord } from "../../../src/server/control/receiver-records.js";
import { fakeRecords } from "../../support/fake-records.js";

const loa = receiverId("loa-1");
const HOA = { name: "Chị Hoa" } as Person;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("muting a loudspeaker from the station", () => {
  const house = () => {
    const receivers = fakeRecords<ReceiverId, ReceiverRecord>(({ id }) => id);
    const place = { id: loa, name: "Chợ", area: areaId("phuong"), kind: "fixed", outputDelayMs: 0 } as const;
    void receivers.put({ ...place, pathBiasUs: 0, volume: 80, disabled: false });
    const orders: { body: OrderBody; by: string }[] = [];
    const lines: string[] = [];
    let confirmed = 0;
    let signs = true;
    const mutes = createMutes({
      receivers,
      ...{ now: () => epoch(7), log: silentLog },
      asRun: { event: ({ kind, before, after }) => lines.push(`${kind} ${JSON.stringify({ before, after })}`) },
      order: async (body, _receiver, by) => {
        if (!signs) throw new Error("no signer");
        orders.push({ body, by: typeof by === "string" ? by : by.name });
        return { id: `order-${orders.length}` } as never;
      },
      answersTo: () => ({ confirmed }) as never,
    });
    const record = () => receivers.get(loa) as ReceiverRecord;
    return {
      ...{ mutes, orders, lines, record, receivers },
      confirmAtOnce() {
        confirmed = 1;
      },
      loseSigner() {
        signs = false;
      },
    };
  };
  const said = (orders: readonly { body: OrderBody; by: string }[]) =>
    orders.map(({ body, by }) => (body.kind === "mute" ? `${by}: ${body.muted}` : body.kind));

  it("is ordered again, in the name of who did it, when one that has not obeyed is met", async () => {
    const { mutes, orders, record, lines } = house();
    await mutes.set(record(), true, HOA);
    mutes.met(loa, false);
    await settled();
    expect(said(orders)).to.deep.equal(["Chị Hoa: true", "Chị Hoa: true"]);
    // The answer to the first comes late: the second is the one that counts.
    mutes.obeyed(loa, "order-1");
    expect(record().muteWish).to.include({ order: "order-2" });
    mutes.obeyed(loa, "order-2");
    await settled();
    expect(record())
      .to.deep.include({ muted: { by: "Chị Hoa", at: 7 } })
      .and.not.have.property("muteWish");
    expect(lines).to.have.length(1);
    expect(lines[0])
      .to.match(/^receiver.muted /)
      .and.not.include("muteWish");
    mutes.met(loa, true);
    await settled();
    expect(orders).to.have.length(2);
  });

  it("ends for one that was away when it was ended", async () => {
    const { mutes, orders, record, confirmAtOnce } = house();
    confirmAtOnce();
    await mutes.set(record(), true, HOA);
    await settled();
    expect(record()).to.not.have.property("muteWish");
    await mutes.set(record(), false, HOA);
    await settled();
    expect(record()).to.not.have.property("muted");
    expect(said(orders)).to.deep.equal(["Chị Hoa: true", "Chị Hoa: false"]);
  });

  it("is told to a device that is new at a muted place, and not lifted where somebody at the pole has muted it", async () => {
    const { mutes, orders, record, receivers } = house();
    mutes.met(loa, true);
    mutes.met(loa, false);
    await settled();
    expect(orders).to.deep.equal([]);
    await receivers.put({ ...record(), muted: { by: "Anh Ba", at: 1 } });
    mutes.met(loa, false);
    await settled();
    expect(said(orders)).to.deep.equal(["Anh Ba: true"]);
  });

  it("changes nothing when nobody signs the order", async () => {
    const { mutes, record, lines, loseSigner } = house();
    loseSigner();
    const before = record();
    const thrown = await mutes.set(before, true, HOA).catch((error: Error) => error.message);
    expect(thrown).to.equal("no signer");
    expect(record()).to.equal(before);
    expect(lines).to.deep.equal([]);
    mutes.met(loa, false);
    await settled();
  });
});
