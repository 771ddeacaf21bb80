import { expect } from "chai";
import { closeBrowser, newVisitor } from "../support/real-browser.js";
import { firstAccount } from "../support/real-people.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the panel in a real browser", function () {
  this.timeout(60_000);
  let house: WholeHouse;

  before(async () => {
    house = await openHouse();
    await house.addRelay("cot-1");
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  it("lets somebody in and shows the day, by what the loudspeaker says", async () => {
    const page = await newVisitor(house.server.url);
    await firstAccount(house, page);

    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).to.match(/^Thứ|^Chủ/);
    await page.getByRole("row", { name: "Phường thử 1/1 loa có mạng" }).waitFor();
    expect(await page.title()).to.contain("Hôm nay – Đài thử");
    expect(page.complaints).to.deep.equal([]);
  });
});
