import { expect } from "chai";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, PASSWORD } from "../support/real-people.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the screens about people", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let owner: Visitor;
  let auditor: Visitor;

  before(async () => {
    house = await openHouse();
    owner = await newVisitor(house.server.url);
    await firstAccount(house, owner);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  it("let somebody in by a link that is shown once", async () => {
    await owner.getByRole("link", { name: "Người và vai trò" }).click();
    await owner.getByLabel("Họ và tên").fill("Trần Soát Xét");
    await owner.getByLabel("Vai trò").last().selectOption("auditor");
    await owner.getByRole("button", { name: "Tạo lời mời" }).click();
    const link = await owner.locator(".secret-link code").innerText();
    await owner.getByText("đã mời, chưa vào").waitFor();

    auditor = await newVisitor(house.server.url);
    await auditor.goto(link);
    await auditor.getByLabel("Mật khẩu mới").fill(PASSWORD);
    await auditor.getByRole("button", { name: "Vào đài" }).click();
    await auditor.getByRole("heading", { level: 1 }).waitFor();
  });

  it("show everybody only what they may use", async () => {
    const menu = await auditor.getByRole("navigation").getByRole("link").allInnerTexts();
    expect(menu).to.include.members(["Hôm nay", "Nhật ký", "Báo cáo"]);
    expect(menu).to.not.include("Người và vai trò");
    expect(menu).to.not.include("Khẩn cấp");
    expect(await auditor.getByRole("button", { name: "Dừng" }).count()).to.equal(0);
  });

  it("keep the roles that somebody else has given meanwhile, and show both", async () => {
    await owner.reload();
    const card = owner.locator(".account", { hasText: "Trần Soát Xét" });
    await card.getByText("Sửa", { exact: true }).click();
    const at = "/accounts/tran-soat-xet/roles";
    await askAs(owner, house, "PUT", at, { roles: [{ role: "health-office" }] }, { "if-match": "*" });
    await card.getByLabel("Vai trò").selectOption("contributor");
    await card.getByRole("button", { name: "Thêm vai trò" }).click();
    await card.getByText("Người khác vừa đổi vai trò").waitFor();
    await card.getByText("Đang lưu ở đài: Phòng Y tế – Cả đài").waitFor();
    expect(await axeFindings(owner)).to.deep.equal([]);
    await card.getByRole("button", { name: "Lưu theo tôi chọn" }).click();
    await card.getByRole("alert").waitFor({ state: "detached" });
    const accounts = await askAs<{ id: string; roles: { role: string }[] }[]>(owner, house, "GET", "/accounts");
    const roles = accounts.find(({ id }) => id === "tran-soat-xet")?.roles.map(({ role }) => role);
    expect(roles).to.deep.equal(["auditor", "contributor"]);
    owner.complaints.length = 0;
    await auditor.goto("/log-in");
    await auditor.getByLabel("Tên đăng nhập").fill("tran-soat-xet");
    await auditor.getByLabel("Mật khẩu").fill(PASSWORD);
    await auditor.getByRole("button", { name: "Đăng nhập" }).click();
    await auditor.getByRole("heading", { level: 1 }).waitFor();
  });

  it("throw out whoever is locked out, at once", async () => {
    await owner.reload();
    const card = owner.locator(".account", { hasText: "Trần Soát Xét" });
    await card.getByText("Sửa", { exact: true }).click();
    await card.getByRole("button", { name: "Khóa tài khoản" }).click();
    await owner.getByText("Người này bị đăng xuất ngay ở mọi nơi").waitFor();
    await owner.getByRole("dialog").getByRole("button", { name: "Để như cũ" }).click();
    expect(await card.getByText("đã khóa").count()).to.equal(0);
    await card.getByRole("button", { name: "Khóa tài khoản" }).click();
    await owner.getByRole("dialog").getByRole("button", { name: "Khóa tài khoản" }).click();
    await card.getByText("đã khóa").waitFor();

    await auditor.waitForURL("**/log-in");
  });

  it("let everybody see where they are logged in, and leave there", async () => {
    const other = await newVisitor(house.server.url);
    await other.goto("/log-in");
    await other.getByLabel("Tên đăng nhập").fill("le-truc-dai");
    await other.getByLabel("Mật khẩu").fill(PASSWORD);
    await other.getByRole("button", { name: "Đăng nhập" }).click();
    await other.getByRole("heading", { level: 1 }).waitFor();

    await owner.getByRole("link", { name: "Lê Trực Đài" }).click();
    await owner.getByRole("button", { name: "Đăng xuất nơi đó" }).click();
    await other.waitForURL("**/log-in");
    expect(owner.complaints).to.deep.equal([]);
  });
});
