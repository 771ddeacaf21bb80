/**
 * The planner: schedules, places and sounds in; what sounds when and where out, with every loser named. Pure: the same
 * input always gives the same rundown, whatever the machine's own zone.
 *
 * @module
 */
import { epoch } from "../base/units.js";

import { dropped } from "./contest.js";
import type { ScheduleId } from "./ids.js";
import { gather, type Listeners, widened } from "./listeners.js";
import { type Occurrence, occurrencesOf } from "./occurrences.js";
import { circlesOf } from "./overlap.js";
import type { PlanInput, PlanReason, Rundown } from "./rundown.js";
import { createLines } from "./rundown-lines.js";
import { settle } from "./settle.js";
import { settleTogether } from "./settle-together.js";
import { zoneOf } from "./zone.js";

/**
 * Plans the span of the input. Each occurrence planned in it appears at each of its receivers exactly once, whether it
 * airs or not; one that began before the span and still sounds in it appears too. An occurrence that nobody would hear
 * has one line without receivers.
 *
 * A whole day before and after the span is worked out with it, so a day's budgets and conflicts come out the same
 * whichever part of the day is asked for.
 *
 * @throws Fault "invalid" when the zone or a recurrence rule cannot be used
 */
export function plan(input: PlanInput): Rundown {
  const { from, until } = input;
  const zone = zoneOf(input.zone);
  const last = epoch(Math.max(from, until - 1));
  const range = widened({ from: zone.toLocal(from).date, to: zone.toLocal(last).date });
  const occurrences = occurrencesOf(input, range);
  const lines = createLines(input);
  const named = namedByLevels(input);
  const heard = new Uint8Array(occurrences.length);

  const ableAt = (group: Listeners): Occurrence[] => {
    const able: Occurrence[] = [];
    for (const [index, one] of occurrences.entries()) {
      if (!isDue(one, group, named)) continue;
      heard[index] = 1;
      const reason = whySilent(one, group, named);
      if (reason) lines.add(dropped(one, reason), group);
      else able.push(one);
    }
    return able;
  };

  const groups = gather(input, range);
  for (const group of groups)
    if (!group.overlap) for (const outcome of settle(ableAt(group), group.ground)) lines.add(outcome, group);
  for (const { members, takesTurns } of circlesOf(groups, (group) => group.overlap)) {
    const together = members.map((group) => ({ ...group, takesTurns }));
    const neighbours = together.map((group) => ({ occurrences: ableAt(group), ground: group.ground }));
    for (const [index, outcomes] of settleTogether(neighbours, takesTurns).entries())
      for (const outcome of outcomes) lines.add(outcome, together[index]);
  }
  for (const [index, one] of occurrences.entries())
    if (!heard[index] && !named.sounding.has(one.scheduleIndex)) lines.add(dropped(one, "no-receiver"));
  return { from, until, lines: lines.finish() };
}

/** Schedules that some response level names, by their place in the input. */
interface Named {
  /** They sound at some level only. */
  readonly sounding: ReadonlySet<number>;
  readonly suspended: ReadonlySet<number>;
}

function namedByLevels({ schedules, levels }: PlanInput): Named {
  const places = (ids: readonly ScheduleId[]) =>
    new Set(schedules.flatMap(({ id }, index) => (ids.includes(id) ? [index] : [])));
  return {
    sounding: places(levels.flatMap((level) => level.schedules)),
    suspended: places(levels.flatMap((level) => level.suspends)),
  };
}

/** Whether it is meant for them on that day; a schedule of a level is not while that level is not in force. */
function isDue({ scheduleIndex, schedule, date }: Occurrence, group: Listeners, { sounding }: Named): boolean {
  if (!group.hears(scheduleIndex, date)) return false;
  return !sounding.has(scheduleIndex) || (group.ground.airtime(date).level?.schedules.includes(schedule.id) ?? false);
}

/** Why it does not even try to sound. */
function whySilent(one: Occurrence, { isDisabled, ground }: Listeners, { suspended }: Named): PlanReason | undefined {
  if (isDisabled) return "disabled";
  if (one.silenced) return "holiday";
  if (suspended.has(one.scheduleIndex) && ground.airtime(one.date).level?.suspends.includes(one.schedule.id))
    return "suspended-by-level";
  return one.layout.failure;
}
