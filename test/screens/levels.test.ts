import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { Declaration } from "../../src/domain/alert-level.js";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, PASSWORD } from "../support/real-people.js";
import { tone } from "../support/tones.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the screen of alert levels", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let committee: Visitor;

  before(async () => {
    house = await openHouse({ policies: [{ area: "da-lat", quiet: [], quietSensitive: [], minutesPerDay: 60 }] });
    await house.restartServer(() =>
      writeFile(
        join(house.folder, "config", "levels.json"),
        JSON.stringify([{ name: "cap-3", title: "Cấp độ 3", rank: 3, suspends: ["ban-tin"] }]),
      ),
    );
    await house.addRelay("cot-1");
    await house.record("ban-tin", tone(3, 440));
    await house.scheduleOnce("ban-tin", 36 * 3_600_000);
    const owner = await newVisitor(house.server.url);
    await firstAccount(house, owner);
    const roles = [{ role: "people-committee" }];
    const { path } = await askAs<{ path: string }>(owner, house, "POST", "/accounts", { name: "Phạm Chủ Tịch", roles });
    committee = await newVisitor(house.server.url, 360);
    await committee.goto(path);
    await committee.getByLabel("Mật khẩu mới").fill(PASSWORD);
    await committee.getByRole("button", { name: "Vào đài" }).click();
    await committee.getByRole("link", { name: "Cấp độ" }).click();
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const declarations = () => askAs<readonly Declaration[]>(committee, house, "GET", "/declarations");

  it("shows what a level would silence before it is put in force, and puts it in force", async () => {
    await committee.getByRole("heading", { name: "Công bố cấp độ" }).waitFor();
    await committee.getByText(/Bỏ.*ban-tin/).waitFor();
    expect(await axeFindings(committee)).to.deep.equal([]);
    await committee.getByLabel("Lý do, văn bản").first().fill("Kế hoạch thử 12/KH-UBND");
    await committee.getByRole("button", { name: "Công bố", exact: true }).click();
    await committee.getByRole("heading", { name: "Cấp độ 3 – Đà Lạt" }).waitFor();
    expect((await declarations())[0]).to.include({ level: "cap-3", by: "Phạm Chủ Tịch" });
  });

  it("ends it by a second look, and shows what comes back", async () => {
    await committee.getByRole("button", { name: "Kết thúc…" }).click();
    await committee.getByText(/Thêm.*ban-tin/).waitFor();
    await committee.getByRole("button", { name: "Kết thúc hôm nay" }).click();
    await committee.getByText("Không có cấp độ nào đang áp dụng.").waitFor();
  });

  it("raises airtime for dated days, and ends that, too", async () => {
    await committee.getByLabel("Lý do, văn bản").last().fill("Đợt cao điểm thử");
    await committee.getByLabel("Phút mỗi ngày").fill("90");
    await committee.getByRole("button", { name: "Tăng thời lượng" }).click();
    await committee.getByRole("heading", { name: "Đà Lạt – 90 phút mỗi ngày" }).waitFor();

    await committee.getByText("Kết thúc…").click();
    await committee.getByLabel("Lý do kết thúc sớm").fill("Hết dịch ở khu thử");
    await committee.getByRole("button", { name: "Kết thúc hôm nay" }).click();
    await committee.getByText("(đã kết thúc)").waitFor();
    // What raises nothing is refused while it is being filled in; what has just ended cannot be ended again.
    expect(committee.complaints.filter((one) => !/40[09]/.test(one))).to.deep.equal([]);
  });
});
