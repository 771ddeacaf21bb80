import { expect } from "chai";
import * as fc from "fast-check";
import { type Area, areaSchema } from "../../src/domain/area.js";
import { classSchema } from "../../src/domain/class.js";
import { type AreaId, areaId } from "../../src/domain/ids.js";
import { localDate } from "../../src/domain/local-time.js";
import { type Grant, type Here, may, permissionSchema, type Touched } from "../../src/domain/permission.js";
import { grantsOf, ROLES, roleIdSchema } from "../../src/domain/role.js";
import { checkProperty as check } from "../support/check-property.js";

const area = (fields: object): Area => areaSchema.parse({ name: "Nơi thử", kind: "ward", ...fields });
const AREAS: ReadonlyMap<AreaId, Area> = new Map(
  [
    area({ id: "tinh", kind: "province" }),
    area({ id: "xuan-huong", name: "Phường Xuân Hương", parent: "tinh" }),
    area({ id: "to-1", kind: "group", parent: "xuan-huong" }),
    area({ id: "cam-ly", parent: "tinh" }),
    area({ id: "phuong-5", parent: "tinh", until: "2025-07-01", mergedInto: "cam-ly" }),
  ].map((one) => [one.id, one]),
);
const here: Here = { areas: AREAS, today: localDate("2026-11-29") };
const [tinh, xuanHuong, to1, camLy, phuong5] = ["tinh", "xuan-huong", "to-1", "cam-ly", "phuong-5"].map(areaId) as [
  ...[AreaId, AreaId, AreaId, AreaId, AreaId],
];
const at = (...areas: AreaId[]): Touched => ({ areas });
const allows = (grants: readonly Grant[], permission: Grant["permission"], touched: Touched) =>
  may(grants, permission, touched, here).may;

const anyGrant: fc.Arbitrary<Grant> = fc.record(
  {
    permission: fc.constantFrom(...permissionSchema.options),
    classes: fc.subarray([...classSchema.options], { minLength: 1 }),
    area: fc.constantFrom(tinh, xuanHuong, to1, camLy),
    until: fc.constantFrom(localDate("2026-11-28"), localDate("2026-11-29")),
  },
  { requiredKeys: ["permission"] },
);
const anyTouched: fc.Arbitrary<Touched> = fc.record(
  {
    areas: fc.oneof(
      fc.constantFrom<Touched["areas"]>("station", "anywhere"),
      fc.subarray([tinh, xuanHuong, to1, camLy], { minLength: 1 }),
    ),
    classes: fc.subarray([...classSchema.options], { minLength: 1 }),
    kinds: fc.subarray(["fixed", "van"] as const, { minLength: 1 }),
  },
  { requiredKeys: ["areas"] },
);
const anyPermission = fc.constantFrom(...permissionSchema.options);

describe("what somebody may do", () => {
  it("is nothing without a grant, whatever is touched", () =>
    check(fc.property(anyPermission, anyTouched, (permission, touched) => !allows([], permission, touched))));

  it("only grows with another grant", () =>
    check(
      fc.property(fc.array(anyGrant), anyGrant, anyPermission, anyTouched, (grants, more, permission, touched) => {
        fc.pre(allows(grants, permission, touched));
        return allows([...grants, more], permission, touched);
      }),
    ));

  it("only shrinks with another place or class that is touched", () =>
    check(
      fc.property(
        fc.array(anyGrant),
        anyPermission,
        fc.constantFrom(xuanHuong, to1, camLy),
        (grants, permission, more) => {
          fc.pre(allows(grants, permission, { areas: [tinh, more], classes: ["ordinary", "emergency"] }));
          return allows(grants, permission, { areas: [more], classes: ["ordinary"] });
        },
      ),
    ));

  it("never comes from another permission, but for a stop by whoever may air", () =>
    check(
      fc.property(fc.array(anyGrant), anyPermission, anyTouched, (grants, permission, touched) => {
        fc.pre(allows(grants, permission, touched));
        const own = grants.filter(
          (grant) => grant.permission === permission || (permission === "stop" && grant.permission === "air"),
        );
        return allows(own, permission, touched);
      }),
    ));

  it("holds for a place with everything below it, and not beside or above it", () => {
    const ward: Grant[] = [{ permission: "air", area: xuanHuong }];

    expect(allows(ward, "air", at(xuanHuong, to1))).to.equal(true);
    expect(allows(ward, "air", at(to1, camLy))).to.equal(false);
    expect(allows(ward, "air", at(tinh))).to.equal(false);
    expect(allows(ward, "air", { areas: "station" })).to.equal(false);
    expect(allows([{ permission: "air", area: tinh }], "air", { areas: "station" })).to.equal(true);
    expect(allows(ward, "air", at(areaId("khong-co")))).to.equal(false);
  });

  it("follows an area into the one that it was merged into", () => {
    expect(allows([{ permission: "air", area: camLy }], "air", at(phuong5))).to.equal(true);
    expect(allows([{ permission: "air", area: xuanHuong }], "air", at(phuong5))).to.equal(false);
  });

  it("begins and ends on its days", () => {
    const dated = (from: string, until: string): Grant[] => [
      { permission: "air", from: localDate(from), until: localDate(until) },
    ];

    expect(allows(dated("2026-11-29", "2026-11-29"), "air", at(to1))).to.equal(true);
    expect(allows(dated("2026-11-01", "2026-11-28"), "air", at(to1))).to.equal(false);
    expect(allows(dated("2026-11-30", "2026-12-31"), "air", at(to1))).to.equal(false);
  });

  it("is a stop wherever one may air a part of the place (R3)", () => {
    const group: Grant[] = [{ permission: "air", area: to1 }];

    for (const areas of [[to1], [xuanHuong], [tinh], "station", "anywhere"] as Touched["areas"][])
      expect(allows(group, "stop", { areas }), String(areas)).to.equal(true);
    expect(allows(group, "stop", at(camLy))).to.equal(false);
    expect(allows([{ permission: "approve" }], "stop", { areas: "station" })).to.equal(false);
  });

  it("needs one and the same grant for class, kind and place", () => {
    const split: Grant[] = [
      { permission: "air", classes: ["ordinary"], area: xuanHuong },
      { permission: "air", classes: ["emergency"], area: camLy },
      { permission: "air", kinds: ["van"], area: tinh },
    ];

    expect(allows(split, "air", { classes: ["emergency"], areas: [xuanHuong], kinds: ["fixed"] })).to.equal(false);
    expect(allows(split, "air", { classes: ["emergency"], areas: [camLy], kinds: ["fixed"] })).to.equal(true);
    expect(allows(split, "air", { classes: ["emergency"], areas: [xuanHuong], kinds: ["van"] })).to.equal(true);
  });

  it("says in words what is missing", () => {
    const verdict = may([{ permission: "air", area: camLy }], "air", { areas: [to1], classes: ["emergency"] }, here);

    expect(verdict).to.include({ may: false, lack: "area", area: to1 });
    if (!verdict.may)
      expect(verdict.words.vi).to.match(/^Không có quyền phát loại khẩn cấp ở Nơi thử\. Không có gì thay đổi\./);
  });
});

describe("the ready-made roles", () => {
  it("let nobody approve and configure at once, nor compose and approve but for the editor-in-chief", () => {
    for (const { id, rights } of Object.values(ROLES)) {
      const has = (permission: string) => rights.some((right) => right.permission === permission);
      expect(has("approve") && has("configure"), id).to.equal(false);
      if (id !== "propaganda-office") expect(has("approve") && has("compose"), id).to.equal(false);
    }
  });

  it("are named in Vietnamese, each with its duty, and hold where and when they are given", () => {
    for (const id of roleIdSchema.options) {
      expect(ROLES[id].title.vi).to.match(/^\p{Lu}/u);
      expect(ROLES[id].duty.vi).to.not.equal("");
      for (const grant of grantsOf([{ role: id, area: to1, until: localDate("2026-12-31") }]))
        expect(grant).to.include({ area: to1, until: "2026-12-31", role: id });
    }
  });
});
