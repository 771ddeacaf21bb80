/**
 * The sounds that a playlist may hold, as the station lists them.
 *
 * @module
 */
import type { ChimeView } from "../../../server/api/chime-routes.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { fetchAnnouncements, fetchChimes } from "../lists.js";
import { useFetched } from "../pieces/fetched.js";
import type { Sound, Sounds } from "./timing.js";

export interface Found extends Sounds {
  readonly listed: readonly AnnouncementView[];
  readonly chimesListed: readonly ChimeView[];
  /** Whether both lists have come: until then nothing can be said about what is missing. */
  readonly isThere: boolean;
  readonly wrong: string | undefined;
}

export function useSounds(): Found {
  const announcements = useFetched(fetchAnnouncements, [], ["announcements"]);
  const chimes = useFetched(fetchChimes, [], ["chimes"]);
  const listed = announcements.value ?? [];
  const chimesListed = chimes.value ?? [];
  return {
    ...{ listed, chimesListed, isThere: announcements.value !== undefined && chimes.value !== undefined },
    announcements: new Map(listed.map((one) => [one.id as string, ofAnnouncement(one)])),
    chimes: new Map(chimesListed.map((one) => [one.name as string, ofChime(one)])),
    wrong: announcements.wrong ?? chimes.wrong,
  };
}

const ofAnnouncement = ({ title, stage, clip }: AnnouncementView): Sound => ({
  ...{ title, stage, lengthMs: clip?.durationMs },
});
const ofChime = ({ name, clip, isApproved }: ChimeView): Sound => ({
  ...{ title: name, lengthMs: clip.durationMs, stage: isApproved ? "approved" : "submitted" },
});
