import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { announcementId, occurrenceId } from "../../../src/domain/ids.js";
import { evening, openClosedLog, standingClock } from "../../support/closed-log.js";

/** Hash of the last line of the log as it was written then. */
const HEAD = "d74c33b31b0ed959dabc2866bb9c1e375504740dcbbfdc70f3cd8627fae6f811";

describe("a log that was written before days were closed", () => {
  let folder: string;
  let house: ReturnType<typeof openClosedLog>;
  const bodies = () => {
    const database = new Database(join(folder, "log.db"));
    const rows = database.prepare("SELECT n, body, hash FROM line WHERE n <= 6 ORDER BY n").all();
    database.close();
    return rows;
  };
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    const database = new Database(join(folder, "log.db"));
    database.exec(await fs.readFile("test/golden/as-run-log-3.sql", "utf8"));
    database.close();
  });
  afterEach(async () => {
    house.log.close();
    await fs.rm(folder, { recursive: true });
  });

  it("opens with every line as it was, holds, is searched, and has its days closed in order", async () => {
    const before = bodies();
    house = openClosedLog(join(folder, "log.db"), standingClock(evening("2026-11-29")));
    const { log } = house;
    expect(await log.verify({ heads: [HEAD] })).to.deep.equal({ ok: true, lines: 6, days: 0, head: HEAD });
    log.noteSources([{ id: announcementId("mau-thi-truong"), source: "Kế hoạch 12/KH-UBND (mẫu)" }]);
    const found = async (query: object) => (await log.page(query, 10)).map(({ n }) => n);
    expect(await found({ person: "Anh Ba (mẫu)" })).to.deep.equal([2, 4]);
    expect(await found({ why: "stopped" })).to.deep.equal([4]);
    expect(await found({ directive: "12/KH-UBND" })).to.deep.equal([1, 3, 4]);
    expect([...log.settledAt(occurrenceId("sang", Date.UTC(2026, 10, 24, 1))).keys()]).to.have.members([
      ...["loa-mau-1", "loa-mau-2"],
    ]);

    await house.close();
    expect(log.days.book().map(({ date, first, last }) => [date, first, last])).to.deep.equal([
      ["2026-11-23", 1, 2],
      ["2026-11-24", 3, 6],
    ]);
    expect(await log.verify({ heads: [HEAD] })).to.include({ ok: true, lines: 8, days: 2 });
    expect(bodies()).to.deep.equal(before);
  });
});
