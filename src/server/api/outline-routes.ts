/**
 * Doors about the outlines of areas on the map.
 *
 * @module
 */
import * as z from "zod";
import type { AreaId } from "../../domain/ids.js";
import { areaIdSchema } from "../../domain/ids.js";
import { type Outline, outlineSchema } from "../../domain/outline.js";
import type { Person } from "../../domain/person.js";
import { json, nothing, type Route, route } from "./route.js";
import { list } from "./views.js";

export interface OutlineVerbs {
  outlines(): readonly Outline[];
  /** @throws Fault "not-found"; "invalid", reason `too-fine` */
  putOutline(outline: Outline, by: Person): Promise<Outline>;
  removeOutline(area: AreaId, by: Person): Promise<void>;
}

const tag = "places";
const access = "station";
const params = z.strictObject({ area: areaIdSchema });
const path = "/api/v1/areas/{area}/outline";

export const outlineRoutes: readonly Route[] = [
  route({
    ...{ id: "listOutlines", method: "get", path: "/api/v1/area-outlines", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Ranh giới địa bàn để vẽ sơ đồ", en: "Outlines of areas, for drawing" },
    response: list(outlineSchema),
    run: ({ control }) => json(control.outlines()),
  }),
  route({
    ...{ id: "putOutline", method: "put", path, tag, access, status: 200 },
    needs: { permission: "configure", touches: ({ params: { area } }) => ({ areas: [area] }) },
    summary: { vi: "Lưu ranh giới một địa bàn", en: "Keep the outline of an area" },
    params,
    body: z.strictObject({ rings: outlineSchema.shape.rings }),
    response: outlineSchema,
    run: async ({ control, params: { area }, body, person }) =>
      json(await control.putOutline({ area, rings: body.rings }, person)),
  }),
  route({
    ...{ id: "removeOutline", method: "delete", path, tag, access, status: 204 },
    needs: { permission: "configure", touches: ({ params: { area } }) => ({ areas: [area] }) },
    summary: { vi: "Xóa ranh giới một địa bàn", en: "Remove the outline of an area" },
    params,
    async run({ control, params: { area }, person }) {
      await control.removeOutline(area, person);
      return nothing;
    },
  }),
];
