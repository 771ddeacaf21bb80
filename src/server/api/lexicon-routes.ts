/**
 * Doors about readings: how short forms, names and foreign words are said.
 *
 * @module
 */
import * as z from "zod";
import { classSchema } from "../../domain/class.js";
import * as view from "./lexicon-views.js";
import { json, kept, plain, type Route, route } from "./route.js";
import { list } from "./views.js";

const tag = "lexicon";
const access = "station";
const media = "text/csv";
/** A reading is heard in whatever is written, so whoever composes only drafts of one class does not teach it. */
const teaching = {
  permission: ["compose", "configure"],
  touches: () => ({ areas: "anywhere", classes: classSchema.options }) as const,
} as const;

export const lexiconRoutes: readonly Route[] = [
  route({
    ...{ id: "listReadings", method: "get", path: "/api/v1/lexicon", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các cách đọc: đã dạy, trong tệp, có sẵn", en: "Readings: taught, from the file, shipped" },
    query: view.readingsQuerySchema,
    response: list(view.readingView),
    run: ({ control, query }) => json(control.readings(query)),
  }),
  route({
    ...{ id: "teachReading", method: "post", path: "/api/v1/lexicon", tag, access, status: 201 },
    needs: teaching,
    summary: {
      vi: "Dạy cách đọc; trả lời kèm các bản tin sẽ đọc khác. Bản tin đã duyệt giữ nguyên",
      en: "Teach a reading; the answer lists announcements that would be read otherwise. What is approved stays",
    },
    body: view.lexiconEntrySchema,
    response: view.taughtAnswer,
    run: async ({ control, body, person }) => json(await control.teach(body, person)),
  }),
  route({
    ...{ id: "exportReadings", method: "get", path: "/api/v1/lexicon/table", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Cách đọc thành bảng CSV", en: "Readings as a CSV table" },
    query: view.exportQuerySchema,
    media,
    run: ({ control, query }) => plain(control.exportReadings(query.from)),
  }),
  route({
    ...{ id: "importReadings", method: "post", path: "/api/v1/lexicon/table", tag, access, status: 200 },
    needs: teaching,
    summary: {
      vi: "Nhập bảng CSV: cả bảng hoặc không gì cả; ?dry=true chỉ xem trước",
      en: "Take a CSV table: all of it or nothing; with ?dry=true only a preview",
    },
    query: view.importQuerySchema,
    body: z.string(),
    takes: "text",
    response: view.importAnswer,
    run: async ({ control, query, body, person }) =>
      json(await control.importReadings(body, { dry: query.dry === "true", by: person })),
  }),
  route({
    ...{ id: "listOutdatedReadings", method: "get", path: "/api/v1/lexicon/impact", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Bản tin đã làm âm thanh với cách đọc khác bây giờ",
      en: "Announcements whose sound was made with other readings than today's",
    },
    query: view.outdatedQuerySchema,
    response: view.impactView,
    run: async ({ control, query }) => json(await control.outdated(query.after)),
  }),
  route({
    ...{ id: "previewReadings", method: "post", path: "/api/v1/lexicon/impact", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Xem trước: nếu thêm hay bỏ những cách đọc này thì bản tin nào đọc khác",
      en: "Preview: which announcements would be read otherwise with these readings added or removed",
    },
    body: view.readingsChangeSchema,
    response: view.impactView,
    run: async ({ control, body }) => json(await control.previewReadings(body)),
  }),
  route({
    ...{ id: "getTaughtReading", method: "get", path: "/api/v1/lexicon/{id}", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một cách đọc đã dạy", en: "One taught reading" },
    params: view.readingParams,
    response: view.taughtView,
    run: ({ control, params }) => kept(control.taughtReading(params.id)),
  }),
  route({
    ...{ id: "updateReading", method: "put", path: "/api/v1/lexicon/{id}", tag, access, status: 200 },
    needs: teaching,
    summary: { vi: "Sửa một cách đọc đã dạy", en: "Change a taught reading" },
    params: view.readingParams,
    body: view.lexiconEntrySchema,
    needsExpected: true,
    response: view.taughtAnswer,
    current: ({ control, params }) => control.taughtReading(params.id),
    run: async ({ control, params, body, expected, person }) =>
      json(await control.updateReading(params.id, body, { expected, by: person })),
  }),
  route({
    ...{ id: "forgetReading", method: "delete", path: "/api/v1/lexicon/{id}", tag, access, status: 200 },
    needs: teaching,
    summary: { vi: "Bỏ một cách đọc đã dạy", en: "Forget a taught reading" },
    params: view.readingParams,
    response: view.forgottenAnswer,
    run: async ({ control, params, person }) => json(await control.forget(params.id, person)),
  }),
];
