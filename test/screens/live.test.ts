import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { TalkView } from "../../src/server/api/live-routes.js";
import { axeFindings, closeBrowser, letMicrophoneHear, newVisitor, type Visitor } from "../support/real-browser.js";
import { firstAccount } from "../support/real-people.js";
import { pitch, rising } from "../support/tones.js";
import { rms, stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** What the microphone hears rises by 50 Hz a second. */
const LOW = 500;
const SLOPE = 50;

describe("the screen for speaking live", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    house = await openHouse();
    const voice = join(house.folder, "voice.wav");
    await writeFile(voice, rising(30, LOW, SLOPE));
    letMicrophoneHear(voice);
    await house.addRelay("loa-1");
    await house.holdsEverything("loa-1");
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
    await page.getByRole("link", { name: "Nói trực tiếp" }).click();
    await page.getByRole("heading", { level: 1, name: "Nói trực tiếp" }).waitFor();
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const talks = () => house.call<TalkView[]>("GET", "/live");
  /** Pitches every 100 ms where something sounds. */
  const melody = async (from: number, until: number) => {
    const heard = await house.heard("loa-1");
    const found: { at: number; hz: number }[] = [];
    for (let at = from; at < until; at += 100) {
      const piece = stretch(heard, at, 80);
      if (rms(piece) > 0.01) found.push({ at, hz: pitch(piece) });
    }
    return found;
  };

  it("says what is missing, shows that the microphone hears, and is heard while the button is held", async () => {
    await page.getByRole("button", { name: "Bật micro" }).click();
    await page.getByText("Mức tiếng tốt.").waitFor();
    const button = page.getByRole("button", { name: "Giữ để nói" });
    expect(await button.getAttribute("aria-disabled")).to.equal("true");
    await page.getByText("Hãy chọn nơi phát.").waitFor();
    await page.getByLabel("Phường thử").check();
    await page.getByLabel("Nói về việc gì").fill("Tìm trẻ lạc ở chợ");
    expect(await button.getAttribute("aria-disabled")).to.equal("false");

    const began = Date.now();
    await button.hover();
    await page.mouse.down();
    await page.getByText("Hãy nói", { exact: true }).waitFor();
    await page.getByText("đang phát tại 1/1 loa").first().waitFor();
    await page.waitForTimeout(2_500);
    await page.mouse.up();
    await page.getByText("Đã nói xong.").waitFor();
    await eventually("the tail", 5_000, () => page.waitForTimeout(1_500).then(() => true));

    const notes = await melody(began, Date.now());
    expect(notes.length, "tenths of a second with sound").to.be.above(15);
    const rises = notes.slice(1).map((note, index) => {
      const before = notes[index] ?? note;
      return ((note.hz - before.hz) / (note.at - before.at)) * 1000;
    });
    const middle = rises.toSorted((one, other) => one - other)[Math.floor(rises.length / 2)] ?? 0;
    expect(middle, "Hz a second").to.be.closeTo(SLOPE, 15);
  });

  it("is spoken by the space bar alone, falls silent at a stop, and keeps what was said", async () => {
    await page.getByRole("heading", { level: 1, name: "Nói trực tiếp" }).click();
    await page.keyboard.down(" ");
    await page.getByText("đang phát tại 1/1 loa").first().waitFor();
    await page.waitForTimeout(800);
    await page.keyboard.up(" ");
    await page.getByText("Đã nói xong.").waitFor();
    // Two soundings close behind each other look like one that nobody ordered in the middle.
    await page.waitForTimeout(1_500);

    await page.getByLabel("Bấm để bắt đầu, bấm nữa để thôi").check();
    await page.getByRole("button", { name: "Bắt đầu nói" }).click();
    await page.getByText("đang phát tại 1/1 loa").first().waitFor();
    await page.getByRole("button", { name: "Dừng" }).first().click();
    await page.getByRole("button", { name: "Dừng tất cả, ở mọi loa" }).click();
    await page.getByText("Có người bấm Dừng nên loa đã im.").first().waitFor();
    await page.getByRole("button", { name: "Đóng" }).click();

    const all = await eventually("three recordings", 5_000, async () => {
      const found = await talks();
      return found.length === 3 && found.every(({ recording }) => recording) ? found : undefined;
    });
    expect(all.map(({ ended }) => ended?.why)).to.deep.equal(["stopped", "finished", "finished"]);
    await page.locator(".talks audio").nth(2).waitFor();
  });

  it("keeps nobody out and fits a telephone", async () => {
    expect(await axeFindings(page)).to.deep.equal([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).to.be.at.most(0);
    expect(page.complaints).to.deep.equal([]);
  });
});
