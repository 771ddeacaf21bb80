import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { silentLog } from "../../../src/base/log.js";
import { parseDayHead } from "../../../src/protocol/day-head.js";
import type { AsRunLog } from "../../../src/server/store/as-run-log.js";
import { openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { LINES_MENDED } from "../../../src/server/store/log-check.js";
import { copyDatabase } from "../../../src/server/store/log-copy.js";
import { checkExport } from "../../../src/server/store/log-export-check.js";
import { canonical, hashAfter } from "../../../src/server/store/log-line.js";
import { evening, openClosedLog, standingClock } from "../../support/closed-log.js";

const PAGE = 4096;
const DROP_GUARDS = "DROP TRIGGER line_stays; DROP TRIGGER line_remains; DROP TRIGGER line_follows;";

describe("mending a damaged log", () => {
  let folder: string;
  let told: string[];
  const opened: AsRunLog<string>[] = [];
  const clock = standingClock(0);
  const path = () => join(folder, "log.db");
  const log = { ...silentLog, error: (event: string) => void told.push(event) };
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    told = [];
    clock.set(evening("2026-11-20"));
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) one.close();
    await fs.rm(folder, { recursive: true });
  });
  const open = (reserveBytes = 0) => {
    const one = openAsRunLog({ path: path(), clock, log, reserveBytes });
    opened.push(one);
    return one;
  };
  const speak = (to: AsRunLog<string>, count: number) =>
    to.events(
      Array.from({ length: count }, (_, n) => ({ kind: "e", by: `người ${n}`, detail: { text: "x".repeat(500) } })),
    );
  /** Zeroes a page in the midst of the lines. */
  const damage = async (page: number) => {
    for (const one of opened.splice(0)) one.close();
    const copy = join(folder, "copy");
    copyDatabase(path(), copy);
    for (const ending of ["", "-wal", "-shm"]) await fs.rm(path() + ending, { force: true });
    const bytes = await fs.readFile(copy);
    await fs.rm(copy);
    await fs.writeFile(path(), bytes.fill(0, page * PAGE, (page + 1) * PAGE));
  };
  const leavesIn = (bytes: Buffer) =>
    Array.from({ length: bytes.length / PAGE }, (_, page) => page).filter(
      (page) =>
        bytes[page * PAGE] === 13 && bytes.includes("người", page * PAGE) && bytes.readUInt16BE(page * PAGE + 3) > 2,
    );
  /** A page with nothing but lines on it. */
  const pageOfLines = async () => {
    const copy = join(folder, "copy");
    copyDatabase(path(), copy);
    const bytes = await fs.readFile(copy);
    await fs.rm(copy);
    const leaves = leavesIn(bytes);
    return leaves[Math.floor(leaves.length / 2)] ?? 0;
  };

  it("closes the days after a gap, and an export with it is whole, too", async () => {
    const house = openClosedLog(path(), clock);
    speak(house.log, 30);
    clock.set(evening("2026-11-21"));
    await house.close();
    speak(house.log, 10);
    house.log.close();
    await damage(await pageOfLines());

    const later = openClosedLog(path(), clock, house.key, house.signed);
    opened.push(later.log);
    const gap = later.log.mended?.gaps[0];
    expect(gap?.last).to.be.a("number");
    clock.set(evening("2026-11-22"));
    await later.close();
    expect(later.copies.map(({ text }) => parseDayHead(text)?.day)).to.deep.equal(["2026-11-21"]);
    const held = [...house.copies, ...later.copies].map(({ text }) => ({
      head: parseDayHead(text) as never,
      by: "loa",
    }));
    const check = await later.log.verify({ held });
    expect(check).to.include({ ok: true });
    expect(check.gaps).to.have.length(1);

    const file = join(folder, "export.ndjson");
    await fs.writeFile(file, []);
    for await (const piece of later.log.export("ndjson", {})) await fs.appendFile(file, piece);
    expect(await checkExport(file)).to.deep.equal({ ...check, days: check.days });
  });

  it("tells of the former gap with the new one when it is damaged again", async () => {
    speak(open(), 100);
    await damage(await pageOfLines());
    const first = open();
    const former = first.mended?.gaps[0];
    speak(first, 100);
    await damage(await pageOfLines());
    const second = open();
    expect(second.mended?.gaps.length).to.be.greaterThan(1);
    expect(second.mended?.gaps).to.deep.include(former);
    expect(await second.verify()).to.include({ ok: true });
  });

  it("keeps what stood only in the file beside it, and words that lie beside the lines", async () => {
    const one = open();
    speak(one, 40);
    await damage(await pageOfLines());
    const two = open();
    const { n } = two.head();
    two.event({ kind: "announcement.saved", by: "A", detail: { id: "tin" }, after: { reason: "vì mưa", text: "Lời" } });
    const before = (await two.page({ after: n }, 1))[0];
    expect(before?.told).to.not.equal(undefined);
    // The program is killed: the last line is in the write-ahead log alone. Then the disk damages the file.
    const [main, wal] = [await fs.readFile(path()), await fs.readFile(`${path()}-wal`)];
    two.close();
    opened.splice(0);
    for (const ending of ["-wal", "-shm"]) await fs.rm(path() + ending, { force: true });
    const page = leavesIn(main)[0] ?? 0;
    await fs.writeFile(path(), main.fill(0, page * PAGE, (page + 1) * PAGE));
    await fs.writeFile(`${path()}-wal`, wal);
    const three = open();
    expect(three.mended).to.not.equal(undefined);
    const after = (await three.page({ after: n }, 1))[0];
    expect(after).to.deep.equal(before);
    expect(await three.verify()).to.include({ ok: true });
  });

  it("is ended by the next start when the power goes in between, whatever was done by then", async () => {
    speak(open(), 40);
    await damage(await pageOfLines());
    const bad = await fs.readFile(path());
    const mended = open();
    const { lines } = await mended.verify();
    mended.close();
    copyDatabase(path(), join(folder, "new"));
    const good = await fs.readFile(join(folder, "new"));
    const clear = async () => {
      for (const one of opened.splice(0)) one.close();
      for (const name of await fs.readdir(folder)) await fs.rm(join(folder, name));
    };
    const names: Record<string, Record<string, Buffer>> = {
      "while it was made": { "log.db": bad, "log.db.mending": good.subarray(0, 9_000) },
      "when it was made": { "log.db": bad, "log.db.mended": good },
      "when the damaged one was put aside": {
        "log.db.bad-x": bad,
        "log.db.mended": good,
        "log.db-wal": Buffer.alloc(9),
      },
    };
    for (const [when, files] of Object.entries(names)) {
      await clear();
      for (const [name, bytes] of Object.entries(files)) await fs.writeFile(join(folder, name), bytes);
      expect(await open().verify(), when).to.include({ ok: true, lines });
      expect(
        (await fs.readdir(folder)).filter((name) => /mend/.test(name)),
        when,
      ).to.deep.equal([]);
      expect(
        (await fs.readdir(folder)).some((name) => /bad-/.test(name)),
        when,
      ).to.equal(true);
    }
  });

  it("uses the damaged file as it is when there is no room for a new one", async () => {
    speak(open(), 60);
    await damage(await pageOfLines());
    // The disk refuses: a folder stands where the damaged one is to be kept.
    await fs.mkdir(`${path()}.bad-2026-11-20T13-00-00-000Z`);
    const one = open();
    expect(told).to.deep.equal(["log.damaged", "log.not-mended"]);
    one.event({ kind: "e" });
    expect((await fs.readdir(folder)).filter((name) => name.includes("mend"))).to.deep.equal([]);
  });

  it("says that lines may be missing when the file was emptied or is gone", async () => {
    for (const how of ["emptied", "gone"]) {
      speak(open(1_000_000), 3);
      for (const one of opened.splice(0)) one.close();
      for (const ending of ["", "-wal", "-shm"]) await fs.rm(path() + ending, { force: true });
      if (how === "emptied") await fs.writeFile(path(), "");
      const one = open(1_000_000);
      expect(one.mended?.gaps, how).to.deep.equal([{ first: 1 }]);
      const check = await one.verify();
      expect(check.ok).to.equal(true);
      expect(check.gaps, how).to.deep.equal([{ first: 1, told: 1 }]);
    }
  });

  describe("is no way to take lines away:", () => {
    const forge = (work: (database: Database.Database) => void) => {
      for (const one of opened.splice(0)) one.close();
      const database = new Database(path());
      database.exec(DROP_GUARDS);
      work(database);
      database.close();
    };
    const last = (database: Database.Database) =>
      database.prepare("SELECT n, hash FROM line ORDER BY n DESC LIMIT 1").get() as { n: number; hash: string };
    const tell = (database: Database.Database, gaps: object[], prev?: string) => {
      const { n, hash } = last(database);
      const body = { n: n + 1, at: 1, writtenAt: 1, kind: LINES_MENDED, source: "server", detail: { gaps } };
      const text = canonical(body);
      database
        .prepare("INSERT INTO line (n, at, kind, body, hash) VALUES (?, 1, ?, ?, ?)")
        .run([n + 1, LINES_MENDED, text, hashAfter(prev ?? hash, text)]);
    };

    it("lines that nothing tells of are named as removed", async () => {
      speak(open(), 9);
      forge((database) => database.exec("DELETE FROM line WHERE n = 5"));
      expect((await open().verify()).flaw).to.deep.equal({ kind: "removed", n: 5, upTo: 5 });
    });
    it("a line that tells and does not follow upon the last is found", async () => {
      speak(open(), 9);
      forge((database) => {
        const { hash } = database.prepare("SELECT hash FROM line WHERE n = 6").get() as { hash: string };
        database.exec("DELETE FROM line WHERE n = 5");
        tell(database, [{ first: 5, last: 5, next: hash }], "0".repeat(64));
      });
      expect((await open().verify()).flaw).to.deep.equal({ kind: "changed", n: 10 });
    });
    it("the line behind the gap cannot be exchanged afterwards", async () => {
      speak(open(), 60);
      await damage(await pageOfLines());
      const next = (open().mended?.gaps[0]?.last ?? 0) + 1;
      forge((database) => database.exec(`UPDATE line SET hash = '${"a".repeat(64)}' WHERE n = ${next}`));
      expect((await open().verify()).flaw).to.include({ kind: "removed", upTo: next - 1 });
    });
    it("what others hold of a closed day still shows another past", async () => {
      const house = openClosedLog(path(), clock);
      speak(house.log, 9);
      clock.set(evening("2026-11-21"));
      await house.close();
      house.log.close();
      forge((database) => {
        database.exec("DELETE FROM line WHERE n > 5");
        tell(database, [{ first: 3, last: 3 }]);
      });
      const held = house.copies.map(({ text }) => ({ head: parseDayHead(text) as never, by: "loa «Chợ»" }));
      expect((await open().verify({ held })).ok).to.equal(false);
    });
  });
});
