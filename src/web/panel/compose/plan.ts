/**
 * Puts one announcement into the plan and takes it out again: a playlist of its own and a schedule.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import type { Class } from "../../../domain/class.js";
import type { Playlist } from "../../../domain/playlist.js";
import type { Schedule, Targets } from "../../../domain/schedule.js";
import type { RundownView } from "../../../server/api/rundown-view.js";
import { ask, askKept, type Kept } from "../ask.js";
import { usesOf } from "../library/uses.js";
import { fetchPlaylists, fetchSchedules } from "../lists.js";
import { freshId } from "../words/identifiers.js";
import { type Later, scheduleOf } from "./when.js";

interface About {
  readonly id: string;
  readonly title: string;
  readonly class: Class;
}

/** What was made, so that it can be taken back. */
export interface Planned {
  readonly schedule: Kept<Schedule>;
  /** Only when it was made for this schedule. */
  readonly playlist: Kept<Playlist> | undefined;
  /** What the station says about it: what has to give way, and why. */
  readonly remarks: readonly Words[];
}

/** What the station answers when it is asked what a schedule would do. */
interface Review {
  readonly rundown: RundownView;
  readonly remarks: readonly Words[];
}

/** Makes the schedule, and a playlist of just this announcement unless there is one. Nothing is left when it is refused. @throws Refusal */
export async function plan(announcement: About, when: Later, targets: Targets): Promise<Planned> {
  const { id, title } = announcement;
  const [playlists, schedules] = await Promise.all([fetchPlaylists(), fetchSchedules()]);
  const alone = usesOf(id, { playlists, schedules: [] }).alone?.id;
  const playlist = alone ?? freshId(id, new Set(playlists.map(({ value }) => value.id)));
  const items = [{ kind: "announcement", announcement: id }];
  const made =
    alone === undefined
      ? await askKept<Playlist>("PUT", `/playlists/${playlist}`, { body: { id: playlist, title, items } })
      : undefined;
  const schedule = freshId(id, new Set(schedules.map(({ value }) => value.id)));
  const body = scheduleOf(when, { ...announcement, id: schedule, playlist, targets });
  let review: Review;
  let kept: Kept<Schedule>;
  try {
    review = await ask<Review>("POST", "/schedule-reviews", { body });
    kept = await askKept<Schedule>("PUT", `/schedules/${schedule}`, { body });
  } catch (thrown) {
    if (made) await ask("DELETE", `/playlists/${playlist}`, { revision: made.revision });
    throw thrown;
  }
  const first = review.rundown.lines.find((line) => line.schedule === schedule);
  const remarks = [...review.remarks, ...(first?.explanation ? [first.explanation] : [])];
  return { schedule: kept, playlist: made, remarks };
}

/** Takes it back, unless somebody has changed it meanwhile. @throws Refusal */
export async function unplan({ schedule, playlist }: Omit<Planned, "remarks">): Promise<void> {
  await ask("DELETE", `/schedules/${schedule.value.id}`, { revision: schedule.revision });
  if (playlist) await ask("DELETE", `/playlists/${playlist.value.id}`, { revision: playlist.revision });
}
