import { localDate } from "../../../src/domain/local-time.js";
import { reportOf } from "../../../src/domain/report.js";
import { monthSchema, periodOf } from "../../../src/domain/report-period.js";
import { submissionSchema } from "../../../src/domain/report-submission.js";
import type { ReportVerbs } from "../../../src/server/api/report-verbs.js";
import { aCity } from "../../support/a-city-month.js";

const NOTHING = { days: [], sessions: [], busiest: [], contents: [], coverage: [], reasons: [] } as const;
const NO_CARE = { recalls: [], complaints: [], repairs: [], levels: [], vans: [], heads: [] } as const;
const POINT = { n: 3, hash: "0".repeat(64) };
const month = monthSchema.parse("2026-11");

export const aSubmission = () =>
  submissionSchema.parse({
    ...{ number: 1, month, by: "Chị Hoa", at: "2026-11-25T08:00:00.000Z", recipients: [{ name: "Sở" }] },
    ...{ sha256: "a".repeat(64), bytes: 3, upTo: 3, upToHash: POINT.hash },
  });

/** Reports of a station in which nothing happened. */
export function createFakeReports(called: <T>(verb: string, args: readonly unknown[], result: T) => T): ReportVerbs {
  const period = periodOf(month, { periodEndsOn: 25, draftOn: 23, dueOn: 25 });
  const report = reportOf(aCity({ receivers: 20, perDay: 1, wards: 2 }), { ...NOTHING, ...NO_CARE }, POINT);
  return {
    reports: () => [{ ...period, stage: "draft", words: { vi: "đã có", en: "there" }, submissions: [aSubmission()] }],
    report: async (...args) => called("report", args, report),
    reportFile: async (...args) => called("reportFile", args, Buffer.from("<style>p{}</style>tệp")),
    submitReport: async (...args) => called("submitReport", args, aSubmission()),
    submission: (number) => (number === 1 ? aSubmission() : undefined),
    submittedReport: async () => Buffer.from("%PDF"),
    nightDigest: async (...args) =>
      called("nightDigest", args, {
        ...{ date: localDate("2026-11-23"), from: "2026-11-21T23:00:00.000Z", until: "2026-11-22T23:00:00.000Z" },
        ...{ items: [], receivers: 0, words: { vi: "đủ", en: "all" }, upTo: POINT },
      }),
  };
}
