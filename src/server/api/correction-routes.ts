/**
 * Doors about what was wrong: the recall, where an announcement was heard, and its correction for exactly those places.
 *
 * @module
 */
import * as z from "zod";
import { announcementIdSchema } from "../../domain/ids.js";
import { correctionSchema, hearingsView, recalledView, recallRequest } from "./correction-views.js";
import { json, kept, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { announcementView } from "./views.js";

const tag = "announcements";
const access = "station";
const params = z.strictObject({ id: announcementIdSchema });
const of = "/api/v1/announcements/{id}";

export const correctionRoutes: readonly Route[] = [
  route({
    ...{ id: "recallAnnouncement", method: "post", path: `${of}/recall`, tag, access, status: 202 },
    // As easy as a stop (R3), but for good: by whoever may stop or approve in some place where it sounds.
    needs: {
      permission: ["stop", "approve"],
      touches: ({ control, params: { id } }) => ({ ...touch.announcement(control, id), classes: [], loosely: true }),
    },
    summary: {
      vi: "Thu hồi: im ngay ở mọi nơi và không phát lại; trả lời nơi nào đã nghe",
      en: "Recall: silent everywhere, for good; tells where it was heard",
    },
    params,
    body: recallRequest,
    response: recalledView,
    run: async ({ control, params: { id }, body, person }) => json(await control.recall(id, body.reason, person)),
  }),
  route({
    ...{ id: "listHearings", method: "get", path: `${of}/hearings`, tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Bản tin đã nghe ở đâu, lúc nào, theo lời các loa",
      en: "Where and when it was heard, by the receivers",
    },
    params,
    response: hearingsView,
    run: ({ control, params: { id } }) => json(control.hearings(id)),
  }),
  route({
    ...{ id: "correctAnnouncement", method: "post", path: `${of}/corrections`, tag, access, status: 202 },
    needs: {
      permission: "compose",
      touches: ({ control, params: { id } }) => ({ ...touch.announcement(control, id), areas: "anywhere" }),
    },
    summary: {
      vi: "Soạn bản đính chính cho đúng những nơi đã nghe: từ mẫu đính chính hoặc bằng chữ",
      en: "Draft its correction for exactly the places where it was heard: from its template's, or in words",
    },
    params,
    body: correctionSchema,
    response: announcementView,
    run: async ({ control, params: { id }, body, person }) => kept(await control.correct(id, body, person)),
  }),
];
