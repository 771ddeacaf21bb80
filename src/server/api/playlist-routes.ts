/**
 * Doors about playlists.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { findingSchema } from "../../domain/finding.js";
import { playlistIdSchema } from "../../domain/ids.js";
import { type Playlist, playlistSchema } from "../../domain/playlist.js";
import type { ControlVerbs, Kept } from "./control-verbs.js";
import { json, kept, nothing, plain, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { keptView, list } from "./views.js";

const tag = "playlists";
const access = "station";
const playlist = z.strictObject({ id: playlistIdSchema });
const media = "audio/x-mpegurl";
/** What is said about a playlist; nothing of it keeps anybody from keeping it. */
const findings = list(findingSchema);
export const reviewedView = z.object({ findings });
/** As it was kept, with what is said about it. */
const savedView = z.object({ ...playlistSchema.shape, findings });
/** What a save answered may be sent back as it is: what is said about it is no part of it. */
const savedBody = z.strictObject({ ...playlistSchema.shape, findings: z.unknown().optional() });

const saved = (control: ControlVerbs, { value, revision }: Kept<Playlist>) =>
  kept({ value: { ...value, findings: [...control.reviewPlaylist(value).findings] }, revision });

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
    needs: "known",
    summary: { vi: "Các danh sách phát", en: "The playlists" },
    response: list(keptView(playlistSchema)),
    run: ({ control }) => json(control.playlists()),
  }),
  route({
    ...{ id: "getPlaylist", method: "get", path: "/api/v1/playlists/{id}", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một danh sách phát", en: "One playlist" },
    params: playlist,
    response: playlistSchema,
    run: ({ control, params }) => kept(control.playlist(params.id)),
  }),
  route({
    ...{ id: "reviewPlaylist", method: "post", path: "/api/v1/playlist-reviews", tag, access, status: 200 },
    needs: "known",
    summary: {
      vi: "Xem trước một danh sách phát: tin tích cực có đủ không",
      en: "What is said about a playlist before it is kept: whether it holds enough good news",
    },
    body: playlistSchema,
    response: reviewedView,
    run: ({ control, body }) => json({ findings: [...control.reviewPlaylist(body).findings] }),
  }),
  route({
    ...{ id: "getPlaylistReview", method: "get", path: "/api/v1/playlists/{id}/review", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Điều cần xem lại trong một danh sách phát", en: "What is said about a playlist that is kept" },
    params: playlist,
    response: reviewedView,
    run: ({ control, params }) =>
      json({ findings: [...control.reviewPlaylist(control.playlist(params.id).value).findings] }),
  }),
  route({
    ...{ id: "putPlaylist", method: "put", path: "/api/v1/playlists/{id}", tag, access, status: 200 },
    needs: { permission: "air", touches: ({ control, params }) => touch.playlist(control, params.id) },
    summary: {
      vi: "Lưu danh sách phát; If-Match khi sửa, bỏ trống khi tạo mới",
      en: "Keep a playlist; with If-Match to change one, without to make a new one",
    },
    params: playlist,
    body: savedBody,
    response: savedView,
    current: ({ control, params }) => control.playlist(params.id),
    async run({ control, params, body, expected, person }) {
      const { findings: _told, ...value } = body;
      if (value.id !== params.id) throw otherId();
      return saved(control, await control.putPlaylist(value, { expected, by: person }));
    },
  }),
  route({
    ...{ id: "removePlaylist", method: "delete", path: "/api/v1/playlists/{id}", tag, access, status: 204 },
    needs: { permission: "air", touches: ({ control, params }) => touch.playlist(control, params.id) },
    summary: { vi: "Xóa danh sách phát không còn dùng", en: "Remove a playlist that nothing uses" },
    params: playlist,
    needsExpected: true,
    current: ({ control, params }) => control.playlist(params.id),
    async run({ control, params, expected, person }) {
      await control.removePlaylist(params.id, { expected, by: person });
      return nothing;
    },
  }),
  route({
    ...{ id: "exportPlaylist", method: "get", path: "/api/v1/playlists/{id}/m3u8", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Xuất danh sách phát ra M3U8", en: "The playlist as M3U8" },
    params: playlist,
    media,
    run: ({ control, params }) => plain(control.exportPlaylist(params.id)),
  }),
  route({
    ...{ id: "importPlaylist", method: "post", path: "/api/v1/playlists/{id}/m3u8", tag, access, status: 201 },
    needs: { permission: "air", touches: ({ control, params }) => touch.playlist(control, params.id) },
    summary: { vi: "Nhập M3U8 thành danh sách phát mới", en: "Read M3U8 into a new playlist" },
    params: playlist,
    body: z.string().min(1),
    takes: "text",
    response: savedView,
    run: async ({ control, params, body, person }) =>
      saved(control, await control.importPlaylist(params.id, body, person)),
  }),
];
