import { expect } from "chai";
import type { AlertView } from "../../src/server/api/alert-views.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, invitedAccount } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { rms } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const WAITS = "Có cảnh báo chờ người thứ hai";

describe("an alert that waits for a second person", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let owner: Visitor;
  let leader: Visitor;
  let ofOneWard: Visitor;

  before(async () => {
    house = await openHouse();
    await house.addRelay("cot-1");
    await house.call("POST", "/receivers", { id: "cot-2", name: "Cột 2", area: "phuong-2", kind: "fixed" });
    for (const [id, hz] of [
      ["lu-den", 440],
      ["dinh-chinh", 660],
      ["bao-yen", 880],
    ] as const)
      await house.record(id, tone(4, hz), "emergency");
    await house.call("PUT", "/emergency-packs/lu", {
      ...{ id: "lu", title: "Lũ hai phường", alert: "lu-den", correction: "dinh-chinh", allClear: "bao-yen" },
      targets: { areas: ["phuong", "phuong-2"] },
    });
    owner = await newVisitor(house.server.url);
    await firstAccount(house, owner);
    leader = await newVisitor(house.server.url, 360);
    const role = "ward-leader";
    await invitedAccount(house, owner, leader, { id: "le-thi-mau", name: "Lê Thị Mẫu", role, area: "da-lat" });
    ofOneWard = await newVisitor(house.server.url, 360);
    await invitedAccount(house, owner, ofOneWard, { id: "vo-van-mau", name: "Võ Văn Mẫu", role });
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const bar = (page: Visitor) => page.getByRole("region", { name: "Đang phát" });
  const give = () => askAs<AlertView>(owner, house, "POST", "/alerts", { pack: "lu" });
  const focused = (page: Visitor) => page.evaluate<string>("document.activeElement?.textContent ?? ''");
  const knows = (page: Visitor, id: string) =>
    eventually("the alert to be told", 5_000, async () => {
      const all = await askAs<readonly AlertView[]>(page, house, "GET", "/alerts");
      return all.some((one) => one.id === id);
    });

  it("is told on every page of those who may stand by it, with the time that is left, and to nobody else", async () => {
    await leader.getByRole("link", { name: "Thư viện" }).click();
    const { id, stage } = await give();
    expect(stage).to.equal("awaiting");
    await bar(leader).getByText(WAITS).waitFor();
    const line = bar(leader).locator("[aria-live=assertive]");
    expect(await line.innerText()).to.match(/Có cảnh báo chờ người thứ hai «Lũ hai phường» – còn (1:\d\d|2:00)/);
    expect(await axeFindings(leader)).to.deep.equal([]);
    expect(await leader.evaluate("document.documentElement.scrollWidth - innerWidth")).to.be.at.most(0);

    for (const page of [owner, ofOneWard]) {
      await knows(page, id);
      await page.getByRole("link", { name: "Danh sách phát" }).click();
      await page.getByRole("heading", { level: 1, name: "Danh sách phát" }).waitFor();
      expect(await bar(page).getByText(WAITS).count()).to.equal(0);
    }
    await ofOneWard.goto("/emergency");
    await ofOneWard.getByText("chờ người có quyền ở mọi nơi ấy xác nhận").waitFor();
    expect(await ofOneWard.getByRole("button", { name: "Tôi xác nhận, phát ngay" }).count()).to.equal(0);
    const seen = await askAs<AlertView>(ofOneWard, house, "GET", `/alerts/${id}`);
    expect(seen)
      .to.include({ elsewhere: 1 })
      .and.to.deep.include({ receivers: ["cot-1"] });
  });

  it("is opened and stood by from there, by keys alone, and a loudspeaker sounds", async () => {
    await bar(leader).getByRole("button", { name: "Mở «Lũ hai phường»" }).focus();
    await leader.keyboard.press("Enter");
    await leader.waitForURL("/emergency");
    await leader.getByRole("button", { name: "Tôi xác nhận, phát ngay" }).waitFor();
    await leader.keyboard.press("Tab");
    expect(await focused(leader)).to.equal("Tôi xác nhận, phát ngay");
    await leader.keyboard.press("Enter");
    await bar(leader).getByText(WAITS).waitFor({ state: "detached" });
    await eventually("the alert", 10_000, async () => rms((await house.heard("cot-1")).samples) > 0.01);
    const [alert] = await askAs<readonly AlertView[]>(owner, house, "GET", "/alerts");
    expect(alert?.confirmedBy?.by).to.equal("Lê Thị Mẫu");
    await askAs(owner, house, "POST", `/alerts/${alert?.id}/end`, { how: "all-clear" });
  });

  it("goes by itself when its glass is broken, and the focus stays in the page", async () => {
    await leader.getByRole("link", { name: "Loa", exact: true }).click();
    const { id } = await give();
    await bar(leader).getByRole("button", { name: "Mở «Lũ hai phường»" }).focus();
    await askAs(owner, house, "POST", `/alerts/${id}/broken-glass`, { reason: "nước lên nhanh" });
    await bar(leader).getByText(WAITS).waitFor({ state: "detached" });
    expect(await leader.evaluate("document.activeElement?.id")).to.equal("content");
    await askAs(owner, house, "POST", `/alerts/${id}/end`, { how: "all-clear" });
  });

  it("goes when its time is over, whatever else the station tells", async () => {
    await leader.route("**/api/v1/alerts", async (route) => {
      const answer = await route.fetch();
      const all = (await answer.json()) as AlertView[];
      const awaitsUntil = new Date(Date.now() + 3_000).toISOString();
      await route.fulfill({ json: all.map((one) => (one.stage === "awaiting" ? { ...one, awaitsUntil } : one)) });
    });
    await give();
    await bar(leader).getByText(WAITS).waitFor();
    await bar(leader).getByText(WAITS).waitFor({ state: "detached" });
    expect([...leader.complaints, ...ofOneWard.complaints, ...owner.complaints]).to.deep.equal([]);
  });
});
