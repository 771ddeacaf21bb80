import { expect } from "chai";
import { aSchedule } from "../support/a-station.js";
import { told } from "../support/told.js";

const soft = (minutes: number) => ({ kind: "soft", waitMs: minutes * 60_000 });
const minutes = (count: number) => count * 60;

describe("plan of airtime", () => {
  it("gives the sessions of a day to golden hours and higher classes first", () => {
    const policies = [{ sessionsPerDay: 2, golden: [{ from: "17:00", to: "18:00" }] }];
    const schedules = [
      aSchedule("som", { at: ["07:00"] }),
      aSchedule("vang", { at: ["17:30"] }),
      aSchedule("uu-tien", { at: ["10:00"], class: "priority" }),
    ];
    expect(told({ schedules, policies })).to.deep.equal([
      "som dropped session-budget",
      "uu-tien airs 10:00-10:01",
      "vang airs 17:30-17:31",
    ]);
  });

  it("counts what follows within five minutes as the same session", () => {
    const policies = [{ sessionsPerDay: 1, minutesPerSession: 15 }];
    const schedules = [aSchedule("mot", { at: ["17:00"] }), aSchedule("hai", { at: ["17:14"] })];
    expect(told({ schedules, policies, lengths: { mot: minutes(10), hai: minutes(5) } })).to.deep.equal([
      "mot airs 17:00-17:10",
      "hai airs 17:14-17:19",
    ]);
    expect(told({ schedules, policies, lengths: { mot: minutes(10), hai: minutes(6) } })).to.deep.equal([
      "mot airs 17:00-17:10",
      "hai dropped session-minutes",
    ]);
  });

  it("keeps to the minutes of a day unless a dated raise lifts them", () => {
    const raises = [{ from: "2026-11-24", until: "2026-11-24", reason: "Dịch", minutesPerDay: 30 }];
    const policies = [{ minutesPerDay: 15, raises }];
    const schedules = [aSchedule("sang", { at: ["06:00"] }), aSchedule("chieu", { at: ["17:00"] })];
    const wishes = { schedules, policies, lengths: { sang: minutes(10), chieu: minutes(10) }, until: "2026-11-26" };
    expect(told(wishes)).to.deep.equal([
      "sang airs 06:00-06:10",
      "chieu dropped day-minutes",
      "sang airs 06:00-06:10",
      "chieu airs 17:00-17:10",
      "sang airs 06:00-06:10",
      "chieu dropped day-minutes",
    ]);
  });

  it("gives the way back when the one in the way has no airtime", () => {
    const policies = [{ minutesPerSession: 15 }];
    const schedules = [aSchedule("qua-dai", { order: 1 }), aSchedule("vua", { at: ["17:01"], timing: soft(0) })];
    expect(told({ schedules, policies, lengths: { "qua-dai": minutes(20), vua: 60 } })).to.deep.equal([
      "qua-dai dropped session-minutes",
      "vua airs 17:01-17:02",
    ]);
  });

  it("counts what is moved over midnight for the day it was planned for", () => {
    const policies = [{ quiet: [], minutesPerDay: 6 }];
    const schedules = [
      aSchedule("dau", { at: ["23:55"], until: "2026-11-23", order: 1 }),
      aSchedule("qua-dem", { at: ["23:59"], until: "2026-11-23", order: 3 }),
      aSchedule("sau", { at: ["00:00"], start: "2026-11-24", until: "2026-11-24", order: 2 }),
    ];
    const lengths = { dau: minutes(5), "qua-dem": minutes(2), sau: minutes(1) };
    expect(told({ schedules, policies, lengths, until: "2026-11-25" })).to.deep.equal([
      "dau airs 23:55-00:00",
      "qua-dem dropped day-minutes",
      "sau airs 00:00-00:01",
    ]);
  });

  it("cuts what is longer than its schedule allows", () => {
    const schedules = [aSchedule("dai", { maxMs: 300_000 })];
    expect(told({ schedules, lengths: { dai: minutes(9) } })).to.deep.equal(["dai cut 17:00-17:05 too-long"]);
  });
});
