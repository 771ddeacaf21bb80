import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import Database from "libsql";
import { silentLog } from "../../../src/base/log.js";
import { epoch } from "../../../src/base/units.js";
import { announcementId, areaId, occurrenceId, receiverId } from "../../../src/domain/ids.js";
import type { JournalLine } from "../../../src/protocol/messages.js";
import { type AsRunLog, openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { copyDatabase } from "../../../src/server/store/log-copy.js";
import { canonical, hashAfter, NO_HASH } from "../../../src/server/store/log-line.js";
import { FakeClock } from "../../support/fake-clock.js";

const loa1 = receiverId("loa-1");
const ward = areaId("phuong-1");
const due = Date.UTC(2026, 10, 23, 1);
const morning = occurrenceId("sang", due);
const line = (seq: number, more: Partial<JournalLine> = {}): JournalLine => ({
  seq,
  event: "started",
  cue: morning,
  at: (due + seq) * 1000,
  ...more,
});

describe("as-run log", () => {
  let folder: string;
  let path: string;
  let log: AsRunLog<string>;
  const open = (more = {}) => openAsRunLog({ path, clock: new FakeClock(), log: silentLog, reserveBytes: 0, ...more });
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "log.db");
    log = open();
  });
  afterEach(async () => {
    log.close();
    await fs.rm(folder, { recursive: true });
  });
  const reopen = () => {
    log.close();
    log = open();
  };
  const all = () => log.page({}, 1000);
  const tamper = (sql: string) => {
    log.close();
    const database = new Database(path);
    database.exec(`DROP TRIGGER line_stays; DROP TRIGGER line_remains; ${sql}`);
    database.close();
    log = open();
  };
  async function textOf(pieces: AsyncIterable<string>) {
    let text = "";
    for await (const piece of pieces) text += piece;
    return text;
  }

  it("lets nobody but the station's user read it, nor its copies, also where others could before", async () => {
    const files = [path, `${path}-wal`, `${path}-shm`];
    log.event({ kind: "order.issued" });
    for (const file of files) await fs.chmod(file, 0o644);
    const copy = join(folder, "copy.db");
    log.close();
    await fs.chmod(path, 0o644);
    log = open();
    log.event({ kind: "order.issued" });
    copyDatabase(path, copy);
    for (const file of [...files, copy]) expect((await fs.stat(file)).mode & 0o077, file).to.equal(0);
  });

  it("gives back after reopening what was written before", async () => {
    log.event({ kind: "order.issued", by: "Chị Hoa", why: "tap", detail: { order: "abc" } });
    log.heard(loa1, ward, "j1", [line(1, { class: "ordinary", announcements: [announcementId("a")] })]);
    reopen();
    const [event, heard] = await all();
    expect(event).to.include({ n: 1, source: "server", kind: "order.issued", by: "Chị Hoa", prev: NO_HASH });
    expect(heard).to.include({ n: 2, source: "receiver", kind: "started", receiver: "loa-1", area: "phuong-1" });
    expect(heard).to.include({ occurrence: morning, at: due + 1, seq: 1, prev: event?.hash });
  });

  it("takes each journal line once, however often and in whatever portions it is sent", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 12 })), { maxLength: 30 }),
        fc.uuid(),
        async (portions, journal) => {
          for (const [first, count] of portions)
            log.heard(
              loa1,
              ward,
              journal,
              Array.from({ length: count }, (_, i) => line(first + i)),
            );
          const sent = new Set(
            portions.flatMap(([first, count]) => Array.from({ length: count }, (_, i) => first + i)),
          );
          let gapless = 0;
          while (sent.has(gapless + 1)) gapless++;
          expect(log.reportedUpTo(loa1, journal)).to.equal(gapless);
          const kept = (await log.page({ receiver: loa1 }, 100_000)).filter((entry) => entry.journal === journal);
          expect(kept.map(({ seq }) => seq).sort()).to.deep.equal([...sent].sort());
        },
      ),
      { numRuns: 40 },
    );
  });

  it("acknowledges only up to the first gap, also after a restart", () => {
    expect(log.heard(loa1, ward, "j1", [line(1), line(2), line(4)])).to.equal(2);
    reopen();
    expect(log.reportedUpTo(loa1, "j1")).to.equal(2);
    expect(log.heard(loa1, ward, "j1", [line(3)])).to.equal(4);
  });

  it("goes on behind a gap that nobody can fill any more, and tells of it", async () => {
    expect(log.heard(loa1, ward, "j1", [line(1), line(7), line(8), line(10)])).to.equal(1);
    log.acceptGap(loa1, ward, "j1", 7);
    expect(log.reportedUpTo(loa1, "j1")).to.equal(8);
    log.acceptGap(loa1, ward, "j1", 3);
    expect(log.reportedUpTo(loa1, "j1")).to.equal(8);
    const gaps = await log.page({ kind: "journal.gap" }, 10);
    expect(gaps.map(({ detail }) => detail)).to.deep.equal([{ journal: "j1", from: 2, upTo: 6 }]);
  });

  it("keeps journals and receivers apart", async () => {
    log.heard(loa1, ward, "j1", [line(1), line(2)]);
    expect(log.heard(loa1, ward, "j2", [line(1)])).to.equal(1);
    expect(log.heard(receiverId("loa-2"), ward, "j1", [line(1)])).to.equal(1);
    expect(log.reportedUpTo(loa1, "j1")).to.equal(2);
    expect(await all()).to.have.length(4);
  });

  it("writes several events or none", async () => {
    const cyclic: { self?: object } = {};
    cyclic.self = cyclic;
    expect(() => log.events([{ kind: "a" }, { kind: "b", detail: cyclic }])).to.throw();
    expect(await all()).to.deep.equal([]);
    log.event({ kind: "c" });
    expect((await all()).map(({ n, kind }) => [n, kind])).to.deep.equal([[1, "c"]]);
  });

  it("cannot be changed through its own connection's statements", () => {
    log.event({ kind: "a" });
    const database = new Database(path);
    expect(() => database.exec("UPDATE line SET kind = 'b'")).to.throw("append-only");
    expect(() => database.exec("DELETE FROM line")).to.throw("append-only");
    database.close();
  });

  it("finds lines by time, place, receiver, occurrence and announcement", async () => {
    log.heard(loa1, ward, "j1", [line(1, { announcements: [announcementId("a")] }), line(2)]);
    log.heard(receiverId("loa-2"), areaId("phuong-2"), "j1", [line(1, { cue: "live-7" })]);
    const numbers = async (query: Parameters<AsRunLog["page"]>[0]) => (await log.page(query, 10)).map(({ n }) => n);
    expect(await numbers({ receiver: loa1 })).to.deep.equal([1, 2]);
    expect(await numbers({ area: areaId("phuong-2") })).to.deep.equal([3]);
    expect(await numbers({ areas: [ward, areaId("phuong-2")] })).to.deep.equal([1, 2, 3]);
    expect(await numbers({ occurrence: morning })).to.deep.equal([1, 2]);
    expect(await numbers({ announcement: announcementId("a") })).to.deep.equal([1]);
    expect(await numbers({ from: epoch(due + 2), until: epoch(due + 3) })).to.deep.equal([2]);
    expect(await numbers({ after: 1, receiver: loa1 })).to.deep.equal([2]);
  });

  it("tells what became of an occurrence at each receiver", () => {
    log.heard(loa1, ward, "j1", [
      line(1),
      line(2, { event: "interrupted", why: "emergency" }),
      line(3, { event: "resumed" }),
      line(4, { event: "finished" }),
    ]);
    log.heard(receiverId("loa-2"), ward, "j1", [line(1, { event: "missed", why: "quiet-hours" })]);
    const results = log.resultsOf(morning);
    expect(results.get(loa1)).to.include({ state: "played", startedAt: due + 1, endedAt: due + 4 });
    expect(results.get(receiverId("loa-2"))).to.include({ state: "missed", why: "quiet-hours" });
  });

  describe("its chain", () => {
    beforeEach(() => {
      log.events(Array.from({ length: 1200 }, (_, i) => ({ kind: "e", by: `người ${i}` })));
    });

    it("holds as written", async () => {
      expect(await log.verify()).to.deep.equal({ ok: true, lines: 1200, days: 0, head: log.head().hash });
    });

    for (const [what, sql, brokenAt] of [
      ["a changed body", "UPDATE line SET body = replace(body, 'người 699', 'ai đó') WHERE n = 700", 700],
      ["a changed column", "UPDATE line SET kind = 'f' WHERE n = 3", 3],
      ["a removed line", "DELETE FROM line WHERE n = 501", 501],
      ["a line that is no JSON", "UPDATE line SET body = 'x' WHERE n = 1", 1],
      ["a hash made to fit", "UPDATE line SET hash = (SELECT hash FROM line WHERE n = 1) WHERE n = 2", 2],
    ] as const)
      it(`names the first bad line after ${what}`, async () => {
        tamper(sql);
        const check = await log.verify();
        expect(check).to.include({ ok: false, brokenAt, lines: brokenAt - 1 });
      });
  });

  it("exports lines from which the chain can be checked elsewhere", async () => {
    log.heard(loa1, ward, "j1", [line(1), line(2)]);
    log.event({ kind: "z", detail: { b: 1, a: [undefined, 2] } });
    let head = NO_HASH;
    const text = await textOf(log.export("ndjson", {}));
    for (const row of text.trim().split("\n")) {
      const { prev, hash, ...body } = JSON.parse(row) as { prev: string; hash: string };
      expect(prev).to.equal(head);
      head = hashAfter(prev, canonical(body));
      expect(hash).to.equal(head);
    }
    expect(head).to.equal(log.head().hash);
  });

  it("exports a table that a spreadsheet opens without running anything", async () => {
    log.event({ kind: "order.refused", by: "=cmd()", why: 'a "b", c' });
    const [header = "", row = ""] = (await textOf(log.export("csv", {}))).split("\r\n");
    expect(header).to.match(/^\uFEFFn,at,/);
    expect(row).to.include("2026-11-23T00:00:00.000Z");
    expect(row).to.include("'=cmd()");
    expect(row).to.include('"a ""b"", c"');
  });

  it("exports who it was, from where, by what proof, and what was changed, as columns of the table", async () => {
    const by = { name: "chị Hoa", account: "hoa" as never, session: "s1", from: "10.0.0.9", factor: "totp" as const };
    log.event({ kind: "schedule.saved", by, before: { at: ["17:00"] }, after: { at: ["18:00"] } });
    const [header = "", row = ""] = (await textOf(log.export("csv", {}))).split("\r\n");
    expect(header).to.include(",by,account,from,factor,before,after,");
    expect(row).to.include(',chị Hoa,hoa,10.0.0.9,totp,"{""at"":[""17:00""]}","{""at"":[""18:00""]}",');
  });

  it("exports only the range asked for, over many pages", async () => {
    log.events(Array.from({ length: 1300 }, () => ({ kind: "e" })));
    const rows = (await textOf(log.export("ndjson", { after: 100 }))).trim().split("\n");
    expect(rows).to.have.length(1200);
  });

  it("keeps a damaged file aside and goes on with a new one", async () => {
    log.event({ kind: "a" });
    log.close();
    for (const ending of ["-wal", "-shm"]) await fs.rm(path + ending, { force: true });
    await fs.writeFile(path, "không phải cơ sở dữ liệu ".repeat(500));
    const events: string[] = [];
    log = open({ log: { ...silentLog, error: (event: string) => events.push(event) } });
    log.event({ kind: "b" });
    expect((await all()).map(({ kind }) => kind)).to.deep.equal(["log.mended", "b"]);
    expect(events).to.deep.equal(["log.damaged", "log.mended"]);
    expect((await fs.readdir(folder)).some((name) => name.startsWith("log.db.bad-"))).to.equal(true);
  });

  it("refuses the log of a newer program", () => {
    log.close();
    const database = new Database(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(() => open()).to.throw("newer version");
  });
});
