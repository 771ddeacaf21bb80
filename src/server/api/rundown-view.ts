/**
 * A rundown as the API shows it: the planner's words, with instants in ISO 8601 and the lengths left as they are.
 *
 * @module
 */
import * as z from "zod";
import type { Epoch } from "../../base/units.js";
import { classSchema, resumeSchema } from "../../domain/class.js";
import {
  announcementIdSchema,
  occurrenceIdSchema,
  playlistIdSchema,
  radioIdSchema,
  receiverIdSchema,
  scheduleIdSchema,
  sha256Schema,
} from "../../domain/ids.js";
import type { Rundown, RundownLine } from "../../domain/rundown.js";
import { timingSchema } from "../../domain/schedule.js";
import type { ScheduleReview } from "./control-verbs.js";
import { list, timeView, wordsView } from "./views.js";

const lineView = z.object({
  occurrence: occurrenceIdSchema,
  schedule: scheduleIdSchema,
  playlist: playlistIdSchema,
  /** Whose programme is relayed; the items are what sounds while that cannot be heard. */
  radio: z.optional(radioIdSchema),
  title: z.string(),
  class: classSchema,
  order: z.int(),
  receivers: list(receiverIdSchema),
  planned: timeView,
  start: timeView,
  end: timeView,
  notAfter: timeView,
  timing: timingSchema,
  resume: resumeSchema,
  maxMs: z.number(),
  items: list(
    z.object({
      announcement: z.optional(announcementIdSchema),
      sha256: sha256Schema,
      offsetMs: z.number(),
      durationMs: z.number(),
      gainDb: z.number(),
    }),
  ),
  golden: z.boolean(),
  fate: z.enum(["airs", "moved", "cut", "dropped"]),
  reason: z.string().optional(),
  because: z.optional(occurrenceIdSchema),
  explanation: wordsView.optional(),
});

/** What sounds from `from` up to, not including, `until`; the station's zone says what the local time is. */
export const rundownView = z.object({ zone: z.string(), from: timeView, until: timeView, lines: list(lineView) });
export type RundownView = z.infer<typeof rundownView>;

export const reviewView = z.object({
  rundown: rundownView,
  remarks: list(wordsView),
  refusals: list(z.object({ path: z.string(), reason: z.string(), words: wordsView })),
});

/** @param zone IANA zone of the station */
export const viewRundown = (rundown: Rundown, zone: string): RundownView => ({
  zone,
  from: iso(rundown.from),
  until: iso(rundown.until),
  lines: rundown.lines.map(viewLine),
});

export const viewReview = (review: ScheduleReview, zone: string): z.infer<typeof reviewView> => ({
  ...review,
  rundown: viewRundown(review.rundown, zone),
});

const viewLine = (line: RundownLine) => ({
  ...line,
  planned: iso(line.planned),
  start: iso(line.start),
  end: iso(line.end),
  notAfter: iso(line.notAfter),
});

const iso = (time: Epoch): string => new Date(time).toISOString();
