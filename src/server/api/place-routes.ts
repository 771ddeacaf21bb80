/**
 * Doors about the station's places and loudspeakers.
 *
 * @module
 */
import * as z from "zod";
import { alertLevelSchema } from "../../domain/alert-level.js";
import { areaSchema } from "../../domain/area.js";
import { holidaySchema } from "../../domain/holiday.js";
import { receiverIdSchema } from "../../domain/ids.js";
import { policySchema } from "../../domain/policy.js";
import type { Site } from "./account-verbs.js";
import * as ask from "./requests.js";
import { json, kept, marked, nothing, type Route, route } from "./route.js";
import { squareFor } from "./square.js";
import * as touch from "./touched.js";
import * as view from "./views.js";

const tag = "places";
const access = "station";
const receiver = z.strictObject({ id: receiverIdSchema });

/** A code as people bring it to a device: the command that takes it, and the same as a square for a telephone. */
const shownPairingView = z.object({
  ...view.pairingView.shape,
  command: z.string(),
  /** Dark parts, within `size` units in both directions. */
  square: z.object({ size: z.int(), path: z.string() }).optional(),
});
export type ShownPairingView = z.infer<typeof shownPairingView>;

function shownPairing(pairing: view.PairingView, { origin }: Site): ShownPairingView {
  const command = `loa relay --server ${origin} --pair ${pairing.code}`;
  const square = squareFor(command);
  return { ...pairing, command, ...(square ? { square } : {}) };
}

export const placeRoutes: readonly Route[] = [
  route({
    ...{ id: "getStation", method: "get", path: "/api/v1/station", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Đài trong một cái nhìn", en: "The station at a glance" },
    response: view.stationView,
    run: ({ control }) => json(control.station()),
  }),
  route({
    ...{ id: "listAreas", method: "get", path: "/api/v1/areas", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các địa bàn", en: "The areas" },
    response: view.list(areaSchema),
    run: ({ control }) => json(control.areas()),
  }),
  route({
    ...{ id: "listPolicies", method: "get", path: "/api/v1/policies", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Quy định giờ phát của các địa bàn", en: "What the areas allow" },
    response: view.list(policySchema),
    run: ({ control }) => json(control.policies()),
  }),
  route({
    ...{ id: "listLevels", method: "get", path: "/api/v1/levels", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các cấp độ đã chuẩn bị", en: "The prepared alert levels" },
    response: view.list(alertLevelSchema),
    run: ({ control }) => json(control.levels()),
  }),
  route({
    ...{ id: "listHolidays", method: "get", path: "/api/v1/holidays", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Ngày nghỉ lễ", en: "Public holidays" },
    response: view.list(holidaySchema),
    run: ({ control }) => json(control.holidays()),
  }),
  route({
    ...{ id: "listReceivers", method: "get", path: "/api/v1/receivers", tag, access, status: 200 },
    needs: { permission: ["inspect", "air", "stop"], touches: "anywhere" },
    summary: { vi: "Cụm loa, xe loa và điều chúng tự báo", en: "Receivers, with what they report themselves" },
    response: view.list(view.receiverView),
    run: ({ control }) => json(control.receivers()),
  }),
  route({
    ...{ id: "addPlace", method: "post", path: "/api/v1/receivers", tag, access, status: 201 },
    needs: { permission: "configure", touches: ({ body }) => ({ areas: [body.area] }) },
    summary: { vi: "Thêm một vị trí loa", en: "Add a place for a loudspeaker" },
    body: ask.newPlaceSchema,
    response: view.receiverView,
    run: async ({ control, body, person }) => json(await control.addPlace(body, person)),
  }),
  route({
    ...{ id: "updateReceiver", method: "patch", path: "/api/v1/receivers/{id}", tag, access, status: 200 },
    needs: {
      permission: "configure",
      touches: ({ control, params, body }) => touch.receiver(control, params.id, [body.area]),
    },
    summary: { vi: "Sửa vị trí loa", en: "Change a place" },
    params: receiver,
    body: ask.placeChangeSchema,
    needsExpected: true,
    response: view.receiverView,
    current: ({ control, params }) => marked(control.receiver(params.id)),
    run: async ({ control, params, body, expected, person }) =>
      kept(marked(await control.updateReceiver(params.id, body, { expected, by: person }))),
  }),
  route({
    ...{ id: "removeReceiver", method: "delete", path: "/api/v1/receivers/{id}", tag, access, status: 204 },
    needs: { permission: "configure", touches: touch.named },
    summary: { vi: "Gỡ vị trí loa; nhật ký vẫn giữ", en: "Remove a place; its log stays" },
    params: receiver,
    async run({ control, params, person }) {
      await control.removeReceiver(params.id, person);
      return nothing;
    },
  }),
  route({
    ...{ id: "createPairing", method: "post", path: "/api/v1/receivers/{id}/pairing", tag, access, status: 201 },
    needs: { permission: "configure", touches: touch.named },
    summary: { vi: "Tạo mã ghép thiết bị, dùng một lần", en: "Make a pairing code, for a single use" },
    params: receiver,
    response: shownPairingView,
    run: async ({ control, params, person, site }) =>
      json(shownPairing(await control.createPairing(params.id, person), site)),
  }),
  route({
    ...{ id: "confirmDevice", method: "post", path: "/api/v1/receivers/{id}/confirm", tag, access, status: 200 },
    needs: { permission: "configure", touches: touch.named },
    summary: {
      vi: "Xác nhận thiết bị đang chờ, kèm sáu từ đọc được ở loa",
      en: "Confirm the device that waits, by the six words seen at the loudspeaker",
    },
    params: receiver,
    body: ask.confirmSchema,
    response: view.receiverView,
    run: async ({ control, params, body, person }) => json(await control.confirmDevice(params.id, body.words, person)),
  }),
  route({
    ...{ id: "replaceDevice", method: "post", path: "/api/v1/receivers/{id}/replacement", tag, access, status: 201 },
    needs: { permission: "configure", touches: touch.named },
    summary: {
      vi: "Tạo mã ghép cho thiết bị thay thế; thiết bị cũ chạy đến khi thiết bị mới được xác nhận",
      en: "Make a code for another device; the old one works until the new one is confirmed",
    },
    params: receiver,
    response: shownPairingView,
    run: async ({ control, params, person, site }) =>
      json(shownPairing(await control.replaceDevice(params.id, person), site)),
  }),
  route({
    ...{ id: "revokeDevice", method: "post", path: "/api/v1/receivers/{id}/revocation", tag, access, status: 200 },
    needs: { permission: "configure", touches: touch.named },
    summary: {
      vi: "Thu hồi thiết bị ngay; khóa của nó không bao giờ dùng lại được",
      en: "Refuse the device's key for ever",
    },
    params: receiver,
    response: view.receiverView,
    run: async ({ control, params, person }) => json(await control.revokeDevice(params.id, person)),
  }),
  route({
    ...{ id: "clearQuarantine", method: "post", path: "/api/v1/receivers/{id}/clearance", tag, access, status: 200 },
    needs: { permission: "configure", touches: touch.named },
    summary: { vi: "Hết cách ly: thiết bị được kết nối lại", en: "End a quarantine: the device may come back" },
    params: receiver,
    response: view.receiverView,
    run: async ({ control, params, person }) => json(await control.clearQuarantine(params.id, person)),
  }),
  route({
    ...{ id: "setVolume", method: "put", path: "/api/v1/receivers/{id}/volume", tag, access, status: 202 },
    needs: { permission: ["air", "configure"], touches: touch.named },
    summary: { vi: "Ra lệnh đặt âm lượng; loa xác nhận sau", en: "Order a volume; the receiver confirms later" },
    params: receiver,
    body: ask.volumeSchema,
    response: view.receiverView,
    run: async ({ control, params, body, person }) => json(await control.setVolume(params.id, body.percent, person)),
  }),
  route({
    ...{ id: "setMuted", method: "put", path: "/api/v1/receivers/{id}/mute", tag, access, status: 202 },
    needs: { permission: ["air", "configure"], touches: touch.named },
    summary: { vi: "Ra lệnh tắt tiếng hoặc mở lại", en: "Order silence, or sound again" },
    params: receiver,
    body: ask.muteSchema,
    response: view.receiverView,
    run: async ({ control, params, body, person }) => json(await control.setMuted(params.id, body.muted, person)),
  }),
];
