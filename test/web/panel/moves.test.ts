import { expect } from "chai";
import fc from "fast-check";
import { policySchema } from "../../../src/domain/policy.js";
import { type Schedule, scheduleSchema } from "../../../src/domain/schedule.js";
import { inLanes } from "../../../src/web/panel/week/lanes.js";
import { moveOf, scopesOf, timeAt } from "../../../src/web/panel/week/moves.js";
import { quietSpans, quietWhere } from "../../../src/web/panel/week/quiet-time.js";

const schedule = (more: object): Schedule =>
  scheduleSchema.parse({
    ...{ id: "sang", title: "Sáng", class: "ordinary", playlist: "p", targets: { areas: ["phuong"] } },
    ...{ start: "2026-11-23", at: ["06:00", "17:00"], ...more },
  });
const TUESDAY = { date: "2026-11-24", time: "06:00" };
const wish = (date: string, time: string, from = TUESDAY) => ({ from, to: { date, time }, taken: new Set(["sang"]) });
const facts = ({ id, start, at, rule, except, extra }: Schedule) => ({ id, start, at, rule, except, extra });

describe("a sounding that is moved", () => {
  const daily = schedule({ rule: "FREQ=DAILY" });

  it("alone leaves its day to a schedule of its own, with what else that day has", () => {
    const move = moveOf(daily, "once", wish("2026-11-24", "07:30"));
    expect(move?.changed.except).to.deep.equal(["2026-11-24"]);
    expect(move?.made.map(facts)).to.deep.equal([
      { id: "sang-2", start: "2026-11-24", at: ["07:30", "17:00"], rule: undefined, except: [], extra: [] },
    ]);
    const other = moveOf(daily, "once", wish("2026-11-25", "07:30"));
    expect(other?.made.map(facts)).to.deep.equal([
      { id: "sang-2", start: "2026-11-25", at: ["07:30"], rule: undefined, except: [], extra: [] },
      { id: "sang-3", start: "2026-11-24", at: ["17:00"], rule: undefined, except: [], extra: [] },
    ]);
  });

  it("with all of its schedule has another time, and of a weekly one another day", () => {
    expect(moveOf(daily, "all", wish("2026-11-24", "07:30"))?.changed.at).to.deep.equal(["07:30", "17:00"]);
    const weekly = schedule({ rule: "FREQ=WEEKLY;BYDAY=TU,FR" });
    const move = moveOf(weekly, "all", wish("2026-11-26", "06:15"));
    expect(move && facts(move.changed)).to.deep.include({ rule: "FREQ=WEEKLY;BYDAY=TH,FR", at: ["06:15", "17:00"] });
    expect(move?.made).to.deep.equal([]);
  });

  it("offers only what can be done", () => {
    expect(scopesOf(daily, wish("2026-11-25", "06:00"))).to.deep.equal(["once"]);
    expect(scopesOf(daily, wish("2026-11-24", "06:30"))).to.deep.equal(["once", "all"]);
    const single = schedule({ start: "2026-11-24", at: ["06:00"] });
    expect(scopesOf(single, wish("2026-11-26", "08:00"))).to.deep.equal(["all"]);
    expect(moveOf(single, "all", wish("2026-11-26", "08:00"))?.changed).to.include({ start: "2026-11-26" });
    expect(scopesOf(schedule({ rule: "FREQ=MONTHLY;BYDAY=1MO" }), wish("2026-11-25", "06:00"))).to.deep.equal(["once"]);
    expect(scopesOf(daily, wish("2026-11-24", "06:00"))).to.deep.equal([]);
  });

  it("of an added day takes that day away, and no other", () => {
    const added = schedule({ rule: "FREQ=WEEKLY;BYDAY=MO", extra: ["2026-11-24"], at: ["06:00"] });
    const move = moveOf(added, "once", wish("2026-11-24", "09:00"));
    expect(move?.changed).to.deep.include({ extra: [], except: [] });
  });

  it("always makes schedules that the station takes", () => {
    const time = fc.nat(287).map((step) => timeAt(step * 5));
    const date = fc.nat(6).map((day) => `2026-11-${23 + day}`);
    const rule = fc.constantFrom("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU", undefined);
    fc.assert(
      fc.property(date, time, rule, fc.constantFrom("once", "all"), (day, at, of, scope) => {
        const move = moveOf(schedule(of === undefined ? {} : { rule: of }), scope, wish(day, at));
        for (const one of move ? [move.changed, ...move.made] : [])
          expect(scheduleSchema.safeParse(JSON.parse(JSON.stringify(one))).error).to.equal(undefined);
      }),
    );
  });

  it("stays within its day, on steps of five minutes", () => {
    expect([-20, 0, 362, 363, 1439, 2000].map(timeAt)).to.deep.equal([
      ...["00:00", "00:00", "06:00", "06:05", "23:55", "23:55"],
    ]);
  });
});

describe("the hours in which nothing is dropped", () => {
  const parts = {
    zone: "Asia/Ho_Chi_Minh",
    areas: new Map([["phuong", { id: "phuong", name: "Phường", kind: "ward" }]]) as never,
    policies: [policySchema.parse({ area: "phuong" })],
  };
  const at = (time: string, minutes = 1) =>
    quietWhere({ date: "2026-11-24", time }, minutes * 60_000, ["phuong"], parts);

  it("are those of its places, for as long as it sounds", () => {
    expect(at("04:00")).to.deep.equal(["Phường"]);
    expect(at("05:30")).to.deep.equal([]);
    expect(at("20:55", 5)).to.deep.equal([]);
    expect(at("20:55", 6)).to.deep.equal(["Phường"]);
    expect(quietWhere({ date: "", time: "" }, 1, ["phuong"], parts)).to.deep.equal([]);
  });

  it("are drawn over midnight", () => {
    expect(quietSpans("2026-11-24", ["phuong"], parts)).to.deep.equal([
      { from: 0, to: 330 },
      { from: 1260, to: 1440 },
    ]);
    expect(quietSpans("2026-11-24", [], parts)).to.deep.equal([]);
  });
});

describe("blocks of one day", () => {
  it("stand beside each other where they meet, and alone where they do not", () => {
    const span = (from: number, minutes: number) => ({ from, minutes });
    const placed = inLanes([span(0, 60), span(30, 10), span(45, 10), span(200, 5)], (one) => one, 20);
    expect(placed.map(({ from, lane, lanes }) => [from, lane, lanes])).to.deep.equal([
      [0, 0, 3],
      [30, 1, 3],
      [45, 2, 3],
      [200, 0, 1],
    ]);
  });

  it("never lie over one another", () => {
    const spans = fc.array(fc.record({ from: fc.nat(300), minutes: fc.nat(60) }), { maxLength: 20 });
    fc.assert(
      fc.property(spans, (all) => {
        const placed = inLanes(all, (one) => one, 10);
        expect(placed).to.have.length(all.length);
        for (const one of placed)
          for (const other of placed) {
            const meet = one.from < other.from + other.minutes && other.from < one.from + one.minutes;
            if (one !== other && meet) expect(one.lane).to.not.equal(other.lane);
            if (one !== other && meet) expect(one.lanes).to.equal(other.lanes);
          }
      }),
    );
  });
});
