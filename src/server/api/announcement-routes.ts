/**
 * Doors about announcements: words and recordings, and their sound.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { clipSchema } from "../../domain/announcement.js";
import type { Class } from "../../domain/class.js";
import { announcementIdSchema, type Sha256, sha256Schema, type TemplateId } from "../../domain/ids.js";
import type { ControlVerbs } from "./control-verbs.js";
import { frozenQuerySchema, mustBeAbleTo } from "./frozen.js";
import * as ask from "./requests.js";
import { json, kept, nothing, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import * as view from "./views.js";

const tag = "announcements";
const access = "station";
const announcement = z.strictObject({ id: announcementIdSchema });
const clip = z.strictObject({ sha256: sha256Schema });

/** The clip was never made here, or nothing uses it any more. */
export const noClip = (sha256: Sha256) =>
  new Fault("not-found", { vi: `Kho không có âm thanh ${sha256}.`, en: `The store holds no clip ${sha256}.` });

/** The class that an announcement is to have: what is said, else its template's. */
function classOf(
  control: ControlVerbs,
  { class: said, template }: { class?: Class | undefined; template?: { id: TemplateId } | undefined },
): Class {
  if (said !== undefined || template === undefined) return said ?? "ordinary";
  return control.templates().find(({ id }) => id === template.id)?.class ?? "ordinary";
}

export const announcementRoutes: readonly Route[] = [
  route({
    ...{ id: "listAnnouncements", method: "get", path: "/api/v1/announcements", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các bản tin và bước đang ở", en: "Announcements, with where each stands" },
    response: view.list(view.announcementView),
    run: ({ control }) => json(control.announcements()),
  }),
  route({
    ...{ id: "createAnnouncement", method: "post", path: "/api/v1/announcements", tag, access, status: 202 },
    needs: {
      permission: "compose",
      touches: ({ control, body }) => ({
        ...touch.draft(control, classOf(control, body), body.targets),
        ...touch.keptFor(control, body.template),
      }),
    },
    summary: {
      vi: "Soạn bản tin bằng chữ hoặc điền một mẫu; âm thanh được làm ngay sau đó",
      en: "Write an announcement or fill in a template; its sound is made next",
    },
    body: ask.newAnnouncementSchema,
    response: view.announcementView,
    async run({ control, body, person }) {
      const { title = "", class: of = "ordinary", topic = "khac", text = "", template, ...rest } = body;
      if (template) return kept(await control.createFromTemplate({ ...body, template }, person));
      return kept(await control.createFromText({ ...rest, title, class: of, topic, text }, person));
    },
  }),
  route({
    ...{ id: "uploadRecording", method: "post", path: "/api/v1/recordings", tag, access, status: 202 },
    needs: { permission: "compose", touches: ({ query }) => ({ classes: [query.class], areas: "anywhere" }) },
    summary: {
      vi: "Gửi bản ghi âm (nội dung yêu cầu là tệp) thành bản tin",
      en: "Hand in a recording (the request's body is the file) as an announcement",
    },
    query: ask.newRecordingSchema,
    takes: "upload",
    response: view.announcementView,
    run: async ({ control, query, upload, person }) => kept(await control.createFromRecording(query, upload, person)),
  }),
  route({
    ...{ id: "getAnnouncement", method: "get", path: "/api/v1/announcements/{id}", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Một bản tin", en: "One announcement" },
    params: announcement,
    response: view.announcementView,
    run: ({ control, params }) => kept(control.announcement(params.id)),
  }),
  route({
    ...{ id: "updateAnnouncement", method: "patch", path: "/api/v1/announcements/{id}", tag, access, status: 200 },
    needs: {
      permission: "compose",
      touches: ({ control, params, body }) => {
        const present = touch.announcement(control, params.id, [body.class, body.template && classOf(control, body)]);
        return body.targets ? [present, touch.targets(control, body.targets, [])] : present;
      },
    },
    summary: { vi: "Sửa bản tin; chữ mới phải duyệt lại", en: "Change an announcement; new words need a new approval" },
    params: announcement,
    query: frozenQuerySchema,
    body: ask.announcementChangeSchema,
    needsExpected: true,
    response: view.announcementView,
    current: ({ control, params }) => control.announcement(params.id),
    async run({ control, params, query, body, expected, person, mayAlso }) {
      mustBeAbleTo(query.frozen, { mayAlso });
      const { text: _text, template, ...rest } = body;
      const as = { expected, by: person, ...query };
      if (template) return kept(await control.updateFromTemplate(params.id, { ...rest, template }, as));
      return kept(await control.updateAnnouncement(params.id, body, as));
    },
  }),
  route({
    ...{ id: "removeAnnouncement", method: "delete", path: "/api/v1/announcements/{id}", tag, access, status: 204 },
    needs: { permission: "compose", touches: ({ control, params }) => touch.announcement(control, params.id) },
    summary: { vi: "Xóa bản tin không còn dùng", en: "Remove an announcement that nothing uses" },
    params: announcement,
    query: frozenQuerySchema,
    needsExpected: true,
    current: ({ control, params }) => control.announcement(params.id),
    async run({ control, params, query, expected, person, mayAlso }) {
      mustBeAbleTo(query.frozen, { mayAlso });
      await control.removeAnnouncement(params.id, { expected, by: person, ...query });
      return nothing;
    },
  }),
  route({
    ...{ id: "getClip", method: "get", path: "/api/v1/clips/{sha256}", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Thông số một âm thanh", en: "Facts of a clip" },
    params: clip,
    response: clipSchema,
    async run({ control, params }) {
      const found = await control.clip(params.sha256);
      if (found === undefined) throw noClip(params.sha256);
      return json(found);
    },
  }),
  route({
    ...{ id: "getPeaks", method: "get", path: "/api/v1/clips/{sha256}/peaks", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Dạng sóng, 0 đến 255 mỗi bước", en: "The waveform, 0 to 255 a step" },
    params: clip,
    response: view.peaksView,
    async run({ control, params }) {
      const peaks = await control.peaks(params.sha256);
      if (peaks === undefined) throw noClip(params.sha256);
      return json({ sha256: params.sha256, peaks });
    },
  }),
  route({
    ...{ id: "getAudio", method: "get", path: "/api/v1/clips/{sha256}/audio", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Nghe thử (Ogg Opus)", en: "The sound itself (Ogg Opus)" },
    params: clip,
    media: "audio/ogg",
    run({ control, params }) {
      const path = control.clipFile(params.sha256);
      if (path === undefined) throw noClip(params.sha256);
      return { kind: "file", path, etag: params.sha256 };
    },
  }),
  route({
    ...{ id: "listVoices", method: "get", path: "/api/v1/voices", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Các giọng đọc", en: "The voices" },
    response: view.list(view.voiceView),
    run: ({ control }) => json(control.voices()),
  }),
  route({
    ...{ id: "normalize", method: "post", path: "/api/v1/normalize", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Lời đọc của một đoạn chữ", en: "The spoken form of a text" },
    body: ask.normalizeSchema,
    response: view.spokenView,
    run: ({ control, body }) => json(control.normalize(body.text, body.voice)),
  }),
];
