import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { flawWords } from "../../../src/domain/log-flaw.js";
import { type DayHead, dayHeadText, parseDayHead, type SignedDay } from "../../../src/protocol/day-head.js";
import type { AsRunLog } from "../../../src/server/store/as-run-log.js";
import type { Witness } from "../../../src/server/store/log-check.js";
import { canonical, hashAfter, NO_HASH } from "../../../src/server/store/log-line.js";
import { makeKey, signWith } from "../../../src/server/trust/ed25519.js";
import { evening, HOUR, openClosedLog, standingClock } from "../../support/closed-log.js";
import { daysInMemory } from "../../support/days-in-memory.js";

const headOf = ({ text }: SignedDay): DayHead => parseDayHead(text) as DayHead;
const DROP_GUARDS = ["line_stays", "line_remains", "line_follows", "day_stays", "day_remains"]
  .map((name) => `DROP TRIGGER ${name};`)
  .join(" ");

describe("closed days of the log", () => {
  let folder: string;
  let path: string;
  const opened: AsRunLog<string>[] = [];
  const clock = standingClock(0);
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "log.db");
    clock.set(evening("2026-11-20"));
  });
  afterEach(async () => {
    for (const log of opened.splice(0)) log.close();
    await fs.rm(folder, { recursive: true });
  });
  const open = (...more: [key?: ReturnType<typeof makeKey>, signed?: ReturnType<typeof daysInMemory>]) => {
    const house = openClosedLog(path, clock, ...more);
    opened.push(house.log);
    return house;
  };
  const speak = (log: AsRunLog<string>, count: number, kind = "e") =>
    log.events(Array.from({ length: count }, (_, i) => ({ kind, by: `người ${i}` })));

  it("are closed when they are over in the station's zone, each with the head of the one before", async () => {
    const { log, close, copies } = open();
    speak(log, 3);
    // 23:59 in Vietnam is still the same day, whatever it is elsewhere.
    clock.set(evening("2026-11-20") + 4 * HOUR - 60_000);
    await close();
    expect(copies).to.have.length(0);
    clock.set(evening("2026-11-20") + 4 * HOUR + 1000);
    await close();
    speak(log, 2);
    clock.set(evening("2026-11-22"));
    await close();
    await close();

    const [first, second] = copies.map(headOf);
    expect(first).to.include({ day: "2026-11-20", first: 1, last: 3, lines: 3, previous: NO_HASH });
    // The line that closes a day is the first of the next.
    expect(second).to.include({ day: "2026-11-21", first: 4, last: 6, lines: 3, previous: first?.head });
    expect(copies).to.have.length(2);
    expect(log.days.book()).to.have.length(2);
    expect(log.days.heads(undefined, 10)).to.deep.equal(copies);
    expect(log.days.heads("2026-11-20" as never, 10)).to.deep.equal(copies.slice(1));
    expect(await log.verify()).to.include({ ok: true, days: 2, lines: 7 });
  });

  it("are closed in order at the next start after the server was off", async () => {
    const { log, key, signed } = open();
    speak(log, 2);
    clock.set(evening("2026-11-21"));
    speak(log, 4);
    clock.set(evening("2026-11-22"));
    speak(log, 1);
    log.close();
    clock.set(evening("2026-11-28"));
    const later = open(key, signed);
    await later.close();
    expect(later.copies.map(headOf).map(({ day, lines }) => [day, lines])).to.deep.equal([
      ["2026-11-20", 2],
      ["2026-11-21", 4],
      ["2026-11-22", 1],
    ]);
    expect(await later.log.verify()).to.include({ ok: true, days: 3 });
  });

  it("are closed once though the program dies between the signature and the line", async () => {
    const { log, key, signed } = open();
    speak(log, 2);
    const before = log.head();
    clock.set(evening("2026-11-21"));
    const text = dayHeadText({
      ...{ v: 1, day: "2026-11-20" as never, lines: 2, first: 1, last: 2 },
      ...{ head: before.hash, previous: NO_HASH },
    });
    signed.keep(text);
    log.event({ kind: "e" });
    log.close();
    const later = open(key, signed);
    await later.close();
    expect(later.copies.map(({ text: one }) => one)).to.deep.equal([text]);
  });

  it("go on by the next day where a day was signed whose lines are lost", async () => {
    const { log, close, copies } = open(makeKey(), daysInMemory(headText("2026-11-20")));
    speak(log, 2);
    clock.set(evening("2026-11-21"));
    await close();
    expect(copies).to.have.length(0);
    speak(log, 1);
    clock.set(evening("2026-11-22"));
    await close();
    expect(copies.map(headOf)).to.have.length(1);
    expect(headOf(copies[0] as SignedDay)).to.include({ day: "2026-11-21", first: 1 });
    expect(await log.verify()).to.include({ ok: true, days: 1 });
  });

  it("take up lines of a clock that ran ahead and was put right", async () => {
    const { log, close, copies } = open();
    speak(log, 1);
    clock.set(evening("2099-01-01"));
    speak(log, 3);
    clock.set(evening("2026-11-20") + HOUR);
    speak(log, 1);
    clock.set(evening("2026-11-21"));
    await close();
    expect(copies.map(headOf)).to.deep.include.members([]);
    expect(headOf(copies[0] as SignedDay)).to.include({ day: "2026-11-20", first: 1, last: 5 });
  });

  it("cannot be changed or removed", () => {
    const { log } = open();
    log.close();
    const database = new Database(path);
    database.exec("INSERT INTO day VALUES ('2026-01-01', 1, 1, 1, '')");
    expect(() => database.exec("DELETE FROM day")).to.throw("append-only");
    expect(() => database.exec("UPDATE day SET head = 'x'")).to.throw("append-only");
    database.close();
  });

  describe("and whoever tampers with the file", () => {
    /** Four days: lines 1–3, 4–7, 8–11 and what is open; closed by lines 4, 8 and 12. */
    async function fourDays() {
      const house = open();
      speak(house.log, 3);
      for (const day of ["2026-11-21", "2026-11-22", "2026-11-23"]) {
        clock.set(evening(day));
        await house.close();
        speak(house.log, 3);
      }
      const head = house.log.head();
      house.log.close();
      return { ...house, head };
    }
    async function check(sql: string | ((database: Database.Database) => void), witness: Witness = {}) {
      const { copies, head, key } = await fourDays();
      const database = new Database(path);
      database.exec(DROP_GUARDS);
      if (typeof sql === "string") database.exec(sql);
      else sql(database);
      database.close();
      const { log } = open();
      const held = copies.map((one) => ({ head: headOf(one), by: "loa «Chợ»" }));
      const found = await log.verify(witness);
      const known = { heads: await log.verify({ heads: [head.hash] }), held: await log.verify({ held }) };
      return { ...found, words: found.flaw && flawWords(found.flaw).vi, known, copies, key };
    }
    /** Writes the chain anew, as somebody would who knows how it is made. */
    const rehash = (database: Database.Database) => {
      let prev = NO_HASH;
      let n = 0;
      for (const row of database.prepare("SELECT n, body FROM line ORDER BY n").all() as {
        n: number;
        body: string;
      }[]) {
        n += 1;
        const body = canonical({ ...JSON.parse(row.body), n });
        prev = hashAfter(prev, body);
        database.prepare("UPDATE line SET n = ?, body = ?, hash = ? WHERE n = ?").run([n, body, prev, row.n]);
      }
    };

    it("who does nothing is not found", async () => {
      const { ok, days, lines, known } = await check("SELECT 1");
      expect({ ok, days, lines }).to.deep.equal({ ok: true, days: 3, lines: 15 });
      expect([known.heads.ok, known.held.ok]).to.deep.equal([true, true]);
    });

    for (const [what, sql, words] of [
      [
        "a line",
        "UPDATE line SET body = replace(body, 'người 1', 'ai đó') WHERE n = 6",
        "Dòng 6 đã bị sửa sau khi ghi.",
      ],
      ["a line's hash, too", "UPDATE line SET hash = 'a' WHERE n = 9", "Dòng 9 đã bị sửa sau khi ghi."],
      ["what a line is found by", "UPDATE line SET at = 5 WHERE n = 2", "Dòng 2 đã bị sửa sau khi ghi."],
    ] as const)
      it(`changing ${what} is found and named`, async () => {
        expect(await check(sql)).to.include({ ok: false, words });
      });

    it("removing lines is found and named, also when the numbers were closed up", async () => {
      expect(await check("DELETE FROM line WHERE n = 6")).to.include({ brokenAt: 6, words: "Dòng 6 đã bị xóa." });
    });
    it("removing several lines is found and named", async () => {
      const { words } = await check("DELETE FROM line WHERE n IN (5, 6)");
      expect(words).to.equal("Các dòng từ 5 đến 6 đã bị xóa.");
    });
    it("closing up the numbers behind a removed line is found and named", async () => {
      const { words } = await check((database) => {
        database.exec("DELETE FROM line WHERE n = 6");
        for (let n = 7; n <= 15; n++) database.exec(`UPDATE line SET n = ${n - 1} WHERE n = ${n}`);
      });
      expect(words).to.equal("Dòng 6 đã bị xóa.");
    });

    it("swapping two lines is found and named", async () => {
      const swap =
        "UPDATE line SET n = -6 WHERE n = 6; UPDATE line SET n = 6 WHERE n = 9; UPDATE line SET n = 9 WHERE n = -6";
      expect(await check(swap)).to.include({ brokenAt: 6, words: "Dòng 6 và dòng 9 đã bị đổi chỗ." });
    });

    it("changing a line and writing the chain anew is found by the day's head", async () => {
      const { brokenAt, words } = await check((database) => {
        database.exec("UPDATE line SET body = replace(body, 'người 1', 'ai đó') WHERE n = 6");
        rehash(database);
      });
      expect(brokenAt).to.equal(4);
      expect(words).to.match(/^Ngày 21\/11\/2026: các dòng từ 4 đến 7 không còn như lúc khóa sổ/);
    });

    it("removing a whole day and writing the chain anew is found and named", async () => {
      const { words } = await check((database) => {
        database.exec("DELETE FROM line WHERE n BETWEEN 5 AND 8");
        rehash(database);
      });
      expect(words).to.match(/^Ngày 22\/11\/2026 \(khóa sổ ở dòng 8\) không nối tiếp ngày trước/);
    });

    it("taking a day out of the book, or swapping two in it, is found and named", async () => {
      expect((await check("DELETE FROM day WHERE date = '2026-11-21'")).words).to.match(/^Ngày 21\/11\/2026 đã bị gỡ/);
    });
    it("swapping two days in the book is found and named", async () => {
      const swap = `UPDATE day SET date = 'x' WHERE date = '2026-11-20';
        UPDATE day SET date = '2026-11-20' WHERE date = '2026-11-21'; UPDATE day SET date = '2026-11-21' WHERE date = 'x'`;
      expect((await check(swap)).words).to.equal("Ngày 20/11/2026 và ngày 21/11/2026 đã bị đổi chỗ trong sổ các ngày.");
    });

    it("cutting off the end is found by the book of days", async () => {
      const { words } = await check("DELETE FROM line WHERE n > 9");
      expect(words).to.match(/^Nhật ký bị cắt đuôi: thiếu từ dòng 10 đến ít nhất dòng 12, của ngày 22\/11\/2026/);
    });
    it("cutting off the end with the book is found by what loudspeakers hold", async () => {
      const { ok, known } = await check("DELETE FROM line WHERE n > 9; DELETE FROM day WHERE n > 9");
      expect(ok).to.equal(true);
      expect(known.held.flaw && flawWords(known.held.flaw).vi).to.match(
        /thiếu từ dòng 10 đến ít nhất dòng 11, của ngày 22\/11\/2026 \(so với loa «Chợ»\)/,
      );
    });
    it("cutting off the open day is found by a head that somebody noted down", async () => {
      const { ok, known } = await check("DELETE FROM line WHERE n > 13");
      expect(ok).to.equal(true);
      expect(known.held.ok).to.equal(true);
      expect(known.heads.flaw).to.include({ kind: "head-unknown", n: 14 });
    });

    it("signing another past with a key of one's own is found by the station's key, and by what loudspeakers hold", async () => {
      const forger = makeKey();
      const forge = (database: Database.Database) => {
        database.exec("UPDATE line SET body = replace(body, 'người 1', 'ai đó') WHERE n = 2; DELETE FROM day;");
        let last = { n: 0, hash: NO_HASH };
        let prev = NO_HASH;
        for (const row of database.prepare("SELECT n, body FROM line ORDER BY n").all() as {
          n: number;
          body: string;
        }[]) {
          const body = JSON.parse(row.body);
          if (body.kind === "day.closed") {
            const was = parseDayHead(body.detail.text) as DayHead;
            const head = { ...was, previous: last.hash, head: prev };
            const text = dayHeadText(head);
            body.detail = { ...forger, key: undefined, text, signature: signWith(forger, "day", text) };
            database.prepare("INSERT INTO day VALUES (?, ?, ?, ?, ?)").run([was.day, row.n, was.first, was.last, prev]);
            last = { n: row.n, hash: prev };
          }
          prev = hashAfter(prev, canonical(body));
          database.prepare("UPDATE line SET body = ?, hash = ? WHERE n = ?").run([canonical(body), prev, row.n]);
        }
      };
      const { ok, known } = await check(forge);
      expect(ok).to.equal(true);
      expect(known.held.flaw).to.include({ kind: "day-rewritten", n: 1, upTo: 3, day: "2026-11-20" });
      const { log } = open();
      const found = await log.verify({ isOurs: ({ publicKey }) => publicKey !== forger.publicKey });
      expect(found.flaw).to.include({ kind: "day-unsigned", day: "2026-11-22" });
    });
  });

  const headText = (day: string) =>
    dayHeadText({ v: 1, day: day as never, lines: 9, first: 1, last: 9, head: "b".repeat(64), previous: NO_HASH });
});
