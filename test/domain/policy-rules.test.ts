import { expect } from "chai";
import * as fc from "fast-check";
import { epoch } from "../../src/base/units.js";
import { type Area, areaSchema } from "../../src/domain/area.js";
import { type AreaId, areaId } from "../../src/domain/ids.js";
import { localDate, secondsOf } from "../../src/domain/local-time.js";
import { areaLine, type Place, placeOf, policyOn } from "../../src/domain/place.js";
import { policySchema } from "../../src/domain/policy.js";
import {
  isGolden,
  isQuiet,
  lastQuietChange,
  nextQuietChange,
  touchesQuiet,
  volumeCeiling,
} from "../../src/domain/policy-rules.js";
import { zoneOf } from "../../src/domain/zone.js";
import { checkProperty } from "../support/check-property.js";

type PolicyInput = Parameters<typeof policySchema.parse>[0];
const policy = (input: object) => policySchema.parse({ area: "ward", ...input } as PolicyInput);

function place({
  zone = "Asia/Ho_Chi_Minh",
  sensitive = false,
  areas = ["group", "ward", "city"],
  policies = [] as object[],
} = {}): Place {
  return { zone, sensitive, areas: areas.map(areaId), policies: policies.map(policy) };
}

const at = (text: string, zone = "Asia/Ho_Chi_Minh") => {
  const [date = "", time = ""] = text.split(" ");
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return zoneOf(zone).toEpoch(localDate(date), hour * 3600 + minute * 60);
};
const day = localDate("2026-11-23");

describe("a sound that takes its time", () => {
  const noon = place({ policies: [{ quiet: [{ from: "12:00", to: "12:10" }], quietSensitive: [] }] });
  const touches = (from: string, to: string) =>
    touchesQuiet(noon, { from: at(`2026-11-23 ${from}`), to: at(`2026-11-23 ${to}`) });

  it("touches a quiet hour that lies wholly within it, that it begins in or that it runs into", () => {
    expect(touches("11:50", "12:30")).to.equal(true);
    expect(touches("12:05", "12:30")).to.equal(true);
    expect(touches("11:50", "12:01")).to.equal(true);
  });

  it("may end when the quiet hour begins, and begin when it ends", () => {
    expect(touches("11:50", "12:00")).to.equal(false);
    expect(touches("12:10", "12:30")).to.equal(false);
  });
});

describe("policy in force", () => {
  it("is that of the nearest area that has one", () => {
    const line = place({ policies: [{ area: "city", quiet: [] }, { golden: [{ from: "17:00", to: "18:00" }] }] });
    expect(policyOn(line, day).area).to.equal("ward");
  });

  it("is the one that began last and has not ended, its last day included", () => {
    const line = place({
      policies: [{ minutesPerDay: 1 }, { from: "2026-11-20", until: "2026-11-23", minutesPerDay: 2 }],
    });
    expect(policyOn(line, localDate("2026-11-19")).minutesPerDay).to.equal(1);
    expect(policyOn(line, localDate("2026-11-20")).minutesPerDay).to.equal(2);
    expect(policyOn(line, localDate("2026-11-23")).minutesPerDay).to.equal(2);
    expect(policyOn(line, localDate("2026-11-24")).minutesPerDay).to.equal(1);
  });

  it("keeps the default quiet hours where nobody has decided anything", () => {
    for (const line of [place(), place({ areas: [] }), place({ policies: [{ area: "elsewhere", quiet: [] }] })]) {
      expect(isQuiet(line, at("2026-11-23 03:15"))).to.equal(true);
      expect(isQuiet(line, at("2026-11-23 05:30"))).to.equal(false);
    }
  });
});

describe("place", () => {
  const area = (id: string, more: object = {}) =>
    [areaId(id), areaSchema.parse({ id, name: id, kind: "ward", ...more })] as [AreaId, Area];
  const tree = new Map([
    area("city"),
    area("old", { parent: "city", until: "2026-12-01", mergedInto: "new" }),
    area("new", { parent: "city", from: "2026-12-01" }),
    area("school", { parent: "old", sensitive: true }),
    area("loop-a", { parent: "loop-b" }),
    area("loop-b", { parent: "loop-a" }),
  ]);
  const ids = (id: string, on: string) => areaLine(tree, areaId(id), localDate(on)).map((one) => one.id);

  it("follows a merger from the day on which it happens", () => {
    expect(ids("school", "2026-11-30")).to.deep.equal(["school", "old", "city"]);
    expect(ids("school", "2026-12-01")).to.deep.equal(["school", "new", "city"]);
  });

  it("survives a loop in the tree and an area that is not there", () => {
    expect(ids("loop-a", "2026-11-30")).to.deep.equal(["loop-a", "loop-b"]);
    expect(ids("nowhere", "2026-11-30")).to.deep.equal([]);
  });

  it("is sensitive when an area of its line is, and knows the policies of its line only", () => {
    const policies = [policy({ area: "city" }), policy({ area: "elsewhere" })];
    const made = placeOf({ zone: "Asia/Ho_Chi_Minh", areas: tree, policies }, areaId("school"), day);
    expect(made.sensitive).to.equal(true);
    expect(made.policies.map((one) => one.area)).to.deep.equal(["city"]);
  });
});

describe("quiet hours", () => {
  it("begin and end at the exact second", () => {
    const line = place();
    expect(isQuiet(line, epoch(at("2026-11-23 21:00") - 1))).to.equal(false);
    expect(isQuiet(line, at("2026-11-23 21:00"))).to.equal(true);
    expect(isQuiet(line, epoch(at("2026-11-24 05:30") - 1))).to.equal(true);
    expect(isQuiet(line, at("2026-11-24 05:30"))).to.equal(false);
  });

  it("last longer at a sensitive place, and never shorter than around it", () => {
    expect(isQuiet(place({ sensitive: true }), at("2026-11-23 05:45"))).to.equal(true);
    const long = place({ sensitive: true, policies: [{ quiet: [{ from: "20:00", to: "07:00" }] }] });
    expect(isQuiet(long, at("2026-11-23 20:30"))).to.equal(true);
    expect(isQuiet(long, at("2026-11-23 06:30"))).to.equal(true);
  });

  it("are judged by the day's own policy, also after midnight", () => {
    const line = place({
      policies: [{ from: "2026-11-24", quiet: [{ from: "22:00", to: "04:00" }] }, { until: "2026-11-23" }],
    });
    expect(isQuiet(line, at("2026-11-23 21:30"))).to.equal(true);
    expect(isQuiet(line, at("2026-11-24 03:59"))).to.equal(true);
    expect(isQuiet(line, at("2026-11-24 04:00"))).to.equal(false);
  });

  it("have a next and a last change", () => {
    const line = place();
    expect(nextQuietChange(line, at("2026-11-23 12:00"))).to.equal(at("2026-11-23 21:00"));
    expect(nextQuietChange(line, at("2026-11-23 21:00"))).to.equal(at("2026-11-24 05:30"));
    expect(lastQuietChange(line, at("2026-11-24 01:00"))).to.equal(at("2026-11-23 21:00"));
    expect(lastQuietChange(line, at("2026-11-23 05:30"))).to.equal(at("2026-11-23 05:30"));
  });

  it("have no change where there are none", () => {
    const test = place({ policies: [{ quiet: [] }] });
    expect(nextQuietChange(test, at("2026-11-23 12:00"))).to.equal(undefined);
    expect(lastQuietChange(test, at("2026-11-23 12:00"))).to.equal(undefined);
    expect(touchesQuiet(test, { from: at("2026-11-23 00:00"), to: at("2026-11-30 00:00") })).to.equal(false);
  });

  it("are the same whether one asks for a span or for an instant, through every change of the clocks", () => {
    const time = fc.constantFrom(
      "00:00",
      "01:30",
      "01:45",
      "02:00",
      "02:15",
      "02:30",
      "03:00",
      "05:30",
      "21:00",
      "24:00",
    );
    const change: Record<string, string[]> = {
      "America/New_York": ["2026-03-08", "2026-11-01"],
      "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
      "Asia/Ho_Chi_Minh": ["2026-11-23"],
    };
    checkProperty(
      fc.property(
        fc.constantFrom(...Object.entries(change).flatMap(([zone, days]) => days.map((date) => ({ zone, date })))),
        fc.array(fc.record({ from: time, to: time }), { maxLength: 3 }),
        fc.integer({ min: 0, max: 30 * 3600 }),
        ({ zone, date }, quiet, second) => {
          const ranges = quiet.filter((range) => range.from !== "24:00");
          const line = place({ zone, policies: [{ quiet: ranges }] });
          const instant = epoch(zoneOf(zone).toEpoch(localDate(date), 0) + second * 1000);
          const to = epoch(instant + 7_200_000);
          // The ranges begin and end with minutes, so that one look at each minute misses nothing.
          const minutes = Array.from({ length: 121 }, (_, index) =>
            epoch((Math.floor(instant / 60_000) + index) * 60_000),
          );
          const looked = [instant, ...minutes].some((one) => one >= instant && one < to && isQuiet(line, one));
          expect(touchesQuiet(line, { from: instant, to })).to.equal(looked);
          const next = nextQuietChange(line, instant);
          if (next !== undefined) expect(isQuiet(line, epoch(next - 1))).to.equal(isQuiet(line, instant));
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe("volume ceiling", () => {
  const line = place({
    policies: [
      {
        golden: [{ from: "17:00", to: "18:00" }],
        volume: [
          { from: "05:00", to: "06:00", percent: 40 },
          { from: "00:00", to: "24:00", class: "ordinary", percent: 70 },
          { from: "22:00", to: "05:00", class: "emergency", percent: 90 },
        ],
      },
    ],
  });

  it("is the lowest that applies to the hour and the class", () => {
    expect(volumeCeiling(line, at("2026-11-23 05:59"), "ordinary")).to.equal(40);
    expect(volumeCeiling(line, at("2026-11-23 06:00"), "ordinary")).to.equal(70);
    expect(volumeCeiling(line, at("2026-11-23 06:00"), "priority")).to.equal(100);
    expect(volumeCeiling(line, at("2026-11-23 23:00"), "emergency")).to.equal(90);
  });

  it("goes by the same clock as the golden hours", () => {
    expect(isGolden(line, at("2026-11-23 17:00"))).to.equal(true);
    expect(isGolden(line, at("2026-11-23 18:00"))).to.equal(false);
    expect(secondsOf(policyOn(line, day).golden[0]?.from ?? ("" as never))).to.equal(17 * 3600);
  });
});
