/**
 * Doors about recordings of the library, such as chimes. They sound anywhere, so approving one needs a right over the whole station.
 *
 * @module
 */
import * as z from "zod";
import { clipSchema } from "../../domain/announcement.js";
import { sha256Schema } from "../../domain/ids.js";
import type { Touched } from "../../domain/permission.js";
import type { Person } from "../../domain/person.js";
import { libraryNameSchema } from "../../domain/playlist.js";
import type { Upload } from "./control-verbs.js";
import { json, type Route, route } from "./route.js";
import { list, timeView } from "./views.js";

const tag = "announcements";
const access = "station";
const params = z.strictObject({ name: libraryNameSchema });
const of = "/api/v1/chimes/{name}";

const approveChimeSchema = z.strictObject({ version: sha256Schema });
const withdrawChimeSchema = z.strictObject({ reason: z.string().trim().min(3).max(500) });

const chimeView = z.object({
  name: libraryNameSchema,
  /** SHA-256 of the file: what an approval is of. */
  version: sha256Schema,
  /** What is heard of it: `/api/v1/clips/{sha256}/audio`. */
  clip: z.object(clipSchema.shape),
  /** Whether it comes with the program and needs nobody's approval. */
  isShipped: z.boolean(),
  /** Whether it may sound. */
  isApproved: z.boolean(),
  approval: z.object({ by: z.string(), at: timeView }).optional(),
  /** Who handed it in; absent for what somebody copied into the folder, and for what comes with the program. */
  upload: z.object({ by: z.string(), at: timeView }).optional(),
});
export type ChimeView = z.infer<typeof chimeView>;

/** The verbs about recordings that the API calls. */
export interface ChimeVerbs {
  chimes(): readonly ChimeView[];
  /** @throws Fault "conflict", reason `name-taken` or `same-file`; "invalid" for what is no sound */
  createChime(name: string, upload: Upload, by: Person): Promise<ChimeView>;
  /** @throws Fault "not-found", "conflict", reason `other-version`, or "forbidden", reason `own-text` */
  approveChime(name: string, version: string, by: Person): Promise<ChimeView>;
  /** @throws Fault "not-found", or "conflict" when nobody approved it */
  withdrawChime(name: string, reason: string, by: Person): Promise<ChimeView>;
}

const needs = { permission: "approve", touches: (): Touched => ({ classes: ["ordinary"], areas: "station" }) } as const;

export const chimeRoutes: readonly Route[] = [
  route({
    ...{ id: "listChimes", method: "get", path: "/api/v1/chimes", tag, access, status: 200 },
    needs: "known",
    summary: { vi: "Nhạc hiệu và bản ghi trong kho, ai đã duyệt", en: "Chimes of the library, and who approved them" },
    response: list(chimeView),
    run: ({ control }) => json(control.chimes()),
  }),
  route({
    ...{ id: "createChime", method: "post", path: of, tag, access, status: 201 },
    needs: { permission: "air", touches: "anywhere" },
    summary: {
      vi: "Gửi bản ghi (nội dung yêu cầu là tệp) vào kho nhạc hiệu; người khác duyệt rồi mới phát",
      en: "Hand a recording in (the request's body is the file) as a chime; it sounds once somebody else has approved it",
    },
    ...{ params, response: chimeView, takes: "upload" },
    run: async ({ control, params: { name }, upload, person }) => json(await control.createChime(name, upload, person)),
  }),
  route({
    ...{ id: "approveChime", method: "post", path: `${of}/approval`, tag, access, status: 200, needs },
    summary: { vi: "Duyệt đúng bản ghi đã nghe", en: "Approve exactly the recording that was heard" },
    ...{ params, response: chimeView },
    body: approveChimeSchema,
    run: async ({ control, params: { name }, body, person }) =>
      json(await control.approveChime(name, body.version, person)),
  }),
  route({
    ...{ id: "withdrawChime", method: "post", path: `${of}/withdrawal`, tag, access, status: 200, needs },
    summary: {
      vi: "Rút duyệt bản ghi: từ lượt sau không phát nữa",
      en: "Take an approval back: it does not sound again",
    },
    ...{ params, response: chimeView },
    body: withdrawChimeSchema,
    run: async ({ control, params: { name }, body, person }) =>
      json(await control.withdrawChime(name, body.reason, person)),
  }),
];
