import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { createLog } from "../../src/base/log.js";
import { epoch } from "../../src/base/units.js";
import { consoleOf } from "../../src/cli/console.js";
import { CONSOLE_WORDS } from "../../src/cli/console-words.js";
import { FakeClock } from "../support/fake-clock.js";

describe("the console of a station", () => {
  const now = () => epoch(Date.parse("2026-11-23T00:00:00Z"));
  const start = (hasFile: boolean) => {
    const [said, kept]: [string[], string[]] = [[], []];
    const file = hasFile ? { write: (line: string) => void kept.push(line) } : undefined;
    const error = (text: string) => void said.push(text);
    const write = consoleOf({ file, name: "logs/program.log", zone: "Asia/Ho_Chi_Minh", now, error });
    const log = createLog(new FakeClock(), write);
    log.info("api.request", { path: "/" });
    log.warn("clock.stepped", { ms: 5 });
    log.warn("clock.stepped", { ms: 6 });
    log.error("disk.full", {});
    return { said, kept };
  };

  it("says a sentence once for what is wrong, and leaves the JSON to the file", () => {
    const { said, kept } = start(true);

    expect(said).to.deep.equal([
      "07:00:00  Lưu ý: Đồng hồ của máy chủ vừa bị đổi; lịch phát đã được xếp lại theo giờ mới (clock.stepped). Chi tiết trong logs/program.log\n",
      "07:00:00  LỖI: Đĩa đầy: đài đã dùng phần dự trữ. Hãy dọn chỗ trống ngay (disk.full). Chi tiết trong logs/program.log\n",
    ]);
    expect(kept.map((line) => JSON.parse(line).event)).to.deep.equal([
      "api.request",
      "clock.stepped",
      "clock.stepped",
      "disk.full",
    ]);
  });

  it("has words for every warning and fault of the server", async () => {
    const lacking: string[] = [];
    for (const folder of ["src/server", "src/cli"])
      for (const name of (await readdir(folder, { recursive: true })).filter((one) => one.endsWith(".ts"))) {
        const code = await readFile(join(folder, name), "utf8");
        for (const [, event = ""] of code.matchAll(/\blog\.(?:warn|error)\(\s*"([a-z.-]+)"/g))
          if (!(event in CONSOLE_WORDS)) lacking.push(event);
      }
    expect(lacking).to.deep.equal([]);
  });

  it("has every line where there is no file", () => {
    const { said, kept } = start(false);

    expect(said.map((line) => JSON.parse(line).event)).to.deep.equal([
      "api.request",
      "clock.stepped",
      "clock.stepped",
      "disk.full",
    ]);
    expect(kept).to.deep.equal([]);
  });
});
