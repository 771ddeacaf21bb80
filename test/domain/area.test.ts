import { expect } from "chai";
import { type Area, areasInLog } from "../../src/domain/area.js";
import { areaId } from "../../src/domain/ids.js";

const area = (id: string, more: Partial<Area> = {}): Area => ({
  ...{ id: areaId(id), name: id, kind: "ward", sensitive: false },
  ...more,
});
const treeOf = (...areas: Area[]) => new Map(areas.map((one) => [one.id, one]));

describe("the areas of a place in the log", () => {
  const tree = treeOf(
    area("tinh", { kind: "province" }),
    area("moi", { parent: areaId("tinh") }),
    area("to-1", { parent: areaId("moi"), kind: "group" }),
    area("cu", { parent: areaId("tinh"), mergedInto: areaId("moi") }),
    area("to-cu", { parent: areaId("cu"), kind: "group" }),
    area("khac", { parent: areaId("tinh") }),
  );

  it("are everything below it and what was merged into it, with what was below that", () => {
    expect(areasInLog(tree, areaId("moi"))).to.have.members(["moi", "to-1", "cu", "to-cu"]);
    expect(areasInLog(tree, areaId("tinh"))).to.have.length(6);
  });

  it("are its own where it is no more, as it was then", () => {
    expect(areasInLog(tree, areaId("cu"))).to.have.members(["cu", "to-cu"]);
  });

  it("end where a tree bites its tail", () => {
    const loop = treeOf(area("a", { parent: areaId("b") }), area("b", { parent: areaId("a") }));
    expect(areasInLog(loop, areaId("a"))).to.have.members(["a", "b"]);
  });
});
