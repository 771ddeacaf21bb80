/**
 * The monthly report of a city: how long until it is there, and how long the server stands still meanwhile.
 *
 * @module
 */
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import Database from "libsql";
import { systemClock } from "../../src/base/clock.js";
import { createReporterApart } from "../../src/server/report-apart.js";
import { workOutReport } from "../../src/server/report-tasks.js";
import { aCity, fillMonth } from "../support/a-city-month.js";
import { createQuickLog } from "../support/quick-log.js";
import { recount } from "../support/recount.js";
import { differencesOf } from "../support/recount-differences.js";
import type { Bench } from "./cell.js";
import type { Row } from "./table.js";

/** Two lines a sounding: about half a million in a month of 31 days. */
const CITY = { receivers: 600, perDay: 14, wards: 5 };
const GOAL_MS = 5000;
const STALL_MS = 50;
/** Lines that are read in one go where they are counted another way. */
const PAGE = 10_000;
/** The machine's own stalls are looked at for so long, with nothing to do. */
const QUIET_MS = 10_000;

export async function measureReport({ folder }: Pick<Bench, "folder">): Promise<readonly Row[]> {
  const path = join(folder, "month.db");
  const city = aCity(CITY);
  const clock = { at: 0 };
  const log = createQuickLog(path, clock);
  fillMonth(log, clock, city, CITY);
  const lines = log.lines();
  log.close();

  const begunAt = process.cpuUsage();
  const { report } = await workOutReport({ kind: "report", log: path, matter: city });
  const used = process.cpuUsage(begunAt);
  if (report === undefined) throw new Error("there is no report");
  const differences = differencesOf(report, recount(linesOf(path), city));
  const reporter = createReporterApart(path, systemClock);
  const paper = {
    zone: city.zone,
    levelTitles: {},
    letterhead: { symbol: "BC", signer: { office: "Trưởng đài" }, recipients: [] },
  };
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  const taken = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  const quiet = monitorEventLoopDelay({ resolution: 1 });
  quiet.enable();
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  quiet.disable();
  stalls.enable();
  try {
    const counted = await taken(() => reporter.report(city));
    const drawn = await taken(() => reporter.file(city, paper, "pdf"));
    const sheets = await taken(() => reporter.file(city, paper, "xlsx"));
    stalls.disable();
    const longest = stalls.max / 1e6;
    const row = (what: string, ms: number): Row => ({
      ...{ what, figure: `${(ms / 1000).toFixed(1)} s`, goal: `≤ ${GOAL_MS / 1000} s`, reached: ms <= GOAL_MS },
    });
    return [
      { what: "lines of the month, 600 receivers", figure: lines.toLocaleString("en") },
      {
        what: `figures that differ from a count in plain code${differences.length > 0 ? `, such as ${differences[0]}` : ""}`,
        ...{ figure: String(differences.length), goal: "0", reached: differences.length === 0 },
      },
      row("processor time of a report, from the log to its figures", (used.user + used.system) / 1000),
      row("report, from the log to its figures", counted),
      row("the same as PDF", drawn),
      row("the same as a spreadsheet", sheets),
      {
        what: "longest stall of the server meanwhile",
        figure: `${longest.toFixed(0)} ms`,
        against: `${(quiet.max / 1e6).toFixed(0)} ms idle`,
        goal: `≤ ${STALL_MS} ms`,
        reached: longest <= STALL_MS,
      },
    ];
  } finally {
    reporter.close();
  }
}

/** The lines as their export has them. */
function* linesOf(path: string): Generator<string> {
  const database = new Database(path);
  try {
    const read = database.prepare("SELECT n, body FROM line WHERE n > ? ORDER BY n LIMIT ?");
    for (let after = 0; ; ) {
      const rows = read.all([after, PAGE]) as { n: number; body: string }[];
      for (const { body } of rows) yield body;
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.n ?? after;
    }
  } finally {
    database.close();
  }
}
