/**
 * Doors about what bulletins rest on: official texts to be read word for word, and confirmed figures.
 *
 * @module
 */
import * as z from "zod";
import { caseFiguresSchema, figuresIdSchema } from "../../domain/case-figures.js";
import { officialTextIdSchema, officialTextSchema } from "../../domain/official-text.js";
import { json, kept, nothing, type Route, route } from "./route.js";
import { figuresSchema, officialSchema, takeSchema, withdrawFiguresSchema } from "./source-views.js";
import * as touch from "./touched.js";
import { announcementView, keptView, list } from "./views.js";

const tag = "sources";
const access = "station";
const text = z.strictObject({ id: officialTextIdSchema });
const figures = z.strictObject({ id: figuresIdSchema });
const library = "/api/v1/official-texts";
/** The library is the whole station's. */
const needs = { permission: "compose", touches: "station" } as const;

export const sourceRoutes: readonly Route[] = [
  route({
    ...{ id: "listOfficialTexts", method: "get", path: library, tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Kho văn bản chính thức, đọc nguyên văn", en: "The official texts, to be read word for word" },
    response: list(keptView(officialTextSchema)),
    run: ({ control }) => json(control.officialTexts()),
  }),
  route({
    ...{ id: "getOfficialText", method: "get", path: `${library}/{id}`, tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một văn bản chính thức", en: "One official text" },
    params: text,
    response: z.object(officialTextSchema.shape),
    run: ({ control, params: { id } }) => kept(control.officialText(id)),
  }),
  route({
    ...{ id: "putOfficialText", method: "put", path: `${library}/{id}`, tag, access, status: 200, needs },
    summary: {
      vi: "Đưa văn bản vào kho; If-Match khi sửa, bỏ trống khi thêm mới",
      en: "Put a text into the library; with If-Match to change one, without to add one",
    },
    params: text,
    body: officialSchema,
    response: z.object(officialTextSchema.shape),
    current: ({ control, params: { id } }) => control.officialText(id),
    run: async ({ control, params: { id }, body, expected, person }) =>
      kept(await control.putOfficialText(id, body, { expected, by: person })),
  }),
  route({
    ...{ id: "removeOfficialText", method: "delete", path: `${library}/{id}`, tag, access, status: 204, needs },
    summary: {
      vi: "Bỏ văn bản khỏi kho; bản tin đã lấy vẫn còn",
      en: "Take a text out; announcements made of it stay",
    },
    params: text,
    async run({ control, params: { id }, person }) {
      await control.removeOfficialText(id, person);
      return nothing;
    },
  }),
  route({
    ...{ id: "takeOfficialText", method: "post", path: `${library}/{id}/announcements`, tag, access, status: 202 },
    needs: {
      permission: ["compose", "approve"],
      touches: ({ control, params: { id }, body }) => touch.officialText(control, id, body.targets),
    },
    summary: {
      vi: "Lấy nguyên văn làm bản tin: chỉ chọn giọng, ngày và nơi; một người của phường xác nhận là đủ",
      en: "Make an announcement of it, word for word: voice, days and places may be chosen; one confirmation is enough",
    },
    params: text,
    body: takeSchema,
    response: announcementView,
    run: async ({ control, params: { id }, body, person }) => kept(await control.takeOfficialText(id, body, person)),
  }),
  route({
    ...{ id: "listFigures", method: "get", path: "/api/v1/case-figures", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Số liệu dịch bệnh đã xác nhận, mới nhất trước", en: "Confirmed case figures, the newest first" },
    response: list(z.object(caseFiguresSchema.shape)),
    run: ({ control }) => json(control.caseFigures()),
  }),
  route({
    ...{ id: "confirmFigures", method: "post", path: "/api/v1/case-figures", tag, access, status: 201 },
    needs: { permission: "confirm", touches: "anywhere" },
    summary: { vi: "Cơ quan y tế xác nhận số liệu", en: "The health office stands for these figures" },
    body: figuresSchema,
    response: z.object(caseFiguresSchema.shape),
    run: async ({ control, body, person }) => json(await control.confirmFigures(body, person)),
  }),
  route({
    ...{
      id: "withdrawFigures",
      method: "post",
      path: "/api/v1/case-figures/{id}/withdrawal",
      tag,
      access,
      status: 200,
    },
    needs: { permission: "confirm", touches: "anywhere" },
    summary: { vi: "Rút số liệu sai, có lý do", en: "Withdraw figures, with a reason" },
    params: figures,
    body: withdrawFiguresSchema,
    response: z.object(caseFiguresSchema.shape),
    run: async ({ control, params: { id }, body, person }) =>
      json(await control.withdrawFigures(id, body.reason, person)),
  }),
];
