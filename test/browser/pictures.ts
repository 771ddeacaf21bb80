/**
 * Takes the pictures of the guides: the sample station, served from a folder of its own, in a real browser.
 *
 * Run by `npm run pictures`; what it makes is kept in the repository, in `docs/pictures`.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../bench/child.js";
import { closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { PASSWORD } from "../support/real-people.js";
import { eventually } from "../support/whole-house.js";

const PICTURES = join("docs", "pictures");
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780 };

/** A text as an officer writes it, made up for the pictures. */
const TEXT =
  "UBND phường thông báo: ngừng cấp nước từ 8h đến 11h30 ngày 25/12/2026 để sửa đường ống. Bà con chủ động trữ nước. LH: 0263.3822.145.";

/** Serves a copy of the sample station; resolves to its address and its set-up link. */
async function serveSample() {
  const folder = await mkdtemp(join(tmpdir(), "loa-pictures-"));
  for (const name of ["config", "playlists", "audio"]) {
    const isOwn = (path: string) =>
      !/state|log\.db|token|keys|lock|clips|cache|quarantine|\/out/.test(path.slice(name.length));
    await cp(name, join(folder, name), { recursive: true, filter: isOwn });
  }
  const port = await freePort();
  const server = spawn(process.execPath, ["dist/src/cli/loa.js", "serve", folder, "--port", String(port)]);
  const lines = createInterface({ input: server.stdout });
  const link = await new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      const found = /\/set-up\?link=\S+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
    server.once("exit", (code) => reject(new Error(`the station ended with ${code}`)));
  });
  return {
    ...{ url: `http://127.0.0.1:${port}`, link },
    async close() {
      server.removeAllListeners("exit").kill("SIGTERM");
      await new Promise((resolve) => server.once("exit", resolve));
      await rm(folder, { recursive: true });
    },
  };
}

async function enter(page: Visitor, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Họ và tên").fill("Người Mẫu");
  await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await page.waitForURL("/");
}

/** Waits until every announcement of the sample has its sound and is approved: then the pictures show a station at work. */
async function allApproved(page: Visitor): Promise<void> {
  const { announcements } = JSON.parse(await readFile(join("config", "first-start.json"), "utf8")) as {
    readonly announcements: readonly object[];
  };
  await eventually("the sounds of the sample", 300_000, async () => {
    const all = (await (await page.request.get("/api/v1/announcements")).json()) as readonly { stage: string }[];
    return (
      all.filter(({ stage }) => stage === "approved" || stage === "planned" || stage === "aired").length >=
      announcements.length
    );
  });
}

async function take(page: Visitor, name: string, size: typeof DESK): Promise<void> {
  await page.setViewportSize(size);
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  process.stdout.write(`${name}\n`);
}

await mkdir(PICTURES, { recursive: true });
const station = await serveSample();
try {
  const page = await newVisitor(station.url);
  await enter(page, station.link);
  await page.getByText(/đang phát tại \d+\/\d+ loa/).waitFor({ timeout: 120_000 });
  await take(page, "hom-nay", DESK);
  await take(page, "hom-nay-dien-thoai", PHONE);
  await page.goto("/compose");
  await page.getByLabel("Văn bản").fill(TEXT);
  await page.getByText("tám giờ").first().waitFor();
  await take(page, "soan-thong-bao", DESK);
  await take(page, "soan-thong-bao-dien-thoai", PHONE);
  await allApproved(page);
  for (const [path, name] of [
    ["/week", "lich-tuan"],
    ["/playlists/tuan-dich-binh-tinh", "danh-sach-phat"],
    ["/loudspeakers", "loa"],
    ["/map", "ban-do"],
    ["/settings", "cai-dat"],
    ["/library", "thu-vien"],
    ["/people", "nguoi-va-vai-tro"],
  ] as const) {
    await page.setViewportSize(DESK);
    await page.goto(path);
    await page.locator("main h1").waitFor();
    await take(page, name, DESK);
  }
} finally {
  await closeBrowser();
  await station.close();
}
