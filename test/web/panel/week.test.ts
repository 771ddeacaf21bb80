import { expect } from "chai";
import fc from "fast-check";
import { parseRule } from "../../../src/domain/rule.js";
import { dateAfter, mondayOf } from "../../../src/web/panel/week/days.js";
import { type Repeat, repeatOf, ruleOf, timesIn, WEEKDAYS } from "../../../src/web/panel/week/repeat.js";

describe("a schedule as people fill it in", () => {
  it("takes times as people write them, in order, each once", () => {
    expect(timesIn("17h30, 6:00 6h")).to.deep.equal(["06:00", "17:30"]);
    expect(timesIn("5g15; 05:15:30")).to.deep.equal(["05:15", "05:15:30"]);
    for (const wrong of ["", " ", "25:00", "6:60", "sáng", "6:0", "6.30", "17:00:61"])
      expect(timesIn(wrong), wrong).to.equal(undefined);
  });

  it("makes rules that the planner reads, and reads them back", () => {
    const repeats = fc.oneof(
      fc.constant<Repeat>({ kind: "once" }),
      fc.constant<Repeat>({ kind: "daily" }),
      fc.subarray([...WEEKDAYS], { minLength: 1 }).map((days): Repeat => ({ kind: "weekly", days })),
    );
    fc.assert(
      fc.property(repeats, (repeat) => {
        const rule = ruleOf(repeat);
        if (rule !== undefined) parseRule(rule);
        expect(repeatOf(rule)).to.deep.equal(repeat);
      }),
    );
  });

  it("keeps a rule of another form as it is", () => {
    const rule = "FREQ=MONTHLY;BYDAY=1MO";
    expect(ruleOf(repeatOf(rule))).to.equal(rule);
    expect(repeatOf(rule).kind).to.equal("other");
    expect(repeatOf("FREQ=WEEKLY;BYDAY=1MO").kind).to.equal("other");
  });
});

describe("the dates of a week", () => {
  it("begin on Monday, also over the end of a month and a year", () => {
    expect(["2026-11-23", "2026-11-29", "2027-01-01", "2024-03-03"].map(mondayOf)).to.deep.equal([
      ...["2026-11-23", "2026-11-23", "2026-12-28", "2024-02-26"],
    ]);
    expect(dateAfter("2024-02-28", 1)).to.equal("2024-02-29");
    expect(dateAfter("2026-12-31", 1)).to.equal("2027-01-01");
  });
});
