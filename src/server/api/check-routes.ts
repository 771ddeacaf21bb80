/**
 * Doors for whoever looks a wording over: checks, readings, decisions.
 *
 * @module
 */
import * as z from "zod";
import { announcementIdSchema } from "../../domain/ids.js";
import { checkSchema, checkView, decideSchema, readingView } from "./editorial-views.js";
import { json, kept, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { announcementView } from "./views.js";

const tag = "wording";
const access = "station";
const params = z.strictObject({ id: announcementIdSchema });
const readingPath = "/api/v1/announcements/{id}/reading";

export const checkRoutes: readonly Route[] = [
  route({
    ...{ id: "checkWording", method: "post", path: "/api/v1/checks", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Kiểm tra một đoạn chữ: riêng tư, cân bằng, nguồn tin, từ ngữ",
      en: "Check a text: privacy, balance, source, wording",
    },
    body: checkSchema,
    response: checkView,
    run: ({ control, body }) => json(control.check(body)),
  }),
  route({
    ...{ id: "getReading", method: "get", path: readingPath, tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Cách đọc từng chữ và những điều cần xem lại", en: "How each token is read, and what to look at" },
    params,
    response: readingView,
    run: ({ control, params: { id } }) => json(control.reading(id)),
  }),
  route({
    ...{ id: "readAgain", method: "post", path: readingPath, tag, access, status: 202 },
    needs: { permission: "compose", touches: ({ control, params }) => touch.announcement(control, params.id) },
    summary: {
      vi: "Đọc lại theo từ điển hiện tại; khác lời cũ thì phải duyệt lại",
      en: "Read it again with the present lexicon; what sounds different needs a new approval",
    },
    params,
    response: announcementView,
    run: async ({ control, params: { id }, person }) => kept(await control.readAgain(id, person)),
  }),
  route({
    ...{ id: "decide", method: "post", path: "/api/v1/announcements/{id}/decisions", tag, access, status: 200 },
    needs: {
      permission: ["compose", "approve"],
      touches: ({ control, params }) => touch.announcement(control, params.id),
    },
    summary: { vi: "Giữ nguyên một điều được nêu ra, có lý do", en: "Keep what a finding is about, for a reason" },
    params,
    body: decideSchema,
    response: announcementView,
    run: async ({ control, params: { id }, body, person, mayAlso }) => {
      const mayConfirm = mayAlso("confirm", { areas: "anywhere" });
      return kept(await control.decide(id, { ...body, mayConfirm }, person));
    },
  }),
];
