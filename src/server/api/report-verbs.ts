/**
 * The verbs about monthly reports and the digest of a morning.
 *
 * @module
 */
import type { AreaId } from "../../domain/ids.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { NightDigest } from "../../domain/night-digest.js";
import type { Person } from "../../domain/person.js";
import type { Report } from "../../domain/report.js";
import type { Month } from "../../domain/report-period.js";
import type { Submission } from "../../domain/report-submission.js";
import type * as view from "./report-views.js";

export interface ReportVerbs {
  /** The present month and the year before, the newest first. */
  reports(): readonly view.ReportMonthView[];
  /** @throws Fault "not-found" for an unknown area, "invalid" for a month that has not begun, "busy" when many ask */
  report(month: Month, area?: AreaId): Promise<Report>;
  reportFile(
    month: Month,
    as: { readonly area?: AreaId | undefined; readonly form: view.ReportForm },
  ): Promise<Uint8Array>;
  /** @throws Fault "forbidden" with reason `too-early` before the draft is due */
  submitReport(month: Month, wish: view.SubmissionWish, by: Person): Promise<Submission>;
  submission(number: number): Submission | undefined;
  /** The very bytes that were handed in. @throws Fault "not-found" */
  submittedReport(number: number): Promise<Uint8Array>;
  /** Of this morning when no date is given. */
  nightDigest(date?: LocalDate): Promise<NightDigest>;
}
