/**
 * Announcements, chimes and pauses in the order in which they are heard.
 *
 * @module
 */
import * as z from "zod/mini";
import { type AnnouncementId, announcementIdSchema, playlistIdSchema } from "./ids.js";
import { titleSchema } from "./title.js";

/** A recording in the station's own library, such as a chime: a plain file name, never a path. */
export const libraryNameSchema = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9_-]{0,99}\.(?:wav|mp3|m4a|flac|ogg|opus|webm)$/));

const gainDb = z._default(z.number().check(z.gte(-20), z.lte(6)), 0);

export const playlistItemSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("announcement"),
    announcement: announcementIdSchema,
    /** How often in a row, with `gapMs` of silence between. */
    repeat: z._default(z.int().check(z.gte(1), z.lte(10)), 1),
    gapMs: z._default(z.int().check(z.gte(0), z.lte(600_000)), 2000),
    gainDb,
  }),
  z.strictObject({ kind: z.literal("chime"), recording: libraryNameSchema, gainDb }),
  z.strictObject({ kind: z.literal("pause"), ms: z.int().check(z.gte(1), z.lte(600_000)) }),
]);
export type PlaylistItem = z.infer<typeof playlistItemSchema>;

export const playlistSchema = z.strictObject({
  /** Where an editor finds the schema; ignored. */
  $schema: z.optional(z.string()),
  id: playlistIdSchema,
  title: titleSchema,
  /** Free remark for people, such as «bản mẫu». */
  note: z.optional(z.string().check(z.maxLength(1000))),
  items: z.array(playlistItemSchema).check(z.minLength(1), z.maxLength(200)),
});
export type Playlist = z.infer<typeof playlistSchema>;

/** Whether an announcement stands in it. */
export const holds = ({ items }: Playlist, id: AnnouncementId): boolean =>
  items.some((item) => item.kind === "announcement" && item.announcement === id);
