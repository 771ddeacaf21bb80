import { expect } from "chai";
import * as fc from "fast-check";
import { Fault } from "../../src/base/errors.js";
import { epoch } from "../../src/base/units.js";
import { addDays, dateOfDay, dayNumber, weekdayOf } from "../../src/domain/calendar.js";
import { localDate } from "../../src/domain/local-time.js";
import { zoneOf } from "../../src/domain/zone.js";
import { checkProperty } from "../support/check-property.js";

const hm = (hour: number, minute = 0) => hour * 3600 + minute * 60;
const utc = (text: string) => Date.parse(`${text}Z`);
const ZONES = ["Asia/Ho_Chi_Minh", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu", "Europe/London"];

describe("zone", () => {
  it("turns Vietnamese wall time into UTC and back", () => {
    const zone = zoneOf("Asia/Ho_Chi_Minh");
    expect(zone.toEpoch(localDate("2026-11-23"), hm(5, 30))).to.equal(utc("2026-11-22T22:30"));
    expect(zone.toLocal(epoch(utc("2026-11-22T22:30:15.5")))).to.deep.equal({
      date: "2026-11-23",
      day: dayNumber(localDate("2026-11-23")),
      weekday: 1,
      second: hm(5, 30) + 15.5,
    });
  });

  it("moves a wall time inside a gap to the first instant after it", () => {
    const newYork = zoneOf("America/New_York");
    for (const minute of [0, 15, 59])
      expect(newYork.toEpoch(localDate("2026-03-08"), hm(2, minute))).to.equal(utc("2026-03-08T07:00"));
    const lordHowe = zoneOf("Australia/Lord_Howe");
    expect(lordHowe.toEpoch(localDate("2026-10-04"), hm(2, 10))).to.equal(utc("2026-10-03T15:30"));
    expect(lordHowe.toEpoch(localDate("2026-10-04"), hm(2, 30))).to.equal(utc("2026-10-03T15:30"));
  });

  it("takes the first of two when a wall time comes twice, and can name both", () => {
    const newYork = zoneOf("America/New_York");
    expect(newYork.toEpoch(localDate("2026-11-01"), hm(1, 30))).to.equal(utc("2026-11-01T05:30"));
    const lordHowe = zoneOf("Australia/Lord_Howe");
    expect(lordHowe.toEpoch(localDate("2026-04-05"), hm(1, 45))).to.equal(utc("2026-04-04T14:45"));
    expect(lordHowe.allEpochs(localDate("2026-04-05"), hm(1, 45))).to.deep.equal([
      utc("2026-04-04T14:45"),
      utc("2026-04-04T15:15"),
    ]);
    expect(lordHowe.allEpochs(localDate("2026-10-04"), hm(2, 10))).to.deep.equal([]);
  });

  it("knows on which local day the clocks change", () => {
    const newYork = zoneOf("America/New_York");
    expect(newYork.transitionOn(localDate("2026-03-08"))).to.equal(utc("2026-03-08T07:00"));
    expect(newYork.transitionOn(localDate("2026-03-07"))).to.equal(undefined);
    expect(zoneOf("Asia/Ho_Chi_Minh").transitionOn(localDate("2026-03-08"))).to.equal(undefined);
  });

  it("agrees with itself there and back at every instant", () => {
    checkProperty(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: utc("2020-01-01"), max: utc("2032-01-01") }),
        (name, instant) => {
          const zone = zoneOf(name);
          const at = epoch(Math.floor(instant / 1000) * 1000);
          const { date, second } = zone.toLocal(at);
          expect(zone.allEpochs(date, second)).to.include(at);
          expect(zone.toEpoch(date, second)).to.equal(zone.allEpochs(date, second)[0]);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it("agrees with Intl about the hour", () => {
    checkProperty(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: utc("2020-01-01"), max: utc("2032-01-01") }),
        (name, instant) => {
          const { second } = zoneOf(name).toLocal(epoch(instant));
          const shown = new Intl.DateTimeFormat("en-GB", { timeZone: name, hour: "2-digit", minute: "2-digit" });
          const text = [second / 3600, (second % 3600) / 60].map((part) => `${Math.floor(part)}`.padStart(2, "0"));
          expect(text.join(":")).to.equal(shown.format(instant));
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  it("refuses a zone that nobody knows", () => {
    expect(() => zoneOf("Asia/Da_Lat"))
      .to.throw(Fault, "Asia/Da_Lat")
      .with.property("code", "invalid");
  });
});

describe("calendar", () => {
  it("counts over month ends, leap days and years", () => {
    expect(addDays(localDate("2028-02-28"), 1)).to.equal("2028-02-29");
    expect(addDays(localDate("2026-02-28"), 1)).to.equal("2026-03-01");
    expect(addDays(localDate("2026-12-31"), 1)).to.equal("2027-01-01");
    expect(addDays(localDate("2026-03-31"), -31)).to.equal("2026-02-28");
  });

  it("calls Sunday 7 and Monday 1", () => {
    expect(weekdayOf(localDate("2026-11-22"))).to.equal(7);
    expect(weekdayOf(localDate("2026-11-23"))).to.equal(1);
    expect(weekdayOf(localDate("1969-12-31"))).to.equal(3);
  });

  it("refuses what is not a day", () => {
    expect(() => dateOfDay(0.5)).to.throw(RangeError);
    expect(() => dateOfDay(Number.NaN)).to.throw(RangeError);
  });
});
