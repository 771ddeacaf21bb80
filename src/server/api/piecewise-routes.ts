/**
 * Doors for a file that comes piece by piece. Any door that takes a file takes one that has come so: it is named in the header
 * `Loa-Upload`, and the body is empty.
 *
 * @module
 */
import * as z from "zod";
import { PIECE } from "./piecewise.js";
import { json, nothing, type Route, route } from "./route.js";

const tag = "Âm thanh";
const access = "station";
const params = z.object({ upload: z.uuid() });
/** Whoever may hand in a file by any door. */
const needs = { permission: ["compose", "air", "configure"], touches: "anywhere" } as const;

export const newUploadSchema = z.strictObject({
  /** Length of the whole file. */
  bytes: z.int().check(z.positive()),
});
export const arrivedView = z.object({
  id: z.uuid(),
  bytes: z.int(),
  /** How many have come, from the beginning: go on there. */
  received: z.int(),
  /** Largest piece that is taken, bytes. */
  pieceBytes: z.int(),
});
export type ArrivedView = z.infer<typeof arrivedView>;

export const piecewiseRoutes: readonly Route[] = [
  route({
    ...{ id: "beginUpload", method: "post", path: "/api/v1/uploads", tag, access, status: 201, needs },
    summary: {
      vi: "Bắt đầu gửi một tệp theo từng phần; mạng đứt thì gửi tiếp, không phải gửi lại",
      en: "Begin to send a file piece by piece, going on where the line broke",
    },
    body: newUploadSchema,
    response: arrivedView,
    run: async ({ piecewise, body, person }) => json(await piecewise.begin(body.bytes, person)),
  }),
  route({
    ...{ id: "getUpload", method: "get", path: "/api/v1/uploads/{upload}", tag, access, status: 200, needs },
    summary: { vi: "Tệp đang gửi đã đến đâu", en: "How far a file has come" },
    params,
    response: arrivedView,
    run: ({ piecewise, params, person }) => json(piecewise.arrived(params.upload, person)),
  }),
  route({
    ...{ id: "addToUpload", method: "put", path: "/api/v1/uploads/{upload}/pieces/{offset}", tag, access, status: 200 },
    needs,
    summary: {
      vi: `Gửi phần bắt đầu từ byte đó (nội dung yêu cầu, nhiều nhất ${PIECE} byte)`,
      en: `Send what begins at that byte (the request's body, at most ${PIECE} bytes)`,
    },
    params: z.object({ ...params.shape, offset: z.coerce.number().check(z.int(), z.nonnegative()) }),
    takes: "upload",
    mostBytes: PIECE,
    response: arrivedView,
    run: async ({ piecewise, params: { upload: id, offset }, upload, person }) =>
      json(await piecewise.add(id, { ...upload, offset }, person)),
  }),
  route({
    ...{ id: "dropUpload", method: "delete", path: "/api/v1/uploads/{upload}", tag, access, status: 204, needs },
    summary: { vi: "Bỏ phần đã gửi", en: "Drop what was sent" },
    params,
    async run({ piecewise, params, person }) {
      await piecewise.drop(params.upload, person);
      return nothing;
    },
  }),
];
