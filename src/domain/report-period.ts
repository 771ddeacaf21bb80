/**
 * Which days a monthly report is about, and when it is due: from the day after the period ended in the month before up to the
 * day on which it ends, as the plan of 2021 has it «hàng tháng (ngày 25)». The days are settings.
 *
 * @module
 */
import * as z from "zod/mini";
import { addDays } from "./calendar.js";
import type { LocalDate } from "./local-time.js";

/** The month in which a report is due, `2026-11`. */
export const monthSchema = z
  .string()
  .check(z.regex(/^[1-9]\d{3}-(?:0[1-9]|1[0-2])$/))
  .brand<"month">();
export type Month = z.infer<typeof monthSchema>;

/** Days of the month, 1 to 28: every month has them. */
export interface ReportDays {
  /** Last day of the period, included. */
  readonly periodEndsOn: number;
  /** The draft is ready on this day, and people are reminded. */
  readonly draftOn: number;
  /** It has to be submitted on this day. */
  readonly dueOn: number;
}

export interface ReportPeriod {
  readonly month: Month;
  readonly from: LocalDate;
  /** Last day, included. */
  readonly to: LocalDate;
  readonly draftOn: LocalDate;
  readonly dueOn: LocalDate;
}

/** Where a month's report stands: `open` until the draft is ready, then `draft`, `due` on its day, and `late` after it. */
export type ReportStage = "open" | "draft" | "due" | "late" | "submitted";

export function periodOf(month: Month, { periodEndsOn, draftOn, dueOn }: ReportDays): ReportPeriod {
  const day = (of: Month, number: number) => `${of}-${String(number).padStart(2, "0")}` as LocalDate;
  return {
    month,
    from: addDays(day(monthBefore(month), periodEndsOn), 1),
    to: day(month, periodEndsOn),
    draftOn: day(month, draftOn),
    dueOn: day(month, dueOn),
  };
}

/** The month whose period holds that day. */
export function monthAt(day: LocalDate, { periodEndsOn }: Pick<ReportDays, "periodEndsOn">): Month {
  const month = monthSchema.parse(day.slice(0, 7));
  return Number(day.slice(8)) <= periodEndsOn ? month : monthAfter(month);
}

export function stageOf(period: ReportPeriod, today: LocalDate, isSubmitted: boolean): ReportStage {
  if (isSubmitted) return "submitted";
  if (today < period.draftOn) return "open";
  if (today < period.dueOn) return "draft";
  return today === period.dueOn ? "due" : "late";
}

export const monthBefore = (month: Month): Month =>
  monthSchema.parse(addDays(`${month}-01` as LocalDate, -1).slice(0, 7));
const monthAfter = (month: Month): Month => monthSchema.parse(addDays(`${month}-28` as LocalDate, 4).slice(0, 7));
