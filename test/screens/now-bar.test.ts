import { expect } from "chai";
import { freePort } from "../bench/child.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { rms } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

const SECOND = 48_000;

describe("the bar on every page", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    // The page looks for the station where it left it.
    house = await openHouse({ config: { listen: { port: await freePort() } } });
    await house.addRelay("cot-1");
    await house.record("keo-dai", tone(60, 440));
    await house.record("sai-gio", tone(60, 550));
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const bar = () => page.getByRole("region", { name: /Đang phát|On air/ });
  const play = () =>
    askAs(page, house, "POST", "/play", {
      content: { kind: "announcement", announcement: "keo-dai" },
      targets: { areas: ["phuong"] },
    });

  it("says what sounds by the loudspeakers' word, and silences it in two touches", async () => {
    await bar().getByText("Không có gì đang phát.").waitFor();
    await play();
    await bar().getByText("keo-dai – đang phát tại 1/1 loa").waitFor();
    await eventually("the sound", 10_000, async () => {
      const now = (await house.heard("cot-1")).samples;
      return now.length > SECOND && rms(now, now.length - SECOND / 2) > 0.01;
    });

    await bar().getByRole("button", { name: "Dừng" }).click();
    await page.getByRole("button", { name: "Dừng «keo-dai» tại 1 loa" }).click();
    await page.getByText("Đã ra lệnh dừng cho 1 loa").waitFor();
    await page.getByRole("button", { name: "Đóng" }).click();

    await bar().getByText("Không có gì đang phát.").waitFor();
    await eventually("silence", 5_000, async () => {
      const now = (await house.heard("cot-1")).samples;
      return now.length > SECOND && rms(now, now.length - SECOND / 2) === 0;
    });
  });

  it("takes back for good what sounds, tells where it was heard, and leads to its correction there", async () => {
    const targets = { areas: ["phuong"] };
    await askAs(page, house, "POST", "/play", { content: { kind: "announcement", announcement: "sai-gio" }, targets });
    await bar().getByText("sai-gio – đang phát tại 1/1 loa").waitFor();
    await bar().getByRole("button", { name: "Dừng" }).click();
    await page.getByRole("button", { name: "Thu hồi… «sai-gio»" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Nội dung sai").check();
    expect(await axeFindings(page)).to.deep.equal([]);
    await dialog.getByRole("button", { name: "Thu hồi, im ngay" }).click();
    await dialog.getByText("Đã ra lệnh thu hồi cho 1 loa.").waitFor();
    await eventually("silence", 5_000, async () => {
      const now = (await house.heard("cot-1")).samples;
      return now.length > SECOND && rms(now, now.length - SECOND / 2) === 0;
    });
    await dialog.getByText("1 loa báo đã phát:").waitFor();
    await dialog.getByText("Không còn loa nào chưa biết.").waitFor();
    const again = askAs(page, house, "POST", "/play", {
      content: { kind: "announcement", announcement: "sai-gio" },
      targets,
    });
    expect(await again.then(String, String)).to.match(/40[39]/);

    await dialog.getByLabel("Lời đính chính").fill("Xin đính chính: họp lúc mười bảy giờ.");
    await dialog.getByRole("button", { name: "Soạn bản đính chính" }).click();
    await page.getByRole("heading", { name: "Soạn thông báo" }).waitFor();
    expect(await page.getByLabel("Văn bản").inputValue()).to.contain("mười bảy giờ");
    const { lines } = await house.call<{ lines: { what: string; why?: string }[] }>(
      "GET",
      "/announcements/sai-gio/history",
    );
    expect(lines.at(-1)).to.include({ what: "recalled", why: "Nội dung sai" });
    await page.goto("/compose/sai-gio");
    await page.getByText("Đã có 1 bản đính chính:").waitFor();
    await page.getByRole("link", { name: "Đính chính: sai-gio" }).click();
    await page.waitForURL(/compose\/dinh-chinh/);
    await page.getByRole("link", { name: "Hôm nay" }).click();
  });

  it("opens the question by one key, and leaves everything as it is by another", async () => {
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press(".");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  it("never pretends: without the station it says since when, and then goes on by itself", async () => {
    let isBack: () => void = () => {};
    const away = new Promise<void>((resolve) => {
      isBack = resolve;
    });
    const restarted = house.restartServer(() => away);
    await bar()
      .getByText(/Mất liên lạc với đài từ \d\d:\d\d/)
      .waitFor();

    isBack();
    await restarted;
    await bar()
      .getByText(/Mất liên lạc/)
      .waitFor({ state: "detached" });
    await bar().getByText("Không có gì đang phát.").waitFor();
  });

  it("speaks English to whoever wants it", async () => {
    const other = await newVisitor(house.server.url);
    await other.goto("/log-in");
    await other.getByLabel("Tên đăng nhập").fill("le-truc-dai");
    await other.getByLabel("Mật khẩu").fill("mười hai con sóc ăn hạt dẻ");
    await other.getByRole("button", { name: "Đăng nhập" }).click();
    await other.getByRole("button", { name: "English" }).click();
    await other.getByText("Nothing is on air.").waitFor();
    expect(await other.locator("html").getAttribute("lang")).to.equal("en");
  });
});
