/**
 * Whether a sounding would meet quiet hours where it is for. The station decides (R1); this keeps people from dropping it there. Pure.
 *
 * @module
 */
import { epoch } from "../../../base/units.js";
import type { AreaTree } from "../../../domain/area.js";
import { type LocalDate, localDateSchema, localTimeSchema, secondsOf } from "../../../domain/local-time.js";
import { placeOf } from "../../../domain/place.js";
import type { Policy } from "../../../domain/policy.js";
import { quietRanges, touchesQuiet } from "../../../domain/policy-rules.js";
import { zoneOf } from "../../../domain/zone.js";
import type { Moment } from "./moves.js";

export interface QuietParts {
  readonly zone: string;
  readonly areas: AreaTree;
  readonly policies: readonly Policy[];
}

/** Names of the areas that must be quiet at any time of it, each once. @param areas where it is to sound */
export function quietWhere(
  { date, time }: Moment,
  lengthMs: number,
  areas: Iterable<string>,
  parts: QuietParts,
): string[] {
  const day = localDateSchema.safeParse(date).data;
  const at = localTimeSchema.safeParse(time).data;
  if (day === undefined || at === undefined) return [];
  const from = zoneOf(parts.zone).toEpoch(day, secondsOf(at));
  const to = epoch(from + Math.max(1, lengthMs));
  const meets = [...new Set(areas)].filter((area) => touchesQuiet(placeOf(parts, area as never, day), { from, to }));
  return meets.map((area) => parts.areas.get(area as never)?.name ?? area);
}

/** From and to, minutes of the day. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When all of these areas are quiet on that day. */
export function quietSpans(date: string, areas: readonly string[], parts: QuietParts): Span[] {
  const day = date as LocalDate;
  const isQuietIn = areas.map((area) => {
    const ranges = quietRanges(placeOf(parts, area as never, day), day);
    return (minute: number) =>
      ranges.some(({ from, to }) => {
        const [begin, end] = [secondsOf(from) / 60, secondsOf(to) / 60];
        return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end;
      });
  });
  const spans: Span[] = [];
  for (let minute = 0; minute < 1440; minute += 5) {
    if (isQuietIn.length === 0 || !isQuietIn.every((isQuiet) => isQuiet(minute))) continue;
    const last = spans.at(-1);
    if (last && last.to === minute) spans[spans.length - 1] = { from: last.from, to: minute + 5 };
    else spans.push({ from: minute, to: minute + 5 });
  }
  return spans;
}
