/**
 * What an approval is of: one exact version of an announcement (R2).
 *
 * @module
 */
import type { Announcement } from "./announcement.js";

/**
 * Everything of it that an approval is of. Only the title is free, for nobody hears it. What is absent leaves no trace, so that
 * a new kind of field leaves the versions of what has none as they are; a new field comes last.
 */
export function contentOf(announcement: Announcement): string {
  const { clip, text, spokenText, class: of, topic, source, validFrom, validUntil, targets, official } = announcement;
  const { areas, receivers, except, kinds } = targets ?? {};
  const meantFor = targets && { areas, receivers, except, kinds };
  return JSON.stringify({
    ...{ text, spokenText, clip: clip?.sha256, class: of, topic, source, validFrom, validUntil },
    targets: meantFor,
    official: official && [official.id, official.issuer, official.number, official.date],
  });
}

/**
 * The name of a version: change one letter of what is written or said, one bit of the sound, or what the announcement is, rests
 * on, is meant for or holds for, and it is another.
 *
 * @param digest SHA-256 of a text, in hex
 * @returns `undefined` while there is no sound: nobody can approve what nobody can hear
 */
export const versionOf = (announcement: Announcement, digest: (text: string) => string): string | undefined =>
  announcement.clip && digest(contentOf(announcement));

/** Whether the approval that is kept with it is of what it is now. */
export const isApproved = (announcement: Announcement, digest: (text: string) => string): boolean =>
  announcement.approval !== undefined && announcement.approval.version === versionOf(announcement, digest);
