/**
 * The report program: counts one report, draws it, hands it over and ends. What is on air never waits for it.
 *
 * @module
 */
import { setPriority } from "node:os";
import { failureOf, type ReportAnswer, type ReportFailure, type ReportTask, workOutReport } from "./report-tasks.js";

/** Behind whatever is on air when more programs want to run than there are cores. */
const NICENESS = 10;

setPriority(NICENESS);

const answer = (message: { readonly done: ReportAnswer } | { readonly failure: ReportFailure }) =>
  process.send?.(message, () => process.disconnect?.());

process.once("message", (task: ReportTask) => {
  workOutReport(task).then(
    (done) => answer({ done }),
    (thrown: unknown) => answer({ failure: failureOf(thrown) }),
  );
});
