/**
 * Builds what makes reports: the verbs over what the station keeps, and the program that counts.
 *
 * @module
 */
import type { StationClock } from "../base/station-clock.js";
import { MOODS } from "../language/checks/index.js";
import type { Station } from "./config.js";
import { createReportVerbs, type ReportVerbs } from "./control/reports.js";
import type { OpenStation } from "./open-station.js";

export interface ReportWiring {
  readonly station: Station;
  readonly open: OpenStation;
  readonly stationClock: StationClock;
  readonly onChange: () => void;
}

/** What reports of this station are counted with. */
export const reportCounting = ({ settings, ...station }: Station) => ({
  facts: { ...station, name: settings.station.name, zone: settings.zone },
  settings: settings.report,
  moods: { ...MOODS, ...settings.checks.moods },
});

export function buildReports({ station, open, stationClock, onChange }: ReportWiring): ReportVerbs {
  return createReportVerbs({
    ...reportCounting(station),
    kept: open.store,
    reporter: open.reporter,
    papers: open.papers,
    asRun: open.asRun,
    now: stationClock.date,
    onChange,
  });
}
