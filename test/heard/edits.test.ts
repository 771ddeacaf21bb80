import { expect } from "chai";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

interface Ticket {
  readonly occurrence: string;
  readonly schedule?: string;
  readonly results: readonly { readonly receiver: string; readonly state: string; readonly why?: string }[];
}

describe("the whole house, when people change their minds", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  beforeEach(async () => {
    house = await openHouse();
    await house.record("tin", tone(2, 700));
    await house.addRelay("loa-1");
  });
  afterEach(() => house.close());

  const tickets = () => house.call<Ticket[]>("GET", "/tickets");
  const kinds = async () => {
    const { lines } = await house.call<{ lines: { kind: string; occurrence?: string }[] }>(
      "GET",
      "/log?receiver=loa-1",
    );
    return lines.map(({ kind }) => kind);
  };

  it("still airs what was frozen when its schedule is deleted seconds before, and says so beforehand", async () => {
    const at = await house.scheduleOnce("tin", 7_000);
    await house.holdsEverything("loa-1");
    const [ticket] = await eventually("the ticket", 5_000, async () => {
      const all = await tickets();
      return all.length > 0 && all;
    });
    expect(ticket).to.include({ schedule: "tin" });
    await house.call("DELETE", "/schedules/tin", undefined, { "if-match": "*" });
    expect((await tickets()).map(({ occurrence }) => occurrence)).to.deep.equal([ticket?.occurrence]);
    await eventually("the end", 15_000, () => Date.now() > at + 4_000);
    expect(await kinds()).to.include.members(["started", "finished"]);
  });

  it("does not air what was taken back with a stop before its hour", async () => {
    const at = await house.scheduleOnce("tin", 7_000);
    await house.holdsEverything("loa-1");
    const [ticket] = await eventually("the ticket", 5_000, async () => {
      const all = await tickets();
      return all.length > 0 && all;
    });
    await house.call("DELETE", "/schedules/tin", undefined, { "if-match": "*" });
    await house.call("POST", "/stop", { scope: { kind: "occurrence", occurrence: ticket?.occurrence } });
    await eventually("the hour to pass", 15_000, () => Date.now() > at + 3_000);
    expect(await kinds()).to.not.include("started");
    const { lines } = await house.call<{ lines: { kind: string; why?: string }[] }>("GET", "/log?receiver=loa-1");
    expect(lines.find(({ kind }) => kind === "missed")?.why).to.equal("stopped");
  });

  it("asks who changes an announcement that is frozen, and stops it now where that is the answer", async () => {
    const at = await house.scheduleOnce("tin", 9_000);
    await house.holdsEverything("loa-1");
    await eventually("the ticket", 5_000, async () => (await tickets()).length > 0);
    const change = (query: string) =>
      house.call("PATCH", `/announcements/tin${query}`, { validUntil: "2099-12-31" }, { "if-match": "*" });

    const question = await change("").then(
      () => "",
      (refusal: Error) => refusal.message,
    );
    expect(question)
      .to.match(/409.*"reason":"frozen"/s)
      .and.include('"yours"')
      .and.include('"current"');
    expect(await house.call("GET", "/announcements/tin")).to.include({ approved: true });

    await change("?frozen=stop-now");
    await eventually("the hour to pass", 15_000, () => Date.now() > at + 3_000);
    expect(await kinds()).to.not.include("started");
    expect(await house.call("GET", "/announcements/tin")).to.include({ approved: false });
  });

  it("drops an announcement everywhere when it is recalled, also from what is planned", async () => {
    const at = await house.scheduleOnce("tin", 9_000);
    await house.holdsEverything("loa-1");
    await house.call("POST", "/announcements/tin/recall");
    await eventually("the hour to pass", 15_000, () => Date.now() > at + 3_000);
    expect(await kinds()).to.not.include("started");
    const again = house.call("POST", "/play", {
      content: { kind: "announcement", announcement: "tin" },
      targets: { areas: ["phuong"] },
    });
    await again.then(
      () => expect.fail("a recalled announcement was aired"),
      (refusal: Error) => expect(refusal.message).to.match(/403.*recalled/),
    );
  });
});

describe("the whole house, when a schedule names a place that is not there", function () {
  this.timeout(30_000);
  it("refuses it with the name, and keeps nothing", async () => {
    const house = await openHouse();
    try {
      await house.record("tin", tone(2, 700));
      const refusal = await house.scheduleOnce("tin", 60_000, { targets: { areas: ["phuogn"] } }).then(
        () => "",
        (thrown: Error) => thrown.message,
      );
      expect(refusal).to.match(/400.*phuogn/s);
      expect(await house.call("GET", "/schedules")).to.deep.equal([]);
    } finally {
      await house.close();
    }
  });
});
