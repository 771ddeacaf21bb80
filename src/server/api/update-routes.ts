/**
 * Doors about programs for loudspeakers: handing them in, sending them out in stages, and fetching them.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { sha256Schema } from "../../domain/ids.js";
import { json, nothing, type Route, route } from "./route.js";
import * as view from "./update-views.js";
import { list } from "./views.js";

const tag = "updates";
const access = "station";
const named = z.strictObject({ sha256: sha256Schema });

export const updateRoutes: readonly Route[] = [
  route({
    ...{ id: "keepPackage", method: "put", path: "/api/v1/packages/{sha256}", tag, access, status: 204 },
    needs: { permission: "configure", touches: "station", fresh: true },
    summary: {
      vi: "Gửi gói chương trình của loa (nội dung yêu cầu là tệp); chưa gửi cho loa nào",
      en: "Hand in a package of the loudspeakers' program (the request's body); it goes out to nobody yet",
    },
    params: named,
    takes: "upload",
    async run({ control, params, upload, person }) {
      await control.keepPackage(params.sha256, upload.file, person);
      return nothing;
    },
  }),
  route({
    ...{ id: "listRollouts", method: "get", path: "/api/v1/rollouts", tag, access, status: 200 },
    needs: { permission: ["inspect", "configure"], touches: "anywhere" },
    summary: { vi: "Các đợt cập nhật chương trình loa", en: "The rollouts of programs to loudspeakers" },
    response: list(view.rolloutView),
    run: ({ control }) => json(control.rollouts()),
  }),
  route({
    ...{ id: "startRollout", method: "post", path: "/api/v1/rollouts", tag, access, status: 201 },
    needs: { permission: "configure", touches: "station", fresh: true },
    summary: {
      vi: "Gửi một gói đã ký cho các loa theo từng nhóm; tự dừng khi một loa phải quay lại bản cũ",
      en: "Send a signed package out in stages; it stops by itself when a loudspeaker had to go back",
    },
    body: view.newRolloutSchema,
    response: view.rolloutView,
    run: async ({ control, body, person }) => json(await control.startRollout(body, person)),
  }),
  route({
    ...{ id: "stopRollout", method: "post", path: "/api/v1/rollouts/stop", tag, access, status: 200 },
    needs: { permission: "configure", touches: "station" },
    summary: { vi: "Dừng đợt cập nhật đang chạy", en: "Stop the rollout that is under way" },
    response: view.rolloutView,
    run: async ({ control, person }) => json(await control.stopRollout(person)),
  }),
  {
    ...{ id: "fetchPackage", method: "get", path: "/updates/{sha256}", tag: "devices", access: "device", status: 200 },
    needs: "nothing",
    summary: { vi: "Một gói chương trình theo băm, có Range", en: "A package by its hash, in ranges when asked" },
    params: named,
    media: "application/gzip",
    raw(request, response, control) {
      const sha256 = sha256Schema.safeParse(request.params.sha256).data;
      const path = sha256 && control.packageFile(sha256);
      if (path === undefined) throw new Fault("not-found", NO_PACKAGE);
      // Streamed from disk: it is fetched in small pieces by few at a time, and must not push clips off their shelf.
      return new Promise((resolve, reject) => {
        response.type("application/gzip").set("ETag", `"${sha256}"`);
        response.sendFile(
          path,
          { dotfiles: "allow", etag: false, lastModified: false, cacheControl: false },
          (thrown: Error | undefined) => {
            if (thrown === undefined || response.headersSent) resolve();
            else if ("status" in thrown && thrown.status === 416)
              reject(new Fault("invalid", WRONG_RANGE, { reason: "range", cause: thrown }));
            else reject("status" in thrown && thrown.status === 404 ? new Fault("not-found", NO_PACKAGE) : thrown);
          },
        );
      });
    },
  },
];

const NO_PACKAGE = { vi: "Không có gói chương trình này.", en: "There is no such package." };
const WRONG_RANGE = {
  vi: "Đoạn được hỏi nằm ngoài gói chương trình.",
  en: "The range that was asked for lies outside the package.",
};
