import { expect } from "chai";
import { type Area, type AreaTree, areaSchema } from "../../../../src/domain/area.js";
import { areaId } from "../../../../src/domain/ids.js";
import { localDate } from "../../../../src/domain/local-time.js";
import { policySchema } from "../../../../src/domain/policy.js";
import { receiverSchema } from "../../../../src/domain/receiver.js";
import { type Consequence, consequence } from "../../../../src/web/panel/compose/consequence.js";
import { NOWHERE } from "../../../../src/web/panel/compose/draft.js";
import { placeRows, toggled } from "../../../../src/web/panel/compose/place-tree.js";
import { quietPlaces } from "../../../../src/web/panel/compose/quiet.js";
import type { Later } from "../../../../src/web/panel/compose/when.js";
import { language } from "../../../../src/web/panel/words/language.js";

const area = (id: string, kind: Area["kind"], parent?: string) => areaSchema.parse({ id, name: id, kind, parent });
const areas: AreaTree = new Map(
  [
    area("tinh", "province"),
    area("xuan-huong", "ward", "tinh"),
    area("to-1", "group", "xuan-huong"),
    area("cam-ly", "ward", "tinh"),
  ].map((one) => [one.id, one]),
);
const receivers = [
  ["a", "to-1"],
  ["b", "xuan-huong"],
  ["c", "tinh"],
].map(([id, at]) => receiverSchema.parse({ id, name: id, area: at, kind: "fixed" }));
const today = localDate("2026-11-24");
const chosen = (...ids: string[]) => ({ ...NOWHERE, areas: ids.map(areaId) });
const rows = (...ids: string[]) =>
  placeRows({ areas, receivers, targets: chosen(...ids), today }).map(({ id, receivers: count, chosen: how }) => [
    id,
    count,
    how,
  ]);

describe("the tree of places to choose from", () => {
  it("counts the loudspeakers of each place with all below it, and leaves out places without any", () => {
    expect(rows()).to.deep.equal([
      ["tinh", 3, "no"],
      ["xuan-huong", 2, "no"],
      ["to-1", 1, "no"],
    ]);
  });

  it("shows what is chosen with the place around it, and what holds something chosen", () => {
    expect(rows("xuan-huong").map(([, , how]) => how)).to.deep.equal(["part", "yes", "above"]);
  });

  it("chooses a place in place of what lies in it", () => {
    expect(toggled(chosen("to-1", "cam-ly"), areaId("xuan-huong"), areas).areas).to.deep.equal([
      "cam-ly",
      "xuan-huong",
    ]);
    expect(toggled(chosen("xuan-huong"), areaId("xuan-huong"), areas).areas).to.deep.equal([]);
  });
});

describe("what is said before anything is ordered", () => {
  const later: Later = { is: "later", date: "2026-11-24", time: "17:00", repeat: "once", until: "" };
  const about: Consequence = {
    ...{ when: later, loudspeakers: 12, vans: 0, places: ["Xuân Hương"], lengthMs: 100_000, zone: "Asia/Ho_Chi_Minh" },
  };
  afterEach(() => {
    language.value = "vi";
  });

  it("names hour, day, zone, loudspeakers, place and length", () => {
    expect(consequence(about)).to.equal(
      "Phát lúc 17:00 thứ Ba 24/11 (giờ Việt Nam) tại 12 loa ở Xuân Hương, dài 1 phút 40 giây, một lần.",
    );
  });

  it("names a repeat with its last day, and vans", () => {
    const repeated = { ...later, repeat: "daily", until: "2026-11-30" } as const;
    expect(consequence({ ...about, when: repeated, vans: 1 })).to.equal(
      "Phát lúc 17:00 thứ Ba 24/11 (giờ Việt Nam) tại 12 loa, 1 xe ở Xuân Hương, dài 1 phút 40 giây, rồi mỗi ngày đến hết thứ Hai 30/11.",
    );
  });

  it("says when no place is chosen, and counts many", () => {
    expect(consequence({ ...about, when: { is: "now" }, loudspeakers: 0, places: [], lengthMs: undefined })).to.equal(
      "Phát ngay: chưa chọn nơi phát.",
    );
    expect(consequence({ ...about, places: ["A", "B", "C", "D", "E"] })).to.contain("ở A, B, C và 2 nơi nữa");
  });

  it("says it in English, too", () => {
    language.value = "en";
    expect(consequence(about)).to.equal(
      "Plays at 17:00 on Tuesday 24/11 (Asia/Ho_Chi_Minh) at 12 loudspeakers in Xuân Hương, 1 min 40 s long, once.",
    );
  });

  it("knows a quiet hour of a chosen place", () => {
    const policies = [policySchema.parse({ area: "xuan-huong", quiet: [{ from: "21:00", to: "05:30" }] })];
    const parts = { zone: "Asia/Ho_Chi_Minh", areas, policies, receivers };
    expect(quietPlaces({ ...later, time: "22:00" }, parts)).to.include("to-1");
    expect(quietPlaces({ ...later, time: "05:30" }, parts)).to.not.include("to-1");
    expect(quietPlaces({ ...later, date: "" }, parts)).to.deep.equal([]);
  });
});
