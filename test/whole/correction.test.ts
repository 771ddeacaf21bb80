import { expect } from "chai";
import { tone } from "../support/tones.js";
import { eventually, LEADER, openHouse, type WholeHouse } from "../support/whole-house.js";

interface Heard {
  readonly heard: readonly { readonly receiver: string; readonly times: number }[];
}
interface Untold {
  readonly untold: readonly { readonly receiver: string; readonly area?: string }[];
}
interface Draft {
  readonly id: string;
  readonly stage: string;
  readonly version?: string;
}

describe("the whole house, when something wrong was heard", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  before(async () => {
    house = await openHouse();
    await house.record("tin", tone(2, 700));
    await house.addRelay("loa-1");
    await house.addRelay("loa-2");
  });
  after(() => house.close());

  const play = (announcement: string, targets: object) =>
    house.call("POST", "/play", { content: { kind: "announcement", announcement }, targets });
  const stage = async (id: string) => (await house.call<Draft>("GET", `/announcements/${id}`)).stage;

  it("recalls it, tells where it was heard, and airs the correction there and nowhere else", async () => {
    await play("tin", { receivers: ["loa-1"] });
    await eventually("loa-1 to tell that it began", 10_000, async () => (await stage("tin")) === "aired");

    const { heard } = await house.call<Heard>("POST", "/announcements/tin/recall", { reason: "sai giờ họp" });
    expect(heard.map(({ receiver, times }) => [receiver, times])).to.deep.equal([["loa-1", 1]]);

    const text = "Kính thưa bà con, giờ họp đúng là năm giờ chiều.";
    const { id } = await house.call<Draft>("POST", "/announcements/tin/corrections", { text });
    const version = await eventually("its sound", 20_000, async () => {
      const draft = await house.call<Draft>("GET", `/announcements/${id}`);
      return draft.stage === "checked" && draft.version;
    });
    await house.call("POST", `/announcements/${id}/submission`, { version });
    await house.call("POST", `/announcements/${id}/approval`, { version }, LEADER);
    expect(await stage("tin")).to.equal("corrected");

    const wider = await play(id, { areas: ["phuong"] }).then(
      () => "",
      (refusal: Error) => refusal.message,
    );
    expect(wider).to.match(/403.*outside-targets/s);
    await play(id, { receivers: ["loa-1"] });
    await eventually("loa-1 to tell that it began", 10_000, async () => (await stage(id)) === "aired");
    const told = await house.call<{ lines: { what: string; why?: string }[] }>("GET", "/announcements/tin/history");
    expect(told.lines.at(-1)).to.include({ what: "recalled", why: "sai giờ họp" });
    const after = await house.call<Heard>("GET", `/announcements/${id}/hearings`);
    expect(after.heard.map(({ receiver }) => receiver)).to.deep.equal(["loa-1"]);
    const { lines } = await house.call<{ lines: { what: string }[] }>("GET", `/announcements/${id}/history`);
    expect(lines.map(({ what }) => what)).to.deep.equal(["created", "submitted", "approved"]);
  });

  it("says of which loudspeakers nothing is known while they are away, and recalls without a word of why, too", async () => {
    await house.record("tin-khac", tone(2, 500));
    await house.stopRelay("loa-2");
    await eventually("loa-2 to be away", 10_000, async () => {
      const all = await house.call<{ id: string; connected: boolean }[]>("GET", "/receivers");
      return all.find(({ id: one }) => one === "loa-2")?.connected === false;
    });
    await play("tin-khac", { areas: ["phuong"] });
    await eventually("loa-1 to tell that it began", 10_000, async () => (await stage("tin-khac")) === "aired");

    const { untold, heard } = await house.call<Heard & Untold>("POST", "/announcements/tin-khac/recall");

    expect(heard.map(({ receiver }) => receiver)).to.deep.equal(["loa-1"]);
    expect(untold).to.deep.equal([{ receiver: "loa-2", area: "phuong" }]);
  });
});
