import { expect } from "chai";
import { encode } from "uqr";
import { axeFindings, closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount } from "../support/real-people.js";
import { readWav, rms } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the screen of loudspeakers", function () {
  this.timeout(90_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    house = await openHouse();
    page = await newVisitor(house.server.url, 360);
    await firstAccount(house, page);
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  it("leads through the first steps to a tone that is heard, and knows by itself what is done", async () => {
    await page.getByRole("link", { name: "Thiết lập lần đầu" }).click();
    await page.getByRole("heading", { name: "Tên đài và phường (✔ đã xong)" }).waitFor();
    await page.getByText("Nếu bỏ qua, ai biết mật khẩu của bạn").waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    await page.getByRole("button", { name: "Bỏ qua bước này" }).click();
    await page.getByLabel("Tên, ví dụ").fill("Cổng chợ");
    await page.getByLabel("Địa bàn").selectOption({ label: "\u2003Phường thử" });
    await page.getByRole("button", { name: "Tạo chỗ đặt" }).click();
    await page.getByRole("button", { name: "Tạo mã ghép" }).click();
    const code = await page.locator("strong.code").innerText();
    const started = house.startRelay("cong-cho", code, { onWords: () => {} });
    await page.getByRole("button", { name: "Giống hệt, cho thiết bị này vào" }).click();
    await started;

    await page.getByRole("button", { name: "Thử tiếng «Cổng chợ»" }).click();
    await page.getByText("Bạn có nghe tiếng bíp không?").waitFor();
    await eventually("the tone", 10_000, () => {
      const { samples } = readWav(house.wavOf("cong-cho"));
      return samples.length > 0 && rms(samples) > 0.01;
    });
    await page.getByRole("button", { name: "Đã nghe" }).click();
    await page.getByRole("heading", { name: "Nghe thử tiếng (✔ đã xong)" }).waitFor();
    await page.getByRole("button", { name: "Bỏ qua bước này" }).click();
    await page.getByText("Đã xong các bước đầu.").waitFor();
  });

  it("leads from a place to a paired device to a tone that is heard, on a telephone", async () => {
    await page.getByRole("link", { name: "Loa", exact: true }).click();
    await page.getByRole("link", { name: "Thêm loa" }).click();
    await page.getByLabel("Tên, ví dụ").fill("Chợ phường");
    await page.getByLabel("Địa bàn").selectOption({ label: "\u2003Phường thử" });
    await page.getByLabel("Số ghi trên cột").fill("C-01");
    await page.getByRole("button", { name: "Tạo chỗ đặt" }).click();
    await page.getByRole("heading", { level: 1, name: "Chợ phường" }).waitFor();
    await page.getByRole("button", { name: "Tạo mã ghép" }).click();
    const code = await page.locator("strong.code").innerText();

    let shown: readonly string[] = [];
    const started = house.startRelay("cho-phuong", code, {
      onWords: (words) => {
        shown = words;
      },
    });
    await page.getByRole("button", { name: "Giống hệt, cho thiết bị này vào" }).waitFor();
    expect(await page.locator(".six-words li").allInnerTexts()).to.deep.equal([...shown]);
    await page.getByRole("button", { name: "Giống hệt, cho thiết bị này vào" }).click();
    await started;
    await page.getByText("có mạng", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Thử tiếng" }).click();
    await page.getByText("Đã gửi lệnh").waitFor();
    await eventually("the tone", 10_000, () => {
      const { samples } = readWav(house.wavOf("cho-phuong"));
      return samples.length > 0 && rms(samples) > 0.01;
    });
  });

  it("does the same at many, and says what came of it", async () => {
    await page.getByRole("link", { name: "Tất cả loa" }).click();
    await page.getByLabel("Chọn Chợ phường").check();
    await page.getByLabel("Âm lượng (%)").fill("35");
    await page.getByRole("button", { name: "Đặt âm lượng" }).click();

    await page.getByText("Đã ra lệnh cho 1/1 loa").waitFor();
    await page.getByText("im lặng, âm lượng 35 %").waitFor();
  });

  it("is found by a few letters without their marks", async () => {
    await page.getByRole("searchbox").fill("cho c-01");
    await page.getByRole("link", { name: "Chợ phường (C-01)" }).waitFor();
    await page.getByRole("searchbox").fill("không có");
    await page.getByText("Không có loa nào khớp.").waitFor();
    await page.getByRole("searchbox").fill("");
  });

  it("can be used by everybody, in light and in dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page), colorScheme).to.deep.equal([]);
    }
    await page.getByRole("link", { name: "Chợ phường (C-01)" }).click();
    await page.getByRole("heading", { level: 1, name: "Chợ phường" }).waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);
    expect(page.complaints).to.deep.equal([]);
  });

  it("shows the pairing command and a square of it, sets one loudspeaker's volume, changes its place and removes it", async () => {
    const place = { id: "cot-cu", name: "Cột cũ", area: "phuong", kind: "fixed" };
    await askAs(page, house, "POST", "/receivers", place);
    await page.goto("/loudspeakers/cot-cu");
    await page.getByRole("button", { name: "Tạo mã ghép" }).click();
    const code = await page.locator("strong.code").innerText();
    const command = `loa relay --server ${house.server.url} --pair ${code}`;
    expect(await page.locator("code", { hasText: "loa relay" }).innerText()).to.equal(command);
    const drawn = await page.locator("svg.square path").last().getAttribute("d");
    const { data } = encode(command, { ecc: "Q", border: 4 });
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x},${y}`] : [])));
    const painted = [...(drawn ?? "").matchAll(/M(\d+) (\d+)h(\d+)/g)].flatMap(([, x, y, width]) =>
      Array.from({ length: Number(width) }, (_, step) => `${Number(x) + step},${y}`),
    );
    expect(painted.toSorted()).to.deep.equal(dark.toSorted());

    const started = house.startRelay("cot-cu", code, { onWords: () => {} });
    await page.getByRole("button", { name: "Giống hệt, cho thiết bị này vào" }).click();
    await started;
    await page.getByRole("spinbutton", { name: "Âm lượng (%)" }).fill("35");
    await page.getByRole("button", { name: "Đặt âm lượng" }).click();
    await eventually("the loudspeaker's own word", 10_000, async () => {
      const all = await askAs<{ id: string; reported?: { volume: number } }[]>(page, house, "GET", "/receivers");
      return all.find(({ id }) => id === "cot-cu")?.reported?.volume === 35;
    });

    await page.getByLabel("Tên, ví dụ").fill("Cột mới");
    await page.getByRole("button", { name: "Lưu chỗ đặt" }).click();
    await page.getByRole("heading", { level: 1, name: /Cột mới/ }).waitFor();
    expect(await axeFindings(page)).to.deep.equal([]);

    await page.getByText("Gỡ và thu hồi").click();
    await page.getByRole("button", { name: "Gỡ chỗ này" }).click();
    await page.getByRole("dialog").getByText("Không hoàn tác được.").waitFor();
    await page.getByRole("button", { name: "Gỡ chỗ này, tôi chắc chắn" }).click();
    await page.waitForURL("**/loudspeakers");
    const left = await askAs<{ id: string }[]>(page, house, "GET", "/receivers");
    expect(left.map(({ id }) => id)).to.not.include("cot-cu");
  });
});
