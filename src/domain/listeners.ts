/**
 * Receivers gathered by what can happen to them: those with the same schedules and the same rules share one fate, so six
 * hundred receivers are planned as the few dozen kinds of place they are.
 *
 * @module
 */

import { addDays } from "./calendar.js";
import { createGround, type Ground } from "./ground.js";
import type { AreaId, ReceiverId } from "./ids.js";
import type { LocalDate } from "./local-time.js";
import type { Overlap } from "./overlap.js";
import { type Place, placeOf } from "./place.js";
import type { Receiver } from "./receiver.js";
import type { DayRange } from "./recurrence.js";
import type { PlanInput } from "./rundown.js";

/** Receivers that share every outcome. */
export interface Listeners {
  /** Places of the receivers in the input, rising. */
  readonly receivers: number[];
  readonly isDisabled: boolean;
  /** Of one that can be heard together with others: it shares its lines with nobody. */
  readonly overlap: Overlap | undefined;
  /** Whether its ordinary items sound in turn with others. */
  readonly takesTurns?: boolean;
  readonly ground: Ground;
  /** Whether the schedule at that place in the input is meant for them on that day. */
  hears(schedule: number, day: LocalDate): boolean;
}

/** From `from` on, no area begins or ends until the next era. */
interface Era {
  readonly from: LocalDate;
  /** The schedules whose target areas hold an area, by area and kind. */
  readonly places: Map<AreaId, Place>;
}

/** Gathers the receivers of a station for a range of days. */
export function gather(input: PlanInput, range: DayRange): Listeners[] {
  const eras = erasOf(input, range).map((from) => ({ from, places: new Map<AreaId, Place>() }));
  const byPolicy = new Map(input.policies.map((policy, index) => [policy, index]));
  const targets = createTargets(input);
  const grounds = new Map<string, Ground>();
  const groups = new Map<string, Listeners>();

  for (const [index, receiver] of input.receivers.entries()) {
    const places = eras.map((era) => placeIn(era, input, receiver.area));
    const heard = places.map((place) => targets.of(receiver, place));
    const rules = places.map((place) => ruleKey(place, input, byPolicy)).join("/");
    const alone = receiver.overlap ? `${receiver.id} ` : "";
    const key = `${alone}${receiver.disabled} ${rules} ${heard.map((one) => one.key).join("/")}`;
    const group = groups.get(key);
    if (group) {
      group.receivers.push(index);
      continue;
    }
    // Areas hardly ever change within a plan, and this is asked for every occurrence.
    const single = heard.length === 1 ? heard[0] : undefined;
    const eraOf = (day: LocalDate) =>
      Math.max(
        0,
        eras.findLastIndex((era) => era.from <= day),
      );
    const placeOn = (day: LocalDate) => places[eraOf(day)] ?? placeOf(input, receiver.area, day);
    const ground = grounds.get(rules) ?? createGround({ zone: input.zone, ...range, placeOn, lifting: input });
    grounds.set(rules, ground);
    groups.set(key, {
      receivers: [index],
      isDisabled: receiver.disabled,
      overlap: receiver.overlap,
      ground,
      hears: single
        ? (schedule) => single.schedules[schedule] === 1
        : (schedule, day) => heard[eraOf(day)]?.schedules[schedule] === 1,
    });
  }
  return [...groups.values()];
}

/** First days of the stretches in which the tree of areas stays as it is. */
function erasOf(input: PlanInput, { from, to }: DayRange): LocalDate[] {
  const starts = new Set([from]);
  for (const area of input.areas.values())
    for (const day of [area.from, area.until]) if (day !== undefined && day > from && day <= to) starts.add(day);
  return [...starts].sort();
}

function placeIn(era: Era, input: PlanInput, area: AreaId): Place {
  const seen = era.places.get(area);
  if (seen) return seen;
  const made = placeOf(input, area, era.from);
  era.places.set(area, made);
  return made;
}

/** Two places with the same key have the same hours, budgets, raises and levels on every day. */
function ruleKey(place: Place, input: PlanInput, byPolicy: ReadonlyMap<object, number>): string {
  const there = (list: readonly { readonly area: AreaId }[]) =>
    list.flatMap(({ area }, index) => (place.areas.includes(area) ? [index] : [])).join("+");
  const inLine = place.areas.map((area) =>
    place.policies.flatMap((policy) => (policy.area === area ? [byPolicy.get(policy)] : [])).join("+"),
  );
  return `${place.sensitive} ${inLine.filter(Boolean).join(">")} ${there(input.declarations)} ${there(input.raises)}`;
}

/** The schedules meant for one receiver in one era. */
interface Heard {
  readonly key: string;
  /** 1 at the place of a schedule that is heard. */
  readonly schedules: Uint8Array;
}

/** Finds the schedules of receivers; those without a word of their own share what their area hears. */
function createTargets({ schedules }: PlanInput) {
  const byArea = listed(schedules.map(({ targets }) => targets.areas));
  const byReceiver = listed(schedules.map(({ targets }) => targets.receivers));
  const byExcept = listed(schedules.map(({ targets }) => targets.except));
  const shared = new Map<string, Heard>();

  const isFor = (index: number, receiver: Receiver) => schedules[index]?.targets.kinds.includes(receiver.kind) ?? false;

  function find(receiver: Receiver, place: Place): Heard {
    const found = new Set<number>();
    for (const area of place.areas) for (const index of byArea.get(area) ?? []) found.add(index);
    for (const index of byReceiver.get(receiver.id) ?? []) found.add(index);
    for (const index of byExcept.get(receiver.id) ?? []) found.delete(index);
    const indexes = [...found].filter((index) => isFor(index, receiver)).sort((a, b) => a - b);
    const marks = new Uint8Array(schedules.length);
    for (const index of indexes) marks[index] = 1;
    return { key: indexes.join(","), schedules: marks };
  }

  return {
    of(receiver: Receiver, place: Place): Heard {
      if (byReceiver.has(receiver.id) || byExcept.has(receiver.id)) return find(receiver, place);
      const key = `${receiver.kind} ${place.areas.join(" ")}`;
      const seen = shared.get(key);
      if (seen) return seen;
      const made = find(receiver, place);
      shared.set(key, made);
      return made;
    },
  };
}

/** From each name to the places of the lists that hold it. */
function listed<Id extends AreaId | ReceiverId>(lists: readonly (readonly Id[])[]): Map<Id, number[]> {
  const found = new Map<Id, number[]>();
  for (const [index, list] of lists.entries())
    for (const id of list) {
      const places = found.get(id) ?? [];
      places.push(index);
      found.set(id, places);
    }
  return found;
}

/** The days that are worked out around a span, so that what began the day before and what comes the day after count too. */
export const widened = ({ from, to }: DayRange): DayRange => ({ from: addDays(from, -1), to: addDays(to, 1) });
