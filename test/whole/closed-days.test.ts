import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { silentLog } from "../../src/base/log.js";
import { openAsRunLog } from "../../src/server/store/as-run-log.js";
import { copyDatabase } from "../../src/server/store/log-copy.js";
import { run } from "../cli/run.js";
import { standingClock } from "../support/closed-log.js";
import { freePort } from "../support/process-house.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the whole house, about what its log can prove", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  beforeEach(async () => {
    // The same port after each start, so that the loudspeaker finds it again.
    house = await openHouse({ config: { listen: { port: await freePort() } } });
  });
  afterEach(() => house.close());

  const file = () => join(house.folder, "config", "log.db");
  const loa = (...argv: string[]) =>
    run(["log", ...argv, "--station", house.folder, "--server", house.server.url], { fetch });
  const removeLog = async () => {
    for (const ending of ["", "-wal", "-shm", ".reserve"]) await rm(file() + ending, { force: true });
  };
  /** A log that was begun yesterday, with some lines of then. */
  const beginYesterday = async () => {
    await removeLog();
    const log = openAsRunLog({ path: file(), clock: standingClock(Date.now() - 86_400_000), log: silentLog });
    log.events(Array.from({ length: 20 }, (_, i) => ({ kind: "level.declared", by: `người ${i}`, why: "bão" })));
    log.close();
  };
  const heldBy = async (id: string) =>
    (await house.call<{ receiver: string; heads?: object[] }[]>("GET", `/log/held-days?receiver=${id}`))[0]?.heads ??
    [];
  const closedDay = () =>
    eventually(
      "the day to be closed",
      20_000,
      async () => (await house.call<{ lines: object[] }>("GET", "/log?kind=day.closed")).lines.length === 1,
    );

  it("closes the day at its next start, gives its head to loudspeakers, and finds by them that the end was cut off", async () => {
    await house.addRelay("loa-1");
    await house.restartServer(beginYesterday);
    await closedDay();
    await eventually("the loudspeaker to hold the head", 20_000, async () => (await heldBy("loa-1")).length === 1);
    const fine = await loa("verify");
    expect(fine.out).to.include("1 ngày đã khóa sổ").and.include("Đã so với 1 loa");
    expect(fine.code).to.equal(0);
    expect((await loa("days")).out).to.match(/^\d{4}-\d\d-\d\d\t1\t20\t20\t[0-9a-f]{64}\t[0-9a-f]{16}\n$/);
    expect((await loa("verify", "--head", "a".repeat(64))).error).to.include(
      "Không có dòng nào mang mã aaaaaaaaaaaaaaaa",
    );

    // Somebody cuts off the end, and takes away what the signer remembers, too.
    await house.restartServer(async () => {
      const database = new Database(file());
      for (const name of ["line_remains", "day_remains"]) database.exec(`DROP TRIGGER ${name}`);
      database.exec("DELETE FROM line WHERE n > 15; DELETE FROM personal WHERE n > 15; DELETE FROM day");
      database.close();
      await rm(join(house.folder, "config", "keys", "last-day.json"));
    });
    await closedDay();
    await eventually("the loudspeaker to be back", 20_000, async () => (await heldBy("loa-1")).length > 0);
    const cut = await loa("verify");
    // By how many lines it has grown again the end is missing, or is another.
    expect(cut.error).to.match(/(bị cắt đuôi|không còn như lúc khóa sổ).*\(so với loa «loa-1»\)/);
    expect(cut.code).to.equal(1);
  });

  it("searches, exports what can be checked elsewhere, and erases words without breaking the chain", async () => {
    await house.restartServer(beginYesterday);
    await closedDay();
    await house.call("POST", "/announcements", {
      ...{ id: "ca-benh", title: "Ca bệnh", class: "ordinary", topic: "thu", text: "Bà Năm ở ngõ 4 phải cách ly." },
      source: "Chỉ thị 16/CT-TTg",
    });
    expect((await loa("list", "--person", "người 3", "--why", "bão")).out.trim().split("\n")).to.have.length(1);
    expect((await loa("list", "--directive", "16/CT-TTg")).out).to.include("announcement.created");
    expect((await loa("list", "--area", "khong co")).code).to.equal(2);
    const told = JSON.parse((await loa("list", "--announcement", "ca-benh", "--json")).out).lines[0];
    expect(told.told.after.text).to.include("Bà Năm");
    expect(told.who).to.include({ factor: "station" });

    const out = join(house.folder, "nhat-ky.ndjson");
    await loa("export", "--format", "ndjson", "--out", out);
    const text = await readFile(out, "utf8");
    expect(text).to.not.include("Bà Năm");
    expect(await run(["log", "verify", out])).to.include({ code: 0 });
    const lines = text.trim().split("\n");
    for (const [what, changed, said] of [
      ["changed", text.replace("người 7", "ai đó"), "Dòng 8 đã bị sửa"],
      ["removed", lines.toSpliced(4, 1).join("\n"), "Dòng 5 đã bị xóa"],
      [
        "swapped",
        lines
          .with(4, lines[8] ?? "")
          .with(8, lines[4] ?? "")
          .join("\n"),
        "Dòng 5",
      ],
    ] as const) {
      await writeFile(out, changed);
      const found = await run(["log", "verify", out]);
      expect(found.error, what).to.include(said);
      expect(found.code).to.equal(1);
    }
    await writeFile(out, lines.slice(0, 12).join("\n"));
    const head = JSON.parse(lines.at(-1) ?? "").hash;
    expect((await run(["log", "verify", out, "--head", head])).error).to.include("bị cắt đuôi hoặc viết lại");

    const erased = await loa("erase", "--announcement", "ca-benh", "--reason", "theo đề nghị của gia đình");
    expect(erased.out).to.include("Đã xóa lời văn");
    expect((await loa("erase", "--line", String(told.n), "--reason", "lần nữa")).code).to.equal(1);
    const after = JSON.parse((await loa("list", "--announcement", "ca-benh", "--json")).out).lines[0];
    expect(after).to.include({ erased: true }).and.not.have.property("told");
    expect((await loa("list", "--kind", "log.words-erased")).out).to.include("theo đề nghị của gia đình");
    expect(await loa("verify", "--no-receivers")).to.include({ code: 0 });
    for (const ending of ["", "-wal"])
      expect((await readFile(file() + ending)).includes(Buffer.from("Bà Năm")), ending).to.equal(false);
  });

  it("opens with a damaged log, says everywhere what is missing, and goes on", async () => {
    let wasHere = Buffer.alloc(0);
    await house.restartServer(async () => {
      await removeLog();
      const log = openAsRunLog({ path: file(), clock: standingClock(Date.now() - 86_400_000), log: silentLog });
      log.events(
        Array.from({ length: 60 }, (_, i) => ({ kind: "level.declared", by: `người ${i}`, why: "bão".repeat(50) })),
      );
      log.close();
      copyDatabase(file(), `${file()}.copy`);
      const bytes = await readFile(`${file()}.copy`);
      await removeLog();
      await rm(`${file()}.copy`);
      const page = bytes.indexOf('"by":"người 30"') & ~4095;
      wasHere = bytes.fill(0, page, page + 4096);
      await writeFile(file(), wasHere);
    });
    await closedDay();
    const check = await loa("verify");
    expect(check.out).to.match(/Nhật ký KHÔNG ĐỦ, .*Các dòng từ \d+ đến \d+ đã mất vì hỏng đĩa \(ghi ở dòng 61\)/s);
    expect(check.code).to.equal(0);
    const found = await house.call<{ ok: boolean; gaps: { words: { vi: string } }[] }>("GET", "/log/verification");
    expect(found.ok).to.equal(true);
    expect(found.gaps.map(({ words }) => words.vi)).to.have.length(1);
    const ready = (await (await fetch(new URL("/readyz", house.server.url))).json()) as { reasons: { part: string }[] };
    expect(ready.reasons.map(({ part }) => part)).to.include("log-damaged");
    const { lines } = await house.call<{ lines: { words: { vi: string } }[] }>("GET", "/log?kind=log.mended");
    const aside = (await readdir(join(house.folder, "config"))).find((name) => /^log\.db\.bad-[^.]*$/.test(name)) ?? "";
    expect(lines[0]?.words.vi).to.include("thiếu dòng").and.include(aside);
    const kept = await readFile(join(house.folder, "config", aside));
    const exported = (await loa("export", "--format", "ndjson")).out;
    expect(exported).to.include(`"sha256":"${createHash("sha256").update(kept).digest("hex")}"`);
    // SQLite notes in the head of a file how it was opened.
    expect(kept.subarray(100).equals(wasHere.subarray(100))).to.equal(true);
  });
});
