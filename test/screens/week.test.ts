import { expect } from "chai";
import type { Schedule } from "../../src/domain/schedule.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { rms } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** An hour of the day that the grid shows, three hours or more from now and from the quiet hours that follow. */
const farHour = () => {
  const now = new Date(Date.now() + 7 * 3_600_000).getUTCHours();
  const distance = (hour: number) => (hour - now + 24) % 24;
  return (
    Array.from({ length: 14 }, (_, index) => index + 6).find((hour) => distance(hour) >= 8 && distance(hour) <= 21) ?? 6
  );
};
/** Quiet but for the hours around now, so that there is always an hour to be refused. */
const aroundNow = () => {
  const hour = (offset: number) =>
    new Date(Date.now() + 7 * 3_600_000 + offset * 3_600_000).toISOString().slice(11, 13);
  const two = String(farHour()).padStart(2, "0");
  const quiet = [
    { from: `${hour(4)}:00`, to: `${hour(6)}:00` },
    { from: `${two}:00`, to: `${two}:59` },
  ];
  return [{ area: "da-lat", quiet, quietSensitive: [] }];
};
const localTimeIn = (ms: number) => new Date(Date.now() + ms + 7 * 3_600_000).toISOString();

describe("the week in the panel", function () {
  this.timeout(150_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    house = await openHouse({ policies: aroundNow() });
    await house.addRelay("cot-1");
    await house.record("ban-tin", tone(4, 440));
    await house.call("PUT", "/playlists/sang", {
      ...{ id: "sang", title: "Buổi sáng", items: [{ kind: "announcement", announcement: "ban-tin" }] },
    });
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const save = () => page.getByRole("button", { name: "Lưu lịch" });
  const schedule = () => askAs<{ value: Schedule }[]>(page, house, "GET", "/schedules");

  it("tells what a schedule would do before it is saved, and refuses the night in words", async () => {
    await page.getByRole("link", { name: "Lịch tuần" }).click();
    await page.getByRole("link", { name: "Thêm lịch" }).click();
    await page.getByLabel("Tên lịch").fill("Bản tin chiều");
    await page.getByLabel("Danh sách phát").selectOption({ label: "Buổi sáng" });
    await page.getByRole("checkbox", { name: "Phường thử", exact: true }).check();
    await page.getByLabel("Ngày đầu").fill(localTimeIn(0).slice(0, 10));
    await page.getByLabel("Lặp lại").selectOption({ label: "Hằng ngày" });

    await page.getByLabel("Giờ phát").fill(`${localTimeIn(5 * 3_600_000).slice(11, 13)}:30`);
    await page.getByText("Chưa lưu được:").waitFor();
    expect(await save().isDisabled()).to.equal(true);

    await page.getByLabel("Giờ phát").fill(localTimeIn(60_000).slice(11, 19));
    await page.getByText(/Sẽ phát [78] lượt, lượt đầu/).waitFor();
  });

  it("sounds what was saved, at its time", async () => {
    await save().click();
    await page.getByText("Đã lưu.").waitFor();
    await page.getByRole("link", { name: "‹ Lịch tuần" }).click();
    await page.getByRole("link", { name: "Bản tin chiều" }).first().waitFor();

    await eventually("the sound", 90_000, async () => rms((await house.heard("cot-1")).samples) > 0.01);
  });

  it("takes a change back within a touch", async () => {
    await page.getByRole("link", { name: "Bản tin chiều" }).first().click();
    await page.getByLabel("Tên lịch").fill("Bản tin tối");
    await save().click();
    await page.getByRole("button", { name: "Hoàn tác" }).click();
    await page.getByText("Đã trả lại như cũ.").waitFor();
    expect((await schedule())[0]?.value.title).to.equal("Bản tin chiều");
  });

  it("moves one sounding by its button on a telephone, looking ahead before, and puts it back", async () => {
    await page.getByRole("link", { name: "‹ Lịch tuần" }).click();
    await page.getByRole("button", { name: "Tuần sau" }).click();
    await page
      .getByRole("button", { name: /^Chuyển….*Bản tin chiều/ })
      .nth(2)
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Chọn ngày hoặc giờ khác.").waitFor();
    await dialog.getByLabel("Lúc").fill(`${localTimeIn(5 * 3_600_000).slice(11, 13)}:30`);
    await dialog.getByText(/là giờ yên tĩnh ở Phường thử: không thả được/).waitFor();
    await dialog.getByText("Chưa lưu được:").waitFor();
    expect(await dialog.getByRole("button", { name: "Chuyển", exact: true }).isDisabled()).to.equal(true);
    await dialog.getByLabel("Lúc").fill(localTimeIn(3_600_000).slice(11, 16));
    await dialog.getByText(/^Chỉ lượt/).waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await dialog.getByRole("button", { name: "Chuyển", exact: true }).click();
    await page.getByText(/^Vừa chuyển «Bản tin chiều»:/).waitFor();
    expect((await schedule()).map(({ value }) => value.except.length).toSorted()).to.deep.equal([0, 1]);
    await page.getByRole("button", { name: "Hoàn tác" }).click();
    await eventually("the plan as it was", 5_000, async () => {
      const all = await schedule();
      return all.length === 1 && all[0]?.value.except.length === 0;
    });
  });

  it("moves all of a schedule by dragging and by keys at a desk, but not into quiet hours; and shows it by wards", async () => {
    await page.setViewportSize({ width: 1440, height: 1700 });
    await page.getByLabel("Lưới giờ").check();
    const block = () =>
      page
        .locator(".grid-day")
        .nth(3)
        .getByRole("link", { name: /Bản tin chiều/ });
    await block().waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    const box = await block().boundingBox();
    const spans = await page.locator(".grid-day").nth(4).locator(".quiet-hours").all();
    const boxes = await Promise.all(spans.map((span) => span.boundingBox()));
    const night = boxes.find((one) => one !== null && one.height > 50);
    const column = await page.locator(".grid-day").nth(4).locator(".column").boundingBox();
    if (!box || !column || !night) throw new Error("nothing to drag");
    const hour = 64;
    await page.mouse.move(box.x + 10, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(night.x + 10, night.y + night.height / 2, { steps: 5 });
    await page.getByText(/là giờ yên tĩnh ở Phường thử: không thả được/).waitFor();
    await page.mouse.up();
    expect(await page.getByRole("dialog").count()).to.equal(0);

    const goal = column.y + (night.y > box.y ? -1 : 1) * hour + (box.y - column.y);
    await page.mouse.move(box.x + 10, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(column.x + 10, goal, { steps: 5 });
    await page.mouse.up();
    await page.getByRole("dialog", { name: "Chuyển «Bản tin chiều»" }).waitFor();
    await page.getByRole("button", { name: "Để như cũ" }).click();

    await block().focus();
    await page.keyboard.press("Alt+ArrowDown");
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByText(/^«Bản tin chiều» sang \d\d:\d\d thứ Năm/).waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Mọi lượt của lịch này từ nay").check();
    const before = (await schedule())[0]?.value.at[0];
    await dialog.getByText(/Sẽ phát/).waitFor();
    await dialog.getByRole("button", { name: "Chuyển", exact: true }).click();
    await page.getByText(/^Vừa chuyển/).waitFor();
    expect((await schedule())[0]?.value.at[0]).to.not.equal(before);
    await page.getByRole("button", { name: "Hoàn tác" }).click();
    await eventually("its time as it was", 5_000, async () => (await schedule())[0]?.value.at[0] === before);

    await page.getByLabel("Theo phường").check();
    await page
      .getByRole("row", { name: /^Phường thử / })
      .getByRole("link")
      .first()
      .waitFor();
    await page.locator("main label.narrow select").selectOption({ index: 3 });
    await page.getByRole("columnheader", { name: "17h" }).waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 360, height: 780 });
    await page.getByLabel("Danh sách", { exact: true }).check();
    await page.getByRole("link", { name: "Bản tin chiều" }).first().click();
  });

  it("never overwrites what somebody else has changed meanwhile", async () => {
    await page.getByLabel("Tên lịch").fill("Tên của tôi");
    const [{ value, ...kept } = { value: undefined }] = await schedule();
    const { revision } = kept as { revision: string };
    await askAs(
      page,
      house,
      "PUT",
      `/schedules/${value?.id}`,
      { ...value, title: "Tên của người khác" },
      { "if-match": revision },
    );
    await page.getByText(/Sẽ phát|Không có lượt/).waitFor();
    await save().click();
    await page.getByText("Có người vừa sửa lịch này.").waitFor();
    expect(await page.getByLabel("Tên lịch").inputValue()).to.equal("Tên của tôi");
    expect((await schedule())[0]?.value.title).to.equal("Tên của người khác");
    expect(page.complaints.filter((one) => !one.includes("409") && !one.includes("412"))).to.deep.equal([]);
  });
});
