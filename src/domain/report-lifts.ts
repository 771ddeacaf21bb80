/**
 * Raises of airtime and declared levels that touch a period, place by place: what a report compares «before» and «after» of.
 *
 * @module
 */
import type { AirtimeRaise, DatedRaise } from "./airtime-raise.js";
import type { AlertLevel, Declaration } from "./alert-level.js";
import { type AreaTree, ancestry } from "./area.js";
import type { AreaId } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import type { Policy } from "./policy.js";
import type { ReportPeriod } from "./report-period.js";

export interface Lift {
  /** Where it was decided: it holds there and below. */
  readonly area: AreaId;
  readonly from: LocalDate;
  /** Last day, included. */
  readonly until: LocalDate;
  readonly reason: string;
  /** Absent for what is no level. */
  readonly level?: string;
  /** Number of the document that a raise rests on. */
  readonly document?: string | undefined;
  readonly sessionsPerDay?: number | undefined;
  readonly minutesPerSession?: number | undefined;
  readonly minutesPerDay?: number | undefined;
  /** So many times the minutes of the policy. */
  readonly factor?: number | undefined;
}

/** A raise on the days when it held, with why it was decided. */
export type HeldRaise = DatedRaise & Pick<AirtimeRaise, "reason" | "document">;

interface Rules {
  readonly period: Pick<ReportPeriod, "from" | "to">;
  readonly policies: readonly Policy[];
  readonly levels: readonly AlertLevel[];
  readonly declarations: readonly Declaration[];
  readonly raises: readonly HeldRaise[];
}

/** In order of their first days. Levels that lift no limit are left out. */
export function liftsIn({ period, policies, levels, declarations, raises }: Rules, areas: AreaTree): readonly Lift[] {
  const written = policies.flatMap(({ area, raises }) => raises.map((raise): Lift => ({ area, ...raise })));
  const declared = declarations.flatMap(({ area, from, until, reason, level: name }): Lift[] => {
    const level = levels.find((one) => one.name === name);
    if (!level || limitsOf(level).every((limit) => limit === undefined)) return [];
    const [sessionsPerDay, minutesPerSession, minutesPerDay] = limitsOf(level);
    return [{ area, from, until, reason, level: level.title, sessionsPerDay, minutesPerSession, minutesPerDay }];
  });
  return [...written, ...raises, ...declared]
    .filter(({ area, from, until }) => areas.has(area) && from <= period.to && until >= period.from)
    .sort((a, b) => (a.from === b.from ? (a.area < b.area ? -1 : 1) : a.from < b.from ? -1 : 1));
}

const limitsOf = ({ sessionsPerDay, minutesPerSession, minutesPerDay }: AlertLevel) =>
  [sessionsPerDay, minutesPerSession, minutesPerDay] as const;

/** Whether what is decided for one area holds for the unit, or for a part of it. */
export const touches = (areas: AreaTree, decidedFor: AreaId, unit: AreaId): boolean =>
  ancestry(areas, unit).some(({ id }) => id === decidedFor) ||
  ancestry(areas, decidedFor).some(({ id }) => id === unit);
