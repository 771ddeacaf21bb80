/**
 * Doors about templates: what there is to fill in, and what it would say.
 *
 * @module
 */
import * as z from "zod";
import { templateIdSchema } from "../../domain/ids.js";
import { formOf, type Template, templatePartSchema } from "../../domain/template.js";
import { previewSchema, previewView, templateSummaryView, templateView } from "./editorial-views.js";
import { json, type Route, route } from "./route.js";
import { list } from "./views.js";

const tag = "templates";
const access = "station";
const one = z.strictObject({ id: templateIdSchema });

const summaryOf = (template: Template) => {
  const { id, title, class: of, topic, version } = template;
  const parts = templatePartSchema.options.filter((part) => formOf(template, part) !== undefined);
  return { id, title, class: of, topic, version, parts };
};

export const templateRoutes: readonly Route[] = [
  route({
    ...{ id: "listTemplates", method: "get", path: "/api/v1/templates", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các mẫu bản tin", en: "The templates" },
    response: list(templateSummaryView),
    run: ({ control }) => json(control.templates().map(summaryOf)),
  }),
  route({
    ...{ id: "getTemplate", method: "get", path: "/api/v1/templates/{id}", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một mẫu với các trường phải điền", en: "One template with the fields to fill in" },
    params: one,
    response: templateView,
    run: ({ control, params }) => json(control.template(params.id)),
  }),
  route({
    ...{ id: "previewTemplate", method: "post", path: "/api/v1/templates/{id}/preview", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Xem trước khi đang điền", en: "What it says as far as it is filled in" },
    params: one,
    body: previewSchema,
    response: previewView,
    run: ({ control, params, body }) => json(control.previewTemplate(params.id, body)),
  }),
];
