/**
 * Monthly reports of a station that is not running, from its folder alone.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import type { Station } from "../server/config.js";
import { type CountingParts, createReportCounting } from "../server/control/reports.js";
import { createReporterApart } from "../server/report-apart.js";
import { reportCounting } from "../server/report-wiring.js";
import type { Store } from "../server/store/index.js";
import { withKeptStore } from "./kept-station.js";

/**
 * Lets `work` count and draw, and closes everything after it.
 * @throws Fault "conflict", reason `locked`, when the station is running: ask it then
 */
export async function withKeptReports<T>(
  station: Station,
  clock: Clock,
  work: (reports: Pick<ReturnType<typeof createReportCounting>, "report" | "reportFile">) => Promise<T>,
): Promise<T> {
  // The station may be started while this counts: only its state is read under the lock, and the log beside whoever writes it.
  const kept = await withKeptStore(station, clock, async (store) => stateOf(store));
  const reporter = createReporterApart(station.paths.log, clock);
  try {
    const now = () => clock.date();
    return await work(createReportCounting({ ...reportCounting(station), kept, reporter, now }));
  } finally {
    reporter.close();
  }
}

function stateOf({ receivers, announcements, declarations, raises, complaints }: Store): CountingParts["kept"] {
  const copy = <T>(kind: { all(): readonly T[] }) => {
    const all = [...kind.all()];
    return { all: () => all };
  };
  return {
    receivers: copy(receivers),
    announcements: copy(announcements),
    declarations: copy(declarations),
    raises: copy(raises),
    complaints: copy(complaints),
  };
}
