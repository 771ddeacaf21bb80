import { expect } from "chai";
import { closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, PASSWORD } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

const tomorrow = () => new Date(Date.now() + 31 * 3_600_000).toISOString().slice(0, 10);

describe("a ward's operator at the panel", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let owner: Visitor;
  const operators: Visitor[] = [];

  before(async () => {
    house = await openHouse();
    for (const [id, area] of [
      ["cot-1", "phuong"],
      ["cot-2", "phuong-2"],
    ] as const)
      await house.call("POST", "/receivers", { id, name: `Cột ở ${area}`, area, kind: "fixed" });
    for (const [id, area] of [
      ["tin-1", "phuong"],
      ["tin-2", "phuong-2"],
    ] as const) {
      await house.record(id, tone(2, 440));
      await house.call("PUT", `/playlists/${id}`, {
        id,
        title: id,
        items: [{ kind: "announcement", announcement: id }],
      });
      await house.call("PUT", `/schedules/${id}`, {
        ...{ id, title: `Lịch của ${area}`, class: "ordinary", playlist: id, targets: { areas: [area] } },
        ...{ start: tomorrow(), at: ["09:00"], rule: "FREQ=DAILY" },
      });
    }
    owner = await newVisitor(house.server.url);
    await firstAccount(house, owner);
    for (const [id, area] of [
      ["hoa", "phuong"],
      ["minh", "phuong-2"],
    ] as const) {
      const account = { id, name: `Cán bộ ${area}`, roles: [{ role: "ward-operator", area }] };
      const { path } = await askAs<{ path: string }>(owner, house, "POST", "/accounts", account);
      const page = await newVisitor(house.server.url);
      await page.goto(path);
      await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
      await page.getByRole("button", { name: "Vào đài" }).click();
      await page.waitForURL("/");
      operators.push(page);
    }
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  for (const [index, own, other] of [
    [0, "phuong", "phuong-2"],
    [1, "phuong-2", "phuong"],
  ] as const)
    it(`of ${own} sees and finds nothing of ${other}, by the menu or by address`, async () => {
      const page = operators[index];
      if (!page) throw new Error("nobody");
      await page.getByRole("link", { name: "Loa", exact: true }).click();
      await page.getByText(`Cột ở ${own}`, { exact: true }).first().waitFor();
      expect(await page.getByText(`Cột ở ${other}`, { exact: true }).count()).to.equal(0);
      await page.getByRole("link", { name: "Lịch tuần" }).click();
      await page.getByText(`Lịch của ${own}`).first().waitFor();
      expect(await page.getByText(`Lịch của ${other}`, { exact: true }).count()).to.equal(0);
      const number = other === "phuong" ? 1 : 2;
      await page.goto(`/loudspeakers/cot-${number}`);
      await page.getByText("Không có loa này, hoặc loa đã được gỡ.").waitFor();
      await page.goto(`/week/tin-${number}`);
      await page.getByRole("alert").first().waitFor();
      expect(await page.getByText(`Lịch của ${other}`, { exact: true }).count()).to.equal(0);
    });
});
