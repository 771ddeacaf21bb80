import { expect } from "chai";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, PASSWORD } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the library", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    house = await openHouse();
    await house.addRelay("cot-1");
    await house.record("cu", tone(2, 440));
    await house.scheduleOnce("cu", 3_600_000);
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  it("takes a recording in and leads to its approval", async () => {
    await page.getByRole("link", { name: "Thư viện" }).click();
    await page.getByText("Gửi bản ghi âm lên").click();
    const buffer = Buffer.from(tone(3, 330));
    await page.getByLabel("Tệp âm thanh").setInputFiles({ name: "Lời_chào.wav", mimeType: "audio/wav", buffer });
    expect(await page.getByLabel("Tên bản tin").inputValue()).to.equal("Lời chào");
    await page.getByRole("button", { name: "Gửi lên" }).click();
    await page.getByText("Bản ghi âm «Lời_chào.wav»").waitFor();
    await page.getByRole("button", { name: "▶ Nghe" }).waitFor();
  });

  it("goes on sending a long recording where the line broke, and says so meanwhile", async () => {
    await page.getByRole("link", { name: "Thư viện" }).click();
    await page.getByText("Gửi bản ghi âm lên").click();
    const asked: number[] = [];
    await page.route("**/uploads/*/pieces/*", (route) => {
      asked.push(Number(route.request().url().split("/").at(-1)));
      return asked.length === 2 ? route.abort() : route.continue();
    });
    const buffer = Buffer.from(tone(40, 250));
    expect(buffer.length).to.be.above(3 * 1024 * 1024);
    await page.getByLabel("Tệp âm thanh").setInputFiles({ name: "Dài.wav", mimeType: "audio/wav", buffer });
    await page.getByRole("button", { name: "Gửi lên" }).click();
    await page.getByText(/^Mất mạng ở \d+ %\. Phần đã gửi vẫn được giữ/).waitFor();
    await page.getByText("Bản ghi âm «Dài.wav»").waitFor();
    expect(asked.slice(0, 4)).to.deep.equal([0, 1, 1, 2].map((piece) => piece * 1024 * 1024));
    await page.unroute("**/uploads/*/pieces/*");
    const sent = await house.call<{ clip?: { durationMs: number } }>("GET", "/announcements/dai");
    expect(sent.clip?.durationMs).to.be.closeTo(40_000, 100);
    page.complaints.length = 0;
  });

  it("says in the station's words why a file is no sound", async () => {
    await page.getByRole("link", { name: "Thư viện" }).click();
    await page.getByText("Gửi bản ghi âm lên").click();
    const buffer = Buffer.from("đây không phải âm thanh ".repeat(200));
    await page.getByLabel("Tệp âm thanh").setInputFiles({ name: "x.mp3", mimeType: "audio/mpeg", buffer });
    await page.getByRole("button", { name: "Gửi lên" }).click();
    await page.getByRole("alert").filter({ hasText: "âm thanh" }).waitFor();
    page.complaints.length = 0;
  });

  it("takes a chime in, which is counted among what waits for an approval", async () => {
    await page.getByRole("link", { name: "Thư viện" }).click();
    await page.getByText("Nhạc hiệu", { exact: true }).click();
    await page.getByText("Gửi nhạc hiệu lên").click();
    const buffer = Buffer.from(tone(2, 660));
    await page.getByLabel("Tệp nhạc hiệu").setInputFiles({ name: "chuong.wav", mimeType: "audio/wav", buffer });
    await page.getByRole("button", { name: "Gửi nhạc hiệu", exact: true }).click();
    await page.getByText("Đã nhận «chuong.wav».").waitFor();

    const leader = await newVisitor(house.server.url);
    const account = { id: "tran-thi-mau", name: "Trần Thị Mẫu", roles: [{ role: "propaganda-office" }] };
    const { path } = await askAs<{ path: string }>(page, house, "POST", "/accounts", account);
    await leader.goto(path);
    await leader.getByLabel("Mật khẩu mới").fill(PASSWORD);
    await leader.getByRole("button", { name: "Vào đài" }).click();
    await leader.getByRole("link", { name: "Chờ duyệt (1 bản)" }).click();
    await leader.getByRole("heading", { name: "Nhạc hiệu chờ duyệt" }).waitFor();
    await leader.context().close();
  });

  it("finds by a few letters without marks, plays, and shows the waveform", async () => {
    await page.getByRole("searchbox").fill("loi chao");
    await page.getByText("1 bản tin", { exact: true }).waitFor();
    await page.locator(".library .wave").scrollIntoViewIfNeeded();
    await page.locator(".library .wave path[d^=M]").waitFor();
    await page.getByRole("button", { name: "Nghe «Lời chào»" }).click();
    const audio = page.locator("audio");
    await audio.evaluate((element) => (element as unknown as { play(): Promise<void> }).play());
    await eventually("sound in the browser", 5_000, async () => {
      return (await audio.evaluate((element) => (element as unknown as { currentTime: number }).currentTime)) > 0.2;
    });
    expect(await axeFindings(page)).to.deep.equal([]);
  });

  it("says what uses an announcement before it is removed, and removes it with that", async () => {
    await page.getByRole("searchbox").fill("cu");
    await page.getByRole("button", { name: "Xóa… «cu»" }).click();
    await page.getByText("1 lịch và 1 danh sách đang dùng:").waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Xóa bản tin cùng các lịch này" }).click();
    await page.getByText("Đã xóa «cu».").waitFor();
    expect(await house.call("GET", "/schedules")).to.deep.equal([]);
    expect((await house.call<{ id: string }[]>("GET", "/announcements")).map(({ id }) => id)).to.deep.equal([
      "loi-chao",
      "dai",
    ]);
    expect(page.complaints).to.deep.equal([]);
  });
});
