/**
 * What of a station a plan depends on, and a print by which it is known whether that has changed. The rest, such as the
 * texts, would make megabytes that are handed over for nothing at every edit.
 *
 * @module
 */
import type { Announcement } from "../../domain/announcement.js";
import type { PlanInput } from "../../domain/rundown.js";
import type { Schedule } from "../../domain/schedule.js";

/** @param draft a schedule that is planned with though it is not kept yet */
export function planMatter(input: PlanInput, draft?: Schedule): PlanInput {
  const schedules = draft ? [...input.schedules, draft] : input.schedules;
  const playlists = new Map(
    schedules.flatMap(({ playlist }) => {
      const found = input.playlists.get(playlist);
      return found ? [[playlist, found]] : [];
    }),
  );
  const announcements = new Map(
    [...playlists.values()]
      .flatMap(({ items }) => items.flatMap((item) => (item.kind === "announcement" ? [item.announcement] : [])))
      .flatMap((id) => {
        const found = input.announcements.get(id);
        return found ? [[id, withoutWords(found)]] : [];
      }),
  );
  return { ...input, playlists, announcements };
}

/** @param digest a hash of a text */
export const printOf = (matter: PlanInput, digest: (text: string) => string): string =>
  digest(JSON.stringify(matter, (_key, value: unknown) => (value instanceof Map ? [...value] : value)));

function withoutWords(announcement: Announcement): Announcement {
  const { text: _text, spokenText: _spokenText, voice: _voice, problem: _problem, ...rest } = announcement;
  return rest;
}
