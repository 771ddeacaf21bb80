import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, invitedAccount } from "../support/real-people.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** A form with one blank of words and one time. */
const FORM = {
  id: "cup-nuoc",
  title: "Cúp nước",
  class: "ordinary",
  topic: "cup-nuoc",
  version: 1,
  fields: [
    { type: "place", name: "where", label: { vi: "Ở đâu", en: "Where" } },
    { type: "time", name: "from", label: { vi: "Từ mấy giờ", en: "From" } },
  ],
  body: "Cúp nước ở {{where}} từ {{from}} ngày mai.",
};

describe("writing an announcement in the panel", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let author: Visitor;

  before(async () => {
    house = await openHouse();
    await house.addRelay("cot-1");
    await house.stopRelay("cot-1");
    const forms = join(house.folder, "config", "templates");
    await house.restartServer(async () => {
      await mkdir(forms, { recursive: true });
      await writeFile(join(forms, "cup-nuoc.json"), JSON.stringify(FORM));
    });
    author = await newVisitor(house.server.url, 360);
    await firstAccount(house, author);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });
  beforeEach(() => author.goto("/compose"));

  it("teaches a word by pressing it, and says until then why it cannot be handed in", async () => {
    await author.getByLabel("Văn bản").fill("Mời bà con đến nhà ông XQZK họp.");
    await author.getByLabel("Phường thử").check();
    await author.getByRole("button", { name: "Tạo giọng đọc" }).click();
    await author.getByRole("button", { name: "▶ Nghe" }).click();
    await author.getByText("Còn 1 từ chưa biết đọc").waitFor();
    expect(await author.getByRole("button", { name: /^Gửi duyệt/ }).isDisabled()).to.equal(true);

    await author.getByRole("button", { name: "XQZK: chưa biết đọc, dạy cách đọc" }).click();
    await author.getByRole("textbox", { name: "Đọc là" }).fill("ích quy");
    expect(await axeFindings(author)).to.deep.equal([]);
    await author.getByRole("button", { name: "Dạy", exact: true }).click();
    await author.getByRole("button", { name: "ích quy: viết là XQZK, sửa cách đọc" }).waitFor();
    await author.getByRole("button", { name: "▶ Nghe" }).click();
    await author.getByRole("button", { name: "Gửi duyệt và xếp lịch" }).waitFor();
    await eventually("a button to press", 5_000, () => author.getByRole("button", { name: /^Gửi duyệt/ }).isEnabled());
  });

  it("fills in a form and takes what it says", async () => {
    await author.getByText("Dùng mẫu có sẵn").click();
    await author.getByLabel(/^Mẫu/).selectOption({ label: "Cúp nước" });
    await author.getByText("Còn thiếu: Ở đâu, Từ mấy giờ.").waitFor();
    await author.getByLabel("Ở đâu").fill("tổ 9");
    await author.getByLabel("Từ mấy giờ").fill("08:00");
    expect(await axeFindings(author)).to.deep.equal([]);
    await author.getByRole("button", { name: "Dùng nội dung này" }).click();
    await author.waitForURL(/\/compose\/cup-nuoc/);
    await eventually("what the form says", 5_000, async () => {
      return /^Cúp nước ở tổ 9 từ .* ngày mai\.$/.test(await author.getByLabel("Văn bản").inputValue());
    });
  });

  it("shows who else has it open, and both texts when two have written", async () => {
    await askAs(author, house, "POST", "/announcements", { id: "chung", title: "Chung", text: "Họp lúc bảy giờ." });
    const other = await newVisitor(house.server.url);
    await invitedAccount(house, author, other, { id: "hoa", name: "Nguyễn Thị Hoa", role: "ward-operator" });
    await author.goto("/compose/chung");
    await author.getByText("Họp lúc bảy giờ.").first().waitFor();
    await other.goto("/compose/chung");
    await author.getByText("Nguyễn Thị Hoa cũng đang mở").waitFor();
    await author.getByText("Đã kiểm tra").first().waitFor();

    await author.getByLabel("Văn bản").fill("Họp lúc tám giờ.");
    await askAs(other, house, "PATCH", "/announcements/chung", { text: "Họp lúc chín giờ." }, { "if-match": "*" });
    await author.getByRole("heading", { name: "Người khác vừa sửa bản tin này" }).waitFor();
    await author.locator("blockquote", { hasText: "Họp lúc tám giờ." }).waitFor();
    await author.locator("blockquote", { hasText: "Họp lúc chín giờ." }).waitFor();
    expect(await axeFindings(author)).to.deep.equal([]);
    await author.getByRole("button", { name: "Giữ bản của tôi" }).click();
    await eventually("mine to be kept", 10_000, async () => {
      const { text } = await askAs<{ text: string }>(author, house, "GET", "/announcements/chung");
      return text === "Họp lúc tám giờ.";
    });
  });

  it("never shows an announcement that is not there as a new one to write into", async () => {
    const other = await newVisitor(house.server.url);
    await other.context().addCookies(await author.context().cookies());
    await other.goto("/compose/khong-co");
    await other.getByRole("button", { name: "Thử lại" }).waitFor();
    expect(await other.getByLabel("Văn bản").count()).to.equal(0);
  });

  it("saves by itself what was typed, and finds it again", async () => {
    await author.getByLabel("Văn bản").fill("Bản nháp tự lưu của tổ dân phố.");
    await author.getByText(/Đã lưu \d\d:\d\d/).waitFor({ timeout: 15_000 });
    await author.goto("/compose");
    await author.getByRole("link", { name: "Bản nháp tự lưu của tổ dân phố." }).click();
    await eventually("the draft", 5_000, async () => {
      return (await author.getByLabel("Văn bản").inputValue()) === "Bản nháp tự lưu của tổ dân phố.";
    });
  });

  it("records a voice in the page, with a meter, and takes it as an announcement", async () => {
    await author.getByText("Tự ghi âm thay cho giọng đọc").click();
    await author.getByRole("button", { name: "● Bắt đầu ghi" }).click();
    const meter = author.getByRole("meter", { name: "Mức âm thanh" });
    await eventually("the microphone to be heard", 10_000, async () => {
      return Number(await meter.evaluate((element) => (element as unknown as { value: number }).value)) > 0.02;
    });
    await author.getByText(/Đang ghi: ([2-9]|\d\d) giây/).waitFor();
    await author.getByRole("button", { name: "■ Dừng ghi" }).click();
    await author.getByLabel("Tên bản ghi âm").fill("Lời của tôi");
    expect(await axeFindings(author)).to.deep.equal([]);
    await author.getByRole("button", { name: "Dùng bản ghi này" }).click();
    await author.waitForURL(/\/compose\/loi-cua-toi/);
    await author.getByRole("button", { name: "▶ Nghe" }).waitFor();
    expect(author.complaints.filter((complaint) => !complaint.includes("409"))).to.deep.equal([]);
  });
});
