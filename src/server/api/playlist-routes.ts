/**
 * Doors about playlists.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { playlistIdSchema } from "../../domain/ids.js";
import { playlistSchema } from "../../domain/playlist.js";
import { json, kept, nothing, plain, type Route, route } from "./route.js";
import { keptView, list } from "./views.js";

const tag = "playlists";
const access = "station";
const playlist = z.strictObject({ id: playlistIdSchema });
const media = "audio/x-mpegurl";

/** An address and a body that name different things. */
export const otherId = () =>
  new Fault(
    "invalid",
    {
      vi: "/id: tên trong nội dung khác tên trong địa chỉ. Không có gì được lưu.",
      en: "/id: the body names another thing than the address. Nothing was kept.",
    },
    { path: "/id", reason: "other-id" },
  );

export const playlistRoutes: readonly Route[] = [
  route({
    ...{ id: "listPlaylists", method: "get", path: "/api/v1/playlists", tag, access, status: 200 },
    summary: { vi: "Các danh sách phát", en: "The playlists" },
    response: list(keptView(playlistSchema)),
    run: ({ control }) => json(control.playlists()),
  }),
  route({
    ...{ id: "getPlaylist", method: "get", path: "/api/v1/playlists/{id}", tag, access, status: 200 },
    summary: { vi: "Một danh sách phát", en: "One playlist" },
    params: playlist,
    response: playlistSchema,
    run: ({ control, params }) => kept(control.playlist(params.id)),
  }),
  route({
    ...{ id: "putPlaylist", method: "put", path: "/api/v1/playlists/{id}", tag, access, status: 200 },
    summary: {
      vi: "Lưu danh sách phát; If-Match khi sửa, bỏ trống khi tạo mới",
      en: "Keep a playlist; with If-Match to change one, without to make a new one",
    },
    params: playlist,
    body: playlistSchema,
    response: playlistSchema,
    current: ({ control, params }) => control.playlist(params.id),
    async run({ control, params, body, expected, person }) {
      if (body.id !== params.id) throw otherId();
      return kept(await control.putPlaylist(body, { expected, by: person }));
    },
  }),
  route({
    ...{ id: "removePlaylist", method: "delete", path: "/api/v1/playlists/{id}", tag, access, status: 204 },
    summary: { vi: "Xoá danh sách phát không còn dùng", en: "Remove a playlist that nothing uses" },
    params: playlist,
    async run({ control, params, person }) {
      await control.removePlaylist(params.id, person);
      return nothing;
    },
  }),
  route({
    ...{ id: "exportPlaylist", method: "get", path: "/api/v1/playlists/{id}/m3u8", tag, access, status: 200 },
    summary: { vi: "Xuất danh sách phát ra M3U8", en: "The playlist as M3U8" },
    params: playlist,
    media,
    run: ({ control, params }) => plain(control.exportPlaylist(params.id)),
  }),
  route({
    ...{ id: "importPlaylist", method: "post", path: "/api/v1/playlists/{id}/m3u8", tag, access, status: 201 },
    summary: { vi: "Nhập M3U8 thành danh sách phát mới", en: "Read M3U8 into a new playlist" },
    params: playlist,
    body: z.string().min(1),
    takes: "text",
    response: playlistSchema,
    run: async ({ control, params, body, person }) => kept(await control.importPlaylist(params.id, body, person)),
  }),
];
