/**
 * Doors about what happens now, and what was heard.
 *
 * @module
 */
import * as ask from "./requests.js";
import { json, type Route, route } from "./route.js";
import * as view from "./views.js";

const access = "station";

export const airRoutes: readonly Route[] = [
  route({
    ...{ id: "listOnAir", method: "get", path: "/api/v1/on-air", tag: "air", access, status: 200 },
    summary: { vi: "Đang phát: đã ra lệnh, loa đã xác nhận, đang vang", en: "On air: ordered, confirmed, sounding" },
    response: view.list(view.onAirView),
    run: ({ control }) => json(control.onAir()),
  }),
  route({
    ...{ id: "listTickets", method: "get", path: "/api/v1/tickets", tag: "air", access, status: 200 },
    summary: {
      vi: "Các lượt phát đã chốt (từ 30 giây trước giờ phát): sửa lịch chỉ đổi lần sau, muốn bỏ lần này phải dừng",
      en: "Soundings that are frozen (from 30 s before): an edit changes the next time, only a stop takes this one back",
    },
    response: view.list(view.ticketView),
    run: ({ control }) => json(control.tickets()),
  }),
  route({
    ...{ id: "playNow", method: "post", path: "/api/v1/play", tag: "air", access, status: 202 },
    summary: { vi: "Phát ngay", en: "Play now" },
    body: ask.playSchema,
    response: view.orderedView,
    run: async ({ control, body, person }) => json(await control.playNow(body, person)),
  }),
  route({
    ...{ id: "stop", method: "post", path: "/api/v1/stop", tag: "air", access, status: 202 },
    summary: {
      vi: "Dừng: tất cả, một nơi, một lượt hoặc một bản tin",
      en: "Stop: all, a place, a sounding or an announcement",
    },
    body: ask.stopSchema,
    response: view.orderedView,
    run: async ({ control, body, person }) => json(await control.stop(body.scope, person)),
  }),
  route({
    ...{ id: "readLog", method: "get", path: "/api/v1/log", tag: "log", access, status: 200 },
    summary: { vi: "Nhật ký phát sóng", en: "The as-run log" },
    query: ask.logQuerySchema,
    response: view.logPageView,
    run: async ({ control, query }) => json(await control.logPage(query)),
  }),
  route({
    ...{ id: "listResults", method: "get", path: "/api/v1/results", tag: "log", access, status: 200 },
    summary: {
      vi: "Kết quả từng lượt phát ở từng cụm loa: lời báo mới nhất, với lý do",
      en: "What became of each occurrence at each receiver: the newest word, with its reason",
    },
    query: ask.resultQuerySchema,
    response: view.resultPageView,
    run: ({ control, query }) => json(control.results(query)),
  }),
  route({
    ...{ id: "exportLog", method: "get", path: "/api/v1/log/export", tag: "log", access, status: 200 },
    summary: { vi: "Xuất nhật ký ra CSV hoặc NDJSON", en: "The log as CSV or NDJSON" },
    query: ask.logExportQuerySchema,
    media: "text/csv",
    run: ({ control, query }) => ({
      kind: "pieces",
      pieces: control.exportLog(query),
      name: `nhat-ky-phat-song.${query.format}`,
      media: query.format === "csv" ? "text/csv" : "application/x-ndjson",
    }),
  }),
  route({
    ...{ id: "verifyLog", method: "get", path: "/api/v1/log/verification", tag: "log", access, status: 200 },
    summary: { vi: "Kiểm chuỗi băm của nhật ký", en: "Whether the log's chain holds" },
    response: view.logCheckView,
    run: async ({ control }) => json(await control.verifyLog()),
  }),
];
