/**
 * Outcomes at groups of receivers become lines of a rundown: receivers with the same outcome share one line.
 *
 * @module
 */
import { type Epoch, epoch } from "../base/units.js";
import type { Outcome } from "./contest.js";
import type { ReceiverId } from "./ids.js";
import { itemsUntil } from "./layout.js";
import type { Listeners } from "./listeners.js";
import type { Occurrence } from "./occurrences.js";
import { TURN_GAP_MS } from "./overlap.js";
import { explainOutcome } from "./plan-words.js";
import type { PlanInput, RundownLine } from "./rundown.js";

/** R4: an ordinary item that is later than two minutes is missed, whatever its schedule says. */
export const ORDINARY_LATE_MS = 120_000;

/** A line while its receivers are gathered. */
interface Draft {
  readonly outcome: Outcome;
  readonly notAfter: Epoch;
  readonly golden: boolean;
  readonly groups: Listeners[];
}

/** Gathers outcomes; those outside the span of the input are left out. */
export function createLines(input: PlanInput) {
  const drafts = new Map<Occurrence, Draft[]>();
  const nameLists = new Map<string, readonly ReceiverId[]>();
  const numbers = new Map<Listeners, number>();
  const numberOf = (group: Listeners): number => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  };

  /** Lines of the same groups share one list, for there are far fewer lists than lines. */
  function names(groups: readonly Listeners[]): readonly ReceiverId[] {
    const key = groups.map(numberOf).join(",");
    const seen = nameLists.get(key);
    if (seen) return seen;
    const places = groups.flatMap((group) => group.receivers).sort((a, b) => a - b);
    const made = places.flatMap((place) => input.receivers[place]?.id ?? []);
    nameLists.set(key, made);
    return made;
  }

  return {
    /** @param group who shares the outcome; nobody when left out */
    add(outcome: Outcome, group?: Listeners): void {
      if (!isInSpan(outcome, input)) return;
      const isHeard = outcome.fate !== "dropped" && group !== undefined;
      const draft: Draft = {
        outcome,
        notAfter: isHeard ? notAfterOf(outcome, group) : outcome.start,
        golden: isHeard && group.ground.isGolden(outcome.start),
        groups: group ? [group] : [],
      };
      const known = drafts.get(outcome.occurrence);
      const same = known?.find((one) => isSame(one, draft));
      if (same) same.groups.push(...draft.groups);
      else if (known) known.push(draft);
      else drafts.set(outcome.occurrence, [draft]);
    },

    /** The lines, in order of start, then planned instant, then id; what sounds comes before what does not. */
    finish(): RundownLine[] {
      const all = [...drafts.values()].flat().map((draft) => line(draft, names(draft.groups), input.zone));
      return all.sort(byTime);
    },
  };
}

/** What sounds comes before what does not, so that an order by start reads as a day does. */
function byTime(a: RundownLine, b: RundownLine): number {
  const apart = a.start - b.start || a.planned - b.planned;
  if (apart !== 0) return apart;
  if (a.occurrence !== b.occurrence) return a.occurrence < b.occurrence ? -1 : 1;
  return b.end - a.end || ((a.receivers[0] ?? "") < (b.receivers[0] ?? "") ? -1 : 1);
}

const isInSpan = ({ occurrence, fate, end }: Outcome, { from, until }: PlanInput): boolean =>
  occurrence.planned < until && (occurrence.planned >= from || (fate !== "dropped" && end > from));

/** A late start must not run into closed hours either. */
function notAfterOf({ occurrence, start, end }: Outcome, { ground, takesTurns }: Listeners): Epoch {
  const { schedule, rank } = occurrence;
  const mostLate = takesTurns ? TURN_GAP_MS : ORDINARY_LATE_MS;
  const late = rank === 0 ? Math.min(schedule.lateMs, mostLate) : schedule.lateMs;
  const open = ground.openAt(rank === 0, start);
  const last = open ? open.to - (end - start) : start;
  return epoch(Math.max(start, Math.min(start + late, last)));
}

function isSame(a: Draft, b: Draft): boolean {
  const [one, other] = [a.outcome, b.outcome];
  return (
    one.start === other.start &&
    one.end === other.end &&
    one.fate === other.fate &&
    one.reason === other.reason &&
    one.because === other.because &&
    one.becauseUntil === other.becauseUntil &&
    one.limit === other.limit &&
    a.notAfter === b.notAfter &&
    a.golden === b.golden
  );
}

function line({ outcome, notAfter, golden }: Draft, receivers: readonly ReceiverId[], zone: string): RundownLine {
  const { occurrence, start, end, fate, because } = outcome;
  const { schedule, layout, planned } = occurrence;
  return {
    occurrence: occurrence.id,
    schedule: schedule.id,
    playlist: schedule.playlist,
    ...(schedule.radio ? { radio: schedule.radio.source } : {}),
    title: schedule.title,
    class: schedule.class,
    order: schedule.order,
    receivers,
    planned,
    start,
    end,
    notAfter,
    timing: schedule.timing,
    resume: schedule.resume,
    maxMs: schedule.maxMs,
    items: fate === "dropped" ? [] : itemsUntil(layout, end - start),
    golden,
    fate,
    reason: outcome.reason ?? (fate === "airs" ? layout.left[0]?.reason : undefined),
    because: because?.id,
    explanation: explainOutcome(outcome, zone),
  };
}
