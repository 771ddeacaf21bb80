import { expect } from "chai";
import type { Change, Snapshot } from "../../../src/server/api/changes.js";
import { follows, pictureOf, withChanges } from "../../../src/web/panel/live/picture.js";

const snapshot = (fields: object = {}) =>
  ({
    n: 4,
    station: { name: "Đài thử" },
    receivers: [{ id: "loa-1", name: "một" }],
    onAir: [],
    alarms: [{ id: "a" }],
    ...fields,
  }) as unknown as Snapshot;
const change = (fields: object) => fields as unknown as Change;

describe("the panel's picture of the station", () => {
  it("takes whole new values, and forgets what was removed", () => {
    const picture = withChanges(pictureOf(snapshot()), [
      change({ n: 5, kind: "receiver", receiver: { id: "loa-2", name: "hai" } }),
      change({ n: 6, kind: "receiver-removed", id: "loa-1" }),
      change({ n: 7, kind: "alarm-cleared", id: "a" }),
      change({ n: 8, kind: "on-air", onAir: [{ cue: "sang" }] }),
    ]);
    expect([...picture.receivers.keys()]).to.deep.equal(["loa-2"]);
    expect(picture.alarms.size).to.equal(0);
    expect(picture.onAir).to.have.length(1);
    expect(picture.n).to.equal(8);
  });

  it("leaves the former picture as it was", () => {
    const before = pictureOf(snapshot());
    withChanges(before, [change({ n: 5, kind: "receiver-removed", id: "loa-1" })]);
    expect(before.receivers.size).to.equal(1);
  });

  it("knows when something was missed", () => {
    expect(follows(4, change({ n: 5, kind: "alert" }))).to.equal(true);
    expect(follows(4, change({ n: 6, kind: "alert" }))).to.equal(false);
    expect(follows(4, change({ n: 4, kind: "alert" }))).to.equal(false);
    expect(follows(4, change({ n: 9, kind: "untold" })), "others were told").to.equal(true);
    expect(follows(4, change({ n: 4, kind: "untold" }))).to.equal(false);
  });

  it("says which lists are out of date, each time, and all of them with a new snapshot", () => {
    const first = pictureOf(snapshot());
    const next = withChanges(first, [change({ n: 5, kind: "stale", what: "rundown" })]);
    expect(next.stale.rundown).to.equal((first.stale.rundown ?? 0) + 1);
    expect(next.stale.log).to.equal(first.stale.log);
    const again = pictureOf(snapshot({ n: 90 }), next);
    for (const [what, times] of Object.entries(again.stale))
      expect(times, what).to.be.above(next.stale[what as "log"] ?? -1);
  });
});
