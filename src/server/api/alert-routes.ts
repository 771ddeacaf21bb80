/**
 * Doors about dangers: the prepared packs, and giving, confirming and ending an alert.
 *
 * @module
 */
import * as z from "zod";
import { type Pack, type PackId, packIdSchema, packSchema } from "../../domain/emergency-pack.js";
import type { Touched } from "../../domain/permission.js";
import { alertRequest, alertView, endRequest, glassRequest, packView } from "./alert-views.js";
import type { ControlVerbs } from "./control-verbs.js";
import { otherId } from "./playlist-routes.js";
import { json, kept, nothing, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { keptView, list } from "./views.js";

const tag = "alerts";
const access = "station";
const named = z.strictObject({ id: packIdSchema });
const alert = z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,64}$/) });
const prepared: Touched = { classes: ["emergency"], areas: "anywhere" };

/** A pack reaches as far as it does and as it would: whoever prepares it must be one who may approve there. */
const pack = (control: ControlVerbs, id: PackId, draft?: Pack): readonly Touched[] =>
  [touch.there(() => control.emergencyPack(id).value), draft].flatMap((one) =>
    one ? [one.targets ? touch.targets(control, one.targets, ["emergency"]) : prepared] : [],
  );

/** Where an alert sounds, or the places of the pack that it would come from. */
const reached = (control: ControlVerbs, id: string): Touched => ({
  ...touch.receivers(control, touch.there(() => control.alert(id).receivers) ?? []),
  classes: ["emergency"],
});

export const alertRoutes: readonly Route[] = [
  route({
    ...{ id: "listEmergencyPacks", method: "get", path: "/api/v1/emergency-packs", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Các gói khẩn cấp đã chuẩn bị, và gói nào còn thiếu gì",
      en: "The prepared packs, and what they lack",
    },
    response: list(keptView(packView)),
    run: ({ control }) => json(control.emergencyPacks()),
  }),
  route({
    ...{ id: "getEmergencyPack", method: "get", path: "/api/v1/emergency-packs/{id}", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một gói khẩn cấp", en: "One pack" },
    params: named,
    response: packView,
    run: ({ control, params }) => kept(control.emergencyPack(params.id)),
  }),
  route({
    ...{ id: "putEmergencyPack", method: "put", path: "/api/v1/emergency-packs/{id}", tag, access, status: 200 },
    needs: { permission: "approve", touches: ({ control, params, body }) => pack(control, params.id, body) },
    summary: {
      vi: "Lưu gói khẩn cấp: bản cảnh báo, bản đính chính, bản báo yên; If-Match khi sửa, bỏ trống khi tạo mới",
      en: "Keep a pack: alert, correction, all-clear; with If-Match to change one, without to make a new one",
    },
    params: named,
    body: packSchema,
    response: packView,
    current: ({ control, params }) => control.emergencyPack(params.id),
    async run({ control, params, body, expected, person }) {
      if (body.id !== params.id) throw otherId();
      return kept(await control.putEmergencyPack(body, { expected, by: person }));
    },
  }),
  route({
    ...{ id: "removeEmergencyPack", method: "delete", path: "/api/v1/emergency-packs/{id}", tag, access, status: 204 },
    needs: { permission: "approve", touches: ({ control, params }) => pack(control, params.id) },
    summary: { vi: "Xóa gói khẩn cấp", en: "Remove a pack" },
    params: named,
    async run({ control, params, person }) {
      await control.removeEmergencyPack(params.id, person);
      return nothing;
    },
  }),
  route({
    ...{ id: "listAlerts", method: "get", path: "/api/v1/alerts", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Các cảnh báo đã phát hoặc đang chờ người thứ hai",
      en: "Alerts given, or awaiting a second person",
    },
    response: list(alertView),
    run: ({ control }) => json(control.alerts()),
  }),
  route({
    ...{ id: "getAlert", method: "get", path: "/api/v1/alerts/{id}", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một cảnh báo", en: "One alert" },
    params: alert,
    response: alertView,
    run: ({ control, params }) => json(control.alert(params.id)),
  }),
  route({
    ...{ id: "giveAlert", method: "post", path: "/api/v1/alerts", tag, access, status: 202 },
    needs: {
      permission: "air",
      touches({ control, body }) {
        const targets = body.targets ?? touch.there(() => control.emergencyPack(body.pack).value.targets);
        return targets ? touch.targets(control, targets, ["emergency"]) : prepared;
      },
      fresh: true,
    },
    summary: {
      vi: "Phát cảnh báo: trong một phường thì phát ngay; nhiều phường hoặc ban đêm thì chờ người thứ hai trong hai phút",
      en: "Give an alert: at once inside a ward; for several wards or at night a second person has two minutes",
    },
    body: alertRequest,
    response: alertView,
    run: async ({ control, body, person }) => json(await control.giveAlert(body, person)),
  }),
  route({
    ...{ id: "confirmAlert", method: "post", path: "/api/v1/alerts/{id}/confirmation", tag, access, status: 202 },
    needs: {
      permission: ["approve", "air"],
      touches: ({ control, params }) => reached(control, params.id),
      fresh: true,
    },
    summary: { vi: "Người thứ hai xác nhận, trên thiết bị khác", en: "The second person's word, from another device" },
    params: alert,
    response: alertView,
    run: async ({ control, params, person }) => json(await control.confirmAlert(params.id, person)),
  }),
  route({
    ...{ id: "breakGlass", method: "post", path: "/api/v1/alerts/{id}/broken-glass", tag, access, status: 202 },
    needs: { permission: "air", touches: ({ control, params }) => reached(control, params.id), fresh: true },
    summary: {
      vi: "Phá kính: phát một mình, ghi lý do; mọi lãnh đạo được báo",
      en: "Break the glass: give it alone, with a reason; every leader is told",
    },
    params: alert,
    body: glassRequest,
    response: alertView,
    run: async ({ control, params, body, person }) => json(await control.breakGlass(params.id, body.reason, person)),
  }),
  route({
    ...{ id: "endAlert", method: "post", path: "/api/v1/alerts/{id}/end", tag, access, status: 202 },
    needs: { permission: "air", touches: ({ control, params }) => reached(control, params.id) },
    summary: {
      vi: "Kết thúc cảnh báo bằng bản báo yên hoặc bản đính chính, đúng những nơi đã phát",
      en: "End an alert by its all-clear or its correction, at exactly the places it was given to",
    },
    params: alert,
    body: endRequest,
    response: alertView,
    run: async ({ control, params, body, person }) => json(await control.endAlert(params.id, body.how, person)),
  }),
];
