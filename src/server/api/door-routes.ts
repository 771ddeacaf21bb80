/**
 * Doors for machines: health, metrics, pairing, and what a paired receiver fetches.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { sha256Schema } from "../../domain/ids.js";
import { signedSchema } from "../../protocol/orders.js";
import { receiverAsking } from "./access.js";
import { noClip } from "./announcement-routes.js";
import { encodeMetrics, METRICS_TYPE } from "./metrics.js";
import * as ask from "./requests.js";
import { json, type Route, route } from "./route.js";
import { sendProgramme } from "./send-programme.js";
import * as view from "./views.js";

const clip = z.strictObject({ sha256: sha256Schema });

export const doorRoutes: readonly Route[] = [
  route({
    ...{ id: "getHealth", method: "get", path: "/healthz", tag: "health", access: "open", status: 200 },
    needs: "nothing",
    summary: { vi: "Chương trình còn chạy", en: "The program is alive" },
    response: z.object({ status: z.literal("ok") }),
    run: () => json({ status: "ok" } as const),
  }),
  {
    ...{ id: "getReadiness", method: "get", path: "/readyz", tag: "health", access: "open", status: 200 },
    needs: "nothing",
    summary: { vi: "Sẵn sàng phát; 503 kèm lý do khi chưa", en: "Ready to air; 503 with the reasons when not" },
    response: view.readinessView,
    async raw(_request, response, control) {
      const readiness = await control.readiness();
      response.status(readiness.ready ? 200 : 503).json(readiness);
    },
  },
  {
    ...{ id: "getMetrics", method: "get", path: "/metrics", tag: "health", access: "near", status: 200 },
    needs: { permission: "inspect", touches: "anywhere" },
    summary: { vi: "Số đo cho Prometheus", en: "Metrics for Prometheus" },
    media: "text/plain",
    raw(_request, response, control) {
      response.set("Content-Type", METRICS_TYPE).send(encodeMetrics(control.metrics()));
    },
  },
  route({
    ...{ id: "pair", method: "post", path: "/api/v1/pair", tag: "devices", access: "pairing", status: 201 },
    needs: "nothing",
    summary: { vi: "Thiết bị nhận vị trí bằng mã ghép", en: "A device takes its place by a pairing code" },
    body: ask.pairSchema,
    response: view.pairedView,
    run: async ({ control, body }) => json(await control.pair(body)),
  }),
  {
    ...{ id: "getProgramme", method: "get", path: "/programme", tag: "devices", access: "device", status: 200 },
    needs: "nothing",
    summary: { vi: "Chương trình lưu của loa đang hỏi", en: "The programme of the receiver that asks" },
    response: signedSchema,
    async raw(request, response, control) {
      const receiver = receiverAsking(request, control);
      const programme = receiver && control.programmeOf(receiver);
      if (programme === undefined) throw new Fault("not-found", NO_PROGRAMME);
      await sendProgramme(request, response, programme);
    },
  },
  route({
    ...{ id: "fetchClip", method: "get", path: "/clips/{sha256}", tag: "devices", access: "device", status: 200 },
    needs: "nothing",
    summary: { vi: "Một âm thanh theo băm, có Range", en: "A clip by its hash, in ranges when asked" },
    params: clip,
    media: "audio/ogg",
    run({ control, params: { sha256 } }) {
      const path = control.clipFile(sha256);
      if (path === undefined) throw noClip(sha256);
      return { kind: "file", path, etag: sha256 };
    },
  }),
];

const NO_PROGRAMME = {
  vi: "Chưa có chương trình lưu cho loa này. Hãy hỏi lại sau.",
  en: "There is no programme for this receiver yet. Ask again later.",
};
