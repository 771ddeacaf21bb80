/**
 * Doors on the way of an announcement from a draft to an approval and back, and what happened to it on the way.
 *
 * @module
 */
import * as z from "zod";
import { announcementIdSchema } from "../../domain/ids.js";
import * as views from "./approval-views.js";
import { approveSchema, historyQuerySchema, returnSchema, withdrawSchema } from "./approval-views.js";
import type { Kept } from "./control-verbs.js";
import { mustBeAbleTo } from "./frozen.js";
import { type Call, json, kept, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { type AnnouncementView, announcementView } from "./views.js";

const tag = "announcements";
const access = "station";
const params = z.strictObject({ id: announcementIdSchema });
const of = "/api/v1/announcements/{id}";
const response = announcementView;
type Of = Call<z.infer<typeof params>, unknown, unknown>;
const touches = ({ control, params: { id } }: Pick<Of, "control" | "params">) => touch.announcement(control, id);
const isEmergency = (call: Pick<Of, "control" | "params">) => touches(call).classes?.includes("emergency") ?? false;
/** Beside a refusal because it is no longer the version that was read: both texts. */
const current = ({ control, params: { id } }: Of): Kept<AnnouncementView> => control.announcement(id);

export const approvalRoutes: readonly Route[] = [
  route({
    ...{ id: "submitAnnouncement", method: "post", path: `${of}/submission`, tag, access, status: 200 },
    needs: { permission: "compose", touches },
    summary: { vi: "Trình duyệt đúng một phiên bản", en: "Ask for the approval of one exact version" },
    ...{ params, response, current },
    body: approveSchema,
    run: async ({ control, params: { id }, body, person }) => kept(await control.submit(id, body.version, person)),
  }),
  route({
    ...{ id: "returnAnnouncement", method: "post", path: `${of}/return`, tag, access, status: 200 },
    needs: { permission: "approve", touches },
    summary: { vi: "Trả lại cho người soạn, có lý do", en: "Send it back to its authors, with a reason" },
    ...{ params, response, current },
    body: returnSchema,
    run: async ({ control, params: { id }, body, person }) => kept(await control.sendBack(id, body, person)),
  }),
  route({
    ...{ id: "approveAnnouncement", method: "post", path: `${of}/approval`, tag, access, status: 200 },
    needs: { permission: "approve", touches, fresh: isEmergency },
    summary: {
      vi: "Duyệt đúng một phiên bản; người soạn không tự duyệt, trừ khẩn cấp và đài một cán bộ",
      en: "Approve one exact version; not by an author but for an emergency or where there is a single officer",
    },
    ...{ params, response, current },
    body: approveSchema,
    run: async ({ control, params: { id }, body, person }) => kept(await control.approve(id, body.version, person)),
  }),
  route({
    ...{ id: "withdrawAnnouncement", method: "post", path: `${of}/withdrawal`, tag, access, status: 200 },
    needs: { permission: ["compose", "approve"], touches },
    summary: {
      vi: "Rút bản đã trình, hoặc rút duyệt (có lý do): từ lượt sau không phát nữa",
      en: "Take back a submission, or an approval with a reason: it does not sound from the next time on",
    },
    ...{ params, response },
    body: withdrawSchema,
    async run({ control, params: { id }, body, person, mayAlso }) {
      mustBeAbleTo(body.frozen, { mayAlso });
      return kept(await control.withdraw(id, body, person));
    },
  }),
  route({
    ...{ id: "readHistory", method: "get", path: `${of}/history`, tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Những việc đã làm với bản tin: ai, khi nào, vì sao",
      en: "What was done with it: who, when and why",
    },
    params,
    query: historyQuerySchema,
    response: views.historyView,
    run: ({ control, params: { id }, query }) => json(control.historyOf(id, query)),
  }),
];
