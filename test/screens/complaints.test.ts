import { expect } from "chai";
import type { ComplaintView } from "../../src/server/api/care-views.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, invitedAccount } from "../support/real-people.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

const YESTERDAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(Date.now() - 86_400_000);

describe("the screens about complaints", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let owner: Visitor;
  let officer: Visitor;
  let elsewhere: Visitor;

  before(async () => {
    house = await openHouse({ config: { public: { enabled: true } } });
    for (const [id, area] of [
      ["cot-1", "phuong"],
      ["cot-2", "phuong-2"],
    ])
      await house.call("POST", "/receivers", { id, name: `Cột ${id}`, area, kind: "fixed", pole: `C-${id}` });
    owner = await newVisitor(house.server.url);
    await firstAccount(house, owner);
    officer = await newVisitor(house.server.url, 360);
    const role = "ward-operator";
    await invitedAccount(house, owner, officer, { id: "tran-thi-mau", name: "Trần Thị Mẫu", role });
    elsewhere = await newVisitor(house.server.url, 360);
    const other = { id: "phan-van-mau", name: "Phan Văn Mẫu", role, area: "phuong-2" } as const;
    await invitedAccount(house, owner, elsewhere, other);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const menuOf = (page: Visitor) => page.getByRole("navigation").getByRole("link", { name: /Phản ánh/ });
  const isNotWider = async (page: Visitor) => {
    const overhang = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overhang, page.url()).to.be.at.most(0);
  };
  const complaint = (number: number) => askAs<ComplaintView>(owner, house, "GET", `/complaints/${number}`);
  const focused = (page: Visitor) => page.evaluate<string>("document.activeElement?.textContent ?? ''");
  const complain = async (pole: string, what: string) => {
    const resident = await newVisitor(house.server.url, 360);
    await resident.goto("/nghe-lai");
    await resident.getByLabel("Số ghi trên cột loa (nếu có)").fill(pole);
    await resident.getByLabel("Ở đâu").fill("Ngõ 3, nhà có giàn hoa giấy");
    await resident.getByLabel("Ngày").fill(YESTERDAY);
    await resident.getByLabel("Lúc").fill("17:05");
    await resident.getByLabel("Chuyện gì").fill(what);
    await resident.getByLabel(/Cách liên hệ lại/).fill("0900 000 001 (số mẫu)");
    await resident.getByRole("button", { name: "Gửi phản ánh" }).click();
    await resident.getByText("Đã nhận phản ánh.").waitFor();
    await resident.context().close();
  };

  it("has a word for whoever has none yet", async () => {
    await menuOf(officer).click();
    await officer.getByText("Không có phản ánh nào đang mở.").waitFor();
    expect(await axeFindings(officer)).to.deep.equal([]);
    await officer.getByRole("link", { name: "Hôm nay" }).click();
  });

  it("shows the ward's officer what a resident wrote, at once, and nobody of another ward", async () => {
    await complain("c cot 1", "loa quá to sát cửa sổ");

    await officer.getByRole("link", { name: "1 phản ánh của người dân chưa trả lời" }).waitFor();
    await menuOf(officer).getByText("(1 đang mở)").waitFor({ state: "attached" });
    await officer.getByRole("link", { name: "1 phản ánh của người dân chưa trả lời" }).click();
    const row = officer.getByRole("listitem").filter({ hasText: "loa quá to sát cửa sổ" });
    await row.getByText("Cột cot-1 – cột c cot 1 – Phường thử").waitFor();
    await row.getByText("Liên hệ: 0900 000 001 (số mẫu)").waitFor();
    await row.getByText("chưa ai nhận").waitFor();
    expect(await axeFindings(officer)).to.deep.equal([]);
    await isNotWider(officer);

    await menuOf(elsewhere).click();
    await elsewhere.getByText("Không có phản ánh nào đang mở.").waitFor();
    await elsewhere.goto("/complaints/1");
    await elsewhere.getByRole("alert").waitFor();
    expect(await elsewhere.locator("main").innerText()).to.not.match(/giàn hoa giấy|0900/);
  });

  it("is taken over, answered and closed, and the log tells so", async () => {
    await officer.getByRole("link", { name: /loa quá to/ }).click();
    await officer.getByRole("button", { name: "Nhận xử lý" }).click();
    await officer.getByText("Trần Thị Mẫu đang xử lý").waitFor();
    expect(await focused(officer)).to.equal("Thôi nhận");
    expect(await complaint(1)).to.include({ takenBy: "Trần Thị Mẫu" });
    await officer.getByText("Loa ấy không báo gì quanh lúc đó.").waitFor();
    expect(await axeFindings(officer)).to.deep.equal([]);
    await isNotWider(officer);

    await officer.getByRole("button", { name: "Trả lời xong, đóng phản ánh" }).click();
    expect((await complaint(1)).closedAt).to.equal(undefined);
    await officer.getByLabel("Việc đã làm (không bắt buộc)").fill("Vặn nhỏ còn 60 %");
    await officer.getByLabel("Trả lời người dân thế nào").fill("Đã gọi: loa đã được vặn nhỏ");
    await officer.getByRole("button", { name: "Trả lời xong, đóng phản ánh" }).click();
    await officer.getByText("Đã đóng phản ánh số 1.").waitFor();
    expect(await focused(officer)).to.equal("Phản ánh số 1");
    await officer.getByText("Đã gọi: loa đã được vặn nhỏ").waitFor();
    await officer.getByRole("link", { name: "Cột cot-1" }).waitFor();

    const { lines } = await house.call<{ lines: { kind: string; by?: string; area?: string }[] }>("GET", "/log");
    expect(lines.filter(({ kind }) => kind === "complaint.closed")).to.have.length(1);
    expect(lines.find(({ kind }) => kind === "complaint.closed")).to.include({ by: "Trần Thị Mẫu", area: "phuong" });
    await officer.getByRole("link", { name: "Tất cả phản ánh" }).click();
    await officer.getByText("Không có phản ánh nào đang mở.").waitFor();
    expect(await menuOf(officer).innerText()).to.not.contain("1");
    await officer.getByLabel("Đã đóng").check();
    await officer.getByText(/Trần Thị Mẫu đóng lúc/).waitFor();
  });

  it("forgets how to reach the resident once somebody has said so twice", async () => {
    await officer.getByRole("link", { name: /loa quá to/ }).click();
    await officer.getByRole("button", { name: "Xóa liên hệ…" }).click();
    await officer.getByRole("dialog").getByRole("button", { name: "Xóa hẳn liên hệ" }).click();
    await officer.getByText("Đã xóa liên hệ.").waitFor();
    expect(await focused(officer)).to.equal("Phản ánh số 1");
    expect(await officer.locator("main").innerText()).to.not.contain("0900");
    expect(await complaint(1)).to.not.have.property("contact");
  });

  it("takes one that came by telephone, by keys alone, and loses nothing that was typed", async () => {
    await menuOf(officer).click();
    await officer.getByRole("link", { name: "Ghi phản ánh" }).focus();
    await officer.keyboard.press("Enter");
    await officer.getByRole("heading", { name: "Ghi phản ánh" }).waitFor();
    expect(await axeFindings(officer)).to.deep.equal([]);
    await isNotWider(officer);
    await officer.getByLabel("Người dân ở đâu").focus();
    await officer.keyboard.type("Chợ, quầy rau");
    await menuOf(officer).focus();
    await officer.keyboard.press("Enter");
    await officer.getByRole("dialog").getByRole("button", { name: "Ở lại để lưu" }).press("Enter");
    expect(await officer.getByLabel("Người dân ở đâu").inputValue()).to.equal("Chợ, quầy rau");

    await officer.getByLabel("Chuyện gì").focus();
    await officer.keyboard.type("loa rè, không nghe rõ");
    await officer.getByLabel(/Cách liên hệ lại/).focus();
    await officer.keyboard.type("gặp tại quầy");
    await officer.keyboard.press("Enter");
    await officer.getByRole("heading", { name: "Phản ánh số 2" }).waitFor();
    await officer.getByText("chưa rõ loa nào").waitFor();

    await officer.getByLabel("Phản ánh về loa nào?").selectOption("cot-1");
    await officer.getByRole("button", { name: "Ghi loa này" }).press("Enter");
    await officer.getByRole("link", { name: "Cột cot-1" }).waitFor();
    expect(await complaint(2)).to.include({ receiver: "cot-1", area: "phuong", contact: "gặp tại quầy" });
  });

  it("shows beside each other what two people write, and lets neither lose it", async () => {
    await officer.getByLabel("Trả lời người dân thế nào").fill("Mai thợ đến");
    await owner.goto("/complaints/2");
    await owner.getByRole("button", { name: "Nhận xử lý" }).click();
    await officer.getByText("Lê Trực Đài đang xử lý").waitFor();
    await officer.getByRole("button", { name: "Lưu, chưa đóng" }).click();
    await officer.getByText("Đã lưu.").waitFor();
    await owner.getByText("Mai thợ đến").first().waitFor();

    await officer.getByLabel("Trả lời người dân thế nào").fill("Chiều nay thợ đến");
    await owner.getByLabel("Việc đã làm (không bắt buộc)").fill("Đã gọi thợ");
    await owner.getByLabel("Trả lời người dân thế nào").fill("Tuần sau thợ đến");
    await owner.getByRole("button", { name: "Lưu, chưa đóng" }).click();
    await owner.getByText("Đã lưu.").waitFor();
    await officer.getByRole("button", { name: "Trả lời xong, đóng phản ánh" }).click();
    await officer.getByText("Người khác vừa sửa phản ánh này").waitFor();
    await officer.getByText("Đã trả lời: Tuần sau thợ đến").waitFor();
    expect(await axeFindings(officer)).to.deep.equal([]);
    expect((await complaint(2)).closedAt).to.equal(undefined);
    await officer.getByRole("button", { name: "Giữ bản của tôi" }).click();
    await officer.getByRole("button", { name: "Trả lời xong, đóng phản ánh" }).click();
    await officer.getByText("Đã đóng phản ánh số 2.").waitFor();
    const kept = await complaint(2);
    expect(kept).to.include({ answer: "Chiều nay thợ đến", action: "Đã gọi thợ", closedBy: "Trần Thị Mẫu" });
  });

  it("gives the table without whom to call back, and says in words when the station cannot be reached", async () => {
    await menuOf(officer).click();
    await officer.getByLabel("Đã đóng").check();
    const link = officer.getByRole("link", { name: "Tải về (CSV, không có liên hệ)" });
    const table = await officer.request.get((await link.getAttribute("href")) ?? "");
    expect(await table.text())
      .to.contain("Chiều nay thợ đến")
      .and.not.contain("gặp tại quầy");
    // Of two who write at once, the browser notes that the second was asked again.
    const noted = [...officer.complaints, ...owner.complaints].filter((one) => !one.includes("409 (Conflict)"));
    expect(noted).to.deep.equal([]);

    await officer.route("**/api/v1/complaints?**", (route) => route.abort());
    await officer.getByLabel("Đang mở").check();
    await officer.getByRole("alert").getByText("Không liên lạc được với đài.").waitFor();
  });
});
