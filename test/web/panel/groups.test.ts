import { expect } from "chai";
import { areaSchema } from "../../../src/domain/area.js";
import type { ReceiverView } from "../../../src/server/api/views.js";
import { groupsOf } from "../../../src/web/panel/loudspeakers/groups.js";

const areas = new Map(
  [
    { id: "cam-ly", name: "Phường Cam Ly", kind: "ward" },
    { id: "to-1", name: "Tổ 1", kind: "group", parent: "cam-ly" },
    { id: "lam-vien", name: "Phường Lâm Viên", kind: "ward" },
  ].map((fields) => {
    const area = areaSchema.parse(fields);
    return [area.id, area];
  }),
);
const receiver = (id: string, area: string, state = "ok", fields: object = {}) =>
  ({
    id,
    name: id,
    area,
    connected: true,
    paired: true,
    condition: { state, troubles: [] },
    ...fields,
  }) as unknown as ReceiverView;

describe("groups of loudspeakers", () => {
  it("are by ward, as bad as the worst in them, the worst first", () => {
    const groups = groupsOf(
      [receiver("a", "to-1"), receiver("b", "cam-ly"), receiver("c", "lam-vien", "fault"), receiver("d", "lam-vien")],
      areas,
      "",
    );
    expect(groups.map(({ name, worst, receivers }) => [name, worst, receivers.map(({ id }) => id)])).to.deep.equal([
      ["Phường Lâm Viên", "fault", ["c", "d"]],
      ["Phường Cam Ly", "ok", ["a", "b"]],
    ]);
  });

  it("count as missing only those that are meant to work", () => {
    const [group] = groupsOf(
      [
        receiver("a", "to-1", "fault", { connected: false }),
        receiver("b", "to-1", "disabled", { connected: false }),
        receiver("c", "to-1", "ok", { paired: false, connected: false }),
      ],
      areas,
      "",
    );
    expect([group?.connected, group?.inService]).to.deep.equal([0, 1]);
  });

  it("are searched by words without their marks, in the name and the pole's number", () => {
    const market = receiver("cho", "to-1", "ok", { name: "Chợ Đông", pole: "C-07" });
    const found = (typed: string) => groupsOf([market], areas, typed).length;
    expect(["cho", "CHO dong", "đông c-07", "07"].map(found)).to.deep.equal([1, 1, 1, 1]);
    expect(["tay", "cho tay"].map(found)).to.deep.equal([0, 0]);
  });
});
