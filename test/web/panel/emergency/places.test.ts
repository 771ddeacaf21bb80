import { expect } from "chai";
import type { Area } from "../../../../src/domain/area.js";
import { areaSchema } from "../../../../src/domain/area.js";
import { type AreaId, areaId } from "../../../../src/domain/ids.js";
import { targetsSchema } from "../../../../src/domain/schedule.js";
import { placesFor } from "../../../../src/web/panel/emergency/places.js";

const AREAS: ReadonlyMap<AreaId, Area> = new Map(
  [
    { id: "tinh", name: "Tỉnh", kind: "province" },
    { id: "xuan-huong", name: "Xuân Hương", kind: "ward", parent: "tinh" },
    { id: "to-9", name: "Tổ 9", kind: "group", parent: "xuan-huong" },
    { id: "xuong-xh", name: "Xưởng Xuân Hương", kind: "test", parent: "xuan-huong" },
    { id: "xuong", name: "Xưởng của tỉnh", kind: "test", parent: "tinh" },
  ].map((area) => [areaId(area.id), areaSchema.parse(area)]),
);
const ALL = [...AREAS.keys()];
const OWN = ["xuan-huong", "to-9", "xuong-xh"];

const places = ({ isExercise = false, prepared = [] as string[], receivers = [] as string[], may = OWN }) =>
  placesFor({
    ...{ areas: AREAS, isExercise, prepared: targetsSchema.parse({ areas: prepared, receivers }) },
    areaOf: (id) => (id === "loa-tinh" ? areaId("tinh") : areaId("to-9")),
    mayAir: (asked) => asked.every((id) => may.includes(id)),
  });

describe("the places that a pack can be given to", () => {
  it("are, unnamed, those of the pack where whoever gives it may give it there", () => {
    expect(places({ prepared: ["to-9"] }).unnamed?.areas).to.deep.equal(["to-9"]);
    expect(places({ receivers: ["loa-to"] }).unnamed?.receivers).to.deep.equal(["loa-to"]);
    expect(places({ prepared: ["tinh"], may: ALL })).to.deep.include({ offered: ALL, isPart: false });
  });

  it("are their own, to be named, where the pack goes beyond", () => {
    expect(places({ prepared: ["tinh"] })).to.deep.equal({ unnamed: undefined, offered: OWN, isPart: true });
    expect(places({ receivers: ["loa-tinh"] }).unnamed).to.equal(undefined);
  });

  it("are, for an exercise, the places for tests that are theirs, and none where there is none", () => {
    const { unnamed, offered } = places({ isExercise: true, prepared: ["tinh"] });
    expect(offered).to.deep.equal(["xuong-xh"]);
    expect(unnamed?.areas).to.deep.equal(["xuong-xh"]);
    expect(places({ isExercise: true, may: ALL }).unnamed?.areas).to.deep.equal(["xuong-xh", "xuong"]);
    expect(places({ isExercise: true, may: ["to-9"] })).to.deep.include({ unnamed: undefined, offered: [] });
  });
});
