/**
 * When an announcement is to sound, as a person says it, and the schedule that follows from it. Pure.
 *
 * @module
 */
import type { Class } from "../../../domain/class.js";
import type { Schedule, Targets } from "../../../domain/schedule.js";
import { ruleOf as repeatRule, WEEKDAYS } from "../week/repeat.js";

export const REPEATS = ["once", "daily", "weekdays", "weekly"] as const;
export type Repeat = (typeof REPEATS)[number];

export type When =
  | { readonly is: "now" }
  | {
      readonly is: "later";
      /** `2026-11-24` and `17:00`, in the station's zone; empty until they are chosen. */
      readonly date: string;
      readonly time: string;
      readonly repeat: Repeat;
      /** Last day of a repeat, included; empty for none. */
      readonly until: string;
    };
export type Later = Extract<When, { is: "later" }>;

/** Ends of the working day, which people mean when they say nothing: the next of them that is at least ten minutes away. */
const USUAL = ["06:00", "17:00"];
const LEAD_MINUTES = 10;

/** What is offered first. @param today and `now` (`HH:MM`) in the station's zone; @param tomorrow the day after */
export function usualTime({ today, tomorrow, now }: { today: string; tomorrow: string; now: string }): Later {
  const time = USUAL.find((usual) => minutesOf(usual) >= minutesOf(now) + LEAD_MINUTES);
  const [date, at] = time === undefined ? [tomorrow, USUAL[0] ?? ""] : [today, time];
  return { is: "later", date, time: at, repeat: "once", until: "" };
}

const minutesOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
};

/** Whether it can still come: a repeat that has begun goes on. */
export function isToCome(when: When, { today, now }: { today: string; now: string }): boolean {
  if (when.is === "now") return true;
  if (!/^\d{4}-\d\d-\d\d$/.test(when.date) || !/^\d\d:\d\d$/.test(when.time)) return false;
  if (when.repeat !== "once") return when.until === "" || (when.until >= when.date && when.until >= today);
  return when.date > today || (when.date === today && when.time > now);
}

/** What was chosen, as a schedule repeats: weekly on the day on which it begins. */
function ruleOf({ date, repeat }: Later): string | undefined {
  if (repeat === "once" || repeat === "daily") return repeatRule({ kind: repeat });
  const first = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const days = repeat === "weekdays" ? WEEKDAYS.slice(0, 5) : WEEKDAYS.slice(first, first + 1);
  return repeatRule({ kind: "weekly", days });
}

interface About {
  readonly id: string;
  readonly title: string;
  readonly class: Class;
  readonly playlist: string;
  readonly targets: Targets;
}

/** The body that makes the schedule. */
export function scheduleOf(when: Later, { id, title, class: of, playlist, targets }: About) {
  const rule = ruleOf(when);
  const until = when.repeat === "once" || when.until === "" ? undefined : when.until;
  return {
    ...{ id, title, class: of, playlist, targets, start: when.date, at: [when.time] },
    ...(rule === undefined ? {} : { rule }),
    ...(until === undefined ? {} : { until }),
  };
}

/** What a person would have chosen to get that schedule; nothing for one that says more than this screen can. */
export function laterOf({
  start,
  at,
  rule,
  until,
}: Pick<Schedule, "start" | "at" | "rule" | "until">): Later | undefined {
  const [time, ...others] = at;
  if (time === undefined || others.length > 0) return undefined;
  const found = REPEATS.map((repeat): Later => {
    return { is: "later", date: start, time: time.slice(0, 5), repeat, until: until ?? "" };
  });
  return found.find((later) => ruleOf(later) === rule);
}

/** Whether one of these schedules does it already. */
export const isPlannedAs = (schedules: readonly Schedule[], when: When, targets: Targets): boolean =>
  when.is === "later" &&
  schedules.some((schedule) => {
    const isThere = JSON.stringify(schedule.targets) === JSON.stringify(targets);
    return schedule.enabled && isThere && JSON.stringify(laterOf(schedule)) === JSON.stringify(when);
  });
