/**
 * Doors of the as-run log: what was heard, what was not, and who did what.
 *
 * @module
 */
import * as view from "./log-views.js";
import { json, type Route, route } from "./route.js";

const [access, tag] = ["station", "log"] as const;

export const logRoutes: readonly Route[] = [
  route({
    ...{ id: "readLog", method: "get", path: "/api/v1/log", tag, access, status: 200 },
    needs: { permission: "inspect", touches: "anywhere" },
    summary: { vi: "Nhật ký phát sóng", en: "The as-run log" },
    query: view.logQuerySchema,
    response: view.logPageView,
    run: async ({ control, query }) => json(await control.logPage(query)),
  }),
  route({
    ...{ id: "listResults", method: "get", path: "/api/v1/results", tag, access, status: 200 },
    needs: { permission: "inspect", touches: "anywhere" },
    summary: {
      vi: "Kết quả từng lượt phát ở từng cụm loa: lời báo mới nhất, với lý do",
      en: "What became of each occurrence at each receiver: the newest word, with its reason",
    },
    query: view.resultQuerySchema,
    response: view.resultPageView,
    run: ({ control, query }) => json(control.results(query)),
  }),
  route({
    ...{ id: "exportLog", method: "get", path: "/api/v1/log/export", tag, access, status: 200 },
    needs: { permission: "inspect", touches: "anywhere" },
    summary: { vi: "Xuất nhật ký ra CSV hoặc NDJSON", en: "The log as CSV or NDJSON" },
    query: view.logExportQuerySchema,
    media: "text/csv",
    run: ({ control, query }) => ({
      kind: "pieces",
      pieces: control.exportLog(query),
      name: `nhat-ky-phat-song.${query.format}`,
      media: query.format === "csv" ? "text/csv" : "application/x-ndjson",
    }),
  }),
  route({
    ...{ id: "verifyLog", method: "get", path: "/api/v1/log/verification", tag, access, status: 200 },
    needs: { permission: "inspect", touches: "anywhere" },
    summary: { vi: "Kiểm chuỗi băm của nhật ký", en: "Whether the log's chain holds" },
    response: view.logCheckView,
    run: async ({ control }) => json(await control.verifyLog()),
  }),
  route({
    ...{ id: "readHeldDays", method: "get", path: "/api/v1/log/held-days", tag, access, status: 200 },
    needs: { permission: "inspect", touches: "anywhere" },
    summary: {
      vi: "Đầu sổ các ngày mà loa đang giữ, để so với nhật ký",
      en: "The heads of closed days that receivers keep, to compare the log with",
    },
    query: view.heldDaysQuerySchema,
    response: view.heldDaysView,
    run: async ({ control, query }) => json(await control.heldDays(query)),
  }),
  route({
    ...{ id: "eraseLogWords", method: "post", path: "/api/v1/log/erasures", tag, access, status: 200 },
    needs: { permission: "configure", touches: "station", fresh: true },
    summary: {
      vi: "Xóa hẳn lời văn có dữ liệu cá nhân khỏi nhật ký; dòng nhật ký và chuỗi băm giữ nguyên",
      en: "Erase words with personal data from the log; its lines and their chain stay",
    },
    body: view.erasureSchema,
    response: view.erasedView,
    run: ({ control, body, person }) => json(control.eraseWords(body, person)),
  }),
];
