/**
 * Doors about monthly reports: their figures, their forms, handing them in; and the digest of a morning.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { AreaId } from "../../domain/ids.js";
import type { Touched } from "../../domain/permission.js";
import type { Month } from "../../domain/report-period.js";
import { submissionSchema } from "../../domain/report-submission.js";
import * as view from "./report-views.js";
import { json, type Route, route } from "./route.js";
import { list } from "./views.js";

const tag = "reports";
const access = "station";
const read = { tag, access, status: 200, method: "get" } as const;

/** Whoever sees one ward sees its report; the whole station's is for who sees all of it. */
const touched = (area: AreaId | undefined): Touched => ({ areas: area === undefined ? "station" : [area] });

const FORMS = [
  ["pdf", "application/pdf", { vi: "Báo cáo tháng, PDF để in và ký", en: "The monthly report as PDF" }],
  [
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    { vi: "Báo cáo tháng, bảng tính", en: "The monthly report as a spreadsheet" },
  ],
  ["html", "text/html", { vi: "Báo cáo tháng, trang để in", en: "The monthly report as a page to print" }],
  [
    "sql",
    "application/sql",
    { vi: "Câu lệnh để ai cũng đếm lại được báo cáo", en: "The script by which anybody counts the report again" },
  ],
] as const;

const forms: readonly Route[] = FORMS.map(([form, media, summary]) =>
  route({
    ...{ ...read, id: `getReport${form.charAt(0).toUpperCase()}${form.slice(1)}`, media, summary },
    path: `/api/v1/reports/{month}.${form}`,
    needs: { permission: "inspect", touches: ({ query }) => touched(query.area) },
    params: view.monthParams,
    query: view.areaQuery,
    run: async ({ control, params: { month }, query: { area } }) => {
      const bytes = await control.reportFile(month, { area, form });
      const name = nameOf(month, area, form);
      const type = form === "html" || form === "sql" ? `${media}; charset=utf-8` : media;
      return { kind: "bytes", bytes, media: type, name, ...(form === "html" ? { policy: policyOf(bytes) } : {}) };
    },
  }),
);

export const reportRoutes: readonly Route[] = [
  route({
    ...{ ...read, id: "listReports", path: "/api/v1/reports" },
    needs: { permission: "inspect", touches: "anywhere" },
    summary: {
      vi: "Báo cáo tháng: kỳ, hạn nộp, đã nộp chưa",
      en: "Monthly reports: periods, when due, whether handed in",
    },
    response: list(view.reportMonthView),
    run: ({ control, mayAlso }) =>
      json(
        control.reports().map((month) => ({
          ...month,
          submissions: month.submissions.filter(({ area }) => mayAlso("inspect", touched(area))),
        })),
      ),
  }),
  ...forms,
  route({
    ...{ ...read, id: "getReport", path: "/api/v1/reports/{month}" },
    needs: { permission: "inspect", touches: ({ query }) => touched(query.area) },
    summary: { vi: "Số liệu của báo cáo tháng", en: "The figures of the monthly report" },
    params: view.monthParams,
    query: view.areaQuery,
    response: view.reportView,
    run: async ({ control, params, query }) => json(await control.report(params.month, query.area)),
  }),
  route({
    ...{ id: "submitReport", method: "post", path: "/api/v1/reports/{month}/submissions", tag, access, status: 201 },
    needs: { permission: ["approve", "configure"], touches: ({ body }) => touched(body.area) },
    summary: {
      vi: "Nộp báo cáo: giữ lại đúng tệp đã nộp, ghi ai nộp, lúc nào, gửi ai, mã băm",
      en: "Hand the report in: the document is kept, and who, when, to whom and its hash are written down",
    },
    params: view.monthParams,
    body: view.submissionWish,
    response: submissionSchema,
    run: async ({ control, params, body, person }) => json(await control.submitReport(params.month, body, person)),
  }),
  route({
    ...{ ...read, id: "getSubmittedReport", path: "/api/v1/report-submissions/{number}", media: "application/pdf" },
    needs: {
      permission: "inspect",
      touches: ({ control, params }) => touched(control.submission(params.number)?.area),
    },
    summary: { vi: "Đúng tệp PDF đã nộp", en: "The very PDF that was handed in" },
    params: view.submissionParams,
    async run({ control, params: { number } }) {
      const bytes = await control.submittedReport(number);
      return { kind: "bytes", bytes, media: "application/pdf", name: `bao-cao-da-nop-${number}.pdf` };
    },
  }),
  route({
    ...{ ...read, id: "getNightDigest", path: "/api/v1/night-digest" },
    needs: { permission: "inspect", touches: "station" },
    summary: {
      vi: "Điểm lại một ngày đêm: lượt nào không phát, ở đâu, vì sao, cần làm gì",
      en: "A day and night in the morning: what did not sound, where, why, and what to do",
    },
    query: view.digestQuery,
    response: view.digestView,
    run: async ({ control, query }) => json(await control.nightDigest(query.date)),
  }),
];

const nameOf = (month: Month, area: AreaId | undefined, form: string) =>
  `bao-cao-${month}${area === undefined ? "" : `-${area}`}.${form}`;

/** The page brings its own style and nothing else: exactly this style is let through. */
function policyOf(page: Uint8Array): string {
  const style = /<style>([\s\S]*?)<\/style>/.exec(Buffer.from(page).toString("utf8"))?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'`;
}
