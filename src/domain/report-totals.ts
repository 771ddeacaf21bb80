/**
 * What was aired in one unit, added up; and the same for all units together.
 *
 * @module
 */
import { levelOn } from "./airtime.js";
import type { AreaTree } from "./area.js";
import type { Class } from "./class.js";
import type { LocalDate } from "./local-time.js";
import { placeOf } from "./place.js";
import type { CoverageRow, ReasonRow, ReportFigures, UnitId } from "./report-figures.js";
import type { ReportMatter } from "./report-matter.js";
import type { ResultState } from "./ticket.js";

const CLASSES: readonly Class[] = ["ordinary", "priority", "emergency"];

/** How much of something was aired. */
export interface Share {
  readonly airings: number;
  /** Milliseconds. */
  readonly ms: number;
}

/** Loudspeakers, and what became of what they should have sounded. */
export interface Coverage {
  /** Loudspeakers that should have sounded something, and those that did. */
  readonly receivers: number;
  readonly sounded: number;
  /** Soundings that were due, one for each occurrence and loudspeaker. */
  readonly due: number;
  readonly played: number;
  readonly cut: number;
  readonly recalled: number;
  /** All others. */
  readonly missed: number;
}

/** Soundings that were not played to their end, by what became of them and why. */
export interface Misses {
  readonly state: ResultState;
  readonly why: string;
  /** Given up by the plan itself, as the rules want it: not counted as due. */
  readonly byPlan: boolean;
  readonly times: number;
  readonly receivers: number;
}

export interface UnitTotals extends Share {
  readonly sessions: number;
  readonly goldenMs: number;
  /** Of announcements whose topics people are glad to hear of. */
  readonly goodMs: number;
  readonly byClass: Readonly<Record<Class, Share>>;
  /** The topic with the most minutes first; without a name what the log does not tell. */
  readonly byTopic: readonly (Share & { readonly topic: string })[];
  /** By response level in force, the name of the level; without a name where none was. */
  readonly byLevel: readonly (Share & { readonly level: string })[];
  readonly days: readonly { readonly date: LocalDate; readonly ms: number; readonly goldenMs: number }[];
  readonly coverage: Coverage;
  readonly misses: readonly Misses[];
  readonly vans: { readonly missions: number; readonly stops: number; readonly notes: number } & {
    readonly soundings: number;
    readonly ms: number;
  };
}

export interface Counted {
  readonly figures: ReportFigures;
  readonly matter: ReportMatter;
  readonly areas: AreaTree;
}

export function unitTotals(unit: UnitId, { figures, matter, areas }: Counted): UnitTotals {
  const mine = <T extends { readonly unit: UnitId }>(rows: readonly T[]) => rows.filter((row) => row.unit === unit);
  const days = mine(figures.days);
  const contents = mine(figures.contents);
  const levelAt = (date: LocalDate) => levelOn(placeOf({ ...matter, areas }, unit, date), matter, date)?.name ?? "";
  const van = mine(figures.vans)[0];
  return {
    sessions: added(mine(figures.sessions), ({ sessions }) => sessions),
    ...shareOf(days),
    goldenMs: added(days, ({ goldenMs }) => goldenMs),
    goodMs: Math.round(
      added(
        contents.filter(({ topic }) => matter.moods[topic ?? ""] === "good"),
        ({ ms }) => ms,
      ),
    ),
    byClass: byClassOf(days),
    byTopic: grouped(contents, ({ topic }) => topic ?? "").map(([topic, rows]) => ({ topic, ...shareOf(rows) })),
    byLevel: grouped(days, ({ date }) => levelAt(date)).map(([level, rows]) => ({ level, ...shareOf(rows) })),
    days: daySums(days),
    coverage: coverageOf(mine(figures.coverage)),
    misses: missesOf(mine(figures.reasons)),
    vans: {
      ...{ missions: van?.missions ?? 0, stops: van?.stops ?? 0, notes: van?.notes ?? 0 },
      ...{ soundings: van?.soundings ?? 0, ms: van?.ms ?? 0 },
    },
  };
}

/** The sum of units: an airing in two wards counts twice, as it does in their own reports. */
export function sumOf(units: readonly UnitTotals[]): UnitTotals {
  const sum = (read: (unit: UnitTotals) => number) => added(units, read);
  return {
    ...{ sessions: sum((it) => it.sessions), airings: sum((it) => it.airings), ms: sum((it) => it.ms) },
    ...{ goldenMs: sum((it) => it.goldenMs), goodMs: sum((it) => it.goodMs) },
    byClass: Object.fromEntries(
      CLASSES.map((of) => [of, shareOf(units.map(({ byClass }) => byClass[of]))]),
    ) as UnitTotals["byClass"],
    byTopic: grouped(
      units.flatMap((it) => it.byTopic),
      ({ topic }) => topic,
    ).map(([topic, rows]) => ({ topic, ...shareOf(rows) })),
    byLevel: grouped(
      units.flatMap((it) => it.byLevel),
      ({ level }) => level,
    ).map(([level, rows]) => ({ level, ...shareOf(rows) })),
    days: daySums(units.flatMap(({ days }) => days)),
    coverage: {
      ...{ receivers: sum((it) => it.coverage.receivers), sounded: sum((it) => it.coverage.sounded) },
      ...{ due: sum((it) => it.coverage.due), played: sum((it) => it.coverage.played) },
      ...{ cut: sum((it) => it.coverage.cut), recalled: sum((it) => it.coverage.recalled) },
      missed: sum((it) => it.coverage.missed),
    },
    misses: joinedMisses(units.flatMap(({ misses }) => misses)),
    vans: {
      ...{
        missions: sum((it) => it.vans.missions),
        stops: sum((it) => it.vans.stops),
        notes: sum((it) => it.vans.notes),
      },
      ...{ soundings: sum((it) => it.vans.soundings), ms: sum((it) => it.vans.ms) },
    },
  };
}

function coverageOf(rows: readonly CoverageRow[]): Coverage {
  const sum = (read: (row: CoverageRow) => number) => added(rows, read);
  const [due, played, cut, recalled] = [
    sum((it) => it.due),
    sum((it) => it.played),
    sum((it) => it.cut),
    sum((it) => it.recalled),
  ];
  return {
    receivers: rows.filter((row) => row.due > 0).length,
    sounded: rows.filter((row) => row.ms > 0).length,
    ...{ due, played, cut, recalled },
    missed: due - played - cut - recalled,
  };
}

function missesOf(rows: readonly ReasonRow[]): readonly Misses[] {
  const keyOf = ({ state, why, byPlan }: ReasonRow) => `${state} ${why ?? ""} ${byPlan}`;
  return sorted(
    grouped(rows, keyOf).flatMap(([, same]) => {
      const [{ state, why, byPlan } = { state: undefined, why: null, byPlan: 0 }] = same;
      if (state === undefined) return [];
      const receivers = new Set(same.map(({ receiver }) => receiver)).size;
      return [{ state, why: why ?? "", byPlan: byPlan === 1, times: added(same, ({ times }) => times), receivers }];
    }),
  );
}

const joinedMisses = (rows: readonly Misses[]): readonly Misses[] =>
  sorted(
    grouped(rows, ({ state, why, byPlan }) => `${state} ${why} ${byPlan}`).flatMap(([, [first, ...more]]) =>
      first === undefined
        ? []
        : [
            {
              ...first,
              times: first.times + added(more, ({ times }) => times),
              receivers: first.receivers + added(more, ({ receivers }) => receivers),
            },
          ],
    ),
  );

const sorted = (rows: readonly Misses[]) => [...rows].sort((a, b) => b.times - a.times || (a.why < b.why ? -1 : 1));

function byClassOf(days: ReportFigures["days"]): Readonly<Record<Class, Share>> {
  return Object.fromEntries(CLASSES.map((of) => [of, shareOf(days.filter((row) => row.class === of))])) as Readonly<
    Record<Class, Share>
  >;
}

const daySums = (rows: readonly { readonly date: LocalDate; readonly ms: number; readonly goldenMs: number }[]) =>
  grouped(rows, ({ date }) => date)
    .map(([date, same]) => ({
      date: date as LocalDate,
      ms: added(same, ({ ms }) => ms),
      goldenMs: added(same, ({ goldenMs }) => goldenMs),
    }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));

/** Most minutes first. */
function grouped<T extends object>(rows: readonly T[], keyOf: (row: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const weight = (row: T) => ("ms" in row && typeof row.ms === "number" ? row.ms : 0);
  return [...groups].sort(([a, one], [b, other]) => added(other, weight) - added(one, weight) || (a < b ? -1 : 1));
}

/** Shares of an airing need not be whole milliseconds; their sum is told as one. */
const shareOf = (rows: readonly Share[]): Share => ({
  airings: added(rows, ({ airings }) => airings),
  ms: Math.round(added(rows, ({ ms }) => ms)),
});

const added = <T>(rows: readonly T[], read: (row: T) => number): number =>
  rows.reduce((sum, row) => sum + read(row), 0);
