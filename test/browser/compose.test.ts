import { expect } from "chai";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { firstAccount, invitedAccount } from "../support/real-people.js";
import { onset } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const TEXT = "UBND phường thông báo: từ 8h đến 11h30 ngày mai cúp nước ở tổ 9. Mời bà con trữ nước.";

/**
 * Runs in the page from its beginning: when the station first told that a loudspeaker sounds, when the page first said so, and
 * whether the page had said something else of that sounding until then.
 */
const WATCH = `
  const noticed = { told: 0, shown: 0, before: "" };
  globalThis.noticed = noticed;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        const { kind, onAir = [] } = JSON.parse(data);
        const sounds = (kind === "on-air" || kind === "snapshot") && onAir.some(({ sounding }) => sounding.length > 0);
        if (sounds && noticed.told === 0) noticed.told = performance.now();
      });
    }
  };
  new MutationObserver(() => {
    const text = document.body?.textContent ?? "";
    if (noticed.shown === 0 && /đang phát tại \\d/.test(text)) noticed.shown = performance.now();
    if (noticed.shown === 0 && /Đã ra lệnh cho 1 loa|đã nhận lệnh/.test(text)) noticed.before = "ordered or confirmed";
  }).observe(document, { subtree: true, childList: true, characterData: true });
`;

describe("from words to sound in the panel", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let author: Visitor;

  before(async () => {
    house = await openHouse();
    await house.addRelay("cot-1");
    author = await newVisitor(house.server.url);
    await author.addInitScript(WATCH);
    await firstAccount(house, author);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  it("one person writes, another approves on a telephone, and a loudspeaker sounds", async () => {
    const leader = await newVisitor(house.server.url, 360);
    await invitedAccount(house, author, leader, { id: "lanh-dao", name: "Trần Lãnh Đạo", role: "ward-leader" });

    // Written, read, made into sound and heard.
    await author.getByRole("link", { name: "Soạn thông báo" }).click();
    await author.getByLabel("Văn bản").fill(TEXT);
    await author.getByRole("button", { name: "tám giờ: viết là 8h, sửa cách đọc" }).waitFor();
    await author.getByText(/Dài khoảng \d+ giây/).waitFor();
    await author.getByLabel("Phường thử").check();
    await author.getByLabel("Phát ngay sau khi duyệt").check();
    await author.getByText(/^→ Phát ngay tại 1 loa ở Phường thử, dài \d+ giây\.$/).waitFor();
    expect(await axeFindings(author)).to.deep.equal([]);
    await author.getByRole("button", { name: "Tạo giọng đọc" }).click();
    await author.getByRole("button", { name: "▶ Nghe" }).click();
    await author.getByRole("button", { name: "Gửi duyệt" }).click();
    await author.getByText("Bản tin đang ở người duyệt").waitFor();
    expect(author.url()).to.match(/\/compose\/ubnd-phuong-/);

    // Approved by somebody else, who cannot before having heard or read it.
    await leader.getByRole("link", { name: "Chờ duyệt (1 bản)" }).click();
    await leader.getByRole("link", { name: /UBND phường thông báo/ }).click();
    const approve = leader.getByRole("button", { name: "Duyệt", exact: true });
    expect(await approve.isDisabled()).to.equal(true);
    await leader.getByText("Phường thử (1 loa)").waitFor();
    await leader.getByText("Lê Trực Đài").waitFor();
    expect(await axeFindings(leader)).to.deep.equal([]);
    await approve.click();
    await leader.getByText("Đã duyệt «UBND").waitFor();

    // Nothing is said to sound before the loudspeaker says so.
    await author.getByRole("button", { name: "Phát ngay" }).click();
    await author.locator(".air-status", { hasText: "đang phát tại 1/1 loa" }).waitFor();
    const { samples } = await eventually("sound at the loudspeaker", 15_000, async () => {
      const heard = await house.heard("cot-1");
      return onset(heard.samples) >= 0 && heard;
    });
    expect(samples.length).to.be.greaterThan(0);
    const noticed = await author.evaluate<{ told: number; shown: number; before: string }>("globalThis.noticed");
    expect(noticed.told).to.be.above(0);
    expect(noticed.shown, "shown before a loudspeaker had said it").to.be.at.least(noticed.told);
    expect(noticed.before).to.equal("ordered or confirmed");
    await author.getByText("Lượt này không còn trên sóng").waitFor({ timeout: 60_000 });
    expect([...author.complaints, ...leader.complaints]).to.deep.equal([]);
  });

  it("a text goes from saved to scheduled with three presses, and back again", async () => {
    await author.goto("/compose");
    await author.getByLabel("Văn bản").fill("Ngày mai họp tổ dân phố lúc bảy giờ tối tại nhà văn hóa.");
    await author.getByLabel("Phường thử").check();
    await author.getByLabel("Ngày", { exact: true }).fill("2030-01-02");
    await author.getByLabel("Giờ", { exact: true }).fill("17:30");
    await author.getByText("→ Phát lúc 17:30 thứ Tư 02/01 (giờ Việt Nam) tại 1 loa ở Phường thử").waitFor();

    await author.getByRole("button", { name: "Tạo giọng đọc" }).click();
    await author.getByRole("button", { name: "▶ Nghe" }).click();
    await author.getByRole("button", { name: "Gửi duyệt và xếp lịch" }).click();
    await author.getByText("Đã xếp lịch.").waitFor();
    const schedules = await house.call<{ value: { start: string; at: string[] } }[]>("GET", "/schedules");
    expect(schedules.map(({ value: { start, at } }) => [start, ...at])).to.deep.equal([["2030-01-02", "17:30"]]);

    await author.getByRole("button", { name: "Hoàn tác xếp lịch" }).click();
    await eventually("nothing planned", 5_000, async () => (await house.call<[]>("GET", "/playlists")).length === 0);
    expect(await house.call("GET", "/schedules")).to.deep.equal([]);
  });
});
