import { expect } from "chai";
import type { SettingsView } from "../../src/server/api/settings-routes.js";
import { closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount } from "../support/real-people.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the settings in the panel", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    house = await openHouse();
    await house.call("POST", "/receivers", { id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed" });
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
    await page.getByRole("link", { name: "Cài đặt" }).click();
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const later = async (key: string) => {
    const { settings } = await askAs<SettingsView>(page, house, "GET", "/settings");
    const found = settings.find((setting) => setting.key === key);
    return found?.later ?? found?.value;
  };

  it("are saved part by part: what is written in another part stays, and so does the focus", async () => {
    const keep = page.getByRole("spinbutton", { name: "Số bản sao", exact: false }).first();
    const name = page.getByRole("textbox", { name: "Tên đài", exact: false }).first();
    await keep.fill("21");
    await name.fill("Đài thử của phường");
    const save = page.locator("form", { has: name }).getByRole("button", { name: /^Lưu/ });
    await save.focus();
    await page.keyboard.press("Enter");
    await page.getByText("Đã lưu. Có hiệu lực khi đài khởi động lại.").waitFor();
    expect(await later("station.name")).to.equal("Đài thử của phường");
    expect(await keep.inputValue(), "not saved, not lost").to.equal("21");
    expect(await page.evaluate("document.activeElement?.textContent")).to.match(/^Lưu/);
    await page.locator("form", { has: keep }).getByRole("button", { name: /^Lưu/ }).click();
    await page.locator("form", { has: keep }).getByText("Đã lưu.").waitFor();
    expect(await later("backup.keep")).to.equal(21);
  });

  it("are shown anew when somebody else has changed them, and nothing of theirs is overwritten", async () => {
    const keep = page.getByRole("spinbutton", { name: "Số bản sao", exact: false }).first();
    await keep.fill("30");
    const { revision } = await page.request
      .get("/api/v1/settings")
      .then((answer) => ({ revision: answer.headers().etag ?? "" }));
    await askAs(page, house, "PATCH", "/settings", { "backup.keep": 7 }, { "if-match": revision });
    const form = page.locator("form", { has: keep });
    await form.getByRole("button", { name: /^Lưu/ }).click();
    await form.getByRole("alert").waitFor();
    expect(await later("backup.keep")).to.equal(7);
    await form.getByRole("alert").getByRole("button").click();
    await eventually("what somebody else has set", 10_000, async () => (await keep.inputValue()) === "7");
  });

  it("keep what is written in a part while that is on its way", async () => {
    const name = page.getByRole("textbox", { name: "Tên đài", exact: false }).first();
    const former = await name.inputValue();
    await page.route("**/api/v1/settings", async (route) => {
      if (route.request().method() === "PATCH") await name.fill("Đài thử, viết thêm");
      await route.continue();
    });
    await name.fill("Đài thử một");
    const save = page.locator("form", { has: name }).getByRole("button", { name: /^Lưu/ });
    const answered = page.waitForResponse((response) => response.request().method() === "PATCH");
    await save.click();
    await answered;
    await page.unroute("**/api/v1/settings");
    await eventually("a second save to be offered", 5_000, async () => {
      return (await save.getAttribute("aria-disabled")) === "false";
    });
    expect(await name.inputValue()).to.equal("Đài thử, viết thêm");
    expect(await later("station.name")).to.equal("Đài thử một");
    await name.fill(former);
    await save.click();
    await page.locator("form", { has: name }).getByText("Đã lưu.").waitFor();
  });

  it("keep written quiet hours while another part is saved or another area is looked at, and say when they are saved", async () => {
    const form = page.locator("form", { has: page.getByRole("button", { name: "Lưu quy định" }) });
    const from = form.getByLabel("Từ").first();
    await form
      .getByRole("button", { name: /Giờ yên tĩnh$/ })
      .first()
      .click();
    await from.fill("12:15");
    await page.getByRole("textbox", { name: "Tên đài", exact: false }).first().fill("Đài thử, phường mẫu");
    await page
      .locator("form", { has: page.getByLabel("Tên đài") })
      .getByRole("button", { name: /^Lưu/ })
      .click();
    await page.getByText("Đã lưu. Có hiệu lực khi đài khởi động lại.").first().waitFor();
    expect(await from.inputValue()).to.equal("12:15");
    const area = page.getByRole("combobox", { name: /^Địa bàn/ }).last();
    const chosen = await area.inputValue();
    await area.selectOption("phuong-2");
    await area.selectOption(chosen);
    expect(await from.inputValue(), "another area was only looked at").to.equal("12:15");
    await form.getByRole("button", { name: /^Xem/ }).click();
    await form.locator(".consequence").waitFor();
    await form.getByRole("button", { name: /^Lưu/ }).click();
    await form.getByText("Đã lưu.").waitFor();
    const { policies } = await askAs<SettingsView>(page, house, "GET", "/settings");
    expect(JSON.stringify(policies)).to.include("12:15");
  });

  it("make a backup at once, with how far it is, and list it", async () => {
    await page.getByText("Chưa có bản sao lưu nào.").waitFor();
    await page.getByRole("button", { name: "Sao lưu ngay" }).click();
    await page.getByText(/ – do người bấm, /).waitFor();
    expect(await page.getByRole("alert").count()).to.equal(0);
    const { kept } = await askAs<{ kept: { occasion: string }[] }>(page, house, "GET", "/backups");
    expect(kept.map(({ occasion }) => occasion)).to.deep.equal(["by-hand"]);
  });

  it("of a place without a device offer nothing that needs one", async () => {
    await page.goto("/loudspeakers/cot-1");
    await page.getByText("Chỗ này chưa có thiết bị.", { exact: false }).waitFor();
    expect(await page.getByRole("button", { name: "Thử tiếng" }).count()).to.equal(0);
    await page.getByRole("button", { name: "Tạo mã ghép" }).waitFor();
  });
});
