/**
 * A day of the station as rows, one for each ward: when it must be quiet, and what is to sound. Pure.
 *
 * @module
 */
import { type AreaTree, isWithinAreas } from "../../../domain/area.js";
import type { AreaId } from "../../../domain/ids.js";
import { type LocalDate, secondsOf, type TimeRange } from "../../../domain/local-time.js";
import { placeOf, policyOn } from "../../../domain/place.js";
import type { Policy } from "../../../domain/policy.js";
import type { RundownView } from "../../../server/api/rundown-view.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { isInService } from "../loudspeakers/in-service.js";

/** A day in seconds. */
export const DAY = 86_400;

/** From and to, seconds of the local day; `to` is larger. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Line = RundownView["lines"][number];

/** An item in a ward's row. */
export interface Block extends Span {
  readonly line: Line;
  /** Loudspeakers of this ward that it is for. */
  readonly receivers: number;
}

export interface DayRow {
  readonly area: AreaId;
  readonly name: string;
  /** Those that are meant to work: paired and not out of service. */
  readonly receivers: number;
  readonly connected: number;
  readonly quiet: readonly Span[];
  readonly blocks: readonly Block[];
}

export interface DayParts {
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
  readonly receivers: readonly ReceiverView[];
  readonly lines: readonly Line[];
  readonly zone: string;
  readonly day: LocalDate;
  /** Seconds of the local day of an instant. */
  readonly secondOf: (time: string) => number;
}

/** Wards and test areas that have loudspeakers, in the order of the tree. Dropped items are not in any row. */
export function dayRows({ areas, policies, receivers, lines, zone, day, secondOf }: DayParts): DayRow[] {
  const wards = [...areas.values()].filter(({ kind }) => kind === "ward" || kind === "test");
  return wards.flatMap(({ id, name }) => {
    const here = receivers.filter(({ area }) => isWithinAreas(areas, area, [id]));
    const inService = here.filter(isInService);
    if (here.length === 0) return [];
    const ids = new Set(here.map((receiver) => receiver.id));
    const blocks = lines.flatMap((line) => {
      const count = line.receivers.filter((receiver) => ids.has(receiver)).length;
      if (count === 0 || line.fate === "dropped") return [];
      const from = secondOf(line.start);
      const end = secondOf(line.end);
      return [{ line, receivers: count, from, to: end > from ? end : DAY }];
    });
    const { quiet } = policyOn(placeOf({ zone, areas, policies }, id, day), day);
    const connected = inService.filter((receiver) => receiver.connected).length;
    return [{ area: id, name, receivers: inService.length, connected, quiet: quiet.flatMap(spansOf), blocks }];
  });
}

/** A range as it lies in one day: one that goes past midnight is in two parts. */
function spansOf({ from, to }: TimeRange): Span[] {
  const [begin, end] = [secondsOf(from), secondsOf(to)];
  if (begin < end) return [{ from: begin, to: end }];
  return [
    { from: 0, to: end },
    { from: begin, to: DAY },
  ].filter((span) => span.to > span.from);
}
