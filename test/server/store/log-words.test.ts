import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { silentLog } from "../../../src/base/log.js";
import { announcementId, areaId, occurrenceId } from "../../../src/domain/ids.js";
import { flawWords } from "../../../src/domain/log-flaw.js";
import { accountIdSchema } from "../../../src/domain/person.js";
import { type AsRunLog, openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { FakeClock } from "../../support/fake-clock.js";

const HOA = { name: "chị Hoa", account: accountIdSchema.parse("hoa") };
const tin = announcementId("tin-1");
const morning = occurrenceId("sang", Date.UTC(2026, 10, 23, 1));
/** Words that name somebody, in every place of a line where people write. */
const NAMED = ["Bà Năm mất chó", "theo lời bà Năm", "nhà bà Năm", "Loa trước nhà bà Năm"];

describe("words of the log's lines", () => {
  let folder: string;
  let log: AsRunLog<string>;
  const path = () => join(folder, "log.db");
  const open = () => openAsRunLog({ path: path(), clock: new FakeClock(), log: silentLog, reserveBytes: 0 });
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    log = open();
    log.event({
      kind: "announcement.created",
      by: HOA,
      detail: { id: tin, title: NAMED[0] },
      after: { title: NAMED[0] },
    });
    log.event({ kind: "announcement.recalled", by: HOA, why: NAMED[1], detail: { id: tin } });
    log.event({ kind: "repair.opened", by: HOA, area: areaId("phuong-1"), detail: { number: 1, text: NAMED[2] } });
    log.event({ kind: "receiver.added", by: HOA, after: { id: "loa-1", name: NAMED[3] } });
    const content = [{ announcement: tin, title: NAMED[0], topic: "thu", at: 0, ms: 5000 }];
    log.event({ kind: "occurrence.closed", occurrence: morning, detail: { title: "Buổi sáng", content } });
    log.event({ kind: "result", occurrence: morning, why: "stopped", by: "anh Ba" });
  });
  afterEach(async () => {
    log.close();
    await fs.rm(folder, { recursive: true });
  });
  const read = <Row>(sql: string) => {
    const database = new Database(path());
    try {
      return database.prepare(sql).all([]) as Row[];
    } finally {
      database.close();
    }
  };
  const chain = () => read<{ body: string }>("SELECT body FROM line ORDER BY n").map(({ body }) => body);
  const tamper = (sql: string) => {
    log.close();
    const database = new Database(path());
    database.exec(`DROP TRIGGER personal_stays; ${sql}`);
    database.close();
    log = open();
  };
  const flaw = async () => {
    const found = (await log.verify()).flaw;
    return found && flawWords(found).vi;
  };
  const act = { by: HOA, why: "theo đề nghị của gia đình" };

  it("lie beside the chain: titles, reasons, notes and names; and are read as if they were in it", async () => {
    for (const words of NAMED) expect(chain().join("\n")).to.not.include(words);
    const lines = await log.page({}, 10);
    expect(lines[0]).to.deep.include({ detail: { id: tin, title: NAMED[0] }, after: { title: NAMED[0] } });
    expect(lines[1]).to.include({ why: NAMED[1], by: "chị Hoa" });
    expect(lines[2]).to.deep.include({ detail: { number: 1, text: NAMED[2] } });
    expect(lines[3]).to.deep.nested.include({ "after.name": NAMED[3] });
    expect(lines[4]).to.deep.nested.include({ "detail.content[0].title": NAMED[0], "detail.content[0].ms": 5000 });
    expect(lines[5]).to.include({ why: "stopped", by: "anh Ba" }).and.not.have.property("personal");
    expect(log.historyOf(tin, 0, 10).map(({ why }) => why)).to.deep.equal([undefined, NAMED[1]]);
    expect(await flaw()).to.equal(undefined);
  });

  it("are found by a part of a reason, without tones, as codes are found whole", async () => {
    const found = async (why: string) => (await log.page({ why }, 10)).map(({ n }) => n);
    expect(await found("ba nam")).to.deep.equal([2]);
    expect(await found(NAMED[1] ?? "")).to.deep.equal([2]);
    expect(await found("stopped")).to.deep.equal([6]);
  });

  it("are in a table for people, and in no export that goes elsewhere to be checked", async () => {
    const text = async (format: "csv" | "ndjson") => {
      let all = "";
      for await (const piece of log.export(format, {})) all += piece;
      return all;
    };
    expect(await text("csv")).to.include(NAMED[1]);
    for (const words of NAMED) expect(await text("ndjson")).to.not.include(words);
  });

  it("are erased with an announcement wherever its title stands, for good, and the chain holds", async () => {
    expect(log.eraseWords({ announcement: tin }, act)).to.deep.equal([1, 2, 5]);

    const lines = await log.page({}, 10);
    for (const n of [0, 1, 4]) expect(lines[n], String(n + 1)).to.include({ erased: true });
    expect(lines[1]).to.include({ by: "chị Hoa" }).and.not.have.property("why");
    expect(lines[4]).to.deep.nested.include({ "detail.content[0].ms": 5000, "detail.content[0].announcement": tin });
    expect(lines.at(-1)).to.include({ kind: "log.words-erased", why: act.why });
    expect(await flaw()).to.equal(undefined);
    log.close();
    for (const ending of ["", "-wal"]) {
      const bytes = await fs.readFile(path() + ending).catch(() => Buffer.alloc(0));
      expect(bytes.includes(Buffer.from(NAMED[0] ?? "")), ending).to.equal(false);
      expect(bytes.includes(Buffer.from(NAMED[1] ?? "")), ending).to.equal(false);
    }
    log = open();
  });

  it("belong to their line: other words, none, or those of another line are found and named", async () => {
    tamper("UPDATE personal SET text = replace(text, 'theo lời', 'trái lời') WHERE n = 2");
    expect(await flaw()).to.equal("Lời văn của dòng 2 đã bị sửa sau khi ghi.");
    expect((await log.page({ after: 1 }, 1))[0]).to.not.have.property("why");
  });

  it("that were left by a line that was cut off keep no other from being written", async () => {
    log.close();
    const database = new Database(path());
    database.exec("INSERT INTO personal VALUES (7, 'a', '{}')");
    database.close();
    log = open();
    log.event({ kind: "announcement.recalled", by: HOA, why: NAMED[1], detail: { id: tin } });
    expect((await log.page({ after: 6 }, 1))[0]).to.include({ n: 7, why: NAMED[1] });
  });

  for (const [what, sql, words] of [
    ["taken away", "DELETE FROM personal WHERE n = 3", "Lời văn của dòng 3 đã bị xóa mà nhật ký không ghi ai xóa."],
    [
      "swapped",
      "UPDATE personal SET n = -3 WHERE n = 3; UPDATE personal SET n = 3 WHERE n = 4; UPDATE personal SET n = 4 WHERE n = -3",
      "Lời văn của dòng 3 đã bị sửa sau khi ghi.",
    ],
    [
      "put to a line that has none",
      'INSERT INTO personal VALUES (6, \'a\', \'{"words":{"why":"say rượu"}}\')',
      "Lời văn của dòng 6 đã bị sửa sau khi ghi.",
    ],
  ] as const)
    it(`that were ${what} are found and named`, async () => {
      tamper(sql);
      expect(await flaw()).to.equal(words);
    });
});
