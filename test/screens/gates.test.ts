import { expect } from "chai";
import type { AnnouncementView } from "../../src/server/api/views.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, invitedAccount } from "../support/real-people.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** A person who does not exist, at an address that does not. */
const TEXT = "Anh Nguyễn Văn Mẫu, 45 tuổi, nhà 12/3 đường Mẫu, dương tính. Bà con gần đó theo dõi sức khỏe.";

describe("what the checks hold back, on the page of approvals", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let author: Visitor;
  let leader: Visitor;

  before(async () => {
    house = await openHouse();
    const owner = await newVisitor(house.server.url);
    await firstAccount(house, owner);
    author = await newVisitor(house.server.url);
    await invitedAccount(house, owner, author, { id: "hoa", name: "Nguyễn Thị Hoa", role: "ward-operator" });
    leader = await newVisitor(house.server.url, 360);
    await invitedAccount(house, owner, leader, { id: "lan", name: "Trần Thị Lan", role: "ward-leader" });
    const body = { id: "co-ca", title: "Có ca", class: "ordinary", topic: "dich-benh", text: TEXT };
    await askAs(author, house, "POST", "/announcements", { ...body, targets: { areas: ["phuong"] } });
    const ready = await eventually("the sound", 20_000, async () => {
      const it = await askAs<AnnouncementView>(author, house, "GET", "/announcements/co-ca");
      return it.state === "ready" && it;
    });
    // The author explains each: their word does not open the way.
    for (const { id } of ready.findings ?? [])
      await askAs(author, house, "POST", "/announcements/co-ca/decisions", { finding: id, reason: "Gấp" }).catch(
        () => {},
      );
    await askAs(author, house, "POST", "/announcements/co-ca/submission", { version: ready.version });
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const approve = () => leader.getByRole("button", { name: "Duyệt", exact: true });
  const announcement = () => askAs<AnnouncementView>(leader, house, "GET", "/announcements/co-ca");

  it("cannot be approved before a second person has decided about each, whatever its author said", async () => {
    await leader.getByRole("link", { name: /Chờ duyệt/ }).click();
    await leader.getByRole("link", { name: /Có ca/ }).click();
    await leader.getByText("Lời giải thích của người soạn không thay được.", { exact: false }).waitFor();
    await leader
      .getByLabel("Lời đọc")
      .evaluate("(box) => box.scrollTo(0, box.scrollHeight)")
      .catch(() => {});
    expect(await approve().isDisabled()).to.equal(true);
    expect(await leader.getByRole("button", { name: "Giữ nguyên…" }).count()).to.be.above(0);
    expect(await axeFindings(leader)).to.deep.equal([]);
  });

  it("opens once that person has kept each with a reason, which is written beside it", async () => {
    for (let left = 30; left > 0 && (await leader.getByRole("button", { name: "Giữ nguyên…" }).count()) > 0; left--) {
      const before = await leader.getByText("Trần Thị Lan giữ nguyên: Gia đình đã đồng ý").count();
      await leader.getByRole("button", { name: "Giữ nguyên…" }).first().click();
      await leader.getByLabel("Vì sao giữ nguyên?").fill("Gia đình đã đồng ý");
      await leader.getByRole("button", { name: "Giữ nguyên với lý do này" }).click();
      await leader.getByText("Trần Thị Lan giữ nguyên: Gia đình đã đồng ý").nth(before).waitFor();
    }
    await eventually("the button to open", 40_000, async () => !(await approve().isDisabled()));
    await approve().click();
    await leader.getByText("Đã duyệt «Có ca».").waitFor();
    expect((await announcement()).approved).to.equal(true);
  });
});
