/**
 * Doors of the city's editor: what is kept off the air, and what must be aired. They need a right over the whole station.
 *
 * @module
 */
import * as z from "zod";
import { announcementIdSchema } from "../../domain/ids.js";
import { mustBeAbleTo } from "./frozen.js";
import { blockSchema, mandateSchema, mandateView } from "./oversight-views.js";
import { json, kept, type Route, route } from "./route.js";
import { announcementView, list } from "./views.js";

const tag = "oversight";
const access = "station";
const params = z.strictObject({ id: announcementIdSchema });
const of = "/api/v1/announcements/{id}";
const response = announcementView;
const needs = { permission: "approve", touches: "station" } as const;

export const oversightRoutes: readonly Route[] = [
  route({
    ...{ id: "blockAnnouncement", method: "put", path: `${of}/block`, tag, access, status: 200, needs },
    summary: { vi: "Chặn: không phát cho đến khi bỏ chặn", en: "Keep it off the air until the block is lifted" },
    ...{ params, response },
    body: blockSchema,
    async run({ control, params: { id }, body, person, mayAlso }) {
      mustBeAbleTo(body.frozen, { mayAlso });
      return kept(await control.block(id, body, person));
    },
  }),
  route({
    ...{ id: "unblockAnnouncement", method: "delete", path: `${of}/block`, tag, access, status: 200, needs },
    summary: { vi: "Bỏ chặn", en: "Lift a block" },
    ...{ params, response },
    run: async ({ control, params: { id }, person }) => kept(await control.unblock(id, person)),
  }),
  route({
    ...{ id: "requireAnnouncement", method: "put", path: `${of}/mandate`, tag, access, status: 200, needs },
    summary: {
      vi: "Bản tin bắt buộc: xếp lịch ở các địa bàn đã chọn, phường không sửa được",
      en: "A bulletin that must be aired: scheduled in these areas, not to be changed by the wards",
    },
    ...{ params, response },
    body: mandateSchema,
    run: async ({ control, params: { id }, body, person }) => kept(await control.require(id, body, person)),
  }),
  route({
    ...{ id: "endMandate", method: "delete", path: `${of}/mandate`, tag, access, status: 200, needs },
    summary: { vi: "Thôi bắt buộc, bỏ lịch của nó", en: "No longer to be aired; its schedule goes" },
    ...{ params, response },
    run: async ({ control, params: { id }, person }) => kept(await control.endMandate(id, person)),
  }),
  route({
    ...{ id: "listMandates", method: "get", path: "/api/v1/mandates", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Bản tin bắt buộc, và mỗi địa bàn đã phát ở bao nhiêu loa",
      en: "What must be aired, and at how many receivers of each area it was",
    },
    response: list(mandateView),
    run: ({ control }) => json(control.mandates()),
  }),
];
