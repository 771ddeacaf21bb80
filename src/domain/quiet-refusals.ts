/**
 * R1 at the desk: a schedule that meets quiet hours anywhere in the coming year is refused before it is saved.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Epoch } from "../base/units.js";
import { addDays } from "./calendar.js";
import { lastCutPoint } from "./layout.js";
import { gather, type Listeners, widened } from "./listeners.js";
import { type Occurrence, occurrencesOf } from "./occurrences.js";
import { placeOf } from "./place.js";
import { clockTime, dateWords, lengthWords } from "./plan-words.js";
import { isQuiet, lastQuietChange, nextQuietChange } from "./policy-rules.js";
import type { DayRange } from "./recurrence.js";
import type { PlanInput } from "./rundown.js";
import type { Schedule } from "./schedule.js";
import { zoneOf } from "./zone.js";

/** A year and a day, so that each date of the year comes up. */
const AHEAD_DAYS = 366;
/** Places that are named; the rest is counted. */
const MOST_PLACES = 3;

/** Something found, with the field it comes from as a JSON pointer into the schedule. */
export interface Finding {
  readonly path: string;
  /** Stable over versions, such as `quiet-hours`. */
  readonly reason: string;
  readonly words: Words;
}

/** The year that is checked: from the first day of the input, or from the schedule's own first day if that is later. */
export function yearOf(schedule: Schedule, { zone, from }: PlanInput): DayRange {
  const today = zoneOf(zone).toLocal(from).date;
  const first = schedule.start > today ? schedule.start : today;
  return { from: first, to: addDays(first, AHEAD_DAYS - 1) };
}

/** One refusal for each time of day that meets quiet hours, naming the first day, the hours and the places. */
export function quietFindings(schedule: Schedule, station: PlanInput): Finding[] {
  const input = { ...station, schedules: [schedule] };
  const range = yearOf(schedule, input);
  const occurrences = occurrencesOf(input, range);
  const groups = gather(input, widened(range));
  const found = new Map<string, { first: Occurrence; readonly groups: Set<Listeners> }>();
  for (const one of occurrences)
    for (const group of groups) {
      if (!group.hears(0, one.date) || !meetsQuiet(one, group)) continue;
      const time = clockTime(input.zone, one.planned);
      const known = found.get(time) ?? { first: one, groups: new Set<Listeners>() };
      known.groups.add(group);
      found.set(time, known);
    }
  return [...found.values()].map(({ first, groups: hit }) => ({
    path: "/at",
    reason: "quiet-hours",
    words: quietWords(first, [...hit], input),
  }));
}

/** Whether it would begin in quiet hours, or run into them with no item at whose end it could stop. */
function meetsQuiet({ planned, layout }: Occurrence, { ground }: Listeners): boolean {
  const open = ground.openAt(false, planned);
  if (!open) return true;
  return planned + layout.length > open.to && lastCutPoint(layout, open.to - planned) === undefined;
}

function quietWords(first: Occurrence, groups: readonly Listeners[], input: PlanInput): Words {
  const { planned, date, layout, schedule } = first;
  const time = clockTime(input.zone, planned);
  const day = dateWords(date);
  const { places, hours, inside } = whereAndWhen(first, groups, input);
  const length = lengthWords(layout.length);
  return {
    vi: [
      `${time} ${day.vi} (múi giờ ${input.zone}) ${inside ? "rơi vào" : `dài ${length.vi}, lấn vào`}`,
      `giờ yên tĩnh ${hours} của ${places.vi}. Lịch "${schedule.title}" chưa được lưu; hãy chọn giờ khác.`,
    ].join(" "),
    en: [
      `${time} ${day.en} (zone ${input.zone}) ${inside ? "lies in" : `takes ${length.en} and runs into`}`,
      `the quiet hours ${hours} of ${places.en}; the schedule "${schedule.title}" was not saved, choose another time`,
    ].join(" "),
  };
}

function whereAndWhen({ planned, date }: Occurrence, groups: readonly Listeners[], input: PlanInput) {
  const areas = groups.flatMap(({ receivers }) => receivers.flatMap((index) => input.receivers[index]?.area ?? []));
  const [area] = areas;
  const place = area === undefined ? undefined : placeOf(input, area, date);
  const inside = place !== undefined && isQuiet(place, planned);
  const change = (at: Epoch | undefined) => (place && at !== undefined ? nextQuietChange(place, at) : undefined);
  const from = inside ? lastQuietChange(place, planned) : change(planned);
  const to = inside ? change(planned) : change(from);
  const shown = (at: Epoch | undefined) => (at === undefined ? "…" : clockTime(input.zone, at));
  return { places: placeWords(areas, input), hours: `${shown(from)}–${shown(to)}`, inside };
}

function placeWords(areas: readonly PlanInput["receivers"][number]["area"][], input: PlanInput): Words {
  const names = [...new Set(areas.map((area) => input.areas.get(area)?.name ?? area))];
  const named = names.slice(0, MOST_PLACES).join(", ");
  const more = names.length - MOST_PLACES;
  return more > 0
    ? { vi: `${named} và ${more} nơi khác`, en: `${named} and ${more} more places` }
    : { vi: named, en: named };
}
