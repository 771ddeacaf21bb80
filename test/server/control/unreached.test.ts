import { expect } from "chai";
import { announcementId } from "../../../src/domain/ids.js";
import { unreachedAt } from "../../../src/server/control/unreached.js";

const [mot, hai] = [announcementId("mot"), announcementId("hai")];
const piece = (announcement: typeof mot, at: number) => ({ announcement, title: "", topic: "", at, ms: 30_000 });
const ticket = { content: [piece(mot, 0), piece(hai, 30_000), piece(mot, 60_000)] };
const dueAt = 1_000_000_000;
const cut = (heardMs: number, passedMs = heardMs) =>
  ({ event: "cut", heardMs, dueAt, at: dueAt + passedMs * 1000 }) as const;

describe("what a cut came before", () => {
  it("are the announcements that had not begun", () => {
    expect(unreachedAt(cut(20_000), ticket)).to.deep.equal([hai]);
    expect(unreachedAt(cut(30_000), ticket)).to.deep.equal([hai]);
    expect(unreachedAt(cut(30_001), ticket)).to.be.empty;
    expect(unreachedAt(cut(0), ticket)).to.deep.equal([mot, hai]);
  });

  it("is nothing in doubt: whoever joined late or was interrupted may have come further", () => {
    expect(unreachedAt(cut(5000, 40_000), ticket)).to.be.empty;
    expect(unreachedAt(cut(40_000, 5000), ticket)).to.be.empty;
  });

  it("is nothing of what was played to its end, or of a ticket that does not tell what it consisted of", () => {
    expect(unreachedAt({ ...cut(0), event: "finished" }, ticket)).to.be.empty;
    expect(unreachedAt({ ...cut(0), dueAt: undefined }, ticket)).to.be.empty;
    expect(unreachedAt(cut(0), {})).to.be.empty;
  });
});
