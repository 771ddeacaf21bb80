import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { silentLog } from "../../../src/base/log.js";
import { announcementId, areaId, occurrenceId, receiverId } from "../../../src/domain/ids.js";
import type { AsRunLog } from "../../../src/server/store/as-run-log.js";
import { openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { copyDatabase } from "../../../src/server/store/log-copy.js";
import { evening, openClosedLog, standingClock } from "../../support/closed-log.js";

/** Bytes of a page of SQLite. */
const PAGE = 4096;
const LINES = 60;

/** What a disk may do to one page, or from there on. */
const DAMAGES: Record<string, (whole: Buffer, from: number) => Buffer> = {
  zeroed: (whole, from) => Buffer.from(whole).fill(0, from, Math.min(whole.length, from + PAGE)),
  torn: (whole, from) => Buffer.from(whole).fill(0, from, Math.min(whole.length, from + 512)),
  scrambled: (whole, from) => Buffer.from(whole).fill("damaged by the disk", from, Math.min(whole.length, from + PAGE)),
  "torn in its middle": (whole, from) =>
    Buffer.from(whole).fill(0, Math.min(whole.length, from + 2048), Math.min(whole.length, from + 2560)),
  "cut off": (whole, from) => whole.subarray(0, from),
};

describe("a log that is damaged inside", function () {
  this.timeout(120_000);
  let folder: string;
  let place: string;
  let whole: Buffer;
  /** What the whole one says, to compare with. */
  let bodies: ReadonlyMap<number, string>;
  let facts: object;
  before(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    place = folder;
    await fillLog();
    // What was written lies in a file beside it until it is taken over: a copy holds it all.
    copyDatabase(path(), join(folder, "copy.db"));
    whole = await fs.readFile(join(folder, "copy.db"));
    bodies = linesIn(path());
    await lay(whole);
    facts = look().facts;
  });
  after(() => fs.rm(folder, { recursive: true }));

  const path = () => join(place, "log.db");
  const clock = standingClock(evening("2026-11-22"));
  const sang = (day: number) => occurrenceId("sang", Date.UTC(2026, 10, day, 0));

  /** Two closed days of everything that a log has ways to. */
  async function fillLog() {
    clock.set(evening("2026-11-20"));
    const { log, close } = openClosedLog(path(), clock);
    for (const day of [20, 21, 22]) {
      clock.set(evening(`2026-11-${day}`));
      await close();
      fillDay(log, day);
    }
    log.close();
  }
  function fillDay(log: AsRunLog<string>, day: number) {
    log.events(
      Array.from({ length: LINES }, (_, n) => ({
        ...{ kind: "announcement.saved", why: `lý do ${n}`, by: { name: `Chị Hoa ${n % 5}` } },
        ...{ detail: { id: `tin-${n % 9}` }, before: {}, after: { source: `${n}/KH-UBND`, text: "x".repeat(100) } },
      })),
    );
    // Longer than a page: such a row goes on in others.
    log.event({ kind: "settings.changed", detail: { text: "dài ".repeat(3_000) } });
    const at = (day * 86_400 + 5) * 1_000_000;
    const line = { cue: sang(day), class: "ordinary", announcements: ["tin-1"], at } as const;
    for (const loa of ["loa-1", "loa-2"])
      log.heard(receiverId(loa), areaId("phuong-1"), "j", [
        { seq: 2 * day - 39, event: "started", ...line } as never,
        { seq: 2 * day - 38, event: "finished", ...line, heardMs: 5 } as never,
      ]);
    log.settle([{ kind: "result", occurrence: sang(day), state: "unknown", receivers: [receiverId("loa-3")] }]);
    log.eventOnce(`closed ${day}`, { kind: "occurrence.closed", occurrence: sang(day) });
  }

  function linesIn(file: string): Map<number, string> {
    const database = new Database(file);
    const rows = database.prepare("SELECT n, body, hash FROM line ORDER BY n").all() as {
      n: number;
      body: string;
      hash: string;
    }[];
    database.close();
    return new Map(rows.map(({ n, body, hash }) => [n, `${hash} ${body}`]));
  }
  /** Opens it, and says what was said, and what the log says of what it knows. */
  function look() {
    const told: string[] = [];
    const log = { ...silentLog, error: (event: string) => void told.push(event) };
    clock.set(evening("2026-11-22"));
    const asRun = openAsRunLog({ path: path(), clock, log, reserveBytes: 0 });
    const facts = {
      settled: [20, 21, 22].map((day) => [...asRun.settledAt(sang(day))]),
      hearings: asRun.hearings(announcementId("tin-1")),
      last: asRun.lastHeard(announcementId("tin-1")),
      sounds: [...asRun.lastSounds()],
      journals: ["loa-1", "loa-2"].map((loa) => asRun.reportedUpTo(receiverId(loa), "j")),
      book: asRun.days.book().map(({ date, first, last }) => [date, first, last]),
    };
    return { told, facts, asRun };
  }
  /** Each has a folder of its own: a connection that is closed may still tidy up beside its file. */
  const lay = async (bytes: Uint8Array) => {
    place = await fs.mkdtemp(join(folder, "log-"));
    await fs.writeFile(path(), bytes);
  };
  const asideOf = async () => (await fs.readdir(place)).filter((name) => name.startsWith("log.db.bad-"));

  it("is left as it is when it is whole", async () => {
    await lay(whole);
    const { told, asRun } = look();
    expect(told).to.deep.equal([]);
    expect(asRun.mended).to.equal(undefined);
    expect((await asRun.verify()).ok).to.equal(true);
    expect(await asideOf()).to.deep.equal([]);
    asRun.close();
  });

  for (const [how, damage] of Object.entries(DAMAGES))
    it(`opens with all lines that are left, names those that are not, and keeps the file, whichever page is ${how}`, async () => {
      const pages = whole.length / PAGE;
      expect(pages).to.be.within(30, 200);
      let lostLines = 0;
      for (let page = how === "cut off" ? 1 : 0; page < pages; page++) {
        const bad = damage(whole, page * PAGE);
        await lay(bad);
        const where = `page ${page + 1}`;
        const { told, asRun, facts: found } = look();
        // Zeros where nothing stood, or in the midst of what is made again from the lines, are not seen.
        if (how === "torn in its middle" && told.length === 0) {
          asRun.close();
          continue;
        }
        expect(told, where).to.deep.equal(["log.damaged", "log.mended"]);
        const mended = asRun.mended;
        expect(mended, where).to.not.equal(undefined);
        // The file is there as the disk had left it.
        const [aside = ""] = await asideOf();
        expect(aside, where).to.equal(mended?.aside);

        // Every line that is there is the one that was written, byte for byte, and the rest is named.
        const now = linesIn(path());
        const telling = asRun.head().n;
        now.delete(telling);
        const missing = new Set([...bodies.keys()].filter((n) => !now.has(n)));
        for (const [n, text] of now) expect(text, `${where}, line ${n}`).to.equal(bodies.get(n));
        const named = new Set(
          (mended?.gaps ?? []).flatMap(({ first, last = first }) =>
            Array.from({ length: last - first + 1 }, (_, index) => first + index),
          ),
        );
        expect(
          [...missing].every((n) => named.has(n) || n > telling),
          where,
        ).to.equal(true);
        expect(missing.size + (mended?.lines ?? 0), where).to.equal(bodies.size);
        lostLines += missing.size;

        const check = await asRun.verify();
        expect(check, `${where} ${JSON.stringify(check.flaw)}`).to.include({ ok: true });
        if (missing.size > 0) expect(check.gaps?.[0]?.told, where).to.equal(telling);
        // Where no line was lost everything that was known is known.
        else expect(found, where).to.deep.equal(facts);

        // It goes on, and is whole when it is opened again.
        asRun.event({ kind: "e" });
        asRun.close();
        const again = look();
        expect(again.told, where).to.deep.equal([]);
        expect(await again.asRun.verify(), where).to.include({ ok: true });
        again.asRun.close();
      }
      expect(lostLines, "something was lost at all").to.be.greaterThan(how === "cut off" ? 100 : 10);
    });

  it("says so, too, when the file is damaged that the newest lines lie in until they are taken over", async () => {
    place = await fs.mkdtemp(join(folder, "log-"));
    const writer = openAsRunLog({ path: path(), clock, log: silentLog, reserveBytes: 0 });
    const [rounds, atOnce] = [12, 5];
    for (let round = 0; round < rounds; round++)
      writer.events(
        Array.from({ length: atOnce }, (_, n) => ({ kind: "e", by: `${n}`, detail: { text: "x".repeat(300) } })),
      );
    // As kill -9 leaves them.
    const [main, wal] = await Promise.all([fs.readFile(path()), fs.readFile(`${path()}-wal`)]);
    writer.close();
    expect(wal.length / PAGE).to.be.greaterThan(20);
    let isToldOf = 0;
    for (const [how, damage] of Object.entries(DAMAGES))
      for (let from = 0; from < wal.length; from += PAGE) {
        await lay(main);
        await fs.writeFile(`${path()}-wal`, damage(wal, from));
        const where = `${how} from ${from}`;
        const { told, asRun } = look();
        const { mended } = asRun;
        const there = asRun.head().n - (mended === undefined ? 0 : 1);
        // A last write that is torn, or what is cut off from some place on, may not have been finished when the power went; and
        // where the end of the write before it is gone with its beginning, nobody can tell the two apart.
        if (mended === undefined && how !== "cut off") expect(there, where).to.be.at.least((rounds - 2) * atOnce);
        if (mended !== undefined) isToldOf += 1;
        expect(told, where).to.deep.equal(mended === undefined ? [] : ["log.damaged", "log.mended"]);
        expect(await asRun.verify(), where).to.include({ ok: true });
        asRun.close();
      }
    expect(isToldOf).to.be.greaterThan(40);
  });
});
