/**
 * Doors for bringing two loudspeakers into step.
 *
 * @module
 */
import * as z from "zod";
import type { AlignmentProposal, Distances } from "../../domain/alignment.js";
import { type ReceiverId, receiverIdSchema } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Upload } from "./control-verbs.js";
import { json, nothing, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { timeView } from "./views.js";

const tag = "places";
const access = "station";
const receiver = z.strictObject({ id: receiverIdSchema });
const words = z.object({ vi: z.string(), en: z.string() });
const metres = z.coerce.number().min(0).max(500).default(0);

/** With which loudspeaker to compare. */
export const alignmentSchema = z.strictObject({ reference: receiverIdSchema });
/** Metres from the telephone to the reference and to the loudspeaker that is to be set. */
export const metresSchema = z.strictObject({ reference: metres, other: metres });

/** When the pips sound, and what to do meanwhile. */
export const alignmentView = z.object({
  receiver: receiverIdSchema,
  reference: receiverIdSchema,
  pipsAt: timeView,
  pipsEnd: timeView,
  words,
});
export type AlignmentView = z.infer<typeof alignmentView>;

/** What a recording proposes. Nothing has changed yet. Times in ms, but for the path bias. */
export const proposalView = z.object({
  /** By how much the other was heard later than the reference, how far single pips lie from that, and how many fit. */
  heard: z.object({ laterMs: z.number(), spreadMs: z.number(), reference: z.int(), other: z.int() }),
  distanceMs: z.number(),
  behindMs: z.number(),
  confidence: z.enum(["good", "fair"]),
  outputDelayMs: z.number(),
  pathBiasUs: z.int(),
  words,
});

export interface AlignmentVerbs {
  /** Orders pips at both. @throws Fault "forbidden" in quiet hours, "conflict" when one of them cannot sound them */
  startAlignment(id: ReceiverId, reference: ReceiverId, by: Person): Promise<AlignmentView>;
  /** @throws Fault "invalid", reason `pips-missing` or `pips-unsteady`; "conflict" when none was started */
  judgeAlignment(
    id: ReceiverId,
    recording: { readonly metres: Distances; readonly upload: Upload },
    by: Person,
  ): Promise<AlignmentProposal>;
  /** @throws Fault "conflict" without a proposal, or when the settings have changed since */
  confirmAlignment(id: ReceiverId, by: Person): Promise<void>;
}

export const alignmentRoutes: readonly Route[] = [
  route({
    ...{ id: "startAlignment", method: "post", path: "/api/v1/receivers/{id}/alignment", tag, access, status: 202 },
    needs: {
      permission: ["air", "configure"],
      touches: ({ control, params, body }) => touch.receivers(control, [params.id, body.reference]),
    },
    summary: {
      vi: "Ra lệnh cho loa này và một loa mốc phát tiếng bíp để căn chỉnh",
      en: "Order pips at this receiver and a reference, to bring them into step",
    },
    params: receiver,
    body: alignmentSchema,
    response: alignmentView,
    run: async ({ control, params, body, person }) =>
      json(await control.startAlignment(params.id, body.reference, person)),
  }),
  route({
    ...{ id: "judgeAlignment", method: "post", tag, access, status: 200 },
    path: "/api/v1/receivers/{id}/alignment/recording",
    needs: { permission: ["air", "configure"], touches: touch.named },
    summary: {
      vi: "Gửi bản ghi tiếng bíp (nội dung yêu cầu là tệp); trả về đề nghị, chưa thay đổi gì",
      en: "Hand in a recording of the pips (the request's body is the file); answers a proposal, changes nothing",
    },
    params: receiver,
    query: metresSchema,
    takes: "upload",
    response: proposalView,
    run: async ({ control, params, query, upload, person }) =>
      json(await control.judgeAlignment(params.id, { metres: query, upload }, person)),
  }),
  route({
    ...{ id: "confirmAlignment", method: "post", tag, access, status: 204 },
    path: "/api/v1/receivers/{id}/alignment/confirmation",
    needs: { permission: ["air", "configure"], touches: touch.named },
    summary: { vi: "Xác nhận đề nghị căn chỉnh và áp dụng", en: "Confirm what was proposed, and set it" },
    params: receiver,
    async run({ control, params, person }) {
      await control.confirmAlignment(params.id, person);
      return nothing;
    },
  }),
];
