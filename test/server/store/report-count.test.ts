import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import Database from "libsql";
import { silentLog } from "../../../src/base/log.js";
import { epoch } from "../../../src/base/units.js";
import { areaId } from "../../../src/domain/ids.js";
import { localDate } from "../../../src/domain/local-time.js";
import { reportOf } from "../../../src/domain/report.js";
import { countInputOf, type ReportMatter } from "../../../src/domain/report-matter.js";
import { dayHeadText } from "../../../src/protocol/day-head.js";
import { type AsRunLog, openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { countReport, reportScript } from "../../../src/server/store/report-count.js";
import { REPORT_QUERIES } from "../../../src/server/store/report-queries.js";
import { REPORT_TABLES } from "../../../src/server/store/report-tables.js";
import { aCity, fillMonth } from "../../support/a-city-month.js";
import { recount } from "../../support/recount.js";
import { differencesOf } from "../../support/recount-differences.js";

const WISHES = { receivers: 24, perDay: 4, wards: 3, from: localDate("2026-11-05"), to: localDate("2026-11-19") };

describe("a report's figures", function () {
  this.timeout(120_000);
  let folder: string;
  let path: string;
  let log: AsRunLog;
  let city: ReportMatter;
  const clock = { at: 0, date: () => epoch(clock.at) };
  before(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "log ?#%.db");
    log = openAsRunLog({ path, clock, log: silentLog, reserveBytes: 0 });
    city = aCity(WISHES);
    fillMonth(log, clock, city, WISHES);
  });
  after(async () => {
    log.close();
    await fs.rm(folder, { recursive: true });
  });
  const report = (matter = city, upTo?: number) => {
    const counted = countReport(path, { ...countInputOf(matter), upTo });
    return reportOf(matter, counted.figures, counted.upTo);
  };
  const exported = async () => {
    let text = "";
    for await (const piece of log.export("ndjson", {})) text += piece;
    return text;
  };

  it("are those that plain code finds in the exported lines", async () => {
    const found = report();
    expect(found.units.map(({ unit }) => unit)).to.deep.equal(["phuong-1", "phuong-2", "phuong-3"]);
    const counted = recount((await exported()).split("\n"), city);
    expect(differencesOf(found, counted)).to.deep.equal([]);
    // Another way of counting that finds the same of anything would prove nothing.
    const [one] = [...counted.units.values()];
    one?.airings.delete([...one.airings.keys()][0] ?? "");
    expect(differencesOf(found, counted)).to.not.deep.equal([]);
    // The city would show nothing if everything in it were as it should be.
    expect(found.total.coverage.missed).to.be.greaterThan(10);
    expect(found.total.coverage.recalled).to.be.greaterThan(0);
    expect(found.total.goldenMs).to.be.greaterThan(0);
  });

  it("agree with the results that the log holds", () => {
    const database = new Database(path);
    const held = database.prepare("SELECT state, count(*) AS times FROM result GROUP BY state ORDER BY state").all([]);
    database.close();

    // The whole station, with its place for tests as a unit of its own.
    const all = [report(), report({ ...city, scope: areaId("thu") })];
    const count = (state: string) =>
      all.reduce((sum, { total }) => {
        const { coverage, misses } = total;
        return (
          sum +
          (state === "played"
            ? coverage.played
            : misses.filter((one) => one.state === state).reduce((s, one) => s + one.times, 0))
        );
      }, 0);
    for (const { state, times } of held as { state: string; times: number }[])
      expect(count(state), state).to.equal(times);
  });

  it("are the same again when counted up to the same line, whatever was written since", () => {
    const before = report();
    clock.at += 60_000;
    log.event({ kind: "complaint.recorded", area: areaId("phuong-1"), detail: { number: 2 } });

    expect(report(city, before.upTo.n)).to.deep.equal(before);
    expect(report().upTo.n).to.equal(before.upTo.n + 1);
  });

  it("of one ward are that ward's row", () => {
    const ward = report({ ...city, scope: areaId("phuong-2") });

    expect(ward.units).to.have.length(1);
    expect(ward.units[0]).to.deep.equal(report().units[1]);
    expect(ward.about).to.equal("Phường Mẫu 2");
    expect(ward.lifts.map(({ unit }) => unit)).to.deep.equal(["phuong-2"]);
  });

  it("tell what a raise of airtime changed, and how long loudspeakers sounded against their limits", () => {
    const { lifts, units } = report();

    expect(lifts).to.have.length(1);
    expect(lifts[0]).to.deep.include({ unit: "phuong-2", from: "2026-11-10", until: "2026-11-16" });
    // Of the seven days before, the first two lie before this city's log begins.
    expect(lifts[0]?.before)
      .to.be.greaterThan(5)
      .and.lessThan(lifts[0]?.during ?? 0);
    expect(units[1]?.airtime.minutesPerDay).to.deep.include({ least: 45, most: 90, daysOver: 0 });
    expect(units[0]?.airtime.sessionsPerDay).to.deep.include({ most: 4, used: 4 });
  });

  it("tell of recalls, complaints and repairs, and of loudspeakers with what was done about them", () => {
    const { recalls, complaints, repairs, weak } = report();

    expect(recalls).to.have.length(1);
    expect(recalls[0]).to.include({ announcement: "thi-truong", by: "Ông Bình", correction: "dinh-chinh" });
    expect(recalls[0]?.heardBefore).to.be.greaterThan(100);
    expect(complaints[0]).to.include({ number: 1, receiver: "loa-6", answer: "Đã giảm còn 60%" });
    expect(JSON.stringify(complaints)).to.not.contain("Chị Hoa");
    expect(repairs).to.have.length(1);
    expect(weak.find(({ receiver }) => receiver === "loa-6")?.repairs[0]).to.include({ number: 7, done: "Đã thay" });
  });

  it("name the last day of the period that the log has closed", () => {
    expect(report()).to.not.have.property("closedDay");
    const { n, hash: head } = log.head();
    const close = (day: string, at: number) =>
      log.closeDay({
        text: dayHeadText({ v: 1, day: localDate(day), lines: 1, first: at, last: at, head, previous: head }),
        keyId: "21fe31dfa154a261",
        publicKey: "k".repeat(43),
        signature: day,
      } as never);
    close("2026-11-18", n);
    close("2026-11-20", n + 1);

    expect(report().closedDay).to.deep.equal({
      ...{ date: "2026-11-18", n: n + 1, head, keyId: "21fe31dfa154a261", signature: "2026-11-18" },
    });
  });

  it("come out of the script that anybody can run, and never touch the log", () => {
    const { n } = log.head();
    const script = reportScript(path, { ...countInputOf(city), upTo: n });
    const database = new Database(":memory:");
    const statements = script.split(/;[ \t]*(?:\n|$)/).map((one) => one.replace(/^\s*(?:--|\.).*$/gm, "").trim());
    const answers = statements
      .filter((one) => one !== "")
      .map((one) => (/^(?:SELECT|WITH)/.test(one) ? database.prepare(one).all([]) : database.exec(one)));
    expect(() => database.exec("DELETE FROM log.line")).to.throw(/readonly/);
    database.close();

    const days = answers.find((rows) => Array.isArray(rows) && "goldenMs" in ((rows[0] ?? {}) as object)) as {
      ms: number;
      date: string;
    }[];
    const inPeriod = days.filter(({ date }) => date >= city.period.from);
    expect(inPeriod.reduce((sum, { ms }) => sum + ms, 0)).to.equal(report().total.ms);
  });

  it("are explained by the guide, query by query as they run", async () => {
    const guide = await fs.readFile("docs/bao-cao-thang.md", "utf8");
    for (const { name, sql } of REPORT_TABLES) expect(guide, name).to.contain(sql);
    for (const [name, { sql }] of Object.entries(REPORT_QUERIES)) expect(guide, name).to.contain(sql);
  });

  it("cannot be had of a log that is not there", () => {
    expect(() => countReport(join(folder, "none.db"), countInputOf(city))).to.throw(/cannot be opened/);
  });
});
