/**
 * Schedules spread over days: every planned sounding with what it holds, before anybody asks where it may sound.
 *
 * @module
 */
import { type Epoch, epoch } from "../base/units.js";
import { type Class, rankOf } from "./class.js";
import { type OccurrenceId, occurrenceId, type PlaylistId } from "./ids.js";
import { type Layout, layOut, relayed, shorten } from "./layout.js";
import { type LocalDate, secondsOf } from "./local-time.js";
import { type DayRange, daysOf } from "./recurrence.js";
import type { PlanInput } from "./rundown.js";
import type { Schedule, Targets } from "./schedule.js";
import { outside, targeted } from "./targets.js";
import { type Zone, zoneOf } from "./zone.js";

/** One planned sounding, the same wherever it is heard. */
export interface Occurrence {
  readonly id: OccurrenceId;
  readonly schedule: Schedule;
  /** Place of the schedule in the input. */
  readonly scheduleIndex: number;
  readonly planned: Epoch;
  /** Last instant at which it may still begin after waiting. */
  readonly latest: Epoch;
  /** The local day of `planned`: rules of the day are asked for it. */
  readonly date: LocalDate;
  readonly class: Class;
  readonly rank: number;
  readonly isHard: boolean;
  readonly layout: Layout;
  /** It is due, but the day is a holiday on which its schedule is silent. */
  readonly silenced: boolean;
}

/** Every occurrence of the enabled schedules on those days, in order of instant, then id; each instant once. */
export function occurrencesOf(input: PlanInput, range: DayRange): Occurrence[] {
  const zone = zoneOf(input.zone);
  const holidays = new Set(input.holidays.map((holiday) => holiday.date));
  const layOutFor = createLayouts(input);
  const found: Occurrence[] = [];
  for (const [scheduleIndex, schedule] of input.schedules.entries()) {
    if (!schedule.enabled) continue;
    const seen = new Set<Epoch>();
    for (const day of daysOf(schedule, range, holidays))
      for (const at of schedule.at) {
        const planned = zone.toEpoch(day.date, secondsOf(at));
        // Two wall times inside one gap of the clocks mean the same instant.
        if (seen.has(planned)) continue;
        seen.add(planned);
        const date = localDay(zone, planned);
        const layout = layOutFor(schedule, date);
        found.push(occurrence(schedule, { scheduleIndex, planned, date, layout, silenced: day.silenced }));
      }
  }
  return found.sort((a, b) => a.planned - b.planned || (a.id < b.id ? -1 : 1));
}

const localDay = (zone: Zone, at: Epoch): LocalDate => zone.toLocal(at).date;

function occurrence(
  schedule: Schedule,
  rest: Pick<Occurrence, "scheduleIndex" | "planned" | "date" | "layout" | "silenced">,
): Occurrence {
  const wait = schedule.timing.kind === "soft" ? schedule.timing.waitMs : 0;
  return {
    id: occurrenceId(schedule.id, rest.planned),
    schedule,
    latest: epoch(rest.planned + wait),
    class: schedule.class,
    rank: rankOf(schedule.class),
    isHard: schedule.timing.kind === "hard",
    ...rest,
  };
}

/** Lays playlists out, each once for a day, and for each schedule if some of it is not meant for everywhere. */
function createLayouts(input: PlanInput): (schedule: Schedule, date: LocalDate) => Layout {
  const layouts = new Map<string, Layout>();
  const isBound = new Map<PlaylistId, boolean>();
  const holdsBound = ({ playlist }: Schedule): boolean => {
    const items = input.playlists.get(playlist)?.items ?? [];
    const known =
      isBound.get(playlist) ??
      items.some((item) => item.kind === "announcement" && input.announcements.get(item.announcement)?.targets);
    isBound.set(playlist, known === true);
    return known === true;
  };

  const approved = new Set(input.approvedSlots);

  return (schedule, date) => {
    const isOwn = schedule.radio !== undefined || holdsBound(schedule);
    const key = `${schedule.playlist} ${schedule.maxMs} ${date}${isOwn ? ` ${schedule.id}` : ""}`;
    const seen = layouts.get(key);
    if (seen) return seen;
    const isWithin = (targets: Targets) => {
      const among = targeted(schedule.targets, input, date).map(({ id }) => id);
      return outside(targets, input, { among, day: date }).length === 0;
    };
    const whole = layOut(input.playlists.get(schedule.playlist), { ...input, isWithin }, date);
    const { radio, maxMs } = schedule;
    const made = radio
      ? relayed(whole, Math.min(radio.lengthMs, maxMs), approved.has(schedule.id))
      : shorten(whole, maxMs);
    layouts.set(key, made);
    return made;
  };
}

/**
 * Which of two goes first when both could sound now: the higher class, then the one that keeps its hour strictly, then the
 * smaller order, then the earlier planned, then the id.
 */
export function goesBefore(a: Occurrence, b: Occurrence): boolean {
  if (a.rank !== b.rank) return a.rank > b.rank;
  if (a.isHard !== b.isHard) return a.isHard;
  if (a.schedule.order !== b.schedule.order) return a.schedule.order < b.schedule.order;
  if (a.planned !== b.planned) return a.planned < b.planned;
  return a.id < b.id;
}
