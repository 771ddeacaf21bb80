import { expect } from "chai";
import type { AnnouncementView } from "../../../../src/server/api/views.js";
import { type Body, isWritable } from "../../../../src/web/panel/compose/draft.js";
import { type Announcement, createDraftKeeper, REST } from "../../../../src/web/panel/compose/draft-keeper.js";
import { FakeClock } from "../../../support/fake-clock.js";

class Stale extends Error {}

/** A station that keeps one announcement and answers at once. */
function aStation(fields: Partial<AnnouncementView> = {}) {
  const clock = new FakeClock();
  const sent: Body[] = [];
  const created: string[] = [];
  let revision = 1;
  let kept = { id: "tin", title: "Tin", text: "Một hai.", class: "ordinary", topic: "khac", stage: "draft", ...fields };
  let isDown = false;
  const present = (): Announcement => ({ value: kept as unknown as AnnouncementView, revision: String(revision) });
  const put = (change: object) => {
    kept = { ...kept, ...change };
    revision += 1;
    return present();
  };
  const keeper = createDraftKeeper({
    ...{ clock, now: () => clock.date(), sentenceOf: (thrown) => String(thrown) },
    read: async () => present(),
    async create(body) {
      sent.push(body);
      return put({ ...body, id: "tin" });
    },
    async change(before, body) {
      if (isDown) throw new Error("no network");
      if (before.revision !== String(revision)) throw new Stale();
      sent.push(body);
      return put(body);
    },
    otherSideOf: (thrown) => (thrown instanceof Stale ? present() : undefined),
    savesItself: (before) => before === undefined || isWritable(before.stage),
    onCreated: (id) => created.push(id),
  });
  const settled = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    ...{ clock, keeper, sent, created, settled },
    /** Somebody else, or the station itself, changes what is kept. */
    elsewhere: put,
    goDown: (down: boolean) => {
      isDown = down;
    },
    rest: async () => {
      clock.advance(REST);
      await settled();
    },
  };
}

describe("a draft in the panel", () => {
  it("is saved by itself once typing rests, in one request", async () => {
    const { keeper, sent, created, rest, clock } = aStation();
    keeper.write({ text: "Cắt" });
    clock.advance(REST - 1);
    keeper.write({ text: "Cắt nước" });
    clock.advance(REST - 1);
    expect(sent).to.deep.equal([]);
    await rest();
    expect(sent).to.deep.equal([{ title: "Cắt nước", text: "Cắt nước", class: "ordinary", topic: "khac" }]);
    expect(created).to.deep.equal(["tin"]);
    expect(keeper.isSaved.value).to.equal(true);
    expect(clock.armed).to.equal(0);
  });

  it("sends only what was changed", async () => {
    const { keeper, sent, rest } = aStation();
    await keeper.read("tin");
    keeper.write({ source: "UBND phường" });
    await rest();
    expect(sent).to.deep.equal([{ source: "UBND phường" }]);
  });

  it("follows what the station makes of it and does not take that for somebody's change", async () => {
    const { keeper, sent, elsewhere, rest } = aStation();
    await keeper.read("tin");
    keeper.write({ text: "Một hai ba." });
    elsewhere({ voice: { provider: "espeak", voice: "vi", speed: 1 }, state: "ready" });
    await rest();
    expect(sent).to.deep.equal([{ text: "Một hai ba." }]);
    expect(keeper.state.value.theirs).to.equal(undefined);
    expect(keeper.state.value.draft.voice).to.equal("espeak/vi");
    await rest();
    expect(sent).to.have.length(1);
  });

  it("shows both texts when somebody else was quicker, and saves nothing until somebody has decided", async () => {
    const { keeper, sent, elsewhere, rest } = aStation();
    await keeper.read("tin");
    keeper.write({ text: "Của tôi." });
    elsewhere({ text: "Của chị Hoa." });
    await rest();
    expect(sent).to.deep.equal([]);
    expect(keeper.state.value.theirs?.value.text).to.equal("Của chị Hoa.");
    expect(keeper.state.value.draft.text).to.equal("Của tôi.");
    await rest();
    expect(sent).to.deep.equal([]);
    keeper.settle("mine");
    await rest();
    expect(sent).to.deep.equal([{ text: "Của tôi." }]);
  });

  it("goes on with theirs when that is what somebody wants", async () => {
    const { keeper, sent, elsewhere, rest } = aStation();
    await keeper.read("tin");
    keeper.write({ text: "Của tôi." });
    elsewhere({ text: "Của chị Hoa." });
    await keeper.read("tin");
    keeper.settle("theirs");
    await rest();
    expect(keeper.state.value.draft.text).to.equal("Của chị Hoa.");
    expect(sent).to.deep.equal([]);
  });

  it("keeps what was written when it cannot be saved, says why, and saves when somebody asks again", async () => {
    const { keeper, sent, goDown, rest } = aStation();
    await keeper.read("tin");
    goDown(true);
    keeper.write({ text: "Chữ mới." });
    await rest();
    expect(keeper.state.value.wrong).to.contain("no network");
    expect(keeper.state.value.draft.text).to.equal("Chữ mới.");
    goDown(false);
    await keeper.save();
    expect(sent).to.deep.equal([{ text: "Chữ mới." }]);
    expect(keeper.state.value.wrong).to.equal(undefined);
  });

  it("does not save by itself what is approved: that would take the approval away", async () => {
    const { keeper, sent, rest } = aStation({ stage: "approved" });
    await keeper.read("tin");
    keeper.write({ text: "Khác." });
    await rest();
    keeper.close();
    expect(sent).to.deep.equal([]);
    await keeper.save();
    expect(sent).to.deep.equal([{ text: "Khác." }]);
  });

  it("is saved when nobody looks at it any more", async () => {
    const { keeper, sent, settled } = aStation();
    await keeper.read("tin");
    keeper.write({ text: "Vội." });
    keeper.close();
    await settled();
    expect(sent).to.deep.equal([{ text: "Vội." }]);
  });

  it("leaves a blank at the end of what is being written where it is", async () => {
    const { keeper, rest } = aStation();
    await keeper.read("tin");
    keeper.write({ text: "Một hai ba " });
    await rest();
    expect(keeper.state.value.draft.text).to.equal("Một hai ba ");
    expect(keeper.isSaved.value).to.equal(true);
  });
});
