import { expect } from "chai";
import type { AlertView } from "../../src/server/api/alert-views.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, PASSWORD } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { rms } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the screen for dangers", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    house = await openHouse();
    await house.addRelay("cot-1");
    for (const [id, hz] of [
      ["lu-den", 440],
      ["dinh-chinh", 660],
      ["bao-yen", 880],
      ["dien-tap", 550],
    ] as const)
      await house.record(id, tone(4, hz), "emergency");
    await house.call("PUT", "/emergency-packs/lu", {
      ...{ id: "lu", title: "Lũ trên suối", alert: "lu-den", correction: "dinh-chinh", allClear: "bao-yen" },
      ...{ exercise: "dien-tap", targets: { areas: ["phuong"] } },
    });
    await house.call("POST", "/receivers", { id: "cot-2", name: "Cột 2", area: "phuong-2", kind: "fixed" });
    await house.call("PUT", "/emergency-packs/lu-2", {
      ...{ id: "lu-2", title: "Lũ hai phường", alert: "lu-den", correction: "dinh-chinh", allClear: "bao-yen" },
      targets: { areas: ["phuong", "phuong-2"] },
    });
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const alerts = () => askAs<readonly AlertView[]>(page, house, "GET", "/alerts");
  const use = (title: string) =>
    page.locator(".packs > li", { hasText: title }).getByRole("link", { name: "Dùng gói này" }).click();
  const hold = async (name: string, ms: number) => {
    const button = page.getByRole("button", { name });
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    if (!box) throw new Error("the button is nowhere");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.waitForTimeout(ms);
    await page.mouse.up();
  };

  it("tells what will be said and where before anything can be given", async () => {
    await page.getByRole("link", { name: "Khẩn cấp" }).click();
    await use("Lũ trên suối");
    await page.getByText("Sẽ phát tại 1 loa.").waitFor();
    await page.getByText("một người phát được ngay").waitFor();
    await page.locator("audio").waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
  });

  it("gives nothing to whoever lets go too early, by finger or by key", async () => {
    await hold("3. Giữ nút 3 giây để phát", 1_000);
    const button = page.getByRole("button", { name: "3. Giữ nút 3 giây để phát" });
    await button.focus();
    await page.keyboard.down(" ");
    await page.waitForTimeout(500);
    await page.keyboard.up(" ");
    await page.waitForTimeout(3_000);
    expect(await alerts()).to.deep.equal([]);
  });

  it("gives the alert after three seconds, counts by the loudspeakers' word, and takes it back by its correction", async () => {
    await hold("3. Giữ nút 3 giây để phát", 3_500);
    await page.getByText("đã phát tại 1/1 loa").waitFor();
    await eventually("the alert", 5_000, async () => rms((await house.heard("cot-1")).samples) > 0.01);

    await page.getByRole("button", { name: "Phát đính chính" }).click();
    await page.getByText("đã đính chính").waitFor();
    const [alert] = await alerts();
    expect(alert?.ended?.how).to.equal("correction");
    expect(alert?.isExercise).to.equal(false);
  });

  it("rehearses on a page that cannot be taken for the real one", async () => {
    await page.getByRole("link", { name: "Diễn tập" }).click();
    await page.getByText("Đây là diễn tập").waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await hold("3. Giữ nút 3 giây để phát DIỄN TẬP", 3_500);
    await page.getByText("đã phát tại 1/1 loa").first().waitFor();
    expect((await alerts()).find(({ isExercise }) => isExercise)?.stage).to.equal("given");
    expect(page.complaints).to.deep.equal([]);
  });

  it("waits for a second person where two wards are meant, and tells everybody of whoever breaks the glass", async () => {
    await page.goto("/emergency");
    await use("Lũ hai phường");
    await hold("3. Giữ nút 3 giây để phát", 3_500);
    await page
      .getByText(/chờ người thứ hai, còn \d+ giây/)
      .first()
      .waitFor();
    expect((await alerts()).find(({ title }) => title === "Lũ hai phường")?.stage).to.equal("awaiting");
    await page.getByText("Không gọi được ai: phá kính").click();
    await page.getByLabel("Lý do phát một mình (mọi lãnh đạo sẽ được báo)").fill("Nước lên nhanh, không gọi được ai");
    await page.getByRole("button", { name: "Phá kính và phát" }).click();
    await page.getByText("PHÁ KÍNH").first().waitFor();
    await page.getByText("«Nước lên nhanh, không gọi được ai»").first().waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Phát báo yên" }).first().click();
    await page.getByText("đã báo yên").first().waitFor();
  });

  it("prepares a pack, says what it lacks until that is approved, and retires it", async () => {
    const account = {
      ...{ id: "tran-thi-mau", name: "Trần Thị Mẫu" },
      roles: (["ward-leader", "ward-operator"] as const).map((role) => ({ role, area: "phuong" })),
    };
    const { path } = await askAs<{ path: string }>(page, house, "POST", "/accounts", account);
    page = await newVisitor(house.server.url, 360);
    await page.goto(path);
    await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
    await page.getByRole("button", { name: "Vào đài" }).click();
    await page.waitForURL("/");
    await page.getByRole("link", { name: "Khẩn cấp" }).click();
    await page.getByRole("link", { name: "Chuẩn bị gói mới" }).click();
    await page.getByLabel("Tên gói").fill("Cháy chợ");
    await page.getByRole("combobox", { name: "Bản đính chính" }).selectOption("dinh-chinh");
    await page.getByRole("combobox", { name: "Bản báo yên" }).selectOption("bao-yen");
    await page.getByRole("button", { name: "Viết bản mới – Bản cảnh báo" }).click();
    await page.getByLabel("Lời của bản mới").fill("Có cháy ở chợ. Bà con ra khỏi chợ ngay.");
    await page.getByRole("button", { name: "Lưu bản này" }).click();
    await page.getByText("Loa sẽ đọc:").first().waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Lưu gói" }).click();
    await page.getByText("Gói chưa dùng được:").waitFor();
    await page.getByRole("button", { name: "Gửi duyệt «Bản cảnh báo: Cháy chợ»" }).click();
    await page.getByText("Chờ duyệt", { exact: true }).first().waitFor();
    const packs = await askAs<{ value: { id: string; title: string; problems: { part: string }[] } }[]>(
      page,
      house,
      "GET",
      "/emergency-packs",
    );
    expect(packs.find(({ value }) => value.id === "chay-cho")?.value.problems.map(({ part }) => part)).to.deep.equal([
      "alert",
    ]);

    await page.getByRole("button", { name: "Bỏ gói này" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Bỏ gói này" }).click();
    await page.getByRole("heading", { name: "Lũ trên suối", exact: true }).waitFor();
    expect(await page.getByRole("heading", { name: "Cháy chợ" }).count()).to.equal(0);
    expect(page.complaints).to.deep.equal([]);
  });

  it("is rehearsed by a ward in its own places, without naming one", async () => {
    await page.getByRole("link", { name: "Khẩn cấp" }).click();
    await page.getByRole("link", { name: "Diễn tập" }).click();
    await page.getByText("Sẽ phát tại 1 loa.").waitFor();
    await hold("3. Giữ nút 3 giây để phát DIỄN TẬP", 3_500);
    await eventually("a second exercise", 5_000, async () => {
      const exercises = (await alerts()).filter(({ isExercise }) => isExercise);
      return exercises.length === 2;
    });
    expect(page.complaints).to.deep.equal([]);
  });
});
