import { expect } from "chai";
import { closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { firstAccount } from "../support/real-people.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the panel in a real browser", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    house = await openHouse();
    await house.addRelay("cot-1");
    page = await newVisitor(house.server.url);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  it("lets somebody in and shows the day, by what the loudspeaker says", async () => {
    await firstAccount(house, page);

    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).to.match(/^Thứ|^Chủ/);
    await page.getByRole("row", { name: "Phường thử 1/1 loa có mạng" }).waitFor();
    expect(await page.title()).to.contain("Hôm nay – Đài thử");
    expect(page.complaints).to.deep.equal([]);
  });

  it("says neither that nothing is planned nor that nothing is to be done before it knows", async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    for (const list of ["rundown*", "announcements"])
      await page.route(`**/api/v1/${list}`, async (route) => {
        await held;
        await route.continue();
      });
    await page.goto("/");
    await page.getByRole("heading", { name: /^Cần xử lý/ }).waitFor();
    await page.waitForTimeout(300);
    expect(await page.getByText("Không có việc gì cần xử lý.").count()).to.equal(0);
    expect(await page.getByText("Hôm nay không còn lượt phát nào trong lịch.").count()).to.equal(0);
    answer();
    await page.getByText("Hôm nay không còn lượt phát nào trong lịch.").waitFor();
  });
});
