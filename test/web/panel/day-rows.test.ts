import { expect } from "chai";
import { type Area, areaSchema } from "../../../src/domain/area.js";
import { localDate } from "../../../src/domain/local-time.js";
import { policySchema } from "../../../src/domain/policy.js";
import type { ReceiverView } from "../../../src/server/api/views.js";
import { DAY, dayRows, type Line } from "../../../src/web/panel/today/day-rows.js";

const area = (id: string, fields: object): Area => areaSchema.parse({ id, name: id, ...fields });
const areas = new Map(
  [
    area("da-lat", { kind: "province" }),
    area("cam-ly", { kind: "ward", parent: "da-lat" }),
    area("to-1", { kind: "group", parent: "cam-ly" }),
    area("lam-vien", { kind: "ward", parent: "da-lat" }),
  ].map((one) => [one.id, one]),
);
const receiver = (id: string, where: string, connected = true) =>
  ({ id, area: where, connected, paired: true, condition: { state: "ok" } }) as unknown as ReceiverView;
const line = (fields: object) =>
  ({ occurrence: "a", fate: "airs", start: "06:00", end: "06:10", receivers: ["loa-1"], ...fields }) as unknown as Line;
/** Times in these tests are the hours themselves. */
const secondOf = (time: string) => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 3600 + minute * 60;
};
const rows = (fields: object = {}) =>
  dayRows({
    ...{ areas, policies: [policySchema.parse({ area: "da-lat" })], zone: "Asia/Ho_Chi_Minh", secondOf },
    ...{ receivers: [receiver("loa-1", "to-1"), receiver("loa-2", "cam-ly", false)], lines: [line({})] },
    ...{ day: localDate("2026-11-23"), ...fields },
  });

describe("the day as rows", () => {
  it("has a row for each ward with loudspeakers, with those of its quarters", () => {
    expect(rows().map(({ name, receivers, connected }) => [name, receivers, connected])).to.deep.equal([
      ["cam-ly", 2, 1],
    ]);
  });

  it("puts an item where it sounds, with the loudspeakers of that ward only", () => {
    const [row] = rows({ lines: [line({ receivers: ["loa-1", "loa-2", "loa-9"] })] });
    expect(row?.blocks.map(({ from, to, receivers }) => [from, to, receivers])).to.deep.equal([[21_600, 22_200, 2]]);
  });

  it("leaves out what is dropped and what is for others", () => {
    const [row] = rows({ lines: [line({ fate: "dropped" }), line({ receivers: ["loa-9"] })] });
    expect(row?.blocks).to.deep.equal([]);
  });

  it("ends at midnight what goes past it, and shows a night in two parts", () => {
    const [row] = rows({ lines: [line({ start: "23:50", end: "00:05" })] });
    expect(row?.blocks[0]?.to).to.equal(DAY);
    expect(row?.quiet).to.deep.equal([
      { from: 0, to: 5.5 * 3600 },
      { from: 21 * 3600, to: DAY },
    ]);
  });
});
