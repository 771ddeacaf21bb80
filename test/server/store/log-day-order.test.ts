import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { flawWords } from "../../../src/domain/log-flaw.js";
import type { AsRunLog } from "../../../src/server/store/as-run-log.js";
import { checkExport } from "../../../src/server/store/log-export-check.js";
import { canonical, hashAfter, NO_HASH } from "../../../src/server/store/log-line.js";
import { evening, openClosedLog, standingClock } from "../../support/closed-log.js";

/** Where lines 1–3, 4–7, 8–11 of three closed days stand; line 4 closes the first day, and so on. */
const DAYS = [
  [1, 2, 3],
  [4, 5, 6, 7],
  [8, 9, 10, 11],
] as const;

describe("two days of the log that have changed places", () => {
  let folder: string;
  let log: AsRunLog;
  const path = () => join(folder, "log.db");
  const clock = standingClock(0);
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    clock.set(evening("2026-11-20"));
    const house = openClosedLog(path(), clock);
    log = house.log;
    speak();
    for (const day of ["2026-11-21", "2026-11-22", "2026-11-23"]) {
      clock.set(evening(day));
      await house.close();
      speak();
    }
  });
  afterEach(async () => {
    log.close();
    await fs.rm(folder, { recursive: true });
  });
  const speak = () => log.events(["a", "b", "c"].map((by) => ({ kind: "order.issued" as const, by })));

  /** Puts the lines into that order, from the first on; what follows stays. */
  const place = (database: Database.Database, order: readonly number[]) => {
    for (const [at, n] of order.entries()) database.exec(`UPDATE line SET n = ${-(at + 1)} WHERE n = ${n}`);
    database.exec("UPDATE line SET n = -n WHERE n < 0");
  };
  /** Writes the chain anew, as somebody would who knows how it is made. */
  const rehash = (database: Database.Database) => {
    let prev = NO_HASH;
    const rows = database.prepare("SELECT n, body FROM line ORDER BY n").all() as { n: number; body: string }[];
    for (const { n, body } of rows) {
      const text = canonical({ ...JSON.parse(body), n });
      prev = hashAfter(prev, text);
      database.prepare("UPDATE line SET body = ?, hash = ? WHERE n = ?").run([text, prev, n]);
    }
  };
  const found = async (tamper: (database: Database.Database) => void) => {
    log.close();
    const database = new Database(path());
    database.exec("DROP TRIGGER line_stays; DROP TRIGGER line_remains; DROP TRIGGER line_follows;");
    tamper(database);
    database.close();
    log = openClosedLog(path(), clock).log;
    const { flaw } = await log.verify();
    return flaw && flawWords(flaw).vi;
  };

  for (const [first, second, third, words] of [
    [1, 0, 2, "Ngày 20/11/2026 và ngày 21/11/2026 đã bị đổi chỗ, từ dòng 1."],
    [0, 2, 1, "Ngày 21/11/2026 và ngày 22/11/2026 đã bị đổi chỗ, từ dòng 4."],
    [2, 1, 0, "Ngày 20/11/2026 và ngày 22/11/2026 đã bị đổi chỗ, từ dòng 1."],
  ] as const) {
    const order = [...DAYS[first], ...DAYS[second], ...DAYS[third]];
    it(`are found and named among the lines: ${words}`, async () => {
      expect(await found((database) => place(database, order))).to.equal(words);
    });

    it(`are found and named in an export: ${words}`, async () => {
      const lines: string[] = [];
      for await (const piece of log.export("ndjson", {})) lines.push(...piece.trim().split("\n"));
      const file = join(folder, "nhat-ky.ndjson");
      await fs.writeFile(file, [...order.map((n) => lines[n - 1]), ...lines.slice(11)].join("\n"));
      const { flaw } = await checkExport(file);
      expect(flaw).to.include({ kind: "days-swapped" });
      expect(flaw && flawWords(flaw).vi.split(", từ")[0]).to.equal(words.split(", từ")[0]);
    });
  }

  it("are found and named where the chain was written anew, each with the line that closes it", async () => {
    const words = await found((database) => {
      place(database, [1, 5, 6, 7, 8, 2, 3, 4]);
      rehash(database);
    });
    expect(words).to.equal("Ngày 20/11/2026 và ngày 21/11/2026 đã bị đổi chỗ, từ dòng 4.");
  });

  it("are not what two lines are that close days and have changed places alone", async () => {
    const words = await found((database) => place(database, [1, 2, 3, 8, 5, 6, 7, 4]));
    expect(words).to.equal("Dòng 4 và dòng 8 đã bị đổi chỗ.");
  });
});
