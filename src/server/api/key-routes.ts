/**
 * Doors about the keys that orders are signed with.
 *
 * @module
 */
import * as z from "zod";
import { keyIdSchema } from "../../protocol/signing.js";
import { json, type Route, route } from "./route.js";
import * as view from "./views.js";

const tag = "keys";
const access = "station";
const response = view.list(view.orderKeyView);

export const keyRoutes: readonly Route[] = [
  route({
    ...{ id: "listOrderKeys", method: "get", path: "/api/v1/keys", tag, access, status: 200 },
    needs: { permission: ["inspect", "configure"], touches: "anywhere" },
    summary: { vi: "Các khóa ký lệnh đang dùng được", en: "The keys that orders may be signed with" },
    response,
    run: ({ control }) => json(control.orderKeys()),
  }),
  route({
    ...{ id: "rotateOrderKey", method: "post", path: "/api/v1/keys/rotate", tag, access, status: 200 },
    needs: { permission: "configure", touches: "station", fresh: true },
    summary: {
      vi: "Đổi khóa ký lệnh; khóa cũ còn dùng được 30 ngày",
      en: "Change the order key; the old one holds for 30 more days",
    },
    response,
    run: async ({ control, person }) => json(await control.rotateOrderKey(person)),
  }),
  route({
    ...{ id: "retireOrderKey", method: "post", path: "/api/v1/keys/{key}/retire", tag, access, status: 200 },
    needs: { permission: "configure", touches: "station", fresh: true },
    summary: { vi: "Hủy ngay một khóa cũ", en: "End an old key at once" },
    params: z.strictObject({ key: keyIdSchema }),
    response,
    run: async ({ control, params, person }) => json(await control.retireOrderKey(params.key, person)),
  }),
];
