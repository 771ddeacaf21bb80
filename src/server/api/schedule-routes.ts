/**
 * Doors about schedules, the rundown that follows from them, and alert levels in force.
 *
 * @module
 */
import * as z from "zod";
import { declarationSchema } from "../../domain/alert-level.js";
import { areaIdSchema, scheduleIdSchema } from "../../domain/ids.js";
import { scheduleSchema } from "../../domain/schedule.js";
import { otherId } from "./playlist-routes.js";
import * as ask from "./requests.js";
import { json, kept, nothing, type Route, route } from "./route.js";
import { reviewView, rundownView, viewReview, viewRundown } from "./rundown-view.js";
import * as touch from "./touched.js";
import { keptView, list } from "./views.js";

const tag = "schedules";
const access = "station";
const schedule = z.strictObject({ id: scheduleIdSchema });
/** With it, other schedules that are to be kept together with it: a sounding that moves leaves one and enters another. */
const reviewedSchema = z.strictObject({
  ...scheduleSchema.shape,
  beside: z.array(scheduleSchema).max(4).default([]),
});

export const scheduleRoutes: readonly Route[] = [
  route({
    ...{ id: "listSchedules", method: "get", path: "/api/v1/schedules", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các lịch phát", en: "The schedules" },
    response: list(keptView(scheduleSchema)),
    run: ({ control }) => json(control.schedules()),
  }),
  route({
    ...{ id: "reviewSchedule", method: "post", path: "/api/v1/schedule-reviews", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Xem trước một lịch: phát lúc nào, nhường ai, vì sao",
      en: "What a schedule would do, before it is kept",
    },
    body: reviewedSchema,
    response: reviewView,
    run: async ({ control, body: { beside, ...draft } }) =>
      json(viewReview(await control.reviewSchedule(draft, beside), control.station().zone)),
  }),
  route({
    ...{ id: "getSchedule", method: "get", path: "/api/v1/schedules/{id}", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một lịch phát", en: "One schedule" },
    params: schedule,
    response: scheduleSchema,
    run: ({ control, params }) => kept(control.schedule(params.id)),
  }),
  route({
    ...{ id: "putSchedule", method: "put", path: "/api/v1/schedules/{id}", tag, access, status: 200 },
    needs: { permission: "air", touches: ({ control, params, body }) => touch.schedule(control, params.id, body) },
    summary: {
      vi: "Lưu lịch phát; If-Match khi sửa, bỏ trống khi tạo mới",
      en: "Keep a schedule; with If-Match to change one, without to make a new one",
    },
    params: schedule,
    body: scheduleSchema,
    response: scheduleSchema,
    current: ({ control, params }) => control.schedule(params.id),
    async run({ control, params, body, expected, person }) {
      if (body.id !== params.id) throw otherId();
      return kept(await control.putSchedule(body, { expected, by: person }));
    },
  }),
  route({
    ...{ id: "removeSchedule", method: "delete", path: "/api/v1/schedules/{id}", tag, access, status: 204 },
    needs: { permission: "air", touches: ({ control, params }) => touch.schedule(control, params.id) },
    summary: { vi: "Xóa lịch phát", en: "Remove a schedule" },
    params: schedule,
    needsExpected: true,
    current: ({ control, params }) => control.schedule(params.id),
    async run({ control, params, expected, person }) {
      await control.removeSchedule(params.id, { expected, by: person });
      return nothing;
    },
  }),
  route({
    ...{ id: "enableSchedule", method: "put", path: "/api/v1/schedules/{id}/enabled", tag, access, status: 200 },
    needs: { permission: "air", touches: ({ control, params }) => touch.schedule(control, params.id) },
    summary: { vi: "Bật hoặc tắt lịch phát", en: "Switch a schedule on or off" },
    params: schedule,
    body: ask.enableSchema,
    response: scheduleSchema,
    run: async ({ control, params, body, person }) =>
      kept(await control.enableSchedule(params.id, body.enabled, person)),
  }),
  route({
    ...{ id: "getRundown", method: "get", path: "/api/v1/rundown", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Chương trình: phát gì, lúc nào, gì phải nhường",
      en: "The rundown: what sounds when, and what gives way",
    },
    query: ask.rundownQuerySchema,
    response: rundownView,
    run: async ({ control, query }) => json(viewRundown(await control.rundown(query), control.station().zone)),
  }),
  route({
    ...{ id: "listDeclarations", method: "get", path: "/api/v1/declarations", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Cấp độ đang và sẽ áp dụng", en: "Levels in force, and to come" },
    response: list(declarationSchema),
    run: ({ control }) => json(control.declarations()),
  }),
  route({
    ...{ id: "declareLevel", method: "post", path: "/api/v1/declarations", tag, access, status: 201 },
    needs: { permission: "approve", touches: ({ body }) => ({ classes: ["emergency"], areas: [body.area] }) },
    summary: { vi: "Công bố cấp độ cho một địa bàn", en: "Put a level in force in an area" },
    body: ask.newDeclarationSchema,
    response: declarationSchema,
    run: async ({ control, body, person }) => json(await control.declare(body, person)),
  }),
  route({
    ...{ id: "endLevel", method: "delete", path: "/api/v1/declarations/{area}/{level}", tag, access, status: 204 },
    needs: { permission: "approve", touches: ({ params }) => ({ classes: ["emergency"], areas: [params.area] }) },
    summary: { vi: "Kết thúc cấp độ ở một địa bàn", en: "End a level in an area" },
    params: z.strictObject({ area: areaIdSchema, level: declarationSchema.shape.level }),
    async run({ control, params, person }) {
      await control.endDeclaration(params.level, params.area, person);
      return nothing;
    },
  }),
];
