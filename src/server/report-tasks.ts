/**
 * What the report program is asked and answers. Everything travels between two programs of the same version.
 *
 * @module
 */
import { Fault, reasonOf, unreachable } from "../base/errors.js";
import type { Epoch } from "../base/units.js";
import type { LocalDate } from "../domain/local-time.js";
import { digestOf, type NightDigest } from "../domain/night-digest.js";
import { type Report, reportOf } from "../domain/report.js";
import { countInputOf, type ReportMatter } from "../domain/report-matter.js";
import { type PaperMatter, reportPaper } from "../domain/report-paper.js";
import type { ReportForm } from "./control/reports.js";
import { pdfOf, printPage, spreadsheetOf } from "./papers/index.js";
import { countNight, countReport, reportScript } from "./store/report-count.js";

/** `log` is the path of the as-run log. */
export type ReportTask = { readonly log: string; readonly matter: ReportMatter } & (
  | { readonly kind: "report" }
  | { readonly kind: "file"; readonly paper: PaperMatter; readonly form: ReportForm }
  | {
      readonly kind: "night";
      readonly night: { readonly date: LocalDate; readonly from: Epoch; readonly until: Epoch };
    }
);

export interface ReportAnswer {
  readonly report?: Report;
  readonly bytes?: Uint8Array;
  readonly digest?: NightDigest;
}

/** Does the task here, which takes seconds for a city. @throws Fault "unavailable" when the log cannot be read */
export async function workOutReport(task: ReportTask): Promise<ReportAnswer> {
  const { log, matter } = task;
  if (task.kind === "night") {
    const { figures, upTo } = countNight(log, countInputOf(matter, task.night));
    const names = new Map<string, string>(matter.areas.map(({ id, name }) => [id, name]));
    return { digest: digestOf(figures, { ...task.night, nameOf: (unit) => names.get(unit) }, upTo) };
  }
  const input = countInputOf(matter);
  const { figures, upTo } = countReport(log, input);
  const report = reportOf(matter, figures, upTo);
  if (task.kind === "report") return { report };
  if (task.form === "sql") return { report, bytes: Buffer.from(reportScript(log, { ...input, upTo: upTo.n })) };
  return { report, bytes: await drawn(report, task.paper, task.form) };
}

async function drawn(report: Report, matter: PaperMatter, form: Exclude<ReportForm, "sql">): Promise<Uint8Array> {
  const paper = reportPaper(report, matter);
  switch (form) {
    case "pdf":
      return pdfOf(paper, Date.parse(report.countedAt));
    case "xlsx":
      return spreadsheetOf(paper);
    case "html":
      return Buffer.from(printPage(paper));
    default:
      return unreachable(form);
  }
}

/** A thrown thing as it travels. */
export type ReportFailure = Pick<Fault, "code" | "words" | "reason"> | { readonly bug: string };

export const failureOf = (thrown: unknown): ReportFailure =>
  thrown instanceof Fault
    ? { code: thrown.code, words: thrown.words, reason: thrown.reason }
    : { bug: thrown instanceof Error ? (thrown.stack ?? reasonOf(thrown)) : reasonOf(thrown) };
