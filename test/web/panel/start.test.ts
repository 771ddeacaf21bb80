import { expect } from "chai";
import type { AnnouncementView, ReceiverView } from "../../../src/server/api/views.js";
import { doneOf, nextOf, type Standing } from "../../../src/web/panel/start/steps.js";

const FRESH: Standing = {
  ...{ station: "Đài truyền thanh phường (hãy đổi tên)", wards: ["Phường (hãy đổi tên)"], hasFactor: false },
  ...{ receivers: [], heard: new Set<string>(), announcements: [] },
};
const receiver = (connected: boolean) => ({ id: "loa-1", connected }) as unknown as ReceiverView;
const aired = { heardAt: "2026-11-23T00:00:00.000Z" } as unknown as AnnouncementView;
const stepsOf = (change: Partial<Standing>) => [...doneOf({ ...FRESH, ...change })];

describe("the first steps of a station", () => {
  it("are all before one that was just made", () => {
    expect(stepsOf({})).to.deep.equal([]);
    expect(nextOf(doneOf(FRESH), new Set())).to.equal("name");
  });

  it("are behind it by what is there, in any order", () => {
    expect(stepsOf({ station: "Đài Cam Ly" }), "its ward has no name yet").to.deep.equal([]);
    expect(stepsOf({ station: "Đài Cam Ly", wards: ["Phường Cam Ly"] })).to.deep.equal(["name"]);
    expect(stepsOf({ receivers: [receiver(false)] })).to.deep.equal([]);
    expect(stepsOf({ receivers: [receiver(true)], heard: new Set(["loa-1"]) })).to.deep.equal(["loudspeaker", "tone"]);
    expect(stepsOf({ announcements: [aired] })).to.deep.equal(["tone", "announcement"]);
  });

  it("lead on over what was skipped, to the end", () => {
    const done = doneOf({ ...FRESH, hasFactor: true, announcements: [aired] });
    expect(nextOf(done, new Set(["name"]))).to.equal("loudspeaker");
    expect(nextOf(done, new Set(["name", "loudspeaker"]))).to.equal(undefined);
  });
});
