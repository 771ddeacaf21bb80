import { expect } from "chai";
import { areaId, receiverId } from "../../../src/domain/ids.js";
import { playlistSchema } from "../../../src/domain/playlist.js";
import type { ChangeBody } from "../../../src/server/api/changes.js";
import { anAnnouncement, aReceiver, aSchedule } from "./fake-control.js";
import { startPanels } from "./start-panels.js";

describe("what a panel is told", () => {
  it("tells a ward of its own places and of what is aimed at them, with word of no number that is not for it", async () => {
    const { access, close, listeners, open, people, control } = await startPanels();
    await people.first();
    const as = { expected: "*", by: { name: "thử" } };
    const items = [{ kind: "announcement", announcement: "tiem-chung" }];
    await control.putPlaylist(playlistSchema.parse({ id: "buoi-sang", title: "Buổi sáng", items }), as);
    await control.putSchedule(aSchedule(), as);
    const watch = async (area: string) => {
      const { secret } = await people.person(area, [{ role: "ward-operator", area: area as never }]);
      const panel = open({ cookie: `${access.cookie}=${secret}` });
      return { ...panel, snapshot: await panel.next() };
    };
    const [there, elsewhere] = [await watch("xuan-huong"), await watch("cam-ly")];
    expect(there.snapshot).to.have.nested.property("receivers[0].id", "loa-1");
    expect(elsewhere.snapshot).to.deep.include({ receivers: [], alarms: [], onAir: [] });
    expect(elsewhere.snapshot.station.receivers.total).to.equal(0);
    const loud = [receiverId("loa-1")];
    const onAir = {
      ...{
        cue: "sang@1",
        title: "Bản tin sáng",
        class: "ordinary" as const,
        failed: [],
        reasons: {},
        announcements: [],
      },
      ...{ start: "2026-11-23T00:00:00.000Z", end: "2026-11-23T00:05:00.000Z" },
      ...{ ordered: loud, confirmed: loud, sounding: loud },
    };

    const news: ChangeBody[] = [
      { kind: "receiver", receiver: aReceiver() },
      { kind: "announcement", announcement: anAnnouncement() },
      { kind: "on-air", onAir: [onAir] },
      { kind: "receiver", receiver: aReceiver({ area: areaId("cam-ly") }) },
      { kind: "stale", what: "schedules" },
    ];
    news.forEach((one, at) => {
      for (const listener of listeners) listener({ ...one, n: at + 1 });
    });

    const told = async ({ next }: typeof there, count: number) => {
      const found: unknown[] = [];
      for (let at = 0; at < count; at++) {
        const { kind, n, what } = await next();
        found.push([kind, n, ...(what ? [what] : [])]);
      }
      return found;
    };
    expect(await told(there, 5)).to.deep.equal([
      ...[
        ["receiver", 1],
        ["announcement", 2],
        ["on-air", 3],
      ],
      // It has been moved away: there it is no more.
      ["receiver-removed", 4],
      ["stale", 5, "schedules"],
    ]);
    expect(await told(elsewhere, 3)).to.deep.equal([
      ["untold", 3],
      ["receiver", 4],
      ["stale", 5, "schedules"],
    ]);
    await close();
  });
});
