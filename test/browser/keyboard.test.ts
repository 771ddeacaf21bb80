import { expect } from "chai";
import { pressOn, tabTo } from "../support/keyboard.js";
import { closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, invitedAccount } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the panel by its keys alone", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let author: Visitor;
  let leader: Visitor;

  before(async () => {
    house = await openHouse();
    await house.addRelay("cot-1");
    for (const id of ["lu", "lu-sua", "lu-yen", "lu-tap"]) await house.record(id, tone(3, 440), "emergency");
    const parts = { alert: "lu", correction: "lu-sua", allClear: "lu-yen", exercise: "lu-tap" };
    await house.call("PUT", "/emergency-packs/lu", { id: "lu", title: "Lũ trên suối", ...parts });
    author = await newVisitor(house.server.url);
    leader = await newVisitor(house.server.url);
    await firstAccount(house, author);
    await invitedAccount(house, author, leader, { id: "lanh-dao", name: "Trần Lãnh Đạo", role: "ward-leader" });
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  /** Waits until a button can be pressed, goes to it and presses it. */
  const step = async (page: Visitor, name: string) => {
    const button = page.getByRole("button", { name, exact: true });
    await button.waitFor();
    await eventually(`${name} to press`, 20_000, () => button.isEnabled());
    await pressOn(page, name);
  };

  it("lists the keys, and begins an announcement by one", async () => {
    await author.getByRole("heading", { level: 1 }).waitFor();
    await author.keyboard.press("?");
    await author.getByRole("dialog", { name: "Phím tắt" }).waitFor();
    await author.keyboard.press("n");
    expect(new URL(author.url()).pathname).to.equal("/");
    await author.keyboard.press("Escape");
    await author.keyboard.press("n");
    await author.waitForURL("**/compose");
  });

  it("writes and schedules", async () => {
    await tabTo(author, "Văn bản");
    await author.keyboard.type("Mời bà con ra nhà văn hóa.");
    await pressOn(author, "Phường thử", "Space");
    for (const name of ["Tạo giọng đọc", "▶ Nghe", "Gửi duyệt và xếp lịch"]) await step(author, name);
    await author.getByText("Đã xếp lịch.").waitFor();
    // The space bar listens, wherever the focus rests on nothing that uses it.
    await author.evaluate("document.activeElement.blur()");
    const isPlaying = () => author.evaluate<boolean>("!document.querySelector('main audio').paused");
    const before = await isPlaying();
    await author.keyboard.press("Space");
    await eventually("the player to change", 5_000, async () => (await isPlaying()) !== before);
    expect(await askAs<unknown[]>(author, house, "GET", "/schedules")).to.have.length(1);
  });

  it("approves", async () => {
    await pressOn(leader, /^Chờ duyệt/);
    await leader.getByRole("link", { name: /Mời bà con/ }).waitFor();
    await pressOn(leader, /Mời bà con/);
    await step(leader, "Duyệt");
    await leader.getByText("Đã duyệt «Mời bà con").waitFor();
  });

  it("stops", async () => {
    await author.keyboard.press(".");
    await author.getByRole("dialog", { name: "Dừng phát" }).waitFor();
    await pressOn(author, "Dừng tất cả, ở mọi loa");
    await author.getByText("Đã ra lệnh dừng cho 1 loa").waitFor();
    await author.keyboard.press("Escape");
  });

  it("rehearses an emergency", async () => {
    await pressOn(author, "Khẩn cấp");
    await author.getByText("Lũ trên suối").first().waitFor();
    await pressOn(author, "Diễn tập");
    const name = "3. Giữ nút 3 giây để phát DIỄN TẬP";
    await author.getByRole("button", { name }).waitFor();
    await eventually("the button to be ready", 10_000, () => author.getByRole("button", { name }).isEnabled());
    await tabTo(author, name);
    await author.keyboard.down("Space");
    await author.waitForTimeout(3_400);
    await author.keyboard.up("Space");
    await author.getByText("đã phát tại 1/1 loa").waitFor({ timeout: 8000 });
  });

  it("silences a loudspeaker, and lets it sound again", async () => {
    await pressOn(author, /^Loa$/);
    await author.getByRole("link", { name: "cot-1" }).waitFor();
    await pressOn(author, "cot-1");
    await step(author, "Tắt tiếng");
    await step(author, "Mở tiếng");
    await author.getByRole("button", { name: "Tắt tiếng", exact: true }).waitFor();
    expect([...author.complaints, ...leader.complaints]).to.deep.equal([]);
  });

  it("stay where they were when the station has answered", async () => {
    await author.goto("/loudspeakers/cot-1");
    const begin = author.getByRole("button", { name: "Tắt tiếng", exact: true });
    await begin.waitFor();
    await pressOn(author, "Tắt tiếng");
    await author.getByText("Đã gửi lệnh.").waitFor();
    expect(
      await author.evaluate("document.activeElement.closest('section')?.getAttribute('aria-labelledby')"),
    ).to.equal("control");
    await author.getByRole("button", { name: "Mở tiếng", exact: true }).waitFor();
    await author.keyboard.press("Enter");
    await begin.waitFor();
  });
});
