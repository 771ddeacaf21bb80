import { expect } from "chai";
import * as fc from "fast-check";
import { circlesOf, type Overlap, TURN_GAP_MS, turnsOf } from "../../src/domain/overlap.js";
import { placeOf } from "../../src/domain/place.js";
import { plan } from "../../src/domain/plan.js";
import { isQuiet, nextQuietChange } from "../../src/domain/policy-rules.js";
import type { PlanInput, RundownLine } from "../../src/domain/rundown.js";
import { zoneOf } from "../../src/domain/zone.js";
import { aSchedule, aStation } from "../support/a-station.js";
import { anyStation } from "../support/any-station.js";
import { checkProperty } from "../support/check-property.js";

const overlap = fc.option(
  fc.record({ group: fc.constantFrom("cho", "ho"), mode: fc.constantFrom("step" as const, "turns" as const) }),
  { nil: undefined },
);
/** A ward in which some loudspeakers can be heard at the same spot. */
const anyCrowdedStation: fc.Arbitrary<PlanInput> = fc
  .tuple(anyStation, fc.array(overlap, { minLength: 5, maxLength: 5 }))
  .map(([input, overlaps]) => ({
    ...input,
    receivers: input.receivers.map((one, index) => ({ ...one, overlap: overlaps[index] })),
  }));
const circles = (input: PlanInput) => circlesOf(input.receivers, (one) => one.overlap);
const sounding = (input: PlanInput) => plan(input).lines.filter(({ fate }) => fate !== "dropped");
const at = (lines: readonly RundownLine[], id: string) => lines.filter((line) => line.receivers.includes(id as never));

describe("loudspeakers that are heard at the same spot, whatever is planned", () => {
  it("never sound ordinary items at once when they take turns", () => {
    checkProperty(
      fc.property(anyCrowdedStation, (input) => {
        const lines = sounding(input);
        for (const { members, takesTurns } of circles(input)) {
          if (!takesTurns) continue;
          const own = members
            .flatMap(({ id }) => at(lines, id).map((line) => ({ ...line, id })))
            .filter(({ class: of }) => of === "ordinary")
            .sort((a, b) => a.start - b.start);
          for (const [index, line] of own.entries())
            expect(line.start, line.occurrence).to.be.at.least(own[index - 1]?.end ?? 0);
        }
      }),
    );
  });

  it("sound an emergency at the same instant, whether they take turns or not", () => {
    checkProperty(
      fc.property(anyCrowdedStation, (input) => {
        const lines = sounding(input).filter(({ class: of }) => of === "emergency");
        for (const { members } of circles(input)) {
          const starts = new Map<string, number>();
          for (const line of members.flatMap(({ id }) => at(lines, id))) {
            expect(starts.get(line.occurrence) ?? line.start, line.occurrence).to.equal(line.start);
            starts.set(line.occurrence, line.start);
          }
        }
      }),
    );
  });

  it("have every occurrence exactly once each, never two at once, and none in a quiet hour", () => {
    checkProperty(
      fc.property(anyCrowdedStation, (input) => {
        const { lines } = plan(input);
        const alone = plan({ ...input, receivers: input.receivers.map(({ overlap: _none, ...one }) => one) });
        for (const receiver of input.receivers) {
          const names = (some: readonly RundownLine[]) =>
            at(some, receiver.id)
              .filter(({ planned }) => planned >= input.from)
              .map(({ occurrence }) => occurrence)
              .sort();
          expect(names(lines)).to.deep.equal(names(alone.lines));
          const own = at(lines, receiver.id)
            .filter(({ fate }) => fate !== "dropped")
            .sort((a, b) => a.start - b.start);
          for (const [index, line] of own.entries()) {
            expect(line.start).to.be.at.least(own[index - 1]?.end ?? 0);
            const place = placeOf(input, receiver.area, zoneOf(input.zone).toLocal(line.start).date);
            expect(isQuiet(place, line.start)).to.equal(false);
            expect(nextQuietChange(place, line.start) ?? Infinity).to.be.at.least(line.end);
          }
        }
      }),
    );
  });

  it("change nothing for loudspeakers that belong to no group", () => {
    checkProperty(
      fc.property(anyCrowdedStation, (input) => {
        const free = input.receivers.filter((one) => one.overlap === undefined).map(({ id }) => id);
        const view = (some: PlanInput) =>
          free.map((id) => at(plan(some).lines, id).map(({ receivers: _others, ...line }) => line));
        const alone = { ...input, receivers: input.receivers.map(({ overlap: _none, ...one }) => one) };
        expect(view(input)).to.deep.equal(view(alone));
      }),
    );
  });
});

describe("being in step", () => {
  const emergencyAt = (overlap: Overlap | undefined) => {
    const input = aStation({
      receivers: ["a", "b"].map((id) => ({
        ...{ id: `pole-${id}`, name: id, area: "ward", kind: "fixed" },
        ...(overlap ? { overlap } : {}),
      })),
      lengths: { dai: 600, gap: 60 },
      schedules: [
        // It sounds at one of them only, and the emergency could wait for its end.
        aSchedule("dai", { at: ["17:00"], targets: { areas: [], receivers: ["pole-a"] } }),
        aSchedule("gap", { at: ["17:05"], class: "emergency", timing: { kind: "soft", waitMs: 600_000 } }),
      ],
    });
    return plan(input).lines.filter(({ class: of }) => of === "emergency");
  };

  it("lets an emergency wait at one for what sounds there while nobody hears both", () => {
    expect(new Set(emergencyAt(undefined).map(({ start }) => start)).size).to.equal(2);
  });

  for (const mode of ["step", "turns"] as const)
    it(`brings an emergency to both at its hour when they go in ${mode}`, () => {
      const lines = emergencyAt({ group: "cho", mode });
      expect(new Set(lines.map(({ start }) => start))).to.deep.equal(new Set([lines[0]?.planned]));
      expect(lines.flatMap(({ receivers }) => receivers)).to.have.members(["pole-a", "pole-b"]);
    });
});

describe("taking turns", () => {
  it("sounds at one after the other with a gap, and says so in words", () => {
    const turns: Overlap = { group: "cho", mode: "turns" };
    const input = aStation({
      receivers: ["a", "b", "c"].map((id) => ({
        ...{ id: `pole-${id}`, name: id, area: "ward", kind: "fixed" },
        ...(id === "c" ? {} : { overlap: turns }),
      })),
      schedules: [aSchedule("sang", { start: "2026-11-23", at: ["08:00"], targets: { areas: ["ward"] } })],
    });
    const lines = plan(input).lines;
    const [first, second] = lines;
    expect(lines.map(({ receivers, fate }) => [receivers, fate])).to.have.deep.members([
      [["pole-a"], "airs"],
      [["pole-c"], "airs"],
      [["pole-b"], "moved"],
    ]);
    const later = lines.find(({ fate }) => fate === "moved");
    expect((later?.start ?? 0) - (first?.end ?? 0)).to.equal(TURN_GAP_MS);
    expect((later?.notAfter ?? 0) - (later?.start ?? 0)).to.be.at.most(TURN_GAP_MS);
    expect(later?.explanation?.vi).to.contain("lần lượt với các loa nghe thấy cùng một chỗ");
    expect(second?.reason).to.equal(undefined);
  });

  it("of sound by hand puts everybody into the first turn but those who come after a neighbour", () => {
    const of = (one: string): Overlap | undefined =>
      one.startsWith("c") ? { group: "cho", mode: one === "c1" ? "turns" : "step" } : undefined;
    expect(turnsOf(["a", "c1", "c2", "b", "c3"], of)).to.deep.equal([["a", "c1", "b"], ["c2"], ["c3"]]);
    expect(turnsOf([], of)).to.deep.equal([[]]);
    // The one that says so need not be among those who sound.
    expect(turnsOf(["c2", "c3"], of)).to.deep.equal([["c2", "c3"]]);
    expect(turnsOf(["c2", "c3"], of, ["a", "c1", "c2", "c3"])).to.deep.equal([["c2"], ["c3"]]);
  });
});
