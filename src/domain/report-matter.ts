/**
 * What a report is made of besides the log: the station's places, rules and records, as they are when it is counted. And what
 * the log's counting needs to know of them: which area belongs to which row, and when its golden hours were.
 *
 * @module
 */
import type { Epoch } from "../base/units.js";
import { airtimeOn } from "./airtime.js";
import type { AlertLevel, Declaration } from "./alert-level.js";
import type { Area, AreaTree } from "./area.js";
import { addDays, daysFrom } from "./calendar.js";
import type { Mood } from "./check-severity.js";
import type { Complaint } from "./complaint.js";
import type { AnnouncementId, AreaId, ReceiverId } from "./ids.js";
import { type LocalDate, secondsOf } from "./local-time.js";
import { type Place, placeOf } from "./place.js";
import type { Policy } from "./policy.js";
import { ELSEWHERE } from "./report-figures.js";
import { type HeldRaise, liftsIn } from "./report-lifts.js";
import type { ReportPeriod } from "./report-period.js";
import { unitOf } from "./report-units.js";
import { zoneOf } from "./zone.js";

export interface ReportMatter {
  readonly period: ReportPeriod;
  /** The part of the station that it is about; the whole when left out. */
  readonly scope?: AreaId | undefined;
  readonly station: string;
  readonly zone: string;
  readonly areas: readonly Area[];
  readonly policies: readonly Policy[];
  readonly levels: readonly AlertLevel[];
  readonly declarations: readonly Declaration[];
  readonly raises: readonly HeldRaise[];
  readonly receivers: readonly {
    readonly id: ReceiverId;
    readonly name: string;
    readonly area: AreaId;
    readonly kind: string;
    readonly pole?: string | undefined;
  }[];
  readonly announcements: readonly {
    readonly id: AnnouncementId;
    readonly title: string;
    readonly topic: string;
    readonly source?: string | undefined;
  }[];
  /** Without how to reach the residents. */
  readonly complaints: readonly Omit<Complaint, "contact">[];
  /** Key: topic. */
  readonly moods: Readonly<Record<string, Mood>>;
  readonly countedAt: Epoch;
}

/** Raises are compared with so many days before them, and a month before the period is looked at, at most. */
export const COMPARED_DAYS = 7;
const MOST_DAYS_BEFORE = 31;

/** What the counting asks for; see `CountInput` in the store. */
export function countInputOf(matter: ReportMatter, span?: { readonly from: Epoch; readonly until: Epoch }) {
  const { period, scope, zone: name } = matter;
  const zone = zoneOf(name);
  const areas: AreaTree = new Map(matter.areas.map((area) => [area.id, area]));
  const first = firstDay(matter, areas);
  const days = daysFrom(first, period.to).map((date) => ({
    ...{ date, from: zone.toEpoch(date, 0), until: zone.toEpoch(addDays(date, 1), 0) },
  }));
  const sets = goldenSets(matter, areas, daysFrom(addDays(first, -1), period.to));
  const places = matter.areas.map(({ id }) => {
    const unit = unitOf(areas, id, scope);
    if (unit === undefined) return { area: id, unit: ELSEWHERE };
    const hours = sets.hoursOf(id);
    return { area: id, unit, ...(hours === undefined ? {} : { hours }) };
  });
  return {
    from: span?.from ?? zone.toEpoch(period.from, 0),
    until: span?.until ?? zone.toEpoch(addDays(period.to, 1), 0),
    since: span?.from ?? zone.toEpoch(first, 0),
    places,
    golden: sets.windows,
    receivers: matter.receivers.map(({ id, area, kind }) => ({ receiver: id, area, kind })),
    days,
    announcements: matter.announcements.map(({ id, ...known }) => ({ announcement: id, ...known })),
    countsAll: scope === undefined,
  };
}

/** Where the days begin that raises of this period are compared with. */
function firstDay(matter: ReportMatter, areas: AreaTree): LocalDate {
  const { from } = matter.period;
  const before = liftsIn(matter, areas).map((lift) => addDays(lift.from, -COMPARED_DAYS));
  const earliest = [from, ...before].reduce((a, b) => (a < b ? a : b));
  const limit = addDays(from, -MOST_DAYS_BEFORE);
  return earliest < limit ? limit : earliest;
}

/** Areas with the same golden hours on the same days share a set. */
function goldenSets(matter: ReportMatter, areas: AreaTree, days: readonly LocalDate[]) {
  const zone = zoneOf(matter.zone);
  const numbers = new Map<string, number>();
  const windows: { readonly hours: number; readonly from: number; readonly until: number }[] = [];
  const goldenOn = (place: Place, date: LocalDate) =>
    airtimeOn(place, matter, date).golden.map(({ from, to }) => {
      const end = secondsOf(to) > secondsOf(from) ? date : addDays(date, 1);
      return { from: zone.toEpoch(date, secondsOf(from)), until: zone.toEpoch(end, secondsOf(to)) };
    });
  return {
    windows,
    hoursOf(area: AreaId): number | undefined {
      const found = joined(days.flatMap((date) => goldenOn(placeOf({ ...matter, areas }, area, date), date)));
      if (found.length === 0) return undefined;
      const key = found.map(({ from, until }) => `${from}-${until}`).join(" ");
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const hours = numbers.size + 1;
      numbers.set(key, hours);
      windows.push(...found.map((window) => ({ hours, ...window })));
      return hours;
    },
  };
}

/** Golden hours that overlap are counted once. */
function joined(windows: readonly { readonly from: number; readonly until: number }[]) {
  const sorted = [...windows].sort((a, b) => a.from - b.from);
  const found: { from: number; until: number }[] = [];
  for (const window of sorted) {
    const last = found.at(-1);
    if (last && window.from <= last.until) last.until = Math.max(last.until, window.until);
    else found.push({ ...window });
  }
  return found;
}
