/**
 * Doors about what happens now.
 *
 * @module
 */
import * as ask from "./requests.js";
import { json, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import * as view from "./views.js";

const access = "station";

export const airRoutes: readonly Route[] = [
  route({
    ...{ id: "listOnAir", method: "get", path: "/api/v1/on-air", tag: "air", access, status: 200 },
    needs: "known",
    summary: { vi: "Đang phát: đã ra lệnh, loa đã xác nhận, đang vang", en: "On air: ordered, confirmed, sounding" },
    response: view.list(view.onAirView),
    run: ({ control }) => json(control.onAir()),
  }),
  route({
    ...{ id: "listTickets", method: "get", path: "/api/v1/tickets", tag: "air", access, status: 200 },
    needs: "known",
    summary: {
      vi: "Các lượt phát đã chốt (từ 30 giây trước giờ phát): sửa lịch chỉ đổi lần sau, muốn bỏ lần này phải dừng",
      en: "Soundings that are frozen (from 30 s before): an edit changes the next time, only a stop takes this one back",
    },
    response: view.list(view.ticketView),
    run: ({ control }) => json(control.tickets()),
  }),
  route({
    ...{ id: "playNow", method: "post", path: "/api/v1/play", tag: "air", access, status: 202 },
    needs: {
      permission: "air",
      touches: ({ control, body }) =>
        touch.targets(control, body.targets, [...new Set([body.class, ...touch.classesOf(control, body.content)])]),
      // What interrupts everything must be the word of whoever really sits there.
      fresh: ({ control, body }) => [body.class, ...touch.classesOf(control, body.content)].includes("emergency"),
    },
    summary: { vi: "Phát ngay", en: "Play now" },
    body: ask.playSchema,
    response: view.orderedView,
    run: async ({ control, body, person }) => json(await control.playNow(body, person)),
  }),
  route({
    ...{ id: "stop", method: "post", path: "/api/v1/stop", tag: "air", access, status: 202 },
    needs: { permission: "stop", touches: ({ control, body }) => touch.stopped(control, body.scope) },
    summary: {
      vi: "Dừng: tất cả, một nơi, một lượt hoặc một bản tin",
      en: "Stop: all, a place, a sounding or an announcement",
    },
    body: ask.stopSchema,
    response: view.orderedView,
    run: async ({ control, body, person }) => json(await control.stop(body.scope, person)),
  }),
];
