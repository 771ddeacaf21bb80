import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, invitedAccount } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

interface Kept {
  readonly value: { readonly id: string; readonly title: string; readonly items: readonly { kind: string }[] };
  readonly revision: string;
}

describe("playlists in the panel", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let page: Visitor;
  let other: Visitor;

  before(async () => {
    house = await openHouse();
    await house.call("POST", "/receivers", { id: "cot-1", name: "Cột 1", area: "phuong", kind: "fixed" });
    await house.record("tin-a", tone(4, 440));
    await house.record("tin-b", tone(6, 550));
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
    other = await newVisitor(house.server.url);
    await invitedAccount(house, page, other, { id: "hoa", name: "Nguyễn Thị Hoa", role: "ward-leader" });
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const kept = async () => (await askAs<Kept[]>(page, house, "GET", "/playlists"))[0];
  const order = () => page.locator(".items strong").allInnerTexts();
  const save = () => page.getByRole("button", { name: "Lưu danh sách" });

  it("are made of announcements, chimes and pauses, with the time of each", async () => {
    await page.getByRole("link", { name: "Danh sách phát" }).click();
    await page.getByText("Chưa có danh sách phát nào.").waitFor();
    await page.getByRole("link", { name: "Thêm danh sách" }).click();
    await page.getByText("Danh sách phải có ít nhất một mục").waitFor();
    await page.getByLabel("Tên danh sách").fill("Buổi sáng");
    for (const title of ["tin-a", "tin-b"]) {
      await page.locator(".adding select").first().selectOption({ value: title });
      await page.getByRole("button", { name: "Thêm bản tin" }).click();
    }
    await page.getByLabel("Nghỉ (giây)").last().fill("10");
    await page.getByRole("button", { name: "Thêm khoảng nghỉ" }).click();
    await page.getByText("Cả danh sách dài 10 giây.").waitFor();
    expect(await page.locator(".items time").allInnerTexts()).to.deep.equal(["+0:00", "+0:04", "+0:10"]);
    expect(await axeFindings(page)).to.deep.equal([]);

    await save().click();
    await page.waitForURL("**/playlists/buoi-sang");
    await page.getByText("Đã lưu.").waitFor();
    expect((await kept())?.value.items.map(({ kind }) => kind)).to.deep.equal([
      "announcement",
      "announcement",
      "pause",
    ]);
  });

  it("are put in order by keys and by dragging, with the new place said, and back again", async () => {
    await page.getByRole("button", { name: /^Kéo «Nghỉ 10 giây»/ }).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("«Nghỉ 10 giây» ở vị trí 2 trong 3, phát lúc +0:04.").waitFor();
    expect(await order()).to.deep.equal(["tin-a", "Nghỉ 10 giây", "tin-b"]);
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("«Nghỉ 10 giây» ở vị trí 1 trong 3").waitFor();

    const grip = await page.getByRole("button", { name: /^Kéo «tin-b»/ }).boundingBox();
    const goal = await page.locator(".items > li").first().boundingBox();
    if (!grip || !goal) throw new Error("nothing to drag");
    await page.mouse.move(grip.x + 10, grip.y + 10);
    await page.mouse.down();
    await page.mouse.move(grip.x + 10, goal.y + 4, { steps: 4 });
    await page.mouse.up();
    expect(await order()).to.deep.equal(["tin-b", "Nghỉ 10 giây", "tin-a"]);

    await save().click();
    await page.getByText("Đã lưu.").waitFor();
    await page.getByRole("button", { name: "Hoàn tác" }).click();
    await page.getByText("Đã trả lại như cũ.").waitFor();
    expect(await order()).to.deep.equal(["tin-a", "tin-b", "Nghỉ 10 giây"]);
  });

  it("say whether they fit where they are scheduled, and at what time each item sounds", async () => {
    const tomorrow = new Date(Date.now() + 31 * 3_600_000).toISOString().slice(0, 10);
    const at = (id: string, time: string, playlist: string) =>
      askAs(page, house, "PUT", `/schedules/${id}`, {
        ...{ id, title: id, class: "ordinary", playlist, targets: { areas: ["phuong"] } },
        ...{ start: tomorrow, at: [time] },
      });
    await askAs(page, house, "PUT", "/playlists/khac", {
      ...{ id: "khac", title: "Khác", items: [{ kind: "announcement", announcement: "tin-a" }] },
    });
    await at("sang", "10:00:00", "buoi-sang");
    await at("voi", "10:00:08", "khac");
    await page.getByText("thừa 2 giây").waitFor();
    await page.getByText("đến «voi»").waitFor();
    expect(await page.locator(".items time").allInnerTexts()).to.deep.equal(["10:00:00", "10:00:04", "10:00:10"]);
    await page.getByRole("button", { name: "Bỏ tin-b" }).click();
    await page.getByText("vừa, còn 4 giây").waitFor();
  });

  it("ask before what is not saved is left, by the menu and by the browser’s own way back", async () => {
    await page.getByRole("link", { name: "Thư viện" }).click();
    await page.getByRole("dialog", { name: "Chưa lưu" }).waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Ở lại để lưu" }).click();
    await page.goBack();
    await page.getByRole("dialog", { name: "Chưa lưu" }).waitFor();
    await page.waitForURL(/playlists\/buoi-sang$/);
    await page.getByRole("button", { name: "Ở lại để lưu" }).click();
    expect(await order()).to.deep.equal(["tin-a", "Nghỉ 10 giây"]);
  });

  it("keep what is not saved when the session ends, and go on after the password", async () => {
    await page.context().clearCookies();
    await save().click();
    await page.getByRole("dialog", { name: "Phiên đăng nhập đã hết" }).waitFor();
    await page.getByLabel("Mật khẩu").fill("mười hai con sóc ăn hạt dẻ");
    await page.getByRole("button", { name: "Đăng nhập lại" }).click();
    await page.getByText("Đã lưu.").waitFor();
    expect((await kept())?.value.items).to.have.length(2);
    page.complaints.length = 0;
  });

  it("show who else has one open, and both orders when two have changed it", async () => {
    await other.goto("/playlists/buoi-sang");
    await page.getByText("Nguyễn Thị Hoa cũng đang mở").waitFor();
    await page.getByLabel("Tên danh sách").fill("Buổi sớm của tôi");
    await other.getByRole("button", { name: "Xuống: tin-a" }).click();
    await other.getByRole("button", { name: "Lưu danh sách" }).click();
    await other.getByText("Đã lưu.").waitFor();

    await page.getByRole("heading", { name: "Người khác vừa sửa danh sách này" }).waitFor();
    expect(await save().isDisabled()).to.equal(true);
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Giữ bản của tôi để lưu" }).click();
    await save().click();
    await page.getByText("Đã lưu.").waitFor();
    expect((await kept())?.value.title).to.equal("Buổi sớm của tôi");
    // Whoever has nothing to lose sees the new one at once.
    await eventually("the other to see it", 10_000, async () => {
      return (await other.getByLabel("Tên danh sách").inputValue()) === "Buổi sớm của tôi";
    });
  });

  it("go out as M3U8 and come in again, and are not removed while a schedule needs them", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Xuất M3U8" }).click();
    const text = await readFile(await (await download).path(), "utf8");
    expect(text).to.contain("loa:announcement/tin-a");

    await page.getByRole("button", { name: "Xóa danh sách" }).click();
    await page.getByText("1 lịch đang dùng danh sách này").waitFor();
    await page.getByRole("button", { name: "Giữ lại" }).click();
    await page.getByRole("link", { name: "‹ Danh sách phát" }).click();

    await page.getByText("Nhập từ tệp M3U8").click();
    const file = (buffer: string) => ({
      name: "Bản nhập.m3u8",
      mimeType: "audio/x-mpegurl",
      buffer: Buffer.from(buffer),
    });
    await page.getByLabel("Tệp M3U8").setInputFiles(file("#EXTM3U\nhttp://la.example/x.mp3\n"));
    await page.getByRole("button", { name: "Nhập", exact: true }).click();
    await page.getByText("Không nhập được tệp M3U8, dòng 2").waitFor();
    await page.getByLabel("Tệp M3U8").setInputFiles(file(text));
    await page.getByRole("button", { name: "Nhập", exact: true }).click();
    await page.waitForURL("**/playlists/ban-nhap");
    await page.locator(".items strong", { hasText: "tin-a" }).waitFor();
    await page.getByRole("button", { name: "Xóa danh sách" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Xóa danh sách" }).click();
    await page.waitForURL("**/playlists");
    expect(page.complaints.filter((one) => !/40[09]/.test(one))).to.deep.equal([]);
  });
});
