/**
 * What failed and what people did about it: loudspeakers that stayed silent with their repairs, recalls with their corrections,
 * complaints with their answers, and declared levels.
 *
 * @module
 */
import type { AreaTree } from "./area.js";
import type { ReceiverId } from "./ids.js";
import {
  type ComplaintRow,
  ELSEWHERE,
  type LevelRow,
  type RecallRow,
  type RepairRow,
  type ReportFigures,
  type UnitId,
} from "./report-figures.js";
import type { ReportMatter } from "./report-matter.js";
import { unitOf } from "./report-units.js";

/** A loudspeaker that did not sound all that it should have. */
export interface Weak {
  readonly unit: UnitId;
  readonly receiver: ReceiverId;
  readonly name: string;
  readonly pole?: string;
  readonly due: number;
  readonly missed: number;
  /** The commonest reason. */
  readonly state: string;
  readonly why: string;
  readonly repairs: readonly RepairRow[];
}

/** A complaint as the report tells it: never who it came from. */
export interface ToldComplaint extends ComplaintRow {
  readonly place?: string;
  readonly what?: string;
  readonly action?: string;
  readonly answer?: string;
}

export interface CareReport {
  /** The one that missed most first. */
  readonly weak: readonly Weak[];
  readonly repairs: readonly RepairRow[];
  readonly recalls: readonly RecallRow[];
  readonly complaints: readonly ToldComplaint[];
  readonly levels: readonly (LevelRow & { readonly areaName: string })[];
}

export function careReport(figures: ReportFigures, matter: ReportMatter, areas: AreaTree): CareReport {
  const { scope } = matter;
  const concerns = (area: LevelRow["area"]) => scope === undefined || unitOf(areas, area, scope) !== undefined;
  return {
    weak: weakOf(figures, matter),
    repairs: figures.repairs,
    recalls: figures.recalls.filter(({ heardBefore, ended }) => scope === undefined || heardBefore + ended > 0),
    complaints: figures.complaints.filter(({ unit }) => unit !== ELSEWHERE).map((row) => told(row, matter)),
    levels: figures.levels
      .filter(({ area }) => concerns(area))
      .map((row) => ({ ...row, areaName: areas.get(row.area)?.name ?? row.area })),
  };
}

function weakOf({ coverage, reasons, repairs }: ReportFigures, { receivers }: ReportMatter): readonly Weak[] {
  const names = new Map(receivers.map((one) => [one.id, one]));
  const top = new Map<string, { readonly state: string; readonly why: string; readonly times: number }>();
  for (const { unit, receiver, state, why, byPlan, times } of reasons) {
    const key = `${unit} ${receiver}`;
    if (byPlan === 0 && times > (top.get(key)?.times ?? 0)) top.set(key, { state, why: why ?? "", times });
  }
  return coverage
    .flatMap(({ unit, receiver, due, played }): Weak[] => {
      const reason = top.get(`${unit} ${receiver}`);
      if (reason === undefined) return [];
      const { name = receiver, pole } = names.get(receiver) ?? {};
      const mine = repairs.filter((one) => one.receiver === receiver);
      const { state, why } = reason;
      return [
        {
          unit,
          receiver,
          name,
          ...(pole === undefined ? {} : { pole }),
          due,
          missed: due - played,
          state,
          why,
          repairs: mine,
        },
      ];
    })
    .sort((a, b) => b.missed - a.missed || (a.receiver < b.receiver ? -1 : 1));
}

function told(row: ComplaintRow, { complaints }: ReportMatter): ToldComplaint {
  const { place, what, action, answer } = complaints.find(({ number }) => number === row.number) ?? {};
  return {
    ...row,
    ...(place === undefined ? {} : { place }),
    ...(what === undefined ? {} : { what }),
    ...(action === undefined ? {} : { action }),
    ...(answer === undefined ? {} : { answer }),
  };
}
