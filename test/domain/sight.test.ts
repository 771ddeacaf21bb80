import { expect } from "chai";
import { areaSchema } from "../../src/domain/area.js";
import type { AreaId } from "../../src/domain/ids.js";
import type { Grant, Here } from "../../src/domain/permission.js";
import { permissionSchema } from "../../src/domain/permission.js";
import { grantsOf } from "../../src/domain/role.js";
import { isBlind, isInSight, isReached, sightOf } from "../../src/domain/sight.js";

const TREE = [
  { id: "tinh", name: "Tỉnh", kind: "province" },
  { id: "xuan-huong", name: "Xuân Hương", kind: "ward", parent: "tinh", from: "2025-07-01" },
  { id: "to-1", name: "Tổ 1", kind: "group", parent: "xuan-huong" },
  { id: "phuong-1", name: "Phường 1", kind: "ward", parent: "tinh", until: "2025-07-01", mergedInto: "xuan-huong" },
  { id: "cam-ly", name: "Cam Ly", kind: "ward", parent: "tinh" },
];
const areas = new Map(TREE.map((one) => areaSchema.parse(one)).map((one) => [one.id, one]));
const here: Here = { areas, today: "2026-11-23" as never };
const at = (role: "ward-operator" | "propaganda-office", area?: string, more: object = {}) =>
  grantsOf([{ role, ...(area === undefined ? {} : { area: area as AreaId }), ...more }]);
const see = (...grants: (readonly Grant[])[]) => sightOf(grants, permissionSchema.options, here);
const area = (id: string) => id as AreaId;

describe("how far somebody sees", () => {
  it("is into their ward with all below it and all that was merged into it, and not into the next", () => {
    const sight = see(at("ward-operator", "xuan-huong"));

    expect(["xuan-huong", "to-1", "phuong-1"].every((id) => isInSight(sight, area(id)))).to.equal(true);
    expect(["tinh", "cam-ly"].some((id) => isInSight(sight, area(id)))).to.equal(false);
    expect(isInSight(sight, undefined)).to.equal(false);
  });

  it("takes in what is aimed at the city around them, and what is aimed at nobody", () => {
    const sight = see(at("ward-operator", "xuan-huong"));

    expect(isReached(sight, [area("tinh")])).to.equal(true);
    expect(isReached(sight, [area("cam-ly"), area("to-1")])).to.equal(true);
    expect(isReached(sight, [area("cam-ly")])).to.equal(false);
    expect(isReached(sight, "anywhere")).to.equal(true);
  });

  it("is everything for whoever has a right over the city", () => {
    expect(see(at("propaganda-office", "tinh")).isWhole).to.equal(true);
    expect(see(at("propaganda-office")).isWhole).to.equal(true);
    expect(isInSight(see(at("propaganda-office")), area("new-here"))).to.equal(true);
  });

  it("ends with the right, and is nothing without one", () => {
    const over = see(at("ward-operator", "cam-ly", { until: "2026-11-22" }));

    expect(isBlind(over)).to.equal(true);
    expect(isReached(over, "anywhere")).to.equal(false);
    expect(isBlind(see())).to.equal(true);
  });

  it("is by the rights that are asked for alone", () => {
    const composing = sightOf([at("ward-operator", "cam-ly")], ["approve"], here);
    expect(isBlind(composing)).to.equal(true);
  });

  it("is for a program no further than its token and its owner both see", () => {
    const both = see(at("propaganda-office", "tinh"), at("ward-operator", "cam-ly"));
    const none = see(at("ward-operator", "xuan-huong"), at("ward-operator", "cam-ly"));

    expect(isInSight(both, area("cam-ly"))).to.equal(true);
    expect(isInSight(both, area("xuan-huong"))).to.equal(false);
    expect(isBlind(none)).to.equal(true);
  });
});
