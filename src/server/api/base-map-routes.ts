/**
 * Doors about the map that lies under the drawing of loudspeakers.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { type BaseMap, baseMapSchema, FINEST_ZOOM, type Tile, type TilePlace } from "../../domain/base-map.js";
import { sha256Schema } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import type { Upload } from "./control-verbs.js";
import { json, nothing, type Route, route } from "./route.js";

export interface BaseMapVerbs {
  baseMap(): BaseMap | undefined;
  /** Absent where there is no picture. */
  tile(place: TilePlace): Promise<Tile | undefined>;
  /** @throws Fault "invalid", reason `no-map` or `drawn-map` */
  putBaseMap(upload: Upload, by: Person): Promise<BaseMap>;
  removeBaseMap(by: Person): Promise<void>;
}

const tag = "places";
const access = "station";
const path = "/api/v1/base-map";
const needs = { permission: "configure", touches: "station" } as const;
const MOST_PLACE = 2 ** FINEST_ZOOM - 1;

const baseMapView = z.object(baseMapSchema.shape);
const count = (most: number) => z.coerce.number().int().min(0).max(most);

export const baseMapRoutes: readonly Route[] = [
  route({
    ...{ id: "getBaseMap", method: "get", path, tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Bản đồ nền, nếu có", en: "The map under the drawing, where there is one" },
    response: z.object({ baseMap: baseMapView.optional() }),
    run({ control }) {
      const baseMap = control.baseMap();
      return json(baseMap ? { baseMap } : {});
    },
  }),
  route({
    ...{ id: "putBaseMap", method: "post", path, tag, access, status: 200, needs },
    summary: {
      vi: "Nhập bản đồ nền: nội dung yêu cầu là tệp PMTiles dạng ảnh",
      en: "Bring in a map: the request's body is a PMTiles file of pictures",
    },
    ...{ response: baseMapView, takes: "upload" },
    run: async ({ control, upload, person }) => json(await control.putBaseMap(upload, person)),
  }),
  route({
    ...{ id: "removeBaseMap", method: "delete", path, tag, access, status: 204, needs },
    summary: { vi: "Bỏ bản đồ nền", en: "Remove the map" },
    async run({ control, person }) {
      await control.removeBaseMap(person);
      return nothing;
    },
  }),
  route({
    ...{ id: "getTile", method: "get", path: `${path}/{sha256}/{zoom}/{x}/{y}`, tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một ô của bản đồ nền", en: "One picture of the map" },
    params: z.strictObject({
      sha256: sha256Schema,
      zoom: count(FINEST_ZOOM),
      x: count(MOST_PLACE),
      y: count(MOST_PLACE),
    }),
    media: "image/png",
    async run({ control, params: { sha256, ...place } }) {
      const tile = control.baseMap()?.sha256 === sha256 && (await control.tile(place));
      if (!tile) throw noTile();
      return { kind: "picture", ...tile };
    },
  }),
];

const noTile = () =>
  new Fault("not-found", {
    vi: "Bản đồ nền không có ô này.",
    en: "The map has no such picture.",
  });
