import { expect } from "chai";
import * as fc from "fast-check";
import ICAL from "ical.js";
import { Fault } from "../../src/base/errors.js";
import { addDays, dateOfDay } from "../../src/domain/calendar.js";
import { type LocalDate, localDate } from "../../src/domain/local-time.js";
import { type DayPattern, daysOf } from "../../src/domain/recurrence.js";
import { checkProperty } from "../support/check-property.js";

const none = new Set<LocalDate>();

function pattern(start: string, rule?: string, more: Partial<DayPattern> = {}): DayPattern {
  return { start: localDate(start), rule, except: [], extra: [], holidays: "ignore", ...more };
}

function days(of: DayPattern, from: string, to: string, holidays: ReadonlySet<LocalDate> = none): string[] {
  const due = daysOf(of, { from: localDate(from), to: localDate(to) }, holidays);
  return due.filter((day) => !day.silenced).map((day) => day.date);
}

describe("recurrence", () => {
  it("is due on the start day only when there is no rule", () => {
    expect(days(pattern("2026-11-23"), "2026-11-01", "2026-12-31")).to.deep.equal(["2026-11-23"]);
  });

  it("comes on Sundays", () => {
    expect(days(pattern("2026-11-23", "FREQ=WEEKLY;BYDAY=SU"), "2026-11-23", "2026-12-08")).to.deep.equal([
      "2026-11-29",
      "2026-12-06",
    ]);
    const workdays = pattern("2026-11-22", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU");
    expect(days(workdays, "2026-11-22", "2026-11-30")).to.have.length(9);
  });

  it("counts the last day of its validity and of UNTIL", () => {
    const until = pattern("2026-11-23", "FREQ=DAILY", { until: localDate("2026-11-25") });
    expect(days(until, "2026-11-20", "2026-12-31")).to.deep.equal(["2026-11-23", "2026-11-24", "2026-11-25"]);
    expect(days(pattern("2026-11-23", "FREQ=DAILY;UNTIL=20261124"), "2026-11-20", "2026-12-31")).to.deep.equal([
      "2026-11-23",
      "2026-11-24",
    ]);
  });

  it("keeps every other week to the week it began in, however long ago", () => {
    const rule = pattern("2001-01-03", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU");
    const due = days(rule, "2026-11-01", "2026-11-30");
    expect(due).to.deep.equal(["2026-11-02", "2026-11-08", "2026-11-16", "2026-11-22", "2026-11-30"]);
  });

  it("never invents the 29th of February or the 31st", () => {
    expect(days(pattern("2024-02-29", "FREQ=YEARLY"), "2024-01-01", "2032-12-31")).to.deep.equal([
      "2024-02-29",
      "2028-02-29",
      "2032-02-29",
    ]);
    expect(days(pattern("2026-01-31", "FREQ=MONTHLY"), "2026-01-01", "2026-06-30")).to.deep.equal([
      "2026-01-31",
      "2026-03-31",
      "2026-05-31",
    ]);
    expect(days(pattern("2026-01-01", "FREQ=MONTHLY;BYMONTHDAY=-1"), "2026-01-01", "2026-04-30")).to.deep.equal([
      "2026-01-31",
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
    ]);
  });

  it("finishes when no day can ever fit", () => {
    const rule = "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31";
    expect(days(pattern("2026-01-01", rule), "2026-01-01", "2027-12-31")).to.deep.equal([]);
    expect(days(pattern("2026-01-01", `${rule};COUNT=3`), "2026-01-01", "2027-12-31")).to.deep.equal([]);
  });

  it("knows the last Friday, the last working day and the first Sunday of some months", () => {
    const of = (rule: string) => days(pattern("2026-01-01", rule), "2026-01-01", "2026-03-31");
    expect(of("FREQ=MONTHLY;BYDAY=-1FR")).to.deep.equal(["2026-01-30", "2026-02-27", "2026-03-27"]);
    expect(of("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")).to.deep.equal([
      "2026-01-30",
      "2026-02-27",
      "2026-03-31",
    ]);
    expect(of("FREQ=YEARLY;BYMONTH=3,9;BYDAY=1SU")).to.deep.equal(["2026-03-01"]);
    expect(of("FREQ=YEARLY;BYYEARDAY=1,-306")).to.deep.equal(["2026-01-01", "2026-03-01"]);
  });

  it("numbers weeks as ISO 8601 does, over the turn of the year", () => {
    const due = days(pattern("2026-01-01", "FREQ=YEARLY;BYWEEKNO=1,53,-1;BYDAY=MO,SU"), "2026-12-01", "2027-12-31");
    expect(due).to.deep.equal(["2026-12-28", "2027-01-03", "2027-01-04", "2027-01-10", "2027-12-27"]);
  });

  it("ends after COUNT days, left-out days counted", () => {
    const rule = pattern("2026-11-23", "FREQ=DAILY;COUNT=3", { except: [localDate("2026-11-24")] });
    expect(days(rule, "2026-11-01", "2026-12-31")).to.deep.equal(["2026-11-23", "2026-11-25"]);
  });

  it("adds and leaves out days, and leaving out wins", () => {
    const extra = ["2026-11-25", "2026-11-26", "2026-12-31"].map(localDate);
    const rule = pattern("2026-11-23", undefined, {
      extra,
      except: [localDate("2026-11-26")],
      until: localDate("2026-12-30"),
    });
    expect(days(rule, "2026-11-01", "2027-01-31")).to.deep.equal(["2026-11-23", "2026-11-25"]);
  });

  it("is silent on holidays, or sounds on them only, as it was set", () => {
    const tet = new Set(["2027-02-06", "2027-02-07"].map(localDate));
    const daily = (holidays: "skip" | "only" | "ignore") => pattern("2027-02-05", "FREQ=DAILY", { holidays });
    expect(days(daily("skip"), "2027-02-05", "2027-02-08", tet)).to.deep.equal(["2027-02-05", "2027-02-08"]);
    expect(days(daily("only"), "2027-02-05", "2027-02-08", tet)).to.deep.equal(["2027-02-06", "2027-02-07"]);
    expect(days(daily("ignore"), "2027-02-05", "2027-02-08", tet)).to.have.length(4);
    const range = { from: localDate("2027-02-06"), to: localDate("2027-02-06") };
    expect(daysOf(daily("skip"), range, tet)).to.deep.equal([{ date: "2027-02-06", silenced: true }]);
  });

  it("agrees with the library's own walk wherever that can be trusted", () => {
    const weekday = fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    const interval = fc.integer({ min: 1, max: 5 });
    const list = <T>(of: fc.Arbitrary<T>) => fc.uniqueArray(of, { minLength: 1, maxLength: 3 });
    const monthDay = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -5, max: -1 }));
    const nth = fc.tuple(fc.constantFrom("1", "2", "-1", ""), weekday).map((pair) => pair.join(""));
    const rule = fc.oneof(
      interval.map((n) => `FREQ=DAILY;INTERVAL=${n}`),
      fc.tuple(interval, list(weekday)).map(([n, on]) => `FREQ=WEEKLY;INTERVAL=${n};BYDAY=${on}`),
      fc.tuple(interval, list(monthDay)).map(([n, on]) => `FREQ=MONTHLY;INTERVAL=${n};BYMONTHDAY=${on}`),
      fc.tuple(interval, list(nth)).map(([n, on]) => `FREQ=MONTHLY;INTERVAL=${n};BYDAY=${on}`),
    );
    checkProperty(
      fc.property(rule, fc.integer({ min: 20_000, max: 22_000 }), (text, first) => {
        const start = dateOfDay(first);
        const end = addDays(start, 400);
        expect(days(pattern(start, text), start, end)).to.deep.equal(walk(text, start, end));
      }),
      { numRuns: 300 },
    );
  });

  it("refuses what it cannot do and names what it can", () => {
    const refusals: [string, string][] = [
      ["FREQ=HOURLY", "DAILY, WEEKLY, MONTHLY or YEARLY"],
      ["FREQ=DAILY;BYHOUR=8", "BYHOUR"],
      ["FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY"],
      ["FREQ=WEEKLY;BYDAY=XX", "XX"],
      ["FREQ=WEEKLY;BYDAY=1MO", "nth weekday"],
      ["FREQ=MONTHLY;BYMONTHDAY=99", "99"],
      ["FREQ=MONTHLY;BYMONTHDAY=0", "range"],
      ["FREQ=DAILY;INTERVAL=0", "INTERVAL"],
      ["FREQ=DAILY;UNTIL=20261301", "UNTIL"],
      ["FREQ=DAILY;FREQ=DAILY", "twice"],
      ["FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"],
      ["every day", "wrong"],
      ["", "wrong"],
      [`FREQ=YEARLY;BYYEARDAY=${"1,".repeat(200)}1`, "300"],
    ];
    for (const [rule, words] of refusals)
      expect(() => days(pattern("2026-11-23", rule), "2026-11-23", "2026-11-30"), rule)
        .to.throw(Fault, words)
        .with.property("path", "/rule");
  });
});

/** ical.js walks right where every period has a fitting day and the first day need not fit. */
function walk(rule: string, start: LocalDate, end: LocalDate): string[] {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(start));
  const found = new Set<string>();
  for (let next = iterator.next(); next && next.toString() <= end; next = iterator.next()) found.add(next.toString());
  return [...found].sort();
}
