/**
 * The planner: schedules, places and sounds in; what sounds when and where out, with every loser named. Pure: the same
 * input always gives the same rundown, whatever the machine's own zone.
 *
 * @module
 */
import { epoch } from "../base/units.js";

import { dropped, type Outcome } from "./contest.js";
import { gather, type Listeners, widened } from "./listeners.js";
import { type Occurrence, occurrencesOf } from "./occurrences.js";
import type { PlanInput, Rundown } from "./rundown.js";
import { createLines } from "./rundown-lines.js";
import { settle } from "./settle.js";
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
  const levelled = levelledSchedules(input);
  const heard = new Set<Occurrence>();

  for (const group of gather(input, range)) {
    const due = occurrences.filter((one) => isDue(one, group, levelled));
    for (const one of due) heard.add(one);
    for (const outcome of outcomesOf(due, group)) lines.add(outcome, group);
  }
  for (const one of occurrences)
    if (!heard.has(one) && !levelled.has(one.scheduleIndex)) lines.add(dropped(one, "no-receiver"));
  return { from, until, lines: lines.finish() };
}

/** The schedules that sound at some response level only. */
function levelledSchedules({ schedules, levels }: PlanInput): ReadonlySet<number> {
  const named = new Set(levels.flatMap((level) => level.schedules));
  return new Set(schedules.flatMap(({ id }, index) => (named.has(id) ? [index] : [])));
}

/** Whether it is meant for them on that day; a schedule of a level is not while that level is not in force. */
function isDue(
  { scheduleIndex, schedule, date }: Occurrence,
  group: Listeners,
  levelled: ReadonlySet<number>,
): boolean {
  if (!group.hears(scheduleIndex, date)) return false;
  return !levelled.has(scheduleIndex) || (group.ground.airtime(date).level?.schedules.includes(schedule.id) ?? false);
}

function outcomesOf(due: readonly Occurrence[], group: Listeners): Outcome[] {
  const silent: Outcome[] = [];
  const able = due.filter((one) => {
    const reason = whySilent(one, group);
    if (reason) silent.push(dropped(one, reason));
    return !reason;
  });
  return [...silent, ...settle(able, group.ground)];
}

/** Why it does not even try to sound. */
function whySilent({ silenced, schedule, layout, date }: Occurrence, { isDisabled, ground }: Listeners) {
  if (isDisabled) return "disabled";
  if (silenced) return "holiday";
  if (ground.airtime(date).level?.suspends.includes(schedule.id)) return "suspended-by-level";
  return layout.failure;
}
