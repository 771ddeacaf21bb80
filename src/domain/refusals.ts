/**
 * What a person hears before a schedule is saved: why it may not be (R1), what it would take from others, and what the
 * coming days would be like.
 *
 * @module
 */
import { Fault, type Words } from "../base/errors.js";
import { addDays, daysBetween } from "./calendar.js";
import { gather, widened } from "./listeners.js";
import { occurrencesOf } from "./occurrences.js";
import { plan } from "./plan.js";
import { dateWords, lengthWords } from "./plan-words.js";
import { type Finding, quietFindings, yearOf } from "./quiet-refusals.js";
import type { Receiver } from "./receiver.js";
import type { PlanInput, PlanReason, Rundown, RundownLine } from "./rundown.js";
import { ORDINARY_LATE_MS } from "./rundown-lines.js";
import type { Schedule } from "./schedule.js";
import { zoneOf } from "./zone.js";

export type { Finding } from "./quiet-refusals.js";

/** Warnings of a kind that are spelt out; the rest is counted. */
const MOST_WARNINGS = 20;

/** The answer to "may I save this?". */
export interface Review {
  /** Why it may not be saved; empty when it may. */
  readonly refusals: readonly Finding[];
  /** What would be dropped, cut or moved: of this schedule, and of others because of it. */
  readonly warnings: readonly Finding[];
  /** The lines of this schedule in the span of the input, as they would be. */
  readonly rundown: Rundown;
}

/**
 * Reviews a schedule as if it were saved and enabled, in place of the one with the same id.
 *
 * @param input the station, and the days to preview; quiet hours are checked over the 366 days from its first
 * @throws Fault "invalid" when the zone is unknown
 */
export function reviewSchedule(draft: Schedule, input: PlanInput): Review {
  const schedule: Schedule = { ...draft, enabled: true };
  const others = input.schedules.filter(({ id }) => id !== draft.id);
  const empty: Rundown = { from: input.from, until: input.until, lines: [] };
  const broken = brokenWords(schedule, input);
  if (broken) return { refusals: [broken], warnings: [], rundown: empty };

  const alone = { ...input, schedules: [schedule] };
  // Nobody else's lines depend on these receivers, so the others need not be planned.
  const there = { ...input, receivers: hearersOf(alone) };
  const after = plan({ ...there, schedules: [...others, schedule] });
  const before = plan({ ...there, schedules: others });
  const own = after.lines.filter((line) => line.schedule === schedule.id);
  return {
    refusals: quietFindings(schedule, alone),
    warnings: [
      ...emptyFindings(schedule, alone),
      ...lateFindings(schedule),
      ...ownFindings(own, input.zone),
      ...loserFindings({ after, before, schedule }, input.zone),
    ],
    rundown: { ...after, lines: own },
  };
}

/** The receivers that the only schedule of the input is meant for on any of its days. */
function hearersOf(input: PlanInput): Receiver[] {
  const { toLocal } = zoneOf(input.zone);
  const range = widened({ from: toLocal(input.from).date, to: toLocal(input.until).date });
  const days = Array.from({ length: daysBetween(range.from, range.to) + 1 }, (_, day) => addDays(range.from, day));
  const groups = gather(input, range).filter((group) => days.some((day) => group.hears(0, day)));
  return groups.flatMap((group) => group.receivers.flatMap((index) => input.receivers[index] ?? []));
}

/** What makes the schedule meaningless: a rule that cannot be read, an end before its start. */
function brokenWords(schedule: Schedule, input: PlanInput): Finding | undefined {
  if (schedule.until !== undefined && schedule.until < schedule.start)
    return {
      path: "/until",
      reason: "ends-before-start",
      words: {
        vi: `Ngày cuối ${dateWords(schedule.until).vi} trước ngày đầu ${dateWords(schedule.start).vi}. Lịch chưa được lưu.`,
        en: `the last day ${schedule.until} is before the first day ${schedule.start}; nothing was saved`,
      },
    };
  try {
    occurrencesOf({ ...input, schedules: [schedule] }, { from: schedule.start, to: schedule.start });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.path === undefined) throw thrown;
    return { path: thrown.path, reason: thrown.reason ?? "invalid", words: thrown.words };
  }
}

/** A schedule that never comes, or that nobody would hear, is allowed but surely not meant. */
function emptyFindings(schedule: Schedule, input: PlanInput): Finding[] {
  const range = yearOf(schedule, input);
  const never = occurrencesOf(input, range).every((one) => one.silenced);
  const unheard = gather(input, { from: range.from, to: range.from }).every((group) => !group.hears(0, range.from));
  return [
    ...(never ? [finding("/rule", "never", NEVER)] : []),
    ...(unheard ? [finding("/targets", "no-receiver", UNHEARD)] : []),
  ];
}

const NEVER: Words = {
  vi: "Trong một năm tới lịch này không có ngày phát nào.",
  en: "in the coming year this schedule has no day on which it airs",
};
const UNHEARD: Words = {
  vi: "Chưa có cụm loa hay xe loa nào ở nơi đã chọn.",
  en: "there is no receiver where it is meant for",
};

/** R4 holds whatever a schedule says, and whoever wrote it should know. */
function lateFindings({ class: of, lateMs }: Schedule): Finding[] {
  if (of !== "ordinary" || lateMs <= ORDINARY_LATE_MS) return [];
  const [wished, most] = [lengthWords(lateMs), lengthWords(ORDINARY_LATE_MS)];
  const words = {
    vi: `Lịch cho phép phát trễ đến ${wished.vi}, nhưng bản tin thông thường trễ quá ${most.vi} thì không phát nữa.`,
    en: `the schedule allows a start up to ${wished.en} late, but an ordinary item is not begun more than ${most.en} late`,
  };
  return [finding("/lateMs", "late-capped", words)];
}

const finding = (path: string, reason: string, words: Words): Finding => ({ path, reason, words });

/** What becomes of the schedule itself, when it does not simply air. */
function ownFindings(own: readonly RundownLine[], zone: string): Finding[] {
  const lines = own.filter((line) => line.reason !== "no-receiver");
  return listed(lines, zone, pathOf);
}

/** Two rundowns of the same span, with and without the schedule. */
interface Comparison {
  readonly after: Rundown;
  readonly before: Rundown;
  readonly schedule: Schedule;
}

/** Others that would be dropped, cut or moved, and were not before. */
function loserFindings({ after, before, schedule }: Comparison, zone: string): Finding[] {
  const known = new Set(before.lines.map(fateKey));
  const losers = after.lines.filter((line) => line.schedule !== schedule.id && !known.has(fateKey(line)));
  return listed(losers, zone, () => "/at");
}

const fateKey = ({ occurrence, fate, start, end, reason }: RundownLine) =>
  [occurrence, fate, start, end, reason].join(" ");

function listed(lines: readonly RundownLine[], zone: string, pathFor: (line: RundownLine) => string): Finding[] {
  const found = lines.flatMap((line) => {
    if (!line.explanation) return [];
    const day = dateWords(zoneOf(zone).toLocal(line.planned).date);
    const words = { vi: `${day.vi}, ${line.explanation.vi}.`, en: `${day.en}, ${line.explanation.en}` };
    return [finding(pathFor(line), line.reason ?? line.fate, words)];
  });
  const more = found.length - MOST_WARNINGS;
  const counted = finding("/at", "more", { vi: `… và ${more} lượt phát khác.`, en: `… and ${more} more occurrences` });
  return more > 0 ? [...found.slice(0, MOST_WARNINGS), counted] : found;
}

const pathOf = ({ reason }: RundownLine): string => {
  if (reason === "too-long") return "/maxMs";
  return reason !== undefined && OF_CONTENT.has(reason) ? "/playlist" : "/at";
};
const OF_CONTENT: ReadonlySet<PlanReason> = new Set([
  "not-approved",
  "no-audio",
  "recalled",
  "not-valid",
  "outside-targets",
  "blocked",
]);
