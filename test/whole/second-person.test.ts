import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import { epoch } from "../../src/base/units.js";
import type { LiveView, TalkView } from "../../src/server/api/live-routes.js";
import type { LogPageView } from "../../src/server/api/log-views.js";
import { startDouble } from "../support/http-double.js";
import { eventually, openHouse } from "../support/whole-house.js";

/** Ten in the morning and eleven at night in Viet Nam. */
const MORNING = Date.UTC(2026, 10, 23, 3);
const NIGHT = Date.UTC(2026, 10, 23, 16);
const REASON = "Nước lên nhanh, không gọi được ai";

const ENV = { THU_BI_MAT: "một bí mật dài đủ dùng" };

/** The machine's clock as if the house had opened at `at`. */
const clockFrom = (at: number) => {
  const shift = at - systemClock.date();
  return { ...systemClock, date: () => epoch(systemClock.date() + shift) };
};
type House = Awaited<ReturnType<typeof openHouse>>;
const houseAt = async (at: number, config: Record<string, unknown> = {}) => {
  const house = await openHouse({ clock: clockFrom(at), policies: [{ area: "da-lat" }], config, env: ENV });
  for (const [id, area] of [
    ["loa-1", "phuong"],
    ["loa-2", "phuong-2"],
  ])
    await house.call("POST", "/receivers", { id, name: id, area, kind: "fixed" });
  return house;
};
const speak = (house: House, areas: readonly string[], more: object = {}) =>
  house.call<LiveView>("POST", "/live", {
    ...{ targets: { areas }, class: "emergency", confirmed: true, reason: "Lũ quét, sơ tán ngay", ...more },
  });
const refusalOf = (attempt: Promise<unknown>) => attempt.then(() => "none", String);

describe("an emergency that somebody speaks live", () => {
  for (const [where, at, areas] of [
    ["in several wards", MORNING, ["da-lat"]],
    ["at night", NIGHT, ["phuong"]],
  ] as const)
    it(`is refused ${where} for one person, and heard when the glass is broken with a reason`, async () => {
      const house = await houseAt(at);
      try {
        expect(await refusalOf(speak(house, areas)))
          .to.include("403")
          .and.include("cần người thứ hai");
        expect(await house.call<readonly TalkView[]>("GET", "/live")).to.deep.equal([]);
        expect(await refusalOf(speak(house, areas, { brokenGlass: {} }))).to.include("400");

        const { occurrence } = await speak(house, areas, { brokenGlass: { reason: REASON } });
        const [talk] = await house.call<readonly TalkView[]>("GET", "/live");
        expect(talk).to.include({ occurrence });
        expect(talk?.brokenGlass).to.include({ reason: REASON });
        const { lines } = await house.call<LogPageView>("GET", "/log?kind=live.glass-broken");
        expect(lines.map(({ why }) => why)).to.deep.equal([REASON]);
      } finally {
        await house.close();
      }
    }).timeout(60_000);

  it("is heard inside a ward by day by the word of one", async () => {
    const house = await houseAt(MORNING);
    try {
      await speak(house, ["phuong"]);
      const { lines } = await house.call<LogPageView>("GET", "/log?kind=live.glass-broken");
      expect(lines).to.deep.equal([]);
    } finally {
      await house.close();
    }
  }).timeout(60_000);

  it("sends a notice with name and reason as the glass breaks, before the twenty seconds in which others are gathered", async () => {
    const hook = await startDouble((response) => void response.writeHead(204).end());
    const house = await houseAt(NIGHT, {
      notices: {
        allowHosts: ["127.0.0.1"],
        recipients: [{ name: "Lãnh đạo", webhook: { url: hook.url, secret: "env:THU_BI_MAT" }, kinds: ["emergency"] }],
      },
    });
    try {
      await speak(house, ["phuong"], { brokenGlass: { reason: REASON } });
      const [asked] = await eventually("the notice", 15_000, () => hook.asked.length > 0 && hook.asked);
      const [notice] = JSON.parse(asked?.body ?? "").notices;
      expect(notice.kind).to.equal("emergency");
      expect(notice.title.vi).to.include("PHÁ KÍNH: «Lũ quét, sơ tán ngay»");
      expect(notice.text.vi).to.include("phát một mình").and.include(REASON);
    } finally {
      await house.close();
      await hook.close();
    }
  }).timeout(60_000);
});
