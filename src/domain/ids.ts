/**
 * Names of things as checked brands: an area's id cannot be passed where a receiver's is meant, and no id can climb out
 * of a folder when it becomes a file name.
 *
 * @module
 */
import * as z from "zod/mini";

/** What every id looks like: 1 to 64 of a-z, 0-9 and `-`, not starting or ending with `-`. */
const ID = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

export const areaIdSchema = z.string().check(z.regex(ID)).brand<"area">();
export const receiverIdSchema = z.string().check(z.regex(ID)).brand<"receiver">();
export const announcementIdSchema = z.string().check(z.regex(ID)).brand<"announcement">();
export const playlistIdSchema = z.string().check(z.regex(ID)).brand<"playlist">();
export const scheduleIdSchema = z.string().check(z.regex(ID)).brand<"schedule">();
/** Another station whose programme is relayed, as `config/station.json` names it. */
export const radioIdSchema = z.string().check(z.regex(ID)).brand<"radio">();
export const templateIdSchema = z.string().check(z.regex(ID)).brand<"template">();
/** An occurrence's id names its schedule and its planned instant, so the same sounding always has the same id. */
export const occurrenceIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9-]{1,64}@\d{8}t\d{6}z$/))
  .brand<"occurrence">();
export const sha256Schema = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/))
  .brand<"sha256">();

export type AreaId = z.infer<typeof areaIdSchema>;
export type ReceiverId = z.infer<typeof receiverIdSchema>;
export type AnnouncementId = z.infer<typeof announcementIdSchema>;
export type PlaylistId = z.infer<typeof playlistIdSchema>;
export type ScheduleId = z.infer<typeof scheduleIdSchema>;
export type RadioId = z.infer<typeof radioIdSchema>;
export type TemplateId = z.infer<typeof templateIdSchema>;
export type OccurrenceId = z.infer<typeof occurrenceIdSchema>;
/** SHA-256 of a clip's bytes, 64 lower-case hex digits: the clip's only name. */
export type Sha256 = z.infer<typeof sha256Schema>;

/** @throws ZodError when the text is not an id; the same holds for the other constructors below */
export const areaId = (text: string): AreaId => areaIdSchema.parse(text);
export const receiverId = (text: string): ReceiverId => receiverIdSchema.parse(text);
export const announcementId = (text: string): AnnouncementId => announcementIdSchema.parse(text);
export const playlistId = (text: string): PlaylistId => playlistIdSchema.parse(text);
export const scheduleId = (text: string): ScheduleId => scheduleIdSchema.parse(text);
export const radioId = (text: string): RadioId => radioIdSchema.parse(text);
export const templateId = (text: string): TemplateId => templateIdSchema.parse(text);
export const sha256 = (text: string): Sha256 => sha256Schema.parse(text);

/** The id of the sounding that `name` (a schedule, or the word for a sounding ordered by hand) plans for `at`. */
export function occurrenceId(name: string, at: number): OccurrenceId {
  const stamp = new Date(at)
    .toISOString()
    .replace(/[-:]|\.\d+/g, "")
    .toLowerCase();
  return occurrenceIdSchema.parse(`${name}@${stamp}`);
}
