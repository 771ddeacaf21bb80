import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { axeFindings, closeBrowser, newVisitor, type Visitor, WIDTHS } from "../support/real-browser.js";
import { firstAccount } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

/** Pictures of all screens, for people to look at; made anew by each run. */
const PICTURES = join(".cache", "screens");

describe("every screen of the panel", function () {
  this.timeout(420_000);
  let house: WholeHouse;
  let page: Visitor;
  let paths: string[] = [];

  before(async () => {
    await mkdir(PICTURES, { recursive: true });
    house = await openHouse();
    await house.addRelay("cot-1");
    await house.record("ban-tin", tone(3, 440), "emergency");
    await house.scheduleOnce("ban-tin", 3_600_000);
    await house.call("POST", "/receivers", { id: "cot-2", name: "Cột chưa ghép", area: "phuong", kind: "fixed" });
    const heard = { place: "Ngõ 3", what: "loa quá to", at: "2026-11-28T17:05:00+07:00" };
    await house.call("POST", "/complaints", { ...heard, receiver: "cot-2", contact: "0900 000 001" });
    const parts = { alert: "ban-tin", correction: "ban-tin", allClear: "ban-tin" };
    await house.call("PUT", "/emergency-packs/lu", { id: "lu", title: "Lũ trên suối", ...parts });
    page = await newVisitor(house.server.url);
    await firstAccount(house, page);
    const links = await page.getByRole("navigation").getByRole("link").all();
    const found = await Promise.all(links.map((link) => link.getAttribute("href")));
    paths = [
      ...found.flatMap((path) => path ?? []),
      "/me",
      "/loudspeakers/new",
      "/loudspeakers/cot-2",
      "/complaints/new",
      "/complaints/1",
      "/emergency/lu",
      "/emergency/lu/edit",
      "/start",
      "/wall",
      "/playlists/new",
      "/playlists/ban-tin",
      "/week/ban-tin",
    ];
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  /** Opens a page and waits until it shows what it is about. */
  const open = async (path: string) => {
    await page.goto(path);
    await page.locator("main h1, main h2").first().waitFor();
    await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
  };

  for (const language of ["vi", "en"] as const)
    it(`can be used by everybody at every width, and is not wider than it (${language})`, async () => {
      // The screen of a duty room has no menu.
      await open("/");
      if (language === "en") await page.getByRole("button", { name: "English" }).click();
      expect(paths).to.include.members(["/", "/loudspeakers", "/emergency", "/log", "/report", "/people"]);
      for (const path of paths)
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: width < 700 ? 780 : 900 });
          await open(path);
          const name = `${path === "/" ? "today" : path.slice(1).replaceAll("/", "-")}-${language}-${width}`;
          await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
          const overhang = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
          expect(overhang, name).to.be.at.most(0);
          // The same elements at every width: one width for each language is enough.
          if (width === (language === "vi" ? 360 : 1440)) expect(await axeFindings(page), name).to.deep.equal([]);
        }
      expect(page.complaints).to.deep.equal([]);
    });

  it("speaks one language at a time: no Vietnamese letters are left in the English one but in names", async () => {
    const own = new Set([
      "Cột chưa ghép",
      "Lũ trên suối",
      ...["Ngõ 3", "loa quá to", "người giữ mã đài"],
      "Đài thử",
      "Đà Lạt",
      "Phường thử",
      "Lê Trực Đài",
      "Tiếng Việt",
      // What papers and voices say, in the language in which they say it.
      ...["BC-ĐTT", "TRƯỞNG ĐÀI", "một nghìn", "một ngàn", "nghìn"],
    ]);
    for (const path of paths) {
      await open(path);
      const text = await page.locator("#panel").innerText();
      const left = [...own].reduce((rest, name) => rest.replaceAll(name, ""), text);
      expect(
        left.match(/[^\n]*[ạảãăắằẳẵặâấầẩẫậđẹẻẽêếềểễệịỉĩọỏõôốồổỗộơớờởỡợụủũưứừửữựỳỵỷỹ][^\n]*/giu) ?? [],
        path,
      ).to.deep.equal([]);
    }
  });
});
