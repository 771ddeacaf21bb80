import { expect } from "chai";
import * as fc from "fast-check";
import { epoch } from "../../src/base/units.js";
import { addDays, daysBetween } from "../../src/domain/calendar.js";
import { documentNumberIn } from "../../src/domain/document-number.js";
import { areaId, occurrenceId, receiverId } from "../../src/domain/ids.js";
import { localDate, localTime } from "../../src/domain/local-time.js";
import { digestOf, nightBefore, plannedAt } from "../../src/domain/night-digest.js";
import { reportOf } from "../../src/domain/report.js";
import { NOWHERE, type ReportFigures } from "../../src/domain/report-figures.js";
import { reportPaper } from "../../src/domain/report-paper.js";
import { monthAt, monthBefore, monthSchema, periodOf, stageOf } from "../../src/domain/report-period.js";
import { numberWords, percentWords } from "../../src/domain/report-words.js";
import { zoneOf } from "../../src/domain/zone.js";
import { aCity } from "../support/a-city-month.js";
import { checkProperty } from "../support/check-property.js";

const DAYS = { periodEndsOn: 25, draftOn: 23, dueOn: 25 };
const month = (text: string) => monthSchema.parse(text);
const POINT = { n: 9, hash: "f".repeat(64) };

describe("the period of a report", () => {
  it("goes from the 26th of the month before to the 25th", () => {
    expect(periodOf(month("2026-11"), DAYS)).to.deep.include({
      from: "2026-10-26",
      to: "2026-11-25",
      dueOn: "2026-11-25",
    });
    expect(periodOf(month("2027-01"), DAYS).from).to.equal("2026-12-26");
    expect(monthAt(localDate("2026-11-25"), DAYS)).to.equal("2026-11");
    expect(monthAt(localDate("2026-12-26"), DAYS)).to.equal("2027-01");
  });

  it("holds every day in exactly one period, whatever day it ends on", () => {
    const days = fc.integer({ min: 0, max: 3000 }).map((add) => addDays(localDate("2024-01-01"), add));
    checkProperty(
      fc.property(days, fc.integer({ min: 1, max: 28 }), (day, periodEndsOn) => {
        const settings = { ...DAYS, periodEndsOn };
        const period = periodOf(monthAt(day, settings), settings);
        expect(day >= period.from && day <= period.to).to.equal(true);
        expect(periodOf(monthBefore(period.month), settings).to).to.equal(addDays(period.from, -1));
        expect(daysBetween(period.from, period.to)).to.be.within(27, 30);
      }),
    );
  });

  it("is drafted, due, late, and then handed in", () => {
    const period = periodOf(month("2026-11"), DAYS);
    const stage = (day: string, isSubmitted = false) => stageOf(period, localDate(day), isSubmitted);
    expect(["22", "23", "24", "25", "26"].map((day) => stage(`2026-11-${day}`))).to.deep.equal([
      ...["open", "draft", "draft", "due", "late"],
    ]);
    expect(stage("2026-11-30", true)).to.equal("submitted");
  });
});

describe("numbers of documents", () => {
  for (const [text, number] of [
    ["Thành ủy, công văn số 335-CV/ThU ngày 10/7/2021", "335-CV/ThU"],
    ["kế hoạch 17-KH/BTGTU", "17-KH/BTGTU"],
    ["Chỉ thị 16/CT-TTg của Thủ tướng", "16/CT-TTg"],
    ["117/2020/NĐ-CP", "117/2020/NĐ-CP"],
    ["Thông tư 39/2020/TT-BTTTT", "39/2020/TT-BTTTT"],
    ["số 12/BC-UBND", "12/BC-UBND"],
    ["Trạm y tế phường", undefined],
    ["ngày 10/7/2021", undefined],
    ["hẻm 12/3 đường Bùi Thị Xuân", undefined],
    ["24/7", undefined],
    ["Covid-19", undefined],
  ] as const)
    it(`${number ?? "none"} in «${text}»`, () => {
      expect(documentNumberIn(text)).to.equal(number);
    });
});

describe("the report", () => {
  const nothing: ReportFigures = {
    ...{ days: [], sessions: [], busiest: [], contents: [], coverage: [], reasons: [] },
    ...{ recalls: [], complaints: [], repairs: [], levels: [], vans: [], heads: [] },
  };
  const city = aCity({ receivers: 20, perDay: 1, wards: 2 });
  const ward = areaId("phuong-1");

  it("has a row of zeros for a ward that was silent, and none for places of tests", () => {
    const { units, total } = reportOf(city, nothing, POINT);
    expect(units.map(({ name }) => name)).to.deep.equal(["Phường Mẫu 1", "Phường Mẫu 2"]);
    expect(total).to.deep.include({ airings: 0, ms: 0, goldenMs: 0 });
  });

  it("keeps the row of a ward that ended, and of places that nobody knows", () => {
    const rows = ["phuong-cu", NOWHERE].map((unit) => ({
      ...{ unit: unit as never, date: localDate("2026-11-02"), class: "ordinary", airings: 1, ms: 60_000, goldenMs: 0 },
    }));
    const ended = { ...city.areas[1], id: areaId("phuong-cu"), name: "Phường Cũ", until: localDate("2026-10-26") };
    const { units, total } = reportOf(
      { ...city, areas: [...city.areas, ended as never] },
      { ...nothing, days: rows },
      POINT,
    );
    expect(units.slice(2).map(({ name }) => name)).to.deep.equal(["Chưa rõ địa bàn", "Phường Cũ"]);
    expect(total.ms).to.equal(120_000);
  });

  it("sums wards up to the city, whatever they aired", () => {
    const day = fc.record({
      unit: fc.constantFrom("phuong-1", "phuong-2").map((unit) => areaId(unit)),
      date: fc.constantFrom("2026-10-26", "2026-11-25").map((date) => localDate(date)),
      class: fc.constantFrom("ordinary", "priority", "emergency"),
      airings: fc.nat(50),
      ms: fc.nat(1e8),
      goldenMs: fc.nat(1e6),
    });
    checkProperty(
      fc.property(fc.array(day, { maxLength: 12 }), (days) => {
        const { units, total } = reportOf(city, { ...nothing, days }, POINT);
        const sum = (read: (it: (typeof units)[number]) => number) => units.reduce((all, it) => all + read(it), 0);
        expect(total.ms)
          .to.equal(sum(({ ms }) => ms))
          .and.to.equal(days.reduce((all, { ms }) => all + ms, 0));
        expect(total.ms).to.equal(total.byClass.ordinary.ms + total.byClass.priority.ms + total.byClass.emergency.ms);
        expect(total.days.reduce((all, { ms }) => all + ms, 0)).to.equal(total.ms);
        expect(total.byLevel.reduce((all, { ms }) => all + ms, 0)).to.equal(total.ms);
      }),
    );
  });

  it("counts minutes by the response level that was in force on their day", () => {
    const level = { name: "bung-phat", title: "Bùng phát", rank: 3, schedules: [], suspends: [], minutesPerDay: 120 };
    const [from, until] = [localDate("2026-11-10"), localDate("2026-11-12")];
    const declaration = { level: level.name, area: areaId("thanh-pho"), from, until, reason: "ca mới", by: "Ông Bình" };
    const on = (date: string) => ({
      ...{ unit: ward, date: localDate(date), class: "ordinary" },
      airings: 1,
      ms: 600_000,
      goldenMs: 0,
    });
    const report = reportOf(
      { ...city, levels: [level], declarations: [declaration] },
      { ...nothing, days: [on("2026-11-09"), on("2026-11-10"), on("2026-11-12")] },
      POINT,
    );
    expect(report.total.byLevel).to.deep.equal([
      { level: "bung-phat", airings: 2, ms: 1_200_000 },
      { level: "", airings: 1, ms: 600_000 },
    ]);
    expect(report.lifts.map(({ level: title, unit }) => [title, unit])).to.deep.include(["Bùng phát", "phuong-1"]);
  });

  it("compares the minutes before, during and after a raise that somebody decided, as far as it held", () => {
    const raise = {
      ...{ area: ward, reason: "đợt dịch mới", document: "12/MAU-KH", minutesPerDay: 60 },
      ...{ from: localDate("2026-11-10"), until: localDate("2026-11-12") },
    };
    const minutesOn = (date: string, minutes: number) => ({
      ...{ unit: ward, date: localDate(date), ms: minutes * 60_000, sessions: 1, longestMs: minutes * 60_000 },
    });
    const report = reportOf(
      { ...city, raises: [raise] },
      { ...nothing, busiest: [minutesOn("2026-11-09", 14), minutesOn("2026-11-11", 45), minutesOn("2026-11-13", 7)] },
      POINT,
    );
    const lifts = report.lifts.filter(({ area }) => area === ward);
    expect(lifts.map(({ before, during, after }) => [before, during, after])).to.deep.equal([[2, 15, 1]]);
    const { least, most } = report.units.find(({ unit }) => unit === ward)?.airtime.minutesPerDay ?? {};
    expect([least, most]).to.deep.equal([45, 60]);
    const letterhead = { symbol: "BC", signer: { office: "Trưởng đài" }, recipients: [] };
    const paper = reportPaper(report, { letterhead, zone: city.zone, levelTitles: {} });
    expect(JSON.stringify(paper)).to.include("đợt dịch mới (12/MAU-KH)");
  });

  it("is set out as Decree 30/2020 wants papers, with the days and zeros that it wants", () => {
    const letterhead = {
      symbol: "BC-UBND",
      place: "Đà Lạt",
      signer: { office: "Chủ tịch" },
      recipients: [{ name: "Sở", as: "b/c" }],
    };
    const at = (text: string) => epoch(Date.parse(text));
    const paper = (countedAt: string) =>
      reportPaper(reportOf({ ...city, countedAt: at(countedAt) }, nothing, POINT), {
        letterhead,
        zone: city.zone,
        levelTitles: {},
      });

    expect(paper("2026-11-23T03:00:00Z").head.placeAndDate).to.equal("Đà Lạt, ngày 25 tháng 11 năm 2026");
    expect(paper("2027-02-04T03:00:00Z").head.placeAndDate).to.equal("Đà Lạt, ngày 04 tháng 02 năm 2027");
    const { head, recipients, subject, proof } = paper("2026-11-23T03:00:00Z");
    expect(head.number).to.match(/^Số: +\/BC-UBND$/);
    expect(recipients).to.deep.equal(["- Sở (b/c);", "- Lưu: VT."]);
    expect(subject).to.contain("tháng 11/2026");
    expect(proof)
      .to.match(/^Số liệu/)
      .and.to.contain("đến dòng 9")
      .and.to.contain("f".repeat(64));
  });

  it("prints the signed head of the last closed day, where there is one", () => {
    const closed = {
      date: localDate("2026-11-24"),
      n: 8,
      head: "a".repeat(64),
      keyId: "21fe31dfa154a261",
      signature: "chu-ky",
    };
    const report = reportOf(city, { ...nothing, heads: [closed] }, POINT);
    const letterhead = { symbol: "BC", signer: { office: "Trưởng đài" }, recipients: [] };
    const { proof } = reportPaper(report, { letterhead, zone: city.zone, levelTitles: {} });

    expect(report.closedDay).to.deep.equal(closed);
    expect(proof)
      .to.contain("đến hết ngày 24/11/2026")
      .and.to.contain("a".repeat(64))
      .and.to.contain("21fe31dfa154a261: chu-ky");
  });

  it("writes numbers as Vietnamese offices do", () => {
    expect(numberWords(1234567.891, 1)).to.equal("1.234.567,9");
    expect(numberWords(-0.04, 1)).to.equal("0,0");
    expect(percentWords(1, 3)).to.equal("33,3%");
    expect(percentWords(1, 0)).to.equal("–");
  });
});

describe("the digest of a morning", () => {
  const zone = zoneOf("Asia/Ho_Chi_Minh");
  const night = nightBefore(localDate("2026-11-23"), localTime("06:00"), zone);
  const row = (why: string, more = {}) => ({
    ...{
      unit: areaId("phuong-1"),
      occurrence: occurrenceId("toi", Date.UTC(2026, 10, 22, 11)),
      title: "Buổi tối",
      class: "ordinary",
    },
    ...{ state: "missed" as const, why, byPlan: 0, receivers: [receiverId("loa-1"), receiverId("loa-2")], ...more },
  });
  const nameOf = () => "Phường Mẫu 1";
  const made = (rows: ReturnType<typeof row>[]) =>
    digestOf(rows, { date: localDate("2026-11-23"), ...night, nameOf }, POINT);

  it("is of the day and night up to that hour", () => {
    expect(new Date(night.from).toISOString()).to.equal("2026-11-21T23:00:00.000Z");
    expect(new Date(night.until).toISOString()).to.equal("2026-11-22T23:00:00.000Z");
    expect(plannedAt(row("").occurrence)).to.equal(Date.UTC(2026, 10, 22, 11));
  });

  it("tells what should have sounded, where, why not, and what to do", () => {
    const { items, words, receivers } = made([
      row("quiet-hours", { byPlan: 1 }),
      row("not-connected", { state: "unknown" }),
    ]);

    expect(
      items.map(({ why }) => why),
      "what the rules gave up comes last",
    ).to.deep.equal(["not-connected", "quiet-hours"]);
    expect(items[0]).to.deep.include({ title: "Buổi tối", unitName: "Phường Mẫu 1", at: "2026-11-22T11:00:00.000Z" });
    expect(items[0]?.words.vi).to.equal("không rõ: loa mất liên lạc");
    expect(items[0]?.advice.vi).to.contain("nguồn điện");
    expect(items[1]?.advice.vi).to.contain("không phải làm gì");
    expect(receivers).to.equal(2);
    expect(words.vi).to.contain("1 trường hợp");
  });

  it("says so when all was well", () => {
    expect(made([]).words.vi).to.equal("Mọi lượt phát đều đã phát trọn.");
  });
});
