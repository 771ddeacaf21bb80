import { createHash } from "node:crypto";
import { expect } from "chai";
import * as fc from "fast-check";
import { silentLog } from "../../../src/base/log.js";
import { addDays } from "../../../src/domain/calendar.js";
import { plan } from "../../../src/domain/plan.js";
import type { PlanInput, Rundown } from "../../../src/domain/rundown.js";
import type { Schedule } from "../../../src/domain/schedule.js";
import { createDays } from "../../../src/server/control/days.js";
import { createTimetable } from "../../../src/server/control/timetable.js";
import { anAnnouncement, aSchedule, aStation } from "../../support/a-station.js";
import { anyStation } from "../../support/any-station.js";
import { FakeClock } from "../../support/fake-clock.js";

const settled = () => new Promise(setImmediate);
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

describe("the timetable", () => {
  function start(first: PlanInput = aStation({ schedules: [aSchedule("sang")] })) {
    const clock = new FakeClock(first.from);
    let station = first;
    const asked: { input: PlanInput; finish: () => void; fail: (why: Error) => void }[] = [];
    const errors: string[] = [];
    let planned = 0;
    const timetable = createTimetable({
      zone: first.zone,
      days: createDays(first.zone, () => clock.date()),
      clock,
      planner: {
        plan: (input) =>
          new Promise<Rundown>((resolve, reject) =>
            asked.push({ input, finish: () => resolve(plan(input)), fail: reject }),
          ),
        review: () => Promise.reject(new Error("not asked")),
      },
      situation: () => station,
      digest,
      onPlanned: () => {
        planned += 1;
      },
      log: { ...silentLog, error: (event) => errors.push(event) },
    });
    return {
      ...{ clock, timetable, asked, errors },
      plannedTimes: () => planned,
      titles: () => [...new Set(timetable.rundown()?.lines.map(({ title }) => title))],
      /** Somebody changes the station, and is told that it is kept. */
      async edit(schedules: readonly Schedule[], more: Partial<PlanInput> = {}) {
        station = { ...aStation({ schedules }), ...more };
        timetable.invalidate();
        void timetable.refresh();
        await settled();
      },
      async refresh() {
        void timetable.refresh();
        await settled();
      },
      async finish(index: number) {
        asked[index]?.finish();
        await settled();
      },
    };
  }

  it("has no rundown until the first is finished, and then eight days from midnight", async () => {
    const { timetable, refresh, finish } = start();
    await refresh();
    expect(timetable.rundown()).to.equal(undefined);
    await finish(0);
    expect(timetable.rundown()?.lines).to.have.length(8);
    expect(timetable.isBehind()).to.equal(false);
  });

  it("keeps the last rundown while the next is being made", async () => {
    const { timetable, edit, refresh, finish, titles } = start();
    await refresh();
    await finish(0);
    await edit([aSchedule("trua")]);
    expect(titles()).to.deep.equal(["sang"]);
    expect(timetable.isBehind()).to.equal(true);
    await finish(1);
    expect(titles()).to.deep.equal(["trua"]);
    expect(timetable.isBehind()).to.equal(false);
  });

  it("never takes a plan that an edit has overtaken, and has the edit in the next", async () => {
    const { edit, refresh, finish, titles, asked } = start();
    await refresh();
    await finish(0);
    await edit([aSchedule("trua")]);
    await edit([aSchedule("chieu")]);
    await finish(1);
    expect(titles()).to.deep.equal(["sang"]);
    expect(asked).to.have.length(3);
    await finish(2);
    expect(titles()).to.deep.equal(["chieu"]);
    expect(asked).to.have.length(3);
  });

  it("takes an overtaken plan when edits have come too fast for five seconds, and goes on", async () => {
    const { clock, timetable, edit, refresh, finish, titles } = start();
    await refresh();
    await finish(0);
    for (const [index, name] of ["a", "b", "c", "d", "e", "f", "g"].entries()) {
      await edit([aSchedule(name)]);
      clock.advance(1000);
      if (index > 0) await finish(index);
    }
    expect(titles()).to.deep.equal(["d"]);
    expect(timetable.isBehind()).to.equal(true);
    await finish(7);
    expect(titles()).to.deep.equal(["g"]);
  });

  it("plans nothing anew for an edit that no plan depends on", async () => {
    const { timetable, edit, refresh, finish, asked, plannedTimes } = start();
    await refresh();
    await finish(0);
    const draft = anAnnouncement("nhap", 30, { text: "Chưa xếp lịch" });
    const { announcements } = aStation({ schedules: [aSchedule("sang")] });
    await edit([aSchedule("sang")], { announcements: new Map([...announcements, [draft.id, draft]]) });
    expect(timetable.isBehind()).to.equal(false);
    expect([asked.length, plannedTimes()]).to.deep.equal([1, 1]);
  });

  it("plans anew when the day changes, in either direction", async () => {
    const { clock, timetable, refresh, finish } = start();
    await refresh();
    await finish(0);
    const monday = timetable.rundown()?.from;
    clock.step(24 * 3_600_000);
    expect(timetable.isBehind()).to.equal(true);
    await refresh();
    await finish(1);
    expect(timetable.rundown()?.from).to.equal((monday ?? 0) + 24 * 3_600_000);
    clock.step(-24 * 3_600_000);
    await refresh();
    await finish(2);
    expect(timetable.rundown()?.from).to.equal(monday);
  });

  it("keeps what it has when planning fails, says so once, and tries again after the next edit or half a minute", async () => {
    const { clock, edit, refresh, finish, titles, asked, errors } = start();
    await refresh();
    await finish(0);
    await edit([aSchedule("trua")]);
    asked[1]?.fail(new Error("out of memory"));
    await settled();
    for (let beat = 0; beat < 20; beat++) {
      clock.advance(1000);
      await refresh();
    }
    expect([titles(), asked.length, errors]).to.deep.equal([["sang"], 2, ["plan.failed"]]);
    clock.advance(11_000);
    await refresh();
    await finish(2);
    expect(titles()).to.deep.equal(["trua"]);
  });

  it("takes nothing any more once it is closed", async () => {
    const { timetable, refresh, finish } = start();
    await refresh();
    timetable.close();
    await finish(0);
    expect(timetable.rundown()).to.equal(undefined);
  });

  it("answers for any days that it holds with what a plan of those days alone would say", async () => {
    await fc.assert(
      fc.asyncProperty(anyStation, fc.nat(6), fc.integer({ min: 1, max: 3 }), async (station, first, length) => {
        const { timetable, refresh, finish, asked } = start(station);
        await refresh();
        await finish(0);
        const days = createDays(station.zone, () => station.from);
        const from = addDays(days.today(), first);
        const count = Math.min(length, 8 - first);
        const answer = await timetable.between(from, count);
        expect(answer).to.deep.equal(plan({ ...station, ...days.span(from, count) }));
        expect(asked).to.have.length(1);
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });
});
