import { expect } from "chai";
import type { SettingsView } from "../../src/server/api/settings-routes.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount } from "../support/real-people.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("who is told what, in the settings", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    const webhook = { url: "https://phuong.example/loa", secret: "env:HOOK_SECRET" };
    const notices = {
      smtp: { host: "thu.example", security: "none", from: "loa@dai.example" },
      recipients: [{ name: "Phần mềm phường", webhook, kinds: ["alarm"] }],
    };
    house = await openHouse({ config: { notices }, env: { HOOK_SECRET: "mười sáu chữ cái hoặc hơn" } });
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
    await page.getByRole("link", { name: "Cài đặt" }).click();
    await page.getByRole("heading", { name: "Người nhận tin nhắn" }).waitFor();
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const recipients = async () => (await askAs<SettingsView>(page, house, "GET", "/settings")).recipients;
  const save = () => page.getByRole("button", { name: "Lưu người nhận" });

  it("is added with an address, kinds and a place", async () => {
    expect(await save().isDisabled()).to.equal(true);
    await page.getByRole("button", { name: "Thêm người nhận thư" }).click();
    await page.getByLabel("Tên người nhận").fill("Trực kỹ thuật");
    await page.getByLabel("Địa chỉ thư điện tử").fill("truc@dai.example");
    const form = page.getByRole("group", { name: "Trực kỹ thuật" }).last();
    await form.getByLabel("Loa có sự cố").uncheck();
    await page.getByText("Hãy chọn ít nhất một loại tin.").waitFor();
    expect(await save().isDisabled()).to.equal(true);
    await form.getByLabel("Sao lưu hỏng").check();
    await form.getByLabel("Chỉ về địa bàn").selectOption("phuong");
    expect(await axeFindings(page)).to.deep.equal([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).to.be.at.most(0);
    await save().click();
    await page.getByText("Có cài đặt đã lưu đang chờ khởi động lại.").waitFor();
    expect((await recipients()).at(-1)).to.deep.equal({
      ...{ name: "Trực kỹ thuật", way: "email", email: "truc@dai.example" },
      ...{ kinds: ["backup"], areas: ["phuong"], isReachable: false },
    });
  });

  it("is changed of a webhook without its secret, and taken out", async () => {
    await page.locator("summary", { hasText: "Phần mềm phường" }).click();
    const hook = page.getByRole("group", { name: "Phần mềm phường" }).last();
    await hook.getByLabel("Tóm tắt mỗi sáng").check();
    await page.locator("summary", { hasText: "Trực kỹ thuật" }).click();
    await page.getByText("Người này bắt đầu nhận tin").waitFor();
    await page.getByRole("button", { name: "Bỏ người này «Trực kỹ thuật»" }).click();
    await save().click();
    const kept = await eventually("one to be left", 5_000, async () => {
      const all = await recipients();
      return all.length === 1 && all;
    });
    expect(kept).to.deep.equal([
      { name: "Phần mềm phường", way: "webhook", kinds: ["alarm", "digest"], isReachable: true },
    ]);
    expect(page.complaints).to.deep.equal([]);
  });
});
