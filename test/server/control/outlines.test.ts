import { expect } from "chai";
import { areaId } from "../../../src/domain/ids.js";
import type { Corner, Outline } from "../../../src/domain/outline.js";
import { createOutlineVerbs } from "../../../src/server/control/outlines.js";
import { fakeAsRun } from "../../support/fake-as-run.js";
import { fakeRecords } from "../../support/fake-records.js";

const BY = { name: "chị Hoa" };
const rings = (count: number): Corner[][] => [
  Array.from({ length: count }, (_, index): Corner => [108 + index / 1e4, 11]),
];

describe("outlines of areas", () => {
  function start() {
    const { log, changes } = fakeAsRun();
    const hasArea = (area: string) => area.startsWith("phuong");
    const verbs = createOutlineVerbs({ outlines: fakeRecords(({ area }: Outline) => area), hasArea, asRun: log });
    return { verbs, changes };
  }

  it("are kept for areas that there are, and the log tells how fine they were before and after", async () => {
    const { verbs, changes } = start();
    await verbs.putOutline({ area: areaId("phuong"), rings: rings(4) }, BY);
    await verbs.putOutline({ area: areaId("phuong"), rings: rings(9) }, BY);
    await verbs.removeOutline(areaId("phuong"), BY);
    await verbs.removeOutline(areaId("phuong"), BY);

    expect(verbs.outlines()).to.deep.equal([]);
    expect(changes.map(({ kind, before, after }) => [kind, before, after])).to.deep.equal([
      ["outline.saved", undefined, { area: "phuong", rings: 1, corners: 4 }],
      ["outline.saved", { area: "phuong", rings: 1, corners: 4 }, { area: "phuong", rings: 1, corners: 9 }],
      ["outline.removed", { area: "phuong", rings: 1, corners: 9 }, undefined],
    ]);
    const unknown = await verbs
      .putOutline({ area: areaId("la"), rings: rings(4) }, BY)
      .catch((thrown: unknown) => thrown);
    expect(unknown).to.include({ code: "not-found" });
  });

  it("are never so many corners together that the station's file grows large", async () => {
    const { verbs } = start();
    for (let index = 0; index < 50; index++)
      await verbs.putOutline({ area: areaId(`phuong-${index}`), rings: rings(400) }, BY);
    const refused = await verbs
      .putOutline({ area: areaId("phuong-x"), rings: rings(3) }, BY)
      .catch((thrown: unknown) => thrown);
    expect(refused).to.include({ code: "invalid", reason: "too-fine" });
    await verbs.putOutline({ area: areaId("phuong-1"), rings: rings(300) }, BY);
    await verbs.putOutline({ area: areaId("phuong-x"), rings: rings(3) }, BY);
  });
});
