/**
 * The monthly report as figures: for each ward and for all together, what was aired, where, by which rules, what failed and why,
 * and what was done about it. Pure: the same counting and the same matter always give the same report.
 *
 * @module
 */
import type { Area, AreaTree } from "./area.js";
import type { AreaId } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import { type AirtimeUse, airtimeUse, type LiftUse, liftUse } from "./report-airtime.js";
import { type CareReport, careReport } from "./report-care.js";
import { type Directive, directivesIn } from "./report-directives.js";
import { type HeadRow, type LogPoint, NOWHERE, type ReportFigures, type UnitId } from "./report-figures.js";
import type { ReportMatter } from "./report-matter.js";
import type { Month } from "./report-period.js";
import { sumOf, type UnitTotals, unitTotals } from "./report-totals.js";
import { unitsIn } from "./report-units.js";
import { zoneOf } from "./zone.js";

export interface UnitReport extends UnitTotals {
  readonly unit: UnitId;
  readonly name: string;
  readonly airtime: AirtimeUse;
}

export interface Report extends CareReport {
  readonly month: Month;
  readonly from: LocalDate;
  /** Last day, included. */
  readonly to: LocalDate;
  readonly dueOn: LocalDate;
  readonly station: string;
  readonly scope?: AreaId;
  /** What the report is about, as people say it. */
  readonly about: string;
  /** When it was counted, ISO 8601; a period that is not over yet has figures up to then. */
  readonly countedAt: string;
  readonly isOver: boolean;
  /** Up to which line of the log it was counted, and that line's hash. */
  readonly upTo: LogPoint;
  /** The last closed day of the period, absent while there is none. */
  readonly closedDay?: HeadRow;
  readonly units: readonly UnitReport[];
  /** The sum of the units. */
  readonly total: UnitTotals;
  readonly lifts: readonly LiftUse[];
  readonly directives: readonly Directive[];
}

export function reportOf(matter: ReportMatter, figures: ReportFigures, upTo: LogPoint): Report {
  const { period, scope, station } = matter;
  const areas: AreaTree = new Map(matter.areas.map((area) => [area.id, area]));
  const inPeriod = within(figures, period);
  const units = rowsFor(matter, areas, inPeriod).map(
    ({ id, name }): UnitReport => ({
      unit: id,
      name,
      ...unitTotals(id, { figures: inPeriod, matter, areas }),
      airtime: airtimeUse(id, { figures: inPeriod, matter, areas }),
    }),
  );
  const today = zoneOf(matter.zone).toLocal(matter.countedAt).date;
  return {
    ...{ month: period.month, from: period.from, to: period.to, dueOn: period.dueOn, station },
    ...(scope === undefined ? {} : { scope }),
    about: (scope === undefined ? undefined : areas.get(scope)?.name) ?? station,
    countedAt: new Date(matter.countedAt).toISOString(),
    isOver: today > period.to,
    upTo,
    ...(figures.heads[0] === undefined ? {} : { closedDay: figures.heads[0] }),
    units,
    total: sumOf(units),
    lifts: liftUse(units, { figures, matter, areas }),
    directives: directivesIn(inPeriod.contents),
    ...careReport(inPeriod, matter, areas),
  };
}

/** Days before the period are there to be compared with only. */
function within(figures: ReportFigures, { from, to }: ReportMatter["period"]): ReportFigures {
  const isIn = ({ date }: { readonly date: LocalDate }) => date >= from && date <= to;
  return {
    ...figures,
    days: figures.days.filter(isIn),
    sessions: figures.sessions.filter(isIn),
    busiest: figures.busiest.filter(isIn),
  };
}

/** Every unit of the scope, and below them what the log has of places that are no longer on the station's list. */
function rowsFor({ scope, period }: ReportMatter, areas: AreaTree, figures: ReportFigures) {
  const listed: Pick<Area, "id" | "name">[] = [...unitsIn(areas, scope, period)];
  const counted = new Set([...figures.days, ...figures.coverage, ...figures.vans].map(({ unit }) => unit));
  const more = [...counted].filter((unit) => !listed.some(({ id }) => id === unit)).sort();
  return [
    ...listed,
    ...more.map((id) => ({ id, name: id === NOWHERE ? "Chưa rõ địa bàn" : (areas.get(id)?.name ?? id) })),
  ];
}
