import { expect } from "chai";
import * as fc from "fast-check";
import { type Alarm, alarmStep, CALM_MS } from "../../src/domain/alarm.js";
import { areaId, receiverId } from "../../src/domain/ids.js";
import { checkProperty } from "../support/check-property.js";

const about = { receiver: receiverId("loa-1"), area: areaId("phuong"), trouble: "link-lost" } as const;

describe("an alarm", () => {
  /** Looks once at each instant; returns how often an alarm was opened and cleared, and the one that is left. */
  function watch(looks: readonly { readonly now: number; readonly isThere: boolean }[], trouble: Alarm["trouble"]) {
    let alarm: Alarm | undefined;
    let wasThere = false;
    let lastAt: number | undefined;
    const told: string[] = [];
    for (const { now, isThere } of looks) {
      const step = alarmStep(alarm, { ...about, trouble, now, isThere, wasThere, lastAt });
      if (isThere) lastAt = now;
      wasThere = isThere;
      if (step.kind === "none") continue;
      told.push(step.kind);
      alarm = step.kind === "clear" ? undefined : step.alarm;
    }
    return { told, alarm };
  }
  const every = (seconds: number, ...there: boolean[]) =>
    there.map((isThere, index) => ({ now: index * seconds * 1000, isThere }));

  it("of a link that flaps is one alarm, which counts", () => {
    const { told, alarm } = watch(every(30, true, false, true, false, true), "link-lost");
    expect(told).to.deep.equal(["open", "again", "again"]);
    expect(alarm).to.include({ times: 3, since: 0, lastAt: 120_000 });
  });

  it("ends when the trouble has been gone for two minutes", () => {
    expect(watch(every(60, true, false), "link-lost").told).to.deep.equal(["open"]);
    expect(watch(every(60, true, true, false, false), "link-lost").told).to.deep.equal(["open", "clear"]);
  });

  it("of sound that nobody ordered stays until a person has taken notice", () => {
    const { told, alarm } = watch(every(600, true, false, false), "sound-without-order");
    expect(told).to.deep.equal(["open"]);
    const seen: Alarm = { ...(alarm as Alarm), acknowledgedBy: "Anh Nam", acknowledgedAt: 1 };
    const look = { ...about, now: 2_000_000, isThere: false, wasThere: false };
    expect(alarmStep(seen, { ...look, trouble: "sound-without-order" }).kind).to.equal("clear");
  });

  it("is open whenever the trouble is there, and closed once it has been calm for long enough", () => {
    const gaps = fc.array(fc.record({ after: fc.integer({ min: 1, max: 200_000 }), isThere: fc.boolean() }));
    checkProperty(
      fc.property(gaps, (steps) => {
        let now = 0;
        const looks = steps.map(({ after, isThere }) => {
          now += after;
          return { now, isThere };
        });
        const { told, alarm } = watch(looks, "link-lost");
        const last = looks.at(-1);
        const lastThere = looks.findLast(({ isThere }) => isThere)?.now;
        if (last?.isThere) expect(alarm).not.to.equal(undefined);
        if (last && !last.isThere && lastThere !== undefined && last.now - lastThere >= CALM_MS)
          expect(alarm).to.equal(undefined);
        expect(told.filter((one) => one === "open").length - told.filter((one) => one === "clear").length).to.equal(
          alarm ? 1 : 0,
        );
      }),
    );
  });
});
