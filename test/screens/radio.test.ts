import { expect } from "chai";
import type { RadioView } from "../../src/server/api/radio-routes.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, invitedAccount } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const tomorrow = () => new Date(Date.now() + 31 * 3_600_000).toISOString().slice(0, 10);

describe("relayed radio in the panel", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let page: Visitor;
  let leader: Visitor;

  before(async () => {
    house = await openHouse({
      config: { radio: { "dai-tinh": { title: "Đài tỉnh (mẫu)", url: "https://radio.example/truc-tiep.mp3" } } },
    });
    await house.call("POST", "/receivers", { id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed" });
    await house.record("du-phong", tone(4, 440));
    await house.call("PUT", "/playlists/du-phong", {
      ...{ id: "du-phong", title: "Nhạc chờ", items: [{ kind: "announcement", announcement: "du-phong" }] },
    });
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
    leader = await newVisitor(house.server.url, 360);
    await invitedAccount(house, page, leader, { id: "hoa", name: "Nguyễn Thị Hoa", role: "ward-leader" });
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const slot = async () => (await askAs<RadioView>(page, house, "GET", "/radio")).slots[0];

  it("is laid out with its fallback, and tells that it waits for somebody else", async () => {
    await page.getByRole("link", { name: "Lịch tuần" }).click();
    await page.getByRole("link", { name: "Thêm lịch" }).click();
    await page.getByLabel("Tên lịch").fill("Thời sự sáng");
    await page.getByLabel("Danh sách phát").selectOption({ label: "Nhạc chờ" });
    await page.getByLabel("Tiếp âm").selectOption({ label: "Đài tỉnh (mẫu)" });
    await page.getByText("là phần dự phòng").waitFor();
    await page.getByLabel("Tiếp âm trong (phút)").fill("20");
    await page.getByRole("checkbox", { name: "Phường thử", exact: true }).check();
    await page.getByLabel("Ngày đầu").fill(tomorrow());
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Lưu lịch" }).click();
    await page.getByText("Đã lưu.").waitFor();
    await page.getByText("Chờ người khác duyệt; chưa duyệt thì chưa phát.").waitFor();
    expect(await slot()).to.deep.include({ source: "dai-tinh", isApproved: false, title: "Thời sự sáng" });
    expect(await page.getByRole("button", { name: "Duyệt khung tiếp âm" }).count(), "not theirs to approve").to.equal(
      0,
    );
  });

  it("is approved by a second person, who sees whom it relays, when, where and what the fallback is", async () => {
    await leader.getByRole("link", { name: /Chờ duyệt/ }).click();
    await leader.getByRole("heading", { name: "Khung tiếp âm chờ duyệt" }).waitFor();
    await leader
      .getByText(/Đài tỉnh \(mẫu\), lúc 06:00, dài 20 phút · Nơi phát: Phường thử · Dự phòng: Nhạc chờ/)
      .waitFor();
    expect(await axeFindings(leader)).to.deep.equal([]);
    await leader.getByRole("button", { name: "Duyệt khung tiếp âm Thời sự sáng" }).click();
    await leader.getByRole("heading", { name: "Khung tiếp âm chờ duyệt" }).waitFor({ state: "detached" });
    expect((await slot())?.isApproved).to.equal(true);
    await page.getByText(/^Đã duyệt: Nguyễn Thị Hoa/).waitFor();
  });

  it("is seen as relayed in the week", async () => {
    await leader.goto(`${house.server.url}/week`);
    await leader.getByText("▓ Tiếp âm: Thời sự sáng").first().waitFor();
  });

  it("loses its approval with any change, and by a word of whoever may approve", async () => {
    await page.getByLabel("Tiếp âm trong (phút)").fill("25");
    await page.getByRole("button", { name: "Lưu lịch" }).click();
    await page.getByText("Chờ người khác duyệt; chưa duyệt thì chưa phát.").waitFor();
    await leader.getByRole("link", { name: /Chờ duyệt/ }).click();
    await leader.getByRole("button", { name: "Duyệt khung tiếp âm Thời sự sáng" }).click();
    await eventually("the approval", 10_000, async () => (await slot())?.isApproved);
    await leader.goto(`${house.server.url}/week/thoi-su-sang`);
    await leader.getByRole("button", { name: "Rút duyệt… Thời sự sáng" }).click();
    await leader.getByLabel("Vì sao không phát nữa?").fill("Đài tỉnh đổi giờ");
    await leader.getByRole("button", { name: "Rút duyệt, từ lượt sau không phát" }).click();
    await leader.getByText("Chờ người khác duyệt; chưa duyệt thì chưa phát.").waitFor();
    expect((await slot())?.isApproved).to.equal(false);
  });
});
