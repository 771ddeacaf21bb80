import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { epoch } from "../../../src/base/units.js";
import { announcementId, areaId, occurrenceId, receiverId } from "../../../src/domain/ids.js";
import { reportOf } from "../../../src/domain/report.js";
import { countInputOf } from "../../../src/domain/report-matter.js";
import { type AsRunLog, openAsRunLog } from "../../../src/server/store/as-run-log.js";
import { countReport } from "../../../src/server/store/report-count.js";
import { aCity } from "../../support/a-city-month.js";

describe("the minutes of a sounding that was cut", () => {
  let folder: string;
  let path: string;
  let log: AsRunLog;
  let heard = 0;
  const city = aCity({ receivers: 20, perDay: 1, wards: 2 });
  const due = Date.UTC(2026, 10, 10, 10);
  const clock = { at: due, date: () => epoch(clock.at) };
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
    path = join(folder, "log.db");
    clock.at = due;
    log = openAsRunLog({ path, clock, log: silentLog, reserveBytes: 0 });
  });
  afterEach(async () => {
    log.close();
    await fs.rm(folder, { recursive: true });
  });

  const air = (event: "cut" | "finished", heardMs: number, content: readonly object[]) => {
    const occurrence = occurrenceId("chieu", due);
    const announcements = [announcementId("mot"), announcementId("hai"), announcementId("ba")];
    const about = { cue: occurrence, class: "ordinary", announcements, dueAt: due * 1000 } as const;
    heard = heardMs;
    log.heard(receiverId("loa-2"), areaId("to-2"), "nhat-ky", [
      { seq: 1, event: "started", ...about, at: due * 1000, heardMs: 0 },
      { seq: 2, event, ...about, at: (due + heardMs) * 1000, heardMs },
    ]);
    log.event({ kind: "occurrence.closed", occurrence, detail: { title: "Chiều", content } });
  };
  const piece = (announcement: string, ms: number, at?: number) => ({
    ...{ announcement, title: announcement, topic: `chu-de-${announcement}`, ms },
    ...(at === undefined ? {} : { at }),
  });
  const report = () => {
    const { figures, upTo } = countReport(path, countInputOf(city));
    expect(figures.contents.reduce((sum, { ms }) => sum + ms, 0)).to.be.closeTo(heard, 0.001);
    return { ...reportOf(city, figures, upTo), figures };
  };
  const told = () => report().figures.contents.map(({ announcement, airings, ms }) => [announcement, airings, ms]);
  const THREE = [piece("mot", 60_000, 4000), piece("hai", 60_000, 66_000), piece("ba", 60_000, 130_000)];

  it("are those of what was reached before the cut", () => {
    air("cut", 86_000, THREE);
    expect(told()).to.deep.equal([
      ["mot", 1, 64_500],
      ["hai", 1, 21_500],
    ]);
  });

  it("are those of every announcement when it was played to its end, however it began", () => {
    air("finished", 180_000, THREE);
    expect(told()).to.deep.equal([
      ["ba", 1, 60_000],
      ["hai", 1, 60_000],
      ["mot", 1, 60_000],
    ]);
  });

  it("are counted once for an announcement that comes twice", () => {
    air("cut", 80_000, [piece("mot", 30_000, 0), piece("hai", 30_000, 30_000), piece("mot", 30_000, 60_000)]);
    expect(told()).to.deep.equal([
      ["mot", 1, 50_000],
      ["hai", 1, 30_000],
    ]);
  });

  it("are those of the first announcement when nothing but the chime before it was heard", () => {
    air("cut", 2000, THREE);
    expect(told()).to.deep.equal([["mot", 1, 2000]]);
  });

  it("are those of what was reached also where a former log does not say where each began", () => {
    air("cut", 75_000, [piece("mot", 60_000), piece("hai", 60_000)]);
    expect(told()).to.deep.equal([
      ["mot", 1, 60_000],
      ["hai", 1, 15_000],
    ]);
  });

  it("do not make a recalled announcement one that was heard when the cut came before it", () => {
    air("cut", 86_000, THREE);
    clock.at += 3_600_000;
    for (const id of ["hai", "ba"]) log.event({ kind: "announcement.recalled", by: "Ông Bình", detail: { id } });
    expect(
      report().recalls.map(({ announcement, heardBefore, receivers }) => [announcement, heardBefore, receivers]),
    ).to.deep.equal([
      ["hai", 1, 1],
      ["ba", 0, 0],
    ]);
  });
});
