import { expect } from "chai";
import * as fc from "fast-check";
import { type Airtime, airtimeOn, LIMITS } from "../../src/domain/airtime.js";
import { type AirtimeRaise, airtimeRaiseDraftSchema, airtimeRaiseSchema } from "../../src/domain/airtime-raise.js";
import { addDays, daysFrom } from "../../src/domain/calendar.js";
import { heldDays, isRunning, plannedDays } from "../../src/domain/dated.js";
import { areaId, type ReceiverId } from "../../src/domain/ids.js";
import { compareLimits, limitChanges, turningDays } from "../../src/domain/limit-changes.js";
import { localDate } from "../../src/domain/local-time.js";
import { placeOf } from "../../src/domain/place.js";
import { plan } from "../../src/domain/plan.js";
import type { PlanInput } from "../../src/domain/rundown.js";
import { zoneOf } from "../../src/domain/zone.js";
import { aSchedule, aStation } from "../support/a-station.js";
import { anyStation } from "../support/any-station.js";
import { checkProperty } from "../support/check-property.js";
import { told } from "../support/told.js";

const minutes = (count: number) => count * 60;
const raise = (more: object = {}): AirtimeRaise =>
  airtimeRaiseSchema.parse({
    ...{ id: "r1", area: "ward", from: "2026-11-24", until: "2026-11-26", reason: "Dịch", minutesPerDay: 30 },
    decided: { by: "Ông Bình", at: "2026-11-23T01:00:00.000Z" },
    ...more,
  });
const endedOn = (on: string) => raise({ ended: { by: "Ông Bình", at: `${on}T01:00:00.000Z`, reason: "hết dịch", on } });
const daysOf = (some: readonly { from: string; until: string }[]) => some.map(({ from, until }) => [from, until]);

describe("a raise of airtime", () => {
  const schedules = [aSchedule("sang", { at: ["06:00"] }), aSchedule("chieu", { at: ["17:00"] })];
  const twoDays = { schedules, lengths: { sang: minutes(10), chieu: minutes(10) }, until: "2026-11-25" };

  it("lifts the minutes of its area on its days, and of no other area or day", () => {
    const policies = [{ minutesPerDay: 15 }];
    const raises = [{ area: "group-1", from: "2026-11-24", until: "2026-11-24", minutesPerDay: 30 }];
    expect(told({ ...twoDays, policies, raises })).to.deep.equal([
      "sang airs 06:00-06:10",
      "chieu dropped day-minutes",
      "sang airs 06:00-06:10",
      "chieu airs 17:00-17:10",
      "chieu dropped day-minutes",
    ]);
    const [, , , , left] = plan(aStation({ ...twoDays, policies, raises })).lines;
    expect(left?.receivers).to.deep.equal(["pole-2"]);
  });

  it("multiplies the minutes of each place's own policy, and leaves the number of sessions", () => {
    const input = aStation({
      policies: [
        { minutesPerDay: 30, minutesPerSession: 15, sessionsPerDay: 2 },
        { area: "group-1", minutesPerDay: 45, minutesPerSession: 22.5, sessionsPerDay: 3 },
      ],
      raises: [{ from: "2026-11-23", until: "2026-11-23", factor: 1.1 }],
    });
    const limits = (id: string) => {
      const at = airtimeOn(placeOf(input, areaId(id), localDate("2026-11-23")), input, localDate("2026-11-23"));
      return LIMITS.map((limit) => at[limit]);
    };
    expect(limits("group-2")).to.deep.equal([2, 16.5, 33]);
    expect(limits("group-1")).to.deep.equal([3, 24.75, 49.5]);
  });

  it("counts as the highest of several, and never lowers a limit or limits what was free", () => {
    const on = { from: "2026-11-23", until: "2026-11-23" };
    const input = aStation({
      policies: [{ minutesPerDay: 40 }],
      raises: [
        { ...on, minutesPerDay: 20, sessionsPerDay: 4 },
        { ...on, minutesPerDay: 60 },
        { ...on, factor: 1.2 },
      ],
    });
    const at = airtimeOn(placeOf(input, areaId("ward"), localDate("2026-11-23")), input, localDate("2026-11-23"));
    expect(LIMITS.map((limit) => at[limit])).to.deep.equal([undefined, undefined, 60]);
  });

  it("is not planned with from the day of its end on, but was held on that day", () => {
    expect(daysOf(plannedDays(endedOn("2026-11-25")))).to.deep.equal([["2026-11-24", "2026-11-24"]]);
    expect(daysOf(heldDays(endedOn("2026-11-25")))).to.deep.equal([["2026-11-24", "2026-11-25"]]);
    expect(daysOf(plannedDays(endedOn("2026-11-24")))).to.be.empty;
    expect(daysOf(heldDays(endedOn("2026-11-24")))).to.deep.equal([["2026-11-24", "2026-11-24"]]);
    expect(heldDays(endedOn("2026-11-23"))).to.be.empty;
    expect(daysOf(heldDays(raise()))).to.deep.equal([["2026-11-24", "2026-11-26"]]);
    expect(["2026-11-20", "2026-11-26", "2026-11-27"].map((day) => isRunning(raise(), localDate(day)))).to.deep.equal([
      ...[true, true, false],
    ]);
    expect(isRunning(endedOn("2026-11-25"), localDate("2026-11-25"))).to.equal(false);
  });

  const draft = { area: "ward", from: "2026-11-24", until: "2026-11-26", reason: "Dịch", minutesPerDay: 30 };
  const pathsOf = (more: object) =>
    airtimeRaiseDraftSchema.safeParse({ ...draft, ...more }).error?.issues.map(({ path }) => path.join("."));

  for (const [what, more, path] of [
    ["that ends before it begins", { until: "2026-11-23" }, "until"],
    ["of more than a quarter of a year", { until: "2027-02-24" }, "until"],
    ["that raises nothing", { minutesPerDay: undefined }, "minutesPerDay"],
    ["without a reason", { reason: "  " }, "reason"],
    ["with a number that no document has", { document: "theo chỉ đạo" }, "document"],
    ["with more than a number", { document: "12/KH-UBND ngày 3/11" }, "document"],
    ["that would be a cut", { factor: 0.5 }, "factor"],
    ["with a field that nobody knows", { forever: true }, ""],
  ] as const)
    it(`is refused: one ${what}`, () => expect(pathsOf(more)).to.deep.equal([path]));

  it("takes the number of its document as it is written there", () => {
    const { document } = airtimeRaiseDraftSchema.parse({ ...draft, document: " 117/2020/NĐ-CP ".normalize("NFD") });
    expect(document).to.equal("117/2020/NĐ-CP".normalize("NFC"));
    expect(pathsOf({ until: "2027-02-23" })).to.equal(undefined);
  });

  it("can change limits only where something begins or ends: other days need no look", () => {
    const present = aStation({ policies: [{ minutesPerDay: 30, from: "2026-12-10" }] });
    const raises = [raise({ from: localDate("2026-11-24"), until: localDate("2026-11-30") })];
    const days = { from: localDate("2026-11-24"), until: localDate("2026-12-31") };
    expect(turningDays({ present, raises }, days)).to.deep.equal(["2026-11-24", "2026-12-01", "2026-12-10"]);
  });

  it("tells the limits that it changes, places with the same change together", () => {
    const present = aStation({ policies: [{ minutesPerDay: 30 }, { area: "group-2", minutesPerDay: 60 }] });
    const question = {
      ...{ present, raises: [raise({ minutesPerDay: 45.5 })], area: areaId("ward"), day: localDate("2026-11-24") },
    };
    const changed = [...compareLimits(question)].filter((one) => one !== undefined);
    const changes = limitChanges(changed, question.present.areas);
    expect(changes).to.deep.equal([
      {
        areas: ["ward", "group-1", "school"],
        before: { minutesPerDay: 30 },
        after: { minutesPerDay: 45.5 },
        words: {
          vi: "Phường Xuân Hương, Tổ 1, Trường Lê Quý Đôn: phút mỗi ngày 30 → 45,5",
          en: "Phường Xuân Hương, Tổ 1, Trường Lê Quý Đôn: minutes a day 30 → 45.5",
        },
      },
    ]);
  });
});

describe("raises of airtime, whatever they are", () => {
  const areas = ["ward", "group-1", "group-2", "school"];
  /** On some of the days around those of the plan. */
  const anyRaise = (input: PlanInput) => {
    const first = zoneOf(input.zone).toLocal(input.from).date;
    return fc
      .record({
        area: fc.constantFrom(...areas),
        begin: fc.integer({ min: -3, max: 4 }),
        length: fc.integer({ min: 0, max: 3 }),
        limits: fc
          .record(
            {
              sessionsPerDay: fc.integer({ min: 1, max: 6 }),
              minutesPerSession: fc.integer({ min: 1, max: 30 }),
              minutesPerDay: fc.integer({ min: 1, max: 60 }),
              factor: fc.constantFrom(1.1, 1.5, 2, 10),
            },
            { requiredKeys: [] },
          )
          .filter((limits) => Object.keys(limits).length > 0),
      })
      .map(({ area, begin, length, limits }) => {
        const from = addDays(first, begin);
        return raise({ area, from, until: addDays(from, length), minutesPerDay: undefined, ...limits });
      });
  };
  const anyCase = anyStation.chain((input) =>
    fc.tuple(fc.constant(input), anyRaise(input), fc.integer({ min: -1, max: 4 })),
  );
  const limitsAt = (input: PlanInput, area: string, day: Parameters<typeof airtimeOn>[2]): Airtime =>
    airtimeOn(placeOf(input, areaId(area), day), input, day);
  const around = (one: AirtimeRaise) => daysFrom(addDays(one.from, -2), addDays(one.until, 2));

  it("never change a limit outside their days and their area, and never lower one", () => {
    checkProperty(
      fc.property(anyCase, ([input, one]) => {
        for (const area of areas)
          for (const day of around(one)) {
            const [was, is] = [limitsAt(input, area, day), limitsAt({ ...input, raises: [one] }, area, day)];
            const isInside = one.from <= day && day <= one.until && (one.area === "ward" || one.area === area);
            if (!isInside) expect(is).to.deep.equal(was);
            for (const limit of LIMITS) expect(is[limit] ?? Infinity).to.be.at.least(was[limit] ?? Infinity);
          }
      }),
    );
  });

  it("are gone from the day of an early end on, and as they were before it", () => {
    checkProperty(
      fc.property(anyCase, ([input, one, offset]) => {
        const on = addDays(one.from, offset);
        const planned = plannedDays({ ...one, ended: { by: "Ông Bình", at: "", reason: "hết dịch", on } });
        for (const area of areas)
          for (const day of around(one)) {
            const raises = day < on ? [one] : [];
            expect(limitsAt({ ...input, raises: planned }, area, day)).to.deep.equal(
              limitsAt({ ...input, raises }, area, day),
            );
          }
      }),
    );
  });

  it("leave what others hear as it is", () => {
    const heardBy = (input: PlanInput, id: ReceiverId) =>
      plan(input).lines.flatMap(({ receivers, ...line }) => (receivers.includes(id) ? [line] : []));
    checkProperty(
      fc.property(anyCase, ([input, one]) => {
        for (const { id, area } of input.receivers)
          if (one.area !== "ward" && one.area !== area)
            expect(heardBy({ ...input, raises: [one] }, id)).to.deep.equal(heardBy(input, id));
      }),
      { numRuns: 100 },
    );
  });
});
